"""Where the things stand that are made from the database: beside it, so that the folder can be moved as a whole."""

from __future__ import annotations

from pathlib import Path

_ENDS = ('', '-wal', '-shm', '-journal', '.lock')


def receipts_folder(database: Path) -> Path:
    """The folder of the receipts."""
    return database.parent / 'receipts'


def log_file(database: Path) -> Path:
    """The log of the runs."""
    return database.parent / 'logs' / 'kaohe.log'


def made_here(path: Path, database: Path) -> bool:
    """Whether the file is the database, one of its helpers, a log, or a receipt: no notice, though it may lie in an inbox."""
    whole, base = path.absolute(), database.absolute()
    return (whole.parent == base.parent and whole.name in {f'{base.name}{end}' for end in _ENDS}) or not (
        {receipts_folder(base), log_file(base).parent}.isdisjoint(whole.parents)
    )
