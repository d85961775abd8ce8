"""Where the things stand that are made from the database: beside it, so that the folder can be moved as a whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from kaohe.pipeline.database.interrupted import ENDS

_ENDS = ('', *ENDS, '.lock')


def receipts_folder(database: Path) -> Path:
    """The folder of the receipts."""
    return database.parent / 'receipts'


def log_file(database: Path) -> Path:
    """The log of the runs."""
    return database.parent / 'logs' / 'kaohe.log'


def made_here(database: Path) -> Callable[[Path], bool]:
    """Tells of a file whether it is the database, one of its helpers, a log, or a receipt: no notice, though it may lie in an inbox."""
    here, base = Path.cwd(), database.absolute()
    files = {f'{base}{end}' for end in _ENDS}
    folders = tuple(f'{folder}{os.sep}' for folder in (receipts_folder(base), log_file(base).parent))

    def made(path: Path) -> bool:
        whole = str(path if path.is_absolute() else here / path)
        return whole in files or whole.startswith(folders)

    return made
