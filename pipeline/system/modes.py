"""Rights of the files that the program makes: never more open than the folder in which they lie, nor than what they tell of.

They are only ever given to a new file or folder, and taken from one that still has those of its making: what people set stays.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE

_READ_WRITE, _ALL = 0o666, 0o777
_POSIX = sys.platform != 'win32'  # elsewhere rights are lists that files take from their folder


def file_mode(*like: Path) -> int:
    """The rights to ask for when making a file: at most those of each of ``like`` (files and folders) that is there."""
    mode = _READ_WRITE
    if _POSIX:
        for path in like:
            with suppress(OSError):
                mode &= S_IMODE(path.stat().st_mode) | 0o600
    return mode


def make_folder(folder: Path, *like: Path) -> None:
    """Makes the folder where there is none, no more open than its parent and ``like``. Raises ``OSError``."""
    if folder.is_dir():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    mode = file_mode(folder.parent, *like)
    with suppress(FileExistsError):
        folder.mkdir(mode=mode | (mode & 0o444) >> 2)


def as_made(path: Path) -> bool:
    """Whether the file has the rights that it was made with, as far as can be told: those of a new file in its folder."""
    try:
        return S_IMODE(path.stat().st_mode) == file_mode(path.parent) & ~_umask()
    except OSError:
        return False


def close_to(path: Path, mode: int) -> None:
    """Takes from the file what ``mode`` does not have. Where that is not ours to do, it stays."""
    with suppress(OSError):
        path.chmod(S_IMODE(path.stat().st_mode) & mode)


def more_open(path: Path, mode: int) -> bool:
    """Whether others or the group may do more with the file than ``mode`` lets them."""
    try:
        return bool(_POSIX and S_IMODE(path.stat().st_mode) & _READ_WRITE & ~mode & 0o066)
    except OSError:
        return False


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
