"""Where the things stand that are made from the database: beside it, so that the folder can be moved as a whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from kaohe.pipeline.database.interrupted import ENDS

_ENDS = ('', *ENDS, '.lock')


_USUAL = 'catalogue'
"""The name of the only database of most offices, whose receipts and log need no name of their own."""
USUAL_DATABASE = Path('data/structured/catalogue.db')
"""The database that is meant where none is named."""
SHARED_LOG = Path('data/decisions')
"""The log that served every database of the working folder, until each had one of its own."""
_DERIVED = 'structured'


def receipts_folder(database: Path) -> Path:
    """The folder of the receipts: that of this database alone, for several may lie in one folder."""
    return database.parent / ('receipts' if database.stem == _USUAL else f'{database.stem}.receipts')


def decisions_folder(database: Path) -> Path:
    """The folder of the log of what people decided about what this database holds: beside it, but never in ``data/structured``, where all can
    be made again."""
    home = database.parent.parent if database.parent.name == _DERIVED else database.parent
    return home / ('decisions' if database.stem == _USUAL else f'{database.stem}.decisions')


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
