"""Cleaned text that remembers where every piece of it stands in the source.

The meaning layer reads cleaned text; the source layer keeps what the file holds. ``Text`` is the bridge: a string made of runs,
each with the place and the span it came from. Slicing and joining keep the map.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from html import unescape
from itertools import accumulate
from typing import NamedTuple

from kaohe.extractors.document import Cell
from kaohe.normalizers.catalogue import Origin
from kaohe.normalizers.text.ideographs import plain_ideographs


class SourcePlace(NamedTuple):
    """A cell (``table``, ``row``, ``col``) or a block of the stitched document. Exactly one of the two is set."""

    table: int | None = None
    row: int | None = None
    col: int | None = None
    block: int | None = None


class SourceRun(NamedTuple):
    """A piece of text and the span of the source it stands for. ``place`` None: put in when pieces were joined.

    Where ``text`` is as long as its span, it maps character by character; else (``\\leq`` read as ``≤``) as a whole.
    """

    text: str
    place: SourcePlace | None = None
    start: int = 0
    end: int = 0

    def cut(self, start: int, end: int) -> SourceRun:
        """The piece ``text[start:end]`` of this run."""
        return SourceRun(self.text[start:end], self.place, *self.span(start, end))

    def origin(self, field: str, start: int, end: int) -> tuple[Origin, ...]:
        """Where the piece ``text[start:end]`` stands; ``()`` where it was put in."""
        return () if self.place is None else (Origin(field, *self.span(start, end), *self.place),)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that the piece ``text[start:end]`` stands for."""
        if self.place is None or len(self.text) != self.end - self.start:
            return self.start, self.end
        return self.start + start, self.start + end


class Text:
    """A string with a map back to the source. Immutable; ``text[a:b]`` slices both. Equal when string and map are equal."""

    __slots__ = ('_ends', 'runs', 'text')

    def __init__(self, runs: Iterable[SourceRun] = ()) -> None:
        self.runs = tuple([run for run in runs if run.text])
        self.text = self.runs[0].text if len(self.runs) == 1 else ''.join([run.text for run in self.runs])
        self._ends: list[int] | None = None  # where each run ends, once it is asked

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f'Text({self.text!r})'

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.runs == other.runs

    def __hash__(self) -> int:
        return hash(self.runs)

    def __getitem__(self, part: slice) -> Text:
        start, end, _ = part.indices(len(self.text))
        return self if start == 0 and end == len(self.text) else Text(self._cut(start, end))

    def _cut(self, start: int, end: int) -> list[SourceRun]:
        """The runs of ``text[start:end]``."""
        if len(self.runs) == 1:  # most texts are one cell as it stands
            return [self.runs[0].cut(start, end)] if start < end else []
        if self._ends is None:
            self._ends = [*accumulate(len(run.text) for run in self.runs)]
        found: list[SourceRun] = []
        for number in range(bisect_right(self._ends, start), len(self.runs)):
            run = self.runs[number]
            at = self._ends[number] - len(run.text)
            low, high = max(start - at, 0), min(end - at, len(run.text))
            if at >= end:
                break
            if low < high:
                found.append(run.cut(low, high))
        return found

    def strip(self, chars: str | None = None) -> Text:
        """Without ``chars`` (default: white space) at both ends."""
        start = len(self.text) - len(self.text.lstrip(chars))
        end = len(self.text.rstrip(chars))
        return self[start:end]

    def without(self, spans: Iterable[tuple[int, int]]) -> Text:
        """Without the given spans (in order, not overlapping)."""
        kept: list[SourceRun] = []
        at = 0
        for start, end in spans:
            kept.extend(self._cut(at, start))
            at = end
        kept.extend(self._cut(at, len(self.text)))
        return Text(kept)

    def sub(self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Text:
        """Every match of ``pattern`` replaced; the new string maps to the whole span that it replaces."""
        parts: list[SourceRun] = []
        at = 0
        for match in pattern.finditer(self.text):
            parts.extend(self._cut(at, match.start()))
            parts.extend(_rewritten(self._cut(*match.span()), new(match)))
            at = match.end()
        if not at:
            return self
        parts.extend(self._cut(at, len(self.text)))
        return Text(parts)

    def translated(self, translation: Callable[[str], str]) -> Text:
        """The text with other characters in the same places."""
        if translation(self.text) is self.text:
            return self
        return Text(run._replace(text=translation(run.text)) for run in self.runs)

    @staticmethod
    def join(separator: str, parts: Iterable[Text]) -> Text:
        """The parts that are not empty, with ``separator`` between them."""
        runs: list[SourceRun] = []
        for part in parts:
            if part and runs:
                runs.append(SourceRun(separator))
            runs.extend(part.runs)
        return Text(runs)

    def origins(self, field: str, start: int = 0, end: int | None = None) -> tuple[Origin, ...]:
        """Where ``text[start:end]`` stands in the source: one origin for each cell or block, in order of reading."""
        end = len(self.text) if end is None else min(end, len(self.text))
        if len(self.runs) == 1 and start < end:
            return self.runs[0].origin(field, start, end)
        found: list[Origin] = []
        for run in self._cut(start, end):
            if run.place is None:
                continue
            at = Origin(field, run.start, run.end, *run.place)
            last = found[-1] if found else None
            if last and (last.table, last.row, last.col, last.block) == (at.table, at.row, at.col, at.block):
                found[-1] = Origin(
                    field, min(last.start, at.start), max(last.end, at.end), at.table, at.row, at.col, at.block
                )
            else:
                found.append(at)
        return tuple(found)


def _rewritten(old: Iterable[SourceRun], new: str) -> list[SourceRun]:
    if not new:
        return []
    places = [run for run in old if run.place is not None]
    if not places:
        return [SourceRun(new)]
    return [SourceRun(new, places[0].place, min(run.start for run in places), max(run.end for run in places))]


# Other tools leave their markup behind. Tags are listed by name: `<95%` and `<《办法》>` are no tags.
_TAG = re.compile(
    r'</?(?:a|b|br|center|code|div|em|font|h[1-6]|i|img|li|o:p|ol|p|pre|s|small|span|strong|sub|sup|table|tbody|td|th|tr|u|ul)'
    r'(?:\s[^<>]*|/)?>',
    re.IGNORECASE,
)
# these end a line; the others stand inside one
_BREAK = re.compile(r'(?i:<br|</(?:p|li|div|tr|h[1-6])\b)')
_ENTITY = re.compile(r'&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,6});')
_BOOKMARK = re.compile(r'\[bookmark:[^\]\n]*\]')
_INVISIBLE = re.compile('[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b-\x1f]')
_FORMULA = re.compile(r'\$([^$\n]{1,80})\$')
_COMMANDS = {
    'leq': '≤', 'le': '≤', 'leqslant': '≤', 'geq': '≥', 'ge': '≥', 'geqslant': '≥', 'lt': '<', 'gt': '>', 'neq': '≠', 'ne': '≠',
    'times': '×', 'div': '÷', 'pm': '±', 'sim': '~', 'approx': '≈', 'cdot': '·', 'sum': '∑', 'circ': '°', 'degree': '°',
    'rightarrow': '→', 'permil': '‰', 'ldots': '…', 'quad': ' ', 'alpha': 'α', 'beta': 'β', 'gamma': 'γ', 'mu': 'μ',
}  # fmt: skip
_COMMAND = re.compile(r'\\(' + '|'.join(sorted(_COMMANDS, key=len, reverse=True)) + r')(?![a-zA-Z])')
_STYLE = re.compile(r'\\(?:text|mathrm|mathbf|mathit|operatorname|rm|bf|left|right)(?![a-zA-Z])\s?|\\[,;!]')
_ESCAPED = re.compile(r'\\([%$#&_{}])')
# a subscript or superscript that a formula marks: `DDD _s`, `CO_{2}`, `m^2`; between letters only, so that file_name stays
_INDEX = re.compile(r'(?<=[A-Z\d]) ?[_^]\{?([A-Za-z]|\d{1,2})\}?(?![A-Za-z\d_])')
_HAN = '\u3007\u3400-\u9fff\uf900-\ufaff'
_INSIDE = re.compile(rf'(?<=[{_HAN}、，。；：！？（）《》“”‘’])[ \u00a0\u3000](?=[{_HAN}、，。；：！？（）《》“”‘’])')
# a match begins where a run of blanks does, else long runs cost their square
_LINE_END = re.compile(r'(?<![ \t\u00a0\u3000])[ \t\u00a0\u3000]*\r?\n[ \t\u00a0\u3000]*(?:\r?\n[ \t\u00a0\u3000]*)*')
# The mark of a note inside a number and its unit (5¹分), and in brackets anywhere (5⁽¹⁾分, 次⁽¹⁾扣); a power belongs to its number (10²亩).
_NOTE = re.compile(r'(?<=\d)(?<!(?<!\d)10)[⁰¹²³⁴-⁹]+(?=\s?[一-鿿])|⁽[⁰¹²³⁴-⁹]{1,2}⁾')
_TABS = re.compile(r'\t+')
# Nobody sets so many blanks for what they say; patterns with blanks in them would take the square of their number.
_MANY_BLANKS = re.compile(r'[ \u00a0\u3000]{65,}')
_LINE_FEED = re.compile(r'\n')
_BETWEEN_LETTERS = re.compile(r'(?<=[A-Za-z])\n(?=[A-Za-z])')


def _plain_formula(match: re.Match[str]) -> str:
    inner = match[1]
    # `$` around something that is no formula (prices, shell words) stays as printed
    if not re.search(r'\\|[<>=^_≤≥%\d]', inner):
        return match[0]
    inner = _COMMAND.sub(lambda m: _COMMANDS[m[1]], inner)
    inner = _ESCAPED.sub(r'\1', _STYLE.sub('', inner))
    inner = re.sub(r'\s*([<>=≤≥≠])\s*', r'\1', inner.replace('{', '').replace('}', ''))
    return inner.strip()


def clean(text: Text) -> Text:
    """The text as the meaning layer reads it: leftovers of other tools and marks of footnotes inside numbers gone, radicals that stand for
    ideographs plain, spaces inside Chinese words gone, one line feed where lines end. Nothing else is rewritten."""
    text = text.translated(plain_ideographs)
    if _NOTE.search(text.text):
        text = text.sub(_NOTE, lambda m: '')
    if _needs_markup(text.text):
        text = text.sub(_BOOKMARK, lambda m: '')
        text = text.sub(_TAG, lambda m: '\n' if _BREAK.match(m[0]) else '')
        text = text.sub(_ENTITY, lambda m: unescape(m[0]))
        text = text.sub(_FORMULA, _plain_formula)
        text = text.sub(_COMMAND, lambda m: _COMMANDS[m[1]])
        text = text.sub(_ESCAPED, lambda m: m[1])
        text = text.sub(_INDEX, lambda m: m[1])
    if not text.text.isprintable():  # all white space but the plain space, and all that is invisible
        text = text.sub(_INVISIBLE, lambda m: '')
        text = text.sub(_LINE_END, lambda m: '\n').sub(_TABS, lambda m: ' ')
    elif ' ' not in text.text:
        return text
    if len(text) > 64:
        text = text.sub(_MANY_BLANKS, lambda m: m[0][:64])
    return text.sub(_INSIDE, lambda m: '').strip()


def _needs_markup(text: str) -> bool:
    return '<' in text or '\\' in text or '$' in text or '&' in text or '[b' in text or '_' in text or '^' in text


def clean_cell(cell: Cell, table: int) -> Text:
    """The cleaned text of a cell of table ``table`` of the stitched document."""
    return clean(Text([SourceRun(cell.text, SourcePlace(table, cell.row, cell.col), 0, len(cell.text))]))


def clean_block(text: str, block: int) -> Text:
    """The cleaned text of block ``block`` of the stitched document."""
    return clean(Text([SourceRun(text, SourcePlace(block=block), 0, len(text))]))


def one_line(text: Text) -> Text:
    """A short title on one line: line feeds gone, as well as the spaces of a title that is set letter by letter (``人⏎事``)."""
    if '\n' in text.text:
        text = text.sub(_BETWEEN_LETTERS, lambda m: ' ').sub(_LINE_FEED, lambda m: '')
    return clean(text)
