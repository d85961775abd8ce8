"""Raised characters (m², 10⁴, marks of footnotes) as Unicode has them, for every format that raises plain ones."""

from __future__ import annotations

_RAISED = str.maketrans('0123456789+-−–=()（）', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾⁽⁾')
_KNOWN = frozenset('0123456789+-−–=()（） ')


def raised(text: str) -> str:
    """``text`` as it is written above the line; as it is where Unicode has not all of its characters raised."""
    return text.translate(_RAISED) if _KNOWN.issuperset(text) else text
