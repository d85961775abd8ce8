"""What a page does not show, or shows struck out: by its elements, their own styles, and the page's style sheets."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from kaohe.extractors.html.cascade import Cascade

_STRUCK = frozenset({'s', 'strike', 'del'})
_CELLS = frozenset({'td', 'th'})
_TABLES = frozenset({'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th'})
_AS_TABLES = {
    'table': 'table', 'inline-table': 'table', 'table-header-group': 'thead', 'table-row-group': 'tbody', 'table-footer-group': 'tfoot',
    'table-row': 'tr', 'table-cell': 'td',
}  # fmt: skip
# What shows without a text.
_SHOWN = frozenset({'input', 'select', 'img'})
_WHITES = frozenset({'white', '#fff', '#ffffff', 'rgb(255,255,255)'})
_AS_AROUND = frozenset({'', 'inherit', 'transparent', 'none', 'unset'})
_NOTHING = frozenset({'0', '0px', '0pt', '0%', '0em', '0.0'})


class Hiding(NamedTuple):
    """The elements that are ``gone`` with all that stands in them, and those whose own text is ``veiled`` though something in them is shown;
    ``parts`` of tables that a style makes of other elements, as the tag that they look like."""

    gone: frozenset[etree._Element]
    veiled: frozenset[etree._Element]
    parts: dict[etree._Element, str]


class _Look(NamedTuple):
    """How an element's own text looks; what stands in it looks alike unless a style says otherwise."""

    visible: bool = True
    struck: bool = False
    tiny: bool = False
    white: bool = False
    ground: bool = False
    in_cell: bool = False

    @property
    def veiled(self) -> bool:
        # outside of tables a picture may lie behind white text
        return not self.visible or self.struck or self.tiny or (self.white and self.in_cell and not self.ground)


def hiding_of(root: etree._Element) -> Hiding:
    """What a page leaves out."""
    cascade = Cascade(root)
    gone: set[etree._Element] = set()
    veiled: set[etree._Element] = set()
    parts: dict[etree._Element, str] = {}
    looks = [_Look()]
    shows = [False]
    walk = etree.iterwalk(root, events=('start', 'end'))
    for event, element in walk:
        if event == 'start':
            styles = cascade.of(element)
            if _vanishes(element, styles):
                gone.add(element)
                walk.skip_subtree()
            else:
                part = _AS_TABLES.get(styles.get('display', ''))
                if part and element.tag not in _TABLES:
                    parts[element] = part
                look = _look(element, styles, looks[-1])
                looks.append(_colored(look, element, styles, looks[-1]) if cascade.white else look)
                shows.append(not looks[-1].veiled and (element.tag in _SHOWN or _is_written(element.text)))
            continue
        if element not in gone:
            shown, look = shows.pop(), looks.pop()
            tag = parts.get(element, element.tag)
            if tag == 'tr' and not shown and _says_something(element):
                gone.add(element)  # all that was in the row is hidden or struck out
            elif look.veiled:
                # a cell keeps its place in the table
                (veiled if shown or tag in _CELLS else gone).add(element)
            shows[-1] |= shown
        shows[-1] |= not looks[-1].veiled and _is_written(element.tail)
    return Hiding(frozenset(gone), frozenset(veiled), _whole(parts))


def _whole(parts: dict[etree._Element, str]) -> dict[etree._Element, str]:
    """Those that make up tables: cells in rows, rows in a table. One that stands alone only arranges the page."""
    kept: dict[etree._Element, str] = {}
    for element, part in parts.items():  # from the outside in
        above = element.getparent()
        holder = kept.get(above) if above is not None else None
        if part == 'table' or holder in (('tr',) if part == 'td' else ('table', 'thead', 'tbody', 'tfoot')):
            kept[element] = part
    rows = {element.getparent() for element, part in kept.items() if part == 'td'}
    tables = {
        one for row in rows if row is not None for one in (row.getparent(), *row.iterancestors()) if one is not None
    }
    return {e: part for e, part in kept.items() if part == 'td' or e in rows or e in tables}


def _is_written(text: str | None) -> bool:
    return text is not None and bool(text.strip())


def _says_something(element: etree._Element) -> bool:
    return bool(''.join(map(str, element.itertext())).strip())


def _vanishes(element: etree._Element, styles: dict[str, str]) -> bool:
    """Whether nothing of the element is shown, whatever stands in it says."""
    display = styles.get('display')
    if display == 'none' or (display is None and element.get('hidden') is not None):
        return True
    return styles.get('opacity') in _NOTHING or styles.get('mso-hide') == 'all'


def _look(element: etree._Element, styles: dict[str, str], around: _Look) -> _Look:
    visibility, line, size = (styles.get(name, 'inherit') for name in ('visibility', 'text-decoration', 'font-size'))
    struck = 'line-through' in line if line != 'inherit' else element.tag in _STRUCK
    return _Look(
        visible=visibility not in ('hidden', 'collapse') if visibility not in ('inherit', 'unset') else around.visible,
        # a line through a text runs on through what stands in it
        struck=around.struck or struck,
        tiny=size in _NOTHING if size != 'inherit' else around.tiny,
    )


def _colored(look: _Look, element: etree._Element, styles: dict[str, str], around: _Look) -> _Look:
    """The look, with whether it is in white, and on a ground that shows it."""
    color = styles.get('color') or (element.get('color') if element.tag == 'font' else '') or ''
    ground = styles.get('background') or element.get('bgcolor') or element.get('background') or ''
    return look._replace(
        white=_is_white(color) if color not in _AS_AROUND else around.white,
        ground=not _is_white(ground) if ground not in _AS_AROUND else around.ground,
        in_cell=around.in_cell or element.tag in _CELLS,
    )


def _is_white(color: str) -> bool:
    return re.sub(r'\s|!important', '', color.lower()) in _WHITES
