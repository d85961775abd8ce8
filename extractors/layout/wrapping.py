"""Which lines are one text: where a line was full and its text runs on in the next, and where an item of a list begins."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import reduce

from kaohe.extractors.labels import SIGN, ordinal, printed, style_of, unfolded
from kaohe.extractors.layout.text_lines import AUTOSPACE, HAN, TextLine

LABEL = re.compile(
    rf'(?:{printed("arabic")}(?:[.．](?!\d)|[、)）])|{unfolded(printed("arabic_bracketed", "han_bracketed"))}|{printed("han")}、|{SIGN}'
    rf'|{ordinal("条", "章", "节", gap="")})'
)
_STOPS = frozenset('。；;：:！!？?.')


def wraps(line: TextLine, following: TextLine, left: float, right: float) -> bool:
    """Whether the text of ``line`` runs on in ``following`` because the width between ``left`` and ``right`` was used up."""
    if following.text[0].isspace():
        return False
    slack_left, slack_right = line.x0 - left, right - line.x1
    # A centred line could have grown on both sides.
    centred = abs(slack_left - slack_right) < 3
    room = slack_left + slack_right if centred else slack_right
    mixed = bool(HAN.match(line.text[-1])) != bool(HAN.match(following.text[0]))
    # Recognised characters stand where they were seen give or take half their width.
    unsure = 0.25 if line.confidence is None else 0.75
    return following.lead + (AUTOSPACE * line.size if mixed else 0) > room - unsure * line.size


def join(before: str, after: str) -> str:
    """Two pieces of one wrapped text: words of Latin letters get their space back, Chinese needs none."""
    latin = bool(re.search(r'[A-Za-z,.;:!?)]$', before)) and bool(re.match(r'[A-Za-z(]', after))
    return f'{before} {after}' if latin else before + after


def flow(runs: Sequence[Sequence[str]], alone: Set[str] = frozenset()) -> str:
    """The text of a cell: the lines of each run joined, ``\\n`` between the runs.

    In a narrow cell a name that fills its line looks wrapped. ``alone`` holds texts that are known to stand by themselves: lines that
    are made of nothing else stay apart.
    """
    return '\n'.join(part for run in runs for part in _parts(run, alone))


def runs_of(lines: Sequence[TextLine], left: float, right: float) -> list[list[str]]:
    """The lines of a cell, parted where one ended before its width was used up or the next begins a numbered item."""
    if len(lines) < 2:
        return [[line.text] for line in lines]
    shapes = [_label_shape(line.text) for line in lines]
    inline = {_label_shape(found.group()) for line in lines for found in LABEL.finditer(line.text, 1)}
    runs: list[list[str]] = []
    for at, line in enumerate(lines):
        item = (
            shapes[at] and shapes[at] not in inline and (shapes[at] in shapes[:at] or lines[at - 1].text[-1] in _STOPS)
        )
        if not at or item or not wraps(lines[at - 1], line, left, right):
            runs.append([])
        runs[-1].append(line.text)
    return runs


def _label_shape(text: str) -> str:
    """What a numbered item's label looks like, whatever its number; '' where there is none."""
    found = LABEL.match(text)
    return style_of(found.group()) if found else ''


def _parts(run: Sequence[str], alone: Set[str]) -> list[str]:
    """The run as one text, or as the known texts that it is made of."""
    whole = reduce(join, run)
    if whole in alone:
        return [whole]
    for at in range(1, len(run)):
        first = reduce(join, run[:at])
        rest = _parts(run[at:], alone) if first in alone else []
        if rest and all(part in alone for part in rest):
            return [first, *rest]
    return [whole]
