"""The tables that are read in a folder of PDFs, as JSON that a judge of table competitions reads.

usage: python -m tools.icdar_tables FOLDER TABLES.json

Writes ``{"name.pdf": [[[row, col, last_row, last_col, "text"], … one a cell], … one a table], …}``. A table that goes on over a page break is as
many tables as it has pages, for the judge counts them so. A file that cannot be read has none, and is named.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kaohe.extractors.document import Table, Unreadable
from kaohe.extractors.pdf import read


def cells_of(table: Table) -> list[list[int | str]]:
    """The cells of a table as the judge asks for them."""
    return [[cell.row, cell.col, cell.bottom_row, cell.right_col, cell.text] for cell in table.cells]


def main(folder: str, target: str) -> None:
    """Reads every PDF of ``folder`` and writes ``target``."""
    found: dict[str, list[list[list[int | str]]]] = {}
    for path in sorted(Path(folder).glob('*.pdf')):
        try:
            found[path.name] = [cells_of(table) for table in read(path.read_bytes()).tables]
        except Unreadable as why:
            sys.stderr.write(f'{path.name}: {why.finding.message}\n')
            found[path.name] = []
    Path(target).write_text(json.dumps(found, ensure_ascii=False), encoding='utf8')


if __name__ == '__main__':
    main(*sys.argv[1:3])
