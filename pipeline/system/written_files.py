"""Files that the program writes where people tell it to: whole or not at all, and never over what people wrote.

A file that stands there already is replaced only where it is still what the program itself wrote, or where people say so. What was written
last is remembered by path and hash in the user's own folder for such things (XDG Base Directory Specification); where it is not
remembered, the file counts as theirs.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE

from kaohe.pipeline.language.system_words import cause, what_to_do
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.whole_files import replace_bytes

_DATABASE = b'SQLite format 3\x00'
_KEPT = 2000


def write_files(files: Sequence[tuple[Path, bytes]], *, overwrite: bool) -> list[Path]:
    """Writes each file as a whole, and none where one of them may not be written; returns their paths. Raises `Refusal`."""
    known = _remembered()
    for path, _ in files:
        _check(path, known, overwrite)
    written: dict[str, str] = {}
    try:
        for path, data in files:
            try:
                replace_bytes(path, data, mode=_mode(path))
            except OSError as error:
                raise Refusal(
                    f'写不了 {path}（{cause(error)}），'
                    + what_to_do(error, '请检查文件夹和权限；如果正在别的程序里打开，请先关闭')
                ) from error
            written[_name(path)] = hashlib.sha256(data).hexdigest()
    finally:
        _remember(known | written)
    return [path for path, _ in files]


def _check(path: Path, known: Mapping[str, str], overwrite: bool) -> None:
    """Raises `Refusal` where what stands there must not be replaced."""
    try:
        with path.open('rb') as file:
            head = file.read(len(_DATABASE))
            file.seek(0)
            ours = known.get(_name(path)) == hashlib.file_digest(file, 'sha256').hexdigest()
    except FileNotFoundError:
        return
    except OSError as error:
        raise Refusal(f'写不了 {path}（{cause(error)}），请换一个文件名', 2) from error
    if head == _DATABASE:
        raise Refusal(f'{path} 是数据库，不能用导出的文件盖掉；请换一个文件名', 2)
    if not ours and not overwrite:
        raise Refusal(
            f'{path} 已经存在，而且不是本程序写的，或写后有人改过，没有覆盖；请换一个文件名，确实要盖掉请加 --force', 2
        )


def _mode(path: Path) -> int | None:
    """The rights of the file that is replaced; None where there is none."""
    try:
        return S_IMODE(path.stat().st_mode)
    except OSError:
        return None


def _name(path: Path) -> str:
    return str(path.resolve())


def _state_file() -> Path:
    if sys.platform == 'win32':
        base = os.environ.get('LOCALAPPDATA') or str(Path.home() / 'AppData' / 'Local')
    else:
        base = os.environ.get('XDG_STATE_HOME') or str(Path.home() / '.local' / 'state')
    return Path(base) / 'kaohe' / 'written.json'


def _remembered() -> dict[str, str]:
    with suppress(OSError, ValueError, RuntimeError):
        told = json.loads(_state_file().read_text('utf-8'))
        if isinstance(told, dict):
            return {str(path): str(sha256) for path, sha256 in told.items()}
    return {}


def _remember(known: Mapping[str, str]) -> None:
    """Where that is not possible, the next export to the same name must be told to overwrite."""
    with suppress(OSError, RuntimeError):
        file = _state_file()
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        last = dict([*known.items()][-_KEPT:])
        replace_bytes(
            file, json.dumps(last, ensure_ascii=False, indent=0).encode(errors='backslashreplace'), mode=0o600
        )
