"""What the columns of the tables mean, out of docs/catalogue.md: shown above each table in the browser.

``catalogue.md`` here is a link to it; an installed program holds the page itself.
"""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).with_name('catalogue.md')
_TABLE = re.compile(r'^### `(\w+)`')
_COLUMN = re.compile(r'^\| `(\w+)` \| (.+) \|$')


def column_words() -> dict[str, dict[str, str]]:
    """By table and column; marks of Markdown left out."""
    found: dict[str, dict[str, str]] = {}
    table: dict[str, str] = {}
    for line in PAGE.read_text('utf-8').splitlines():
        if named := _TABLE.match(line):
            table = found.setdefault(named[1], {})
        elif line.startswith('#'):
            table = {}
        elif column := _COLUMN.match(line):
            table[column[1]] = re.sub(r'[`*]|\\(?=\|)', '', column[2])
    return found
