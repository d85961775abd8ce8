"""The key of a line: a hash of what it says, equal in every file format and copy."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from hashlib import blake2b

from kaohe.normalizers.text.folding import squeeze


def line_key(
    levels: Sequence[str],
    number: str | None,
    name: str | None,
    requirement: str | None,
    criteria: str | None,
    points: Decimal | None,
) -> str:
    """16 hexadecimal digits over the columns, folded and without white space; which column a text stands in matters."""
    parts = [
        *(f'level:{squeeze(level)}' for level in levels),
        f'number:{squeeze(number)}',
        f'name:{squeeze(name)}',
        f'requirement:{squeeze(requirement)}',
        f'criteria:{squeeze(criteria)}',
        f'points:{"" if points is None else format(points.normalize(), "f")}',
    ]
    return blake2b('\n'.join(parts).encode(), digest_size=8).hexdigest()
