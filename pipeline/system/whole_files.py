"""Writing a file as a whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def replace_file(path: Path, text: str) -> None:
    """Writes the file as a whole: who opens it sees the old or the new one. Raises ``OSError``."""
    new = path.with_name(f'.{path.name}.tmp')
    try:
        new.write_text(text, 'utf-8', newline='\n')
        os.replace(new, path)  # noqa: PTH105 Path.replace does the same under a name that reads like str.replace
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
