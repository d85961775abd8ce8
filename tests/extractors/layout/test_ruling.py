"""Drawn lines are snapped and joined as pdfplumber does it, to the last bit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pdfplumber.table import merge_edges

from kaohe.extractors.layout.ruling import TOLERANCE, RuledLine, straightened

# Places that fall on each other, near each other and far apart.
_PLACE = st.one_of(st.sampled_from([50.0, 51.3, 52.9, 54.0, 120.1]), st.floats(0, 300))
_LENGTH = st.one_of(st.sampled_from([0.0, 0.5, 3.0, 6.0, 40.0]), st.floats(0, 200))
_RULE = st.builds(lambda x, y, wide, high: RuledLine(x, y, x + wide, y + high), _PLACE, _PLACE, _LENGTH, _LENGTH)


def _by_pdfplumber(rules: list[RuledLine]) -> tuple[list[RuledLine], list[RuledLine]]:
    edges = []
    for x0, top, x1, bottom in rules:
        wide, high = x1 - x0, bottom - top
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if wide >= high or max(wide, high) <= TOLERANCE:
            edges.append({'orientation': 'h', 'x0': x0, 'top': y, 'x1': x1, 'bottom': y, 'height': 0.0})
        if high > wide or max(wide, high) <= TOLERANCE:
            edges.append({'orientation': 'v', 'x0': x, 'top': top, 'x1': x, 'bottom': bottom, 'height': high})
    found: dict[str, list[RuledLine]] = {'h': [], 'v': []}
    for edge in merge_edges(edges, TOLERANCE, TOLERANCE, TOLERANCE, TOLERANCE) if edges else []:
        line = RuledLine(edge['x0'], edge['top'], edge['x1'], edge['bottom'])
        if max(line.x1 - line.x0, line.bottom - line.top) >= 6.0:
            found[edge['orientation']].append(line)
    return found['h'], found['v']


@given(st.lists(_RULE, max_size=40))
def test_lines_are_snapped_and_joined_as_by_pdfplumber(rules: list[RuledLine]) -> None:
    assert straightened(rules) == _by_pdfplumber(rules)
