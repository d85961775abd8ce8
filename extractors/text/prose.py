"""Lines that belong to no table become paragraphs: wrapped lines are joined, unwrapped ones stand for themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from kaohe.extractors.document import Block
from kaohe.extractors.labels import SECTION, SIGN

# A line that starts a paragraph of its own, however full the line before it was.
_STARTS = re.compile(rf'\s{{2,}}|\u3000|\t|{SECTION}|[（(]?\d+[)）、．]|\d+\.(?!\d)|{SIGN}|附件|附表|[-*+•·●■◆]\s')
_ENDS = re.compile(r'[。！？；：!?;:][”’"』」）)]*$')
# a sentence is begun behind a comma, and not ended; points end what they are for: 着装不整，每次扣1分
_BEGUN = re.compile(r'[，,][^，,、。！？；：!?;:”’"』」）)]+(?<!分)$')
_ENDS_SENTENCE = re.compile(r'[。！？!?][”’"』」）)]*$')
_HEADING = re.compile(r'(#{1,6})\s+(.*?)\s*#*$')
_LEADERS = re.compile(r'[.．…·]{6}')
_SLACK = 6  # a line ends a little early where the next character must not begin one
_WIDEST = 160
_NARROWEST = 40  # columns of a terminal; narrower “full” lines are lists and addresses, not wrapped prose


def paragraphs(lines: Sequence[str], wrap: int | None) -> Iterator[Block]:
    """The paragraphs of these lines. ``wrap`` is the width (in half characters) at which the file wraps its lines, see ``wrap_width``."""
    joined: list[str] = []
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        follows = number > 0 and lines[number - 1].strip()
        goes_on = wrap and (_full(lines[number - 1], wrap) or _breaks_off(lines[number - 1], line))
        if joined and follows and goes_on and not _STARTS.match(line):
            joined[-1] = _join(joined[-1], line.strip())
        else:
            joined.append(line)
    for text in joined:
        heading = _HEADING.match(text)
        if heading and heading[2]:
            yield Block('paragraph', heading[2], level=len(heading[1]))
        else:
            yield Block('paragraph', text.strip())


def wrap_width(lines: Sequence[str]) -> int | None:
    """The width at which the file wraps its lines; None where it does not.

    A wrapped file's lines end in the middle of sentences, at nearly the same width again and again, and hardly one is longer.
    """
    filled = [line for line in lines if line.strip() and not _LEADERS.search(line)]
    widths = Counter(width(line) for line in filled)
    usual = max(range(_NARROWEST, _WIDEST), key=lambda wrap: sum(widths[wrap - less] for less in range(_SLACK)))
    full = [line for line in filled if usual - _SLACK < width(line) <= usual]
    longer = sum(times for wide, times in widths.items() if wide > usual)
    broken = sum(1 for line in full if not _ENDS.search(line.rstrip()))
    wraps = len(full) >= max(3, len(filled) // 10) and 2 * broken >= len(full) and 20 * longer <= len(filled)
    return usual if wraps else None


def width(text: str) -> int:
    """How many half characters wide the text is: a Han character takes two."""
    return sum(2 if east_asian_width(character) in 'WFA' else 1 for character in text.rstrip())


def _full(line: str, wrap: int) -> bool:
    return wrap - _SLACK < width(line) <= wrap + 2


def _breaks_off(line: str, following: str) -> bool:
    """Whether a shorter line of a wrapped file stops amid its last sentence, which the next one ends."""
    return bool(_BEGUN.search(line.rstrip()) and _ENDS_SENTENCE.search(following.rstrip()))


def _join(left: str, right: str) -> str:
    latin = left[-1:].isascii() and left[-1:].isalnum() and right[:1].isascii() and right[:1].isalnum()
    return f'{left.rstrip()} {right}' if latin else left.rstrip() + right
