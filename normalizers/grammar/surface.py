"""The text as the clause grammar sees it: half-width, without white space, with the way back to the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from kaohe.normalizers.grammar.broken_lines import ends_statement, holds_broken_number
from kaohe.normalizers.grammar.glued_labels import with_labels_apart
from kaohe.normalizers.text.folding import halfwidth
from kaohe.normalizers.text.traditional import is_traditional, simplified

# what is not seen when it is printed: joiners, marks of direction, soft hyphens
_UNSEEN = '\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff'
_SPACE = re.compile(rf'[\s{_UNSEEN}]')
_HIDDEN = re.compile(f'[{_UNSEEN}]')
_BRACKET = re.compile(r'[()]')
STATEMENT_END = re.compile(r'[。;\n]')
"""Where a statement ends in the text of a surface."""
# [95%,100%), (90%,95%]: an interval
_INTERVAL = re.compile(r'(?<![\d.])[\[(](?P<low>\d+(?:\.\d+)?%?)(?P<comma>,)(?P<high>\d+(?:\.\d+)?%?)[\])](?![\d.])')
_PIECE = re.compile(rf'[^\s{_UNSEEN}]+|[\s{_UNSEEN}]+')


class Surface(Struct, frozen=True):
    """``text`` without white space, in simplified characters (``printed``: in those of the source); a line feed stays where it ends a statement. ``offsets[i]`` is where ``text[i]`` stands in the source;
    ``opens[i]`` is where the bracket opens that closes at ``i``, ``closes`` the other way round."""

    text: str
    printed: str
    offsets: Sequence[int]
    opens: Mapping[int, int]
    closes: Mapping[int, int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the source that holds ``text[start:end]``, which must not be empty."""
        offsets = self.offsets
        return (start, end) if type(offsets) is range else (offsets[start], offsets[end - 1] + 1)

    def as_printed(self, words: str, start: int, end: int) -> str:
        """Words of the text, in the characters that the source has for them in ``start:end``; ``a/b`` part by part."""
        if self.printed is self.text:
            return words
        parts = []
        for part in words.split('/'):
            at = self.text.find(part, start, end)
            parts.append(self.printed[at : at + len(part)] if at >= 0 else part)
        return '/'.join(parts)

    def follows_gap(self, position: int) -> bool:
        """Whether white space stands before this character in the source, or nothing at all."""
        return position == 0 or self.offsets[position] > self.offsets[position - 1] + 1

    def at(self, source_position: int) -> int:
        """The surface position of a source position (of the next character where white space stands there)."""
        if type(self.offsets) is range:  # a text without white space
            return min(source_position, len(self.text))
        place = bisect_right(self.offsets, source_position)
        return place - 1 if place and self.offsets[place - 1] == source_position else place


def hides_something(source: str) -> bool:
    """Whether a piece of a source holds characters that are not seen, that turn its direction (``1<RLO>2分``), or a number that a line feed
    breaks."""
    return not source.isprintable() and (_HIDDEN.search(source) is not None or holds_broken_number(source))


@lru_cache(256)
def surface(source: str) -> Surface:
    """The surface of a source text, in one pass. The last ones are kept: clauses, items and targets are read in the same text."""
    folded = halfwidth(source)
    text, offsets = _squeeze(folded)
    text = with_labels_apart(text)
    if '[' in text or ']' in text:
        text = _INTERVAL.sub(_as_range, text)
    opens: dict[int, int] = {}
    closes: dict[int, int] = {}
    stack: list[int] = []
    for found in _BRACKET.finditer(text) if '(' in text or ')' in text else ():
        if found.group() == '(':
            stack.append(found.start())
        elif stack:
            start = stack.pop()
            opens[found.start()], closes[start] = start, found.start()
    plain = simplified(text) if is_traditional(text) else text
    return Surface(plain, text, offsets, opens, closes)


def _as_range(found: re.Match[str]) -> str:
    """``[95%,100%)`` as a range in a bracket; ``(1,3)`` may be a list and is none."""
    interval = found.group()
    if '[' not in interval and ']' not in interval:
        return interval
    return f'({found["low"]}~{found["high"]})'


# Characters before a line feed that are asked whether it ends a statement.
_FAR = 400


def _tail(pieces: Sequence[str]) -> str:
    """The last characters of the pieces, without joining all that stands before."""
    taken: list[str] = []
    left = _FAR
    for piece in reversed(pieces):
        taken.append(piece[-left:])
        left -= len(taken[-1])
        if left <= 0:
            break
    return ''.join(reversed(taken))


def _squeeze(folded: str) -> tuple[str, Sequence[int]]:
    if _SPACE.search(folded) is None:
        return folded, range(len(folded))
    parts: list[str] = []
    offsets: list[int] = []
    statement: list[str] = []
    for piece in _PIECE.finditer(folded):
        word = piece.group()
        if _SPACE.match(word):
            if statement and '\n' in word and ends_statement(_tail(statement), folded, piece.end()):
                parts.append('\n')
                offsets.append(piece.start() + word.index('\n'))
                statement.clear()
        else:
            parts.append(word)
            offsets.extend(range(*piece.span()))
            statement.append(word)
    return ''.join(parts), offsets
