"""What all pages of the desk share: where the files lie, who is asking, and a connection that reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.decisions.decision import Decision
from kaohe.pipeline.decisions.force import put_into_force
from kaohe.pipeline.decisions.wording import ShownState, ShownValue

if TYPE_CHECKING:
    from kaohe.pipeline.desk.accounts import Accounts
    from kaohe.pipeline.desk.inbox_reading import InboxReading
    from kaohe.pipeline.desk.source_side.page_pictures import Pictures


@dataclass(slots=True)
class Desk:
    """One desk. ``accounts`` is None where only the person at this machine uses it."""

    database: Path
    inbox: Path
    decisions: Path
    reading: InboxReading
    pictures: Pictures
    accounts: Accounts | None = None
    _deciding: Lock = field(default_factory=Lock)

    @contextmanager
    def catalogue(self) -> Iterator[sqlite3.Connection | None]:
        """A connection that reads; None where nothing was read yet. Raises `Refusal`."""
        if not self.database.exists():
            yield None
            return
        with closing(open_to_read(self.database)) as connection:
            yield connection

    def decide(self, decisions: Sequence[Decision], shown: Sequence[ShownValue | ShownState]) -> None:
        """Puts decisions into force, one request after the other. Raises `Refusal`, also where what was ``shown`` has changed meanwhile."""
        with self._deciding:
            put_into_force(self.database, self.decisions, decisions, shown)
        self.reading.stir()
