"""What the system says of files, disks and ports, in Chinese, with what to do: a person is never shown ``No space left on device``."""

from __future__ import annotations

import errno
from typing import NamedTuple


class _Said(NamedTuple):
    """The cause, and what to do; None where the machine is not at fault: the program should have looked before."""

    why: str
    next_step: str | None


_ROOM = '请腾出磁盘空间后再运行'
_RIGHTS = '请检查文件和文件夹的权限，关掉正打开着它的程序，再运行'
_DISK = '请检查磁盘是否正常、连线是否松动，把要紧的文件先另存一份，再运行'
_NAME = '请换短一些的文件名或文件夹再运行'
_BUSY = '请关掉别的程序后再运行'

# By the names of POSIX, which other systems use too.
_SAID = {
    'ENOSPC': _Said('磁盘已满，写不进去', _ROOM),
    'EDQUOT': _Said('您在这个磁盘上的配额已用完，写不进去', '请删去不要的文件，或请管理员增加配额，再运行'),
    'EFBIG': _Said('文件超过了这里允许的大小，写不进去', _ROOM),
    'EROFS': _Said('磁盘是只读的，写不进去', '请换一个能写的位置，或请管理员把它改为可写，再运行'),
    'EACCES': _Said('没有权限，或正被别的程序打开', _RIGHTS),
    'EPERM': _Said('系统不允许', _RIGHTS),
    'EIO': _Said('磁盘读写出错', _DISK),
    'ENXIO': _Said('设备不在了', _DISK),
    'ENODEV': _Said('设备不在了', _DISK),
    'ESTALE': _Said('网络共享上的文件已经失效', '请重新连接共享后再运行'),
    'EHOSTDOWN': _Said('网络共享所在的机器没有回应', '请检查网络后再运行'),
    'ENAMETOOLONG': _Said('文件名太长', _NAME),
    'ELOOP': _Said('链接指来指去，没有尽头', '请改好这个链接再运行'),
    'EBUSY': _Said('正被别的程序占用', _BUSY),
    'ETXTBSY': _Said('正被别的程序占用', _BUSY),
    'EMFILE': _Said('打开的文件太多', _BUSY),
    'ENFILE': _Said('系统里打开的文件太多', _BUSY),
    'ENOMEM': _Said('内存不够', _BUSY),
    'EAGAIN': _Said('系统一时忙不过来', _BUSY),
    'ENOENT': _Said('没有这个文件或文件夹', None),
    'EEXIST': _Said('已经有同名的文件或文件夹', None),
    'ENOTDIR': _Said('路径中有一段不是文件夹', None),
    'EISDIR': _Said('这是文件夹，不是文件', None),
    'ENOTEMPTY': _Said('文件夹不是空的', None),
    'EINVAL': _Said('系统不接受这个名字或操作', None),
    'EXDEV': _Said('不在同一个磁盘上，移不过去', None),
    'EMLINK': _Said('链接太多', None),
    'EADDRINUSE': _Said('已被别的程序占用', None),
    'EADDRNOTAVAIL': _Said('这台机器没有这个地址', None),
    'ECONNREFUSED': _Said('对方没有开着', None),
    'ECONNRESET': _Said('对方断开了连接', None),
    'EPIPE': _Said('对方断开了连接', None),
    'ETIMEDOUT': _Said('等了很久没有回应', None),
    'ENETUNREACH': _Said('网络不通', None),
    'EHOSTUNREACH': _Said('网络不通', None),
}
# By the first two words of SQLite's own names (SQLITE_IOERR_WRITE); sqlite3 itself is not loaded for help.
_DATABASE = {
    'SQLITE_FULL': 'ENOSPC',
    'SQLITE_IOERR': 'EIO',
    'SQLITE_READONLY': 'EACCES',
    'SQLITE_CANTOPEN': 'EACCES',
    'SQLITE_PERM': 'EACCES',
    'SQLITE_BUSY': 'EBUSY',
    'SQLITE_LOCKED': 'EBUSY',
    'SQLITE_NOMEM': 'ENOMEM',
}


def cause(error: BaseException) -> str:
    """Why a file, a disk, a database or a port could not be used: ``磁盘已满，写不进去``. What nobody has words for is told by its name."""
    said = _said(error)
    if said is not None:
        return said.why
    inner = getattr(error, 'reason', None)  # what urllib wraps
    if isinstance(inner, OSError) and inner is not error:
        return cause(inner)
    if isinstance(error, OSError) and error.errno is not None:
        return f'系统报错 {_name(error) or error.errno}'
    return str(error)


def what_to_do(error: BaseException, usual: str) -> str:
    """The next step for this cause, or (rights, names that do not fit the place) the ``usual`` one there."""
    said = _said(error)
    if said is None or said.next_step is None or said.next_step is _RIGHTS:
        return usual
    return said.next_step


def fault_of_the_machine(error: BaseException) -> str | None:
    """What a person reads where the disk, the rights or the memory of the machine let nobody go on, with what to do; None for anything else."""
    said = _said(error)
    if said is None or said.next_step is None:
        return None
    file = getattr(error, 'filename', None)
    return f'{said.why}{"" if file is None else f"（{file}）"}，没有做完；{said.next_step}'


def _said(error: BaseException) -> _Said | None:
    return _SAID.get(_name(error) or '')


def _name(error: BaseException) -> str | None:
    told: str | None = getattr(error, 'sqlite_errorname', None)
    if told is not None:
        return _DATABASE.get('_'.join(told.split('_')[:2]))
    if isinstance(error, OSError) and error.errno is not None:
        return errno.errorcode.get(error.errno, '').removeprefix('WSA') or None
    return None
