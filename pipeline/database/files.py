"""Where the things stand that are made from the database: beside it, so that the folder can be moved as a whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from kaohe.pipeline.database.interrupted import ENDS

_ENDS = ('', *ENDS, '.lock')


_USUAL = 'catalogue'
"""The name of the only database of most offices, whose receipts and log need no name of their own."""


def receipts_folder(database: Path) -> Path:
    """The folder of the receipts: that of this database alone, for several may lie in one folder."""
    return database.parent / ('receipts' if database.stem == _USUAL else f'{database.stem}.receipts')


def log_file(database: Path) -> Path:
    """The log of the runs on this database."""
    return database.parent / 'logs' / ('kaohe.log' if database.stem == _USUAL else f'{database.stem}.log')


def made_here(database: Path) -> Callable[[Path], bool]:
    """Tells of a file whether it is the database, one of its helpers, a log, or a receipt: no notice, though it may lie in an inbox."""
    here, base = Path.cwd(), database.absolute()
    files = {f'{base}{end}' for end in _ENDS}
    folders = tuple(f'{folder}{os.sep}' for folder in (receipts_folder(base), log_file(base).parent))

    def made(path: Path) -> bool:
        whole = str(path if path.is_absolute() else here / path)
        return whole in files or whole.startswith(folders)

    return made
