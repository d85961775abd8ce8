"""Tells folders on network shares and foreign disks, which do not report changes: they must be looked at again and again."""

from __future__ import annotations

import re
import sys
from pathlib import Path

# File systems (as the kernel names them) whose changes another machine, or the system outside this one, makes unseen.
UNSEEN = frozenset({
    'nfs', 'nfs4', 'cifs', 'smb2', 'smb3', 'smbfs', 'afpfs', 'webdav', 'davfs', 'ncpfs', 'afs', 'coda', 'ceph', 'glusterfs', 'lustre',
    'gpfs', '9p', 'drvfs', 'vboxsf', 'vmhgfs', 'prl_fs', 'virtiofs',
})  # fmt: skip
# Of these, file systems of other machines: SQLite's locks and shared memory are not safe there.
REMOTE = UNSEEN - {'9p', 'drvfs', 'vboxsf', 'vmhgfs', 'prl_fs', 'virtiofs'} | {
    'fuse.sshfs',
    'fuse.rclone',
    'fuse.davfs2',
}
# Local programs that serve a folder through FUSE and do report changes; every other one is taken for a share.
_LOCAL_FUSE = frozenset({'fuse.ntfs', 'fuse.ntfs-3g', 'fuse.exfat', 'fuse.fuse-overlayfs', 'fuse.portal'})
_DRIVE_REMOTE = 4


def on_network(folder: Path) -> bool:
    """Whether the folder is on a network share (or a disk of the system outside a virtual machine). False where nobody says."""
    whole = folder.resolve()
    if sys.platform == 'win32':
        return _windows_says(whole)
    kind = filesystem_of(whole, _mounts())
    return kind in UNSEEN or (kind.startswith('fuse.') and kind not in _LOCAL_FUSE)


def of_another_machine(folder: Path) -> bool:
    """Whether the folder, which need not exist yet, is another machine's. False where nobody says."""
    whole = folder.resolve()
    return _windows_says(whole) if sys.platform == 'win32' else filesystem_of(whole, _mounts()) in REMOTE


def filesystem_of(whole: Path, mounts: dict[Path, str]) -> str:
    """The kind of file system that holds this resolved path, of ``mounts`` (place to kind); ``''`` where none does."""
    return next((mounts[place] for place in (whole, *whole.parents) if place in mounts), '')


def mounts_of_linux(mountinfo: str) -> dict[Path, str]:
    """The mounts of a ``/proc/self/mountinfo``; of several at one place the last, which hides the others."""
    found = {}
    for line in mountinfo.splitlines():
        own, dash, rest = line.partition(' - ')
        fields = own.split(' ')
        if dash and len(fields) > 4:
            place = re.sub(r'\\([0-7]{3})', lambda octal: chr(int(octal[1], 8)), fields[4])
            found[Path(place)] = rest.split(' ')[0]
    return found


def mounts_of_mac(listed: str) -> dict[Path, str]:
    """The mounts of what ``mount`` prints: ``//user@host/share on /Volumes/share (smbfs, nodev)``."""
    return {Path(place): kind for place, kind in re.findall(r' on (.+) \((\w+)', listed)}


def _mounts() -> dict[Path, str]:
    try:
        if sys.platform == 'darwin':
            import subprocess  # 7 ms that no other system needs

            return mounts_of_mac(subprocess.run(['/sbin/mount'], capture_output=True, text=True, check=False).stdout)
        return mounts_of_linux(Path('/proc/self/mountinfo').read_text('utf-8', 'surrogateescape'))
    except OSError:
        return {}


def _windows_says(whole: Path) -> bool:
    import ctypes

    drive = ctypes.windll.kernel32.GetDriveTypeW(whole.anchor)  # type: ignore[attr-defined]  # Windows only
    return whole.anchor.startswith('\\\\') or bool(drive == _DRIVE_REMOTE)
