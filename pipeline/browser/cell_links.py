"""Ids in the cells of the browser's tables lead to the desk, where the row stands beside its page, and a notice's id to its receipt too."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

_ROW = re.compile(r'[dicgf]_[a-z2-7]{16,20}')


def linked(value: object, receipts: Path, desk: str) -> Markup | None:
    """The cell with its links; None where it holds no id of a row that the desk shows. ``desk`` is the desk's address, without a slash."""
    if not isinstance(value, str) or not _ROW.fullmatch(value):
        return None
    cell = Markup('{0} <a href="{1}/rows/{0}">核对</a>').format(value, desk)
    receipt = next(receipts.glob(f'*-{value[2:10]}.html'), None) if value.startswith('d_') else None
    if receipt is not None:
        cell += Markup(' <a href="/receipts/{0}">回执</a>').format(quote(receipt.name))
    return cell
