"""What became of the files of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kaohe.pipeline.database.summary import Summary

Outcome = Literal['stored', 'same', 'unchanged', 'failed', 'left', 'waiting', 'closed']


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file. ``summary`` is None for a file that waits for the next run, and for a folder that is ``closed``."""

    source: str
    outcome: Outcome
    summary: Summary | None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every file of a run, in the order of their names. ``complaints``: what plugins did wrong, in words; ``unchecked``: which
    checks of plugins could not be used for how many notices, in words; ``kept``: the files that could not be read again, so that what was read
    from the same bytes before stays."""

    results: tuple[Result, ...]
    complaints: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    def of(self, *outcomes: Outcome) -> tuple[Result, ...]:
        """The results with one of these outcomes."""
        return tuple(result for result in self.results if result.outcome in outcomes)

    @property
    def changed(self) -> bool:
        """Whether the run changed anything in the database."""
        return bool(self.of('stored', 'same', 'failed', 'left'))

    def with_status(self, status: str) -> tuple[Result, ...]:
        """The results for files of the inbox whose document has this status."""
        return tuple(x for x in self.results if x.summary and x.summary.status == status and x.outcome != 'left')
