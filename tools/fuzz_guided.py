"""``python -m tools.fuzz_guided FOLDER`` lets atheris (the extra ``fuzz``) look for bytes that crash a reader, led by what code they reach.

The samples of every format are the first inputs; what it learns is kept in FOLDER. It stops at the first crash and leaves its file.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=['kaohe.extractors', 'kaohe.normalizers']):
    from kaohe.extractors.document import Unreadable
    from kaohe.extractors.formats import read
    from kaohe.normalizers import normalize

from tools.mutation import seeds


def read_any(data: bytes) -> None:
    """Reads the bytes. Whatever is raised besides ``Unreadable`` is a fault."""
    try:
        normalize(read(data), 'x')
    except Unreadable:
        return


def main(folder: Path) -> None:
    """Runs until a crash or Ctrl-C."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in seeds().items():
        (folder / f'seed.{name}').write_bytes(data)
    atheris.Setup([sys.argv[0], str(folder)], read_any)
    atheris.Fuzz()


if __name__ == '__main__':
    main(Path(sys.argv[1]))
