"""What is known of a file format: how it is recognised, and which module reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from kaohe.extractors import optional
from kaohe.extractors.sniffing import Signs

Need = Literal['ocr', 'libreoffice']


@dataclass(frozen=True, slots=True)
class Format:
    """A file format. ``matches`` looks at the content; ``needs`` is the optional part without which it cannot be read; the module of one
    that ``spreads`` has ``read(data, spread)``."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    module: str
    matches: Callable[[Signs], bool]
    needs: Need | None = None
    spreads: bool = False

    @property
    def ready(self) -> bool:
        """Whether the optional part that it needs is there."""
        if self.needs == 'ocr':
            return optional.has_recognition()
        if self.needs == 'libreoffice':
            return optional.office_program() is not None
        return True
