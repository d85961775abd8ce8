"""The lists that a Word file defines (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from kaohe.extractors.docx.names import VAL, W, switched_on, value, whole
from kaohe.extractors.docx.styles import Styles
from kaohe.extractors.word.numbering import LEVELS, NO_LIST, List, NumberingLevel


def lists(root: etree._Element | None, styles: Styles) -> dict[str, List]:
    """The lists of a numbering part by the ``numId`` that paragraphs name; none where the file has no such part."""
    if root is None:
        return {}
    abstracts = {element.get(f'{W}abstractNumId', ''): element for element in root.iterfind(f'{W}abstractNum')}
    nums = {element.get(f'{W}numId', ''): element for element in root.iterfind(f'{W}num')}
    found: dict[str, List] = {}
    for num_id, element in nums.items():
        if num_id == NO_LIST:
            continue
        abstract = value(element, 'abstractNumId') or ''
        # A list that only names a numbering style takes its levels from that style's list.
        linked = value(abstracts.get(abstract), 'numStyleLink')
        other = nums.get(styles.list_of(linked) or '') if linked else None
        if other is not None:
            abstract = value(other, 'abstractNumId') or abstract
        if abstract not in abstracts:
            continue
        levels = {at: level for at, level in map(_level, abstracts[abstract].iterfind(f'{W}lvl')) if at < LEVELS}
        starts: dict[int, int] = {}
        for override in element.iterfind(f'{W}lvlOverride'):
            at = whole(override.get(f'{W}ilvl')) or 0
            own = override.find(f'{W}lvl')
            if own is not None:
                levels[at] = _level(own)[1]
            start = whole(value(override, 'startOverride'))
            if start is not None and at in levels:
                starts[at] = start
        found[num_id] = List(
            abstract, {at: replace(level, start=starts.get(at, level.start)) for at, level in levels.items()}, starts
        )
    return found


def _level(element: etree._Element) -> tuple[int, NumberingLevel]:
    fonts = element.find(f'{W}rPr/{W}rFonts')
    start = whole(value(element, 'start'))
    hidden = switched_on(element.find(f'{W}rPr'), 'vanish')
    form = element.find(f'{W}numFmt')
    return whole(element.get(f'{W}ilvl')) or 0, NumberingLevel(
        form='decimal' if form is None else form.get(VAL, 'decimal'),
        text='' if hidden else value(element, 'lvlText') or '',
        start=1 if start is None else start,
        restart=whole(value(element, 'lvlRestart')),
        legal=bool(switched_on(element, 'isLgl')),
        suffix=value(element, 'suff') or 'tab',
        font=None if fonts is None else fonts.get(f'{W}ascii') or fonts.get(f'{W}hAnsi'),
        style=value(element, 'pStyle'),
    )
