"""Writing a file as a whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE

from kaohe.pipeline.system.modes import as_made, file_mode


def replace_file(path: Path, text: str, *like: Path) -> None:
    """Writes the file as a whole: who opens it sees the old or the new one. Raises ``OSError``.

    Rights that people gave it stay; else it is no more open than its folder and ``like``.
    """
    mode = None if not path.exists() or as_made(path) else S_IMODE(path.stat().st_mode)
    replace_bytes(path, text.encode(), mode, *like)


def replace_bytes(path: Path, data: bytes, mode: int | None = None, *like: Path) -> None:
    """The same for bytes; ``mode`` are its rights, by default those of a new file that is no more open than its folder and ``like``.

    Raises ``OSError``.
    """
    new = path.with_name(f'.{path.name[:80]}.{os.getpid()}.tmp')
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, 'O_BINARY', 0)
    try:
        descriptor = os.open(new, flags, file_mode(path.parent, *like))
        with os.fdopen(descriptor, 'wb') as file:
            file.write(data)
            if mode is not None and hasattr(os, 'fchmod'):
                os.fchmod(file.fileno(), mode)
        os.replace(new, path)  # noqa: PTH105 Path.replace does the same under a name that reads like str.replace
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
