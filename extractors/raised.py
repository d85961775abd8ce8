"""Raised characters (m², 10⁴, marks of footnotes) as Unicode has them, for every format that raises plain ones."""

from __future__ import annotations

_RAISED = str.maketrans('0123456789+-−–=()（）[]［］〔〕', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾⁽⁾⁽⁾⁽⁾⁽⁾')
_CIRCLED = {ord('①') + at: f'({at + 1})' for at in range(20)}
_KNOWN = frozenset('0123456789+-−–=()（）[]［］〔〕 ')


def raised(text: str) -> str:
    """``text`` as it is written above the line, marks of notes in brackets (``[1]`` and ``①`` are ``⁽¹⁾``); as it is where Unicode has not all of
    its characters raised."""
    bracketed = text.translate(_CIRCLED)
    return bracketed.translate(_RAISED) if _KNOWN.issuperset(bracketed) else text
