"""How the time of every reader grows with its input: the exponent that fits three sizes (1: in proportion, 2: squared)."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from bench.inputs import Inputs
from bench.model import Goal, Size, Table
from bench.shapes import SHAPES, Shape

_SIZES = (1, 2, 4)
_MOST = 1.5  # four times the size, eight times the work


def growth(inputs: Inputs, size: Size) -> Table:
    """The table of all shapes."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [(shape, *_measured(shape, Path(folder))) for shape in SHAPES]
    worst, _, steepest = max(rows, key=lambda row: row[2])
    return Table(
        'Growth',
        ('what grows', 'parts', *(f'× {times}' for times in _SIZES), 'exponent'),
        tuple(
            (shape.what, f'{shape.parts:,}', *(f'{seconds * 1000:.0f} ms' for seconds in times), f'{fitted:.2f}')
            for shape, times, fitted in rows
        ),
        (
            Goal(
                f'growth of {len(SHAPES)} shapes of input, the worst: {worst.what}',
                f'exponent at most {_MOST}',
                f'{steepest:.2f}',
                steepest <= _MOST,
            ),
        ),
    )


def _measured(shape: Shape, folder: Path) -> tuple[list[float], float]:
    shape.seconds(shape.parts // 4, folder, 1)  # what is loaded once is loaded
    times = [max(shape.seconds(shape.parts * factor, folder), 1e-4) for factor in _SIZES]
    return times, exponent(_SIZES, times)


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """The power of ``sizes`` with which ``values`` grow."""
    xs, ys = ([math.log(value) for value in some] for some in (sizes, values))
    middle, height = mean(xs), mean(ys)
    return sum((x - middle) * (y - height) for x, y in zip(xs, ys, strict=True)) / sum((x - middle) ** 2 for x in xs)
