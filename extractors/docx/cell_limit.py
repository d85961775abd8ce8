"""How many table cells a part of a Word file may have.

A few hundred kilobytes hold a million cells, which take half a minute and over a gigabyte once they are parsed: they are counted before.
"""

from __future__ import annotations

import re

from kaohe.extractors.document import Unreadable
from kaohe.extractors.findings import finding

#: Long notices have some ten thousand.
MAX_CELLS = 200_000

_OPENS = re.compile(rb'<(?:[\w.-]+:)?tc[\s/>]')


def refuse_many_cells(data: bytes) -> None:
    """Let an XML text pass that has no more cells than are read. Raises ``Unreadable``: ``file.too_large``."""
    if data.count(b'<') <= MAX_CELLS:
        return
    one_byte = data.replace(b'\0', b'') if b'\0' in data[:100] else data  # UTF-16
    cells = sum(1 for _ in _OPENS.finditer(one_byte))
    if cells > MAX_CELLS:
        raise Unreadable(finding('file.too_large', detail=f'表格共有 {cells} 格，最多读 {MAX_CELLS} 格'))
