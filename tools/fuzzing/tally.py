"""What came of damaged files, and the smallest one of each kind of trouble."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Tally:
    """What came of all files so far; ``smallest`` holds the name and the bytes of the smallest file of each kind of trouble."""

    statuses: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    trouble: Counter[str] = field(default_factory=Counter)
    smallest: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    slowest: float = 0.0
    slowest_name: str = ''

    def took(self, name: str, seconds: float) -> None:
        """The file of this name took so long."""
        if seconds > self.slowest:
            self.slowest, self.slowest_name = seconds, name

    def in_trouble(self, what: str, name: str, data: bytes) -> None:
        """Something that must not happen came of this file."""
        self.trouble[what] += 1
        if what not in self.smallest or len(data) < len(self.smallest[what][1]):
            self.smallest[what] = (name, data)

    def add(self, other: Tally) -> None:
        """All that another tally counted."""
        self.statuses += other.statuses
        self.codes += other.codes
        self.kinds += other.kinds
        for what, count in other.trouble.items():
            name, data = other.smallest[what]
            self.in_trouble(what, name, data)
            self.trouble[what] += count - 1
        self.took(other.slowest_name, other.slowest)

    def keep(self, folder: Path) -> None:
        """Writes the smallest file of each kind of trouble into the folder."""
        if self.smallest:
            folder.mkdir(parents=True, exist_ok=True)
        for number, (name, data) in enumerate(self.smallest.values()):
            (folder / f'{number:03}-{name}').write_bytes(data)
