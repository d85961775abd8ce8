"""The file of a stored notice, found again in its inbox; only the very bytes that were read count: boxes would stand at wrong places on others."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from kaohe.extractors.document import Unreadable
from kaohe.extractors.zip.archive import read_member


@dataclass(frozen=True, slots=True)
class PageFile:
    """Where the file of a notice lies, by which names it is reached inside an archive, and what it held when it was read."""

    path: Path
    members: tuple[str, ...]
    sha256: str
    format: str


def find_file(connection: sqlite3.Connection, database: Path, document: str) -> PageFile | None:
    """The file of the notice in an inbox; None where it has left, or the database does not say where it is."""
    for row in connection.execute(
        'SELECT i.inbox, i.source, d.sha256, d.format FROM ingestions AS i JOIN documents AS d ON d.id = i.document_id'
        ' JOIN sources AS s ON s.document_id = d.id AND s.source = i.source AND s.present WHERE d.id = ? ORDER BY i.id DESC',
        (document,),
    ):
        inbox = database.resolve().parent / row['inbox']
        parts = PurePosixPath(row['source']).parts
        for count in range(len(parts), 0, -1):
            path = inbox.joinpath(*parts[:count])
            if path.is_file():
                members = ('/'.join(parts[count:]),) if count < len(parts) else ()
                return PageFile(path, members, row['sha256'], row['format'])
    return None


@lru_cache(maxsize=1)
def stored_bytes(file: PageFile) -> bytes:
    """What the file holds. Raises ``ValueError`` where it is another one now, and ``OSError``."""
    try:
        data = read_member(file.path, file.members) if file.members else file.path.read_bytes()
    except Unreadable as error:
        raise ValueError(str(error)) from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise ValueError('another file has this name now')
    return data
