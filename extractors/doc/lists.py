"""Automatic numbering and styles of Word 97-2003 files ([MS-DOC] 2.9.131 LSTF, 2.9.133 LFO, 2.9.150 LVL, 2.9.260 STD)."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kaohe.extractors.doc.file import WordFile
from kaohe.extractors.doc.sprm import Characters, ParagraphModifiers
from kaohe.extractors.word.numbering import LEVELS, List, NumberingLevel

# Number formats ([MS-OSHARED] 2.2.1.3 MSONFC) by the names that the later file format gives them.
_FORMS = {
    0x00: 'decimal', 0x01: 'upperRoman', 0x02: 'lowerRoman', 0x03: 'upperLetter', 0x04: 'lowerLetter', 0x05: 'ordinal',
    0x0A: 'ideographDigital', 0x0B: 'japaneseCounting', 0x0E: 'decimalFullWidth', 0x10: 'japaneseLegal',
    0x12: 'decimalEnclosedCircle', 0x13: 'decimalFullWidth2', 0x16: 'decimalZero', 0x17: 'bullet',
    0x1A: 'decimalEnclosedFullstop', 0x1B: 'decimalEnclosedParen', 0x1C: 'decimalEnclosedCircleChinese',
    0x1D: 'ideographEnclosedCircle', 0x1E: 'ideographTraditional', 0x1F: 'ideographZodiac',
    0x20: 'ideographZodiacTraditional', 0x21: 'taiwaneseCounting', 0x22: 'ideographLegalTraditional',
    0x23: 'taiwaneseCountingThousand', 0x24: 'taiwaneseDigital', 0x25: 'chineseCounting',
    0x26: 'chineseLegalSimplified', 0x27: 'chineseCountingThousand', 0x39: 'numberInDash', 0xFF: 'none',
}  # fmt: skip
_SUFFIXES = ('tab', 'space', 'nothing')


def _level(data: bytes, at: int) -> tuple[NumberingLevel, int]:
    """(the level that stands at ``at``, where the next begins)."""
    start, form, flags = struct.unpack_from('<iBB', data, at)
    places = data[at + 6 : at + 15]
    suffix = data[at + 15]
    characters, paragraph, limit = data[at + 24], data[at + 25], data[at + 26]
    at += 28 + paragraph + characters
    length = struct.unpack_from('<H', data, at)[0]
    raw = data[at + 2 : at + 2 + 2 * length].decode('utf-16-le', 'replace')
    numbers = {place - 1 for place in places if place}
    text = ''.join(
        f'%{ord(char) + 1}' if index in numbers and ord(char) < LEVELS else char for index, char in enumerate(raw)
    )
    level = NumberingLevel(
        form=_FORMS.get(form, 'decimal'),
        text=text,
        start=start,
        restart=limit if flags & 8 else None,
        legal=bool(flags & 4),
        suffix=_SUFFIXES[suffix] if suffix < len(_SUFFIXES) else 'tab',
    )
    return level, at + 2 + 2 * length


def lists(file: WordFile) -> dict[str, List]:
    """The lists that paragraphs name by number (1 is the first); empty where the file has none or they are broken."""
    try:
        return _overridden(file, _abstract(file))
    except (struct.error, IndexError):
        return {}


def _abstract(file: WordFile) -> dict[int, dict[int, NumberingLevel]]:
    heads, bodies = file.lists()
    found: dict[int, dict[int, NumberingLevel]] = {}
    if len(heads) < 2:
        return found
    at = 0
    for index in range(struct.unpack_from('<H', heads)[0]):
        identifier = struct.unpack_from('<i', heads, 2 + 28 * index)[0]
        levels: dict[int, NumberingLevel] = {}
        for number in range(1 if heads[2 + 28 * index + 26] & 1 else LEVELS):
            levels[number], at = _level(bodies, at)
        found[identifier] = levels
    return found


def _overridden(file: WordFile, abstract: dict[int, dict[int, NumberingLevel]]) -> dict[str, List]:
    data = file.overrides()
    found: dict[str, List] = {}
    if len(data) < 4:
        return found
    count = struct.unpack_from('<I', data)[0]
    at = 4 + 16 * count
    for index in range(count):
        identifier = struct.unpack_from('<i', data, 4 + 16 * index)[0]
        levels = dict(abstract.get(identifier, {}))
        starts: dict[int, int] = {}
        changes = data[4 + 16 * index + 12]
        at += 4
        for _ in range(changes):
            start, flags = struct.unpack_from('<iI', data, at)
            number = flags & 15
            at += 8
            if flags & 0x20:
                levels[number], at = _level(data, at)
                start = levels[number].start
            if flags & 0x10:
                starts[number] = start
        if levels:
            found[str(index + 1)] = List(str(identifier), levels, starts)
    return found


@dataclass(frozen=True, slots=True)
class DocStyle:
    """A style, with those it is based on applied: what a paragraph and its characters begin with."""

    paragraph: ParagraphModifiers = field(default_factory=ParagraphModifiers)
    characters: Characters = field(default_factory=Characters)


def styles(file: WordFile) -> list[DocStyle]:
    """The styles by number; a style that is broken or missing is a plain one."""
    data = file.styles()
    if len(data) < 6:
        return []
    header, count, base_size = struct.unpack_from('<HHH', data)
    raw: list[bytes] = []
    at = 2 + header
    for _ in range(count):
        if at + 2 > len(data):
            break
        length = struct.unpack_from('<H', data, at)[0]
        raw.append(data[at + 2 : at + 2 + length])
        at += 2 + length + (length & 1)
    found: dict[int, DocStyle] = {}

    def style(number: int, depth: int = 0) -> DocStyle:
        if number in found:
            return found[number]
        if number >= len(raw) or depth > 16:
            return DocStyle()
        try:
            found[number] = _style(raw[number], base_size, lambda base: style(base, depth + 1))
        except (struct.error, IndexError):
            found[number] = DocStyle()
        return found[number]

    return [style(number) for number in range(len(raw))]


def _style(data: bytes, base_size: int, based_on: Callable[[int], DocStyle]) -> DocStyle:
    if len(data) < base_size:
        return DocStyle()
    first, second, third = struct.unpack_from('<HHH', data)
    kind, base, parts = second & 15, second >> 4, third & 15
    found = based_on(base) if base != 0xFFF else DocStyle()
    at = base_size
    at += 2 + 2 * (struct.unpack_from('<H', data, at)[0] + 1)
    # Built-in styles 1 to 9 are the headings of these levels.
    if kind == 1 and 1 <= first & 0xFFF <= 9:
        found = replace(found, paragraph=replace(found.paragraph, level=first & 0xFFF))
    for index in range(parts):
        length = struct.unpack_from('<H', data, at)[0]
        own = data[at + 2 : at + 2 + length]
        at += 2 + length + (length & 1)
        if kind == 1 and index == 0:
            found = replace(found, paragraph=found.paragraph.modified(own[2:]))
        elif (kind, index) in ((1, 1), (2, 0)):
            found = replace(found, characters=found.characters.modified(own))
    return found
