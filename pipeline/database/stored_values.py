"""How values stand in a column of the database and in a line of a log."""

from __future__ import annotations

import json
from decimal import Decimal

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(',', ':'))


def json_text(value: object) -> str:
    """The value as JSON, as short as it goes, characters as they are."""
    return _ENCODER.encode(value)


def real(number: Decimal | None) -> float | None:
    """A number as SQLite keeps it; None stays unknown."""
    return None if number is None else float(number)
