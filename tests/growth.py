"""How the time of a work grows with its size, whatever else the machine does meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable

ROUNDS = 8
TICK = 0.005
"""Seconds of processor below which a measurement says nothing."""


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one run."""
    began = time.process_time()
    work()
    return time.process_time() - began


def hold_growth(measure: Callable[[int], float], small: int, large: int, *, at_most: float, spare: float = 0.0) -> None:
    """Fail if the large size takes over `at_most` times as long as the small one and `spare` seconds, each by the least of its rounds: a busy
    machine only adds to a run, so that rounds go on until the bound holds, and what grows faster than the bound breaks it in every one."""
    measure(small)  # what is loaded once is loaded
    short = long = float('inf')
    for _ in range(ROUNDS):
        short, long = min(short, measure(small)), min(long, measure(large))
        if long <= at_most * max(short, TICK) + spare:
            return
    raise AssertionError(
        f'size {small}: {short:.4f} s, size {large}: {long:.4f} s, which is over {at_most} times as long'
    )
