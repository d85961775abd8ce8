"""Which program read a file: its version for people, its fingerprint to know when a file must be read again."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

from kaohe.extractors.formats import FORMATS
from kaohe.extractors.plugins import plugin_versions
from kaohe.normalizers.vocabulary.house_vocabulary import STATE

_ROOT = Path(__file__).parents[2]


def program_version() -> str:
    """The version of the installed program."""
    from importlib.metadata import (  # 30 ms, and a run that finds nothing new does not need it
        PackageNotFoundError,
        version,
    )

    try:
        return version('kaohe')
    except PackageNotFoundError:  # run from a copy of the sources
        return '0'


def reader_fingerprint() -> str:
    """A short hash of everything that decides what is read from a file: the code and data of the two packages, optional parts, plugins, and the
    words of the house.

    A file that was read by a reader of another fingerprint is read again, so that the catalogue never mixes two readers.
    """
    return hashlib.sha256(f'{_of_program()}{STATE}'.encode()).hexdigest()[:12] if STATE else _of_program()


@cache
def _of_program() -> str:
    found = hashlib.sha256()
    for package in ('extractors', 'normalizers'):
        for folder, folders, files in os.walk(_ROOT / package):
            folders[:] = sorted(name for name in folders if name != '__pycache__')
            found.update(Path(folder).relative_to(_ROOT).as_posix().encode())
            for name in sorted(files):
                found.update(name.encode())
                found.update(Path(folder, name).read_bytes())
    found.update(','.join(known.name for known in FORMATS if known.ready).encode())
    found.update(','.join(plugin_versions()).encode())
    return found.hexdigest()[:12]
