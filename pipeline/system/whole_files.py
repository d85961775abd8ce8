"""Writing a file as a whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def replace_file(path: Path, text: str) -> None:
    """Writes the file as a whole: who opens it sees the old or the new one. Raises ``OSError``."""
    replace_bytes(path, text.encode())


def replace_bytes(path: Path, data: bytes, mode: int | None = None) -> None:
    """The same for bytes; ``mode`` are its rights, by default those that the system gives a new file. Raises ``OSError``."""
    new = path.with_name(f'.{path.name[:80]}.{os.getpid()}.tmp')
    try:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, 'O_BINARY', 0), 0o666)
        with os.fdopen(descriptor, 'wb') as file:
            file.write(data)
            if mode is not None and hasattr(os, 'fchmod'):
                os.fchmod(file.fileno(), mode)
        os.replace(new, path)  # noqa: PTH105 Path.replace does the same under a name that reads like str.replace
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
