"""By what a file is known: the hash of its bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kaohe.extractors.zip.archive import read_member


def sha256_of(path: Path, members: tuple[str, ...] = ()) -> str:
    """The SHA-256 of a file, hexadecimal, or of the one to which ``members`` lead in an archive. Raises ``OSError``, ``Unreadable``."""
    if members:
        return hashlib.sha256(read_member(path, members)).hexdigest()
    with path.open('rb') as file:
        return hashlib.file_digest(file, 'sha256').hexdigest()
