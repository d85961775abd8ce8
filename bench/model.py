"""The shapes of a benchmark: how much is measured, a table of the page, an acceptance line."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured. A quick run is for a look at a busy machine, not for the docs' last word.

    ``lines`` are lengths of Word notices, the last three those between which the cost of more lines is taken. ``notices`` are read with two
    jobs, ``compared`` of them with one and with two. ``repeats`` of what takes seconds or less, ``rounds`` of what takes longer. ``scans`` are
    pages of scans.
    """

    lines: tuple[int, ...]
    pages: tuple[int, ...]
    contest_pages: int
    format_lines: int
    grammar_lines: tuple[int, ...]
    clauses_a_cell: tuple[int, ...]
    files: int
    notices: int
    compared: int
    repeats: int
    rounds: int
    scans: tuple[int, ...]


FULL = Size(
    lines=(10, 100, 1_000, 9_000, 10_000),
    pages=(1, 20, 50, 100, 200),
    contest_pages=100,
    format_lines=1_000,
    grammar_lines=(2_000, 4_000, 8_000),
    clauses_a_cell=(500, 1_000),
    files=1_000,
    notices=1_000,
    compared=100,
    repeats=3,
    rounds=2,
    scans=(6, 27),
)
# What takes half an hour: more repeats, and the scan of 100 pages.
LONG = replace(FULL, notices=2_000, repeats=5, rounds=3, scans=(6, 27, 100))
QUICK = Size(
    lines=(10, 100, 500, 1_000),
    pages=(1, 5, 20),
    contest_pages=20,
    format_lines=200,
    grammar_lines=(500, 1_000),
    clauses_a_cell=(250, 500),
    files=200,
    notices=40,
    compared=20,
    repeats=3,
    rounds=2,
    scans=(1,),
)


@dataclass(frozen=True, slots=True)
class Goal:
    """An acceptance line: what was asked, what was measured, whether that is enough."""

    what: str
    asked: str
    measured: str
    met: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the page."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    goals: tuple[Goal, ...] = ()
