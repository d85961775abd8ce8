"""How the sheets of an xlsx package look: number formats, hidden rows and columns, white and struck-out text, formulas without value, drawings."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from lxml import etree

from kaohe.extractors.raised import raised
from kaohe.extractors.sheet.date_formats import BUILT_IN_DATES
from kaohe.extractors.sheet.number_formats import BUILT_IN, SHOWS_NOTHING
from kaohe.extractors.sheet.package import FAULTS
from kaohe.extractors.sheet.sheet_look import Place, SheetLook

_DRAWING = '/drawing'
_REFERENCE = re.compile(r'([A-Z]{1,3})(\d{1,7})')
_RELATION = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id'
_STRICT_RELATION = '{http://purl.oclc.org/ooxml/officeDocument/relationships}id'
_OFF = frozenset({None, '0', 'false'})
_FROM_1904 = re.compile(rb'\bdate1904="(?:1|true)"')


class _Style(NamedTuple):
    """The number format of a cell, whether it is struck out, and whether it is written in white on no ground."""

    format: str | None = None
    struck: bool = False
    white: bool = False


def xlsx_looks(data: bytes) -> dict[str, SheetLook]:
    """By sheet name; a sheet whose look cannot be read is missing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # days that are counted from 1904 on are left as numbers, where the library does not know them for days
            known = BUILT_IN if _FROM_1904.search(archive.read('xl/workbook.xml')) else BUILT_IN | BUILT_IN_DATES
            told = 'xl/styles.xml' in archive.namelist()
            styles = _styles(_parsed(archive.read('xl/styles.xml')), known) if told else []
            texts = _rich_texts(archive)
            found = {}
            for name, member in _sheets(archive):
                boxes, pictures = _drawings(archive, member)
                look = _look(archive.read(member), styles, texts)
                found[name] = replace(look, boxes=boxes, pictures=pictures)
            return found
    except FAULTS:
        return {}


def _parsed(member: bytes) -> etree._Element:
    return etree.fromstring(member, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _styles(root: etree._Element, known: Mapping[int, str]) -> list[_Style]:
    """What the cell styles say, by number. ``known`` are the formats that are named by number only."""
    formats = {kind.get('numFmtId', ''): kind.get('formatCode', '') for kind in root.iterfind('{*}numFmts/{*}numFmt')}
    fonts = [*root.iterfind('{*}fonts/{*}font')]
    struck = {
        str(at)
        for at, font in enumerate(fonts)
        if (mark := font.find('{*}strike')) is not None and mark.get('val', '1') not in _OFF
    }
    white = {str(at) for at, font in enumerate(fonts) if _is_white(font.find('{*}color'))}
    bare = {str(at) for at, fill in enumerate(root.iterfind('{*}fills/{*}fill')) if _is_bare(fill)}
    found = []
    for style in root.iterfind('{*}cellXfs/{*}xf'):
        number, font = style.get('numFmtId', '0'), style.get('fontId', '0')
        code = formats.get(number) or (known.get(int(number)) if number.isdecimal() else None)
        found.append(_Style(code, font in struck, font in white and style.get('fillId', '0') in bare))
    return found


def _is_white(color: etree._Element | None) -> bool:
    if color is None or float(color.get('tint', '0')):
        return False
    # of the theme's colours the first is that of the ground, of the numbered ones two are white
    return (
        color.get('rgb', '')[-6:].upper() == 'FFFFFF' or color.get('theme') == '0' or color.get('indexed') in ('1', '9')
    )


def _is_bare(fill: etree._Element) -> bool:
    """Whether a fill leaves the cell white."""
    pattern = fill.find('{*}patternFill')
    if pattern is None:
        return False
    kind = pattern.get('patternType', 'none')
    return kind == 'none' or (kind == 'solid' and _is_white(pattern.find('{*}fgColor')))


def _look(sheet: bytes, styles: list[_Style], rich: Mapping[str, _Rich]) -> SheetLook:
    formats: dict[Place, str] = {}
    struck: set[Place] = set()
    # rules and styles of tables may draw a ground
    white_shows = b'conditionalFormatting' in sheet or b'tablePart' in sheet
    partly = 0
    texts: dict[Place, str] = {}
    uncached: set[Place] = set()
    rows: set[int] = set()
    cols: set[int] = set()
    row = -1
    tags = ('{*}row', '{*}c', '{*}col')
    for event, element in etree.iterparse(
        io.BytesIO(sheet), events=('start', 'end'), tag=tags, resolve_entities=False, no_network=True, huge_tree=True
    ):
        if event == 'start':
            if element.tag.endswith('}row'):
                number = element.get('r') or ''
                row = int(number) - 1 if number.isdecimal() else row + 1
                if element.get('hidden') not in _OFF or element.get('ht') == '0':
                    rows.add(row)
            continue
        if element.tag.endswith('}col'):
            if element.get('hidden') not in _OFF or element.get('width') == '0':
                cols.update(range(int(element.get('min', 1)) - 1, min(int(element.get('max', 1)), 1 << 14)))
        elif element.tag.endswith('}c'):
            place = _place(element.get('r') or '')
            style = element.get('s') or '0'
            if place is not None:
                look = styles[int(style)] if style.isdecimal() and int(style) < len(styles) else _Style()
                if look.format is not None:
                    formats[place] = look.format
                if look.struck or look.format == SHOWS_NOTHING or (look.white and not white_shows):
                    struck.add(place)
                value = element.find('{*}v')
                if element.find('{*}f') is not None and (value is None or not value.text) and element.get('t') != 'str':
                    uncached.add(place)
                inline = element.find('{*}is')
                shown = _rich(inline) if inline is not None else None
                if element.get('t') == 's' and value is not None:
                    shown = rich.get(value.text or '')
                elif element.get('t') == 'e' and value is not None and value.text is not None:
                    shown = _Rich(value.text, struck=False)
                if shown is not None:
                    texts[place] = shown.shown
                    partly += shown.struck
        else:
            element.clear()
    return SheetLook(
        formats, frozenset(rows), frozenset(cols), frozenset(struck), texts, frozenset(uncached), partly=partly
    )


class _Rich(NamedTuple):
    """A text of which some characters are raised or struck out, as it shows, and whether some are struck out."""

    shown: str
    struck: bool


def _rich_texts(archive: zipfile.ZipFile) -> dict[str, _Rich]:
    """The shared texts of which some characters are raised or struck out, as they show, by number."""
    if 'xl/sharedStrings.xml' not in archive.namelist():
        return {}
    texts = enumerate(_parsed(archive.read('xl/sharedStrings.xml')).iterfind('{*}si'))
    return {str(number): shown for number, text in texts if (shown := _rich(text)) is not None}


def _rich(text: etree._Element) -> _Rich | None:
    """The text as it shows; None where no part of it is raised or struck out."""
    found: list[str] = []
    plain, struck = True, False
    for run in text.iterfind('{*}r'):
        mark, vertical = run.find('{*}rPr/{*}strike'), run.find('{*}rPr/{*}vertAlign')
        written = run.findtext('{*}t') or ''
        if mark is not None and mark.get('val', '1') not in _OFF:
            plain, struck = False, struck or bool(written.strip())
        elif vertical is not None and vertical.get('val') == 'superscript':
            plain = False
            found.append(raised(written))
        else:
            found.append(written)
    return None if plain else _Rich(''.join(found), struck)


def _place(reference: str) -> Place | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    col = 0
    for letter in match[1]:
        col = col * 26 + ord(letter) - 64
    return int(match[2]) - 1, col - 1


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The names of the sheets and of the members that hold them."""
    targets = {
        relation.get('Id'): relation.get('Target', '')
        for relation in _parsed(archive.read('xl/_rels/workbook.xml.rels'))
    }
    for sheet in _parsed(archive.read('xl/workbook.xml')).iterfind('{*}sheets/{*}sheet'):
        target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION))
        if target:
            yield sheet.get('name', ''), posixpath.normpath(posixpath.join('xl', target)).lstrip('/')


def _drawings(archive: zipfile.ZipFile, sheet: str) -> tuple[tuple[tuple[int, str], ...], int]:
    """The texts of the boxes that lie on a sheet, each with its row, and how many pictures and charts lie there."""
    boxes: list[tuple[int, str]] = []
    pictures = 0
    for kind, member in _related(archive, sheet).items():
        if not kind.endswith(_DRAWING) or member not in archive.namelist():
            continue
        for anchor in _parsed(archive.read(member)):
            row = anchor.findtext('{*}from/{*}row') or ''
            pictures += sum(1 for _ in anchor.iter('{*}pic', '{*}graphicFrame'))
            for body in anchor.iter('{*}txBody'):
                lines = (''.join(text.text or '' for text in line.iter('{*}t')) for line in body.iterfind('{*}p'))
                if text := '\n'.join(lines).strip():
                    boxes.append((int(row) if row.isdecimal() else 0, text))
    return tuple(boxes), pictures


def _related(archive: zipfile.ZipFile, member: str) -> Mapping[str, str]:
    """The parts that a part refers to, by the kind of the relation."""
    folder, name = posixpath.split(member)
    path = f'{folder}/_rels/{name}.rels'
    return dict(_relations(archive, path, folder)) if path in archive.namelist() else {}


def _relations(archive: zipfile.ZipFile, path: str, folder: str) -> Iterator[tuple[str, str]]:
    for relation in _parsed(archive.read(path)):
        target = relation.get('Target', '')
        yield relation.get('Type', ''), posixpath.normpath(posixpath.join(folder, target)).lstrip('/')
