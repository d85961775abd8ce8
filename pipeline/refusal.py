"""The one exception that a person reads: the command cannot go on, why, and what to do."""

from __future__ import annotations


class Refusal(Exception):
    """The command stops with this Chinese sentence on stderr and ``exit_status``: 1 where the world is at fault, 2 where the call is."""

    def __init__(self, sentence: str, exit_status: int = 1) -> None:
        super().__init__(sentence)
        self.exit_status = exit_status
