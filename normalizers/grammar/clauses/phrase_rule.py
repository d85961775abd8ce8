"""The record of a clause rule: a ``Rule`` with the pattern that finds its phrase and the effect that it gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kaohe.normalizers.catalogue import Effect, Field
from kaohe.normalizers.grammar.rule import Rule

Accept = Callable[[str, re.Match[str]], bool]
"""Whether a match at its place in the surface text is meant; looks at a bounded stretch on either side only."""


def always(text: str, match: re.Match[str]) -> bool:
    """Every match is meant."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseRule(Rule):
    """A rule that reads one phrase: ``pattern`` finds it in half-width text without white space, from the verb to its last character.
    It is tried only where it can begin (``openings``, a module written from the patterns).

    The group ``points`` holds an amount, a range or a list; ``formula`` a formula, whose amount is the most that it gives. The condition before the phrase, what it is counted by and the item are found
    by the layers above, the same way for all rules. ``fields`` are the columns where the rule holds.

    Each example is ``text → effect points /quantity unit; …`` in printed order, with ``[bonus]`` or ``[penalty]`` before texts of such lines.
    """

    effect: Effect
    pattern: str
    accept: Accept = always
    fields: frozenset[Field] = frozenset({'criteria', 'requirement', 'name', 'points_text'})
    also: Effect | None = None
    """A second effect of the same amount, printed in a bracket: ``加（减）0.1分``."""
    prose: bool = True
    """Whether the rule holds in notes and paragraphs too."""
