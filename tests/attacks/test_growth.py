"""Four times the size is at most eight times the work: shapes of input that once took squares and cubes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.shapes import SHAPES, Shape
from tests.growth import hold_growth


@pytest.mark.parametrize('shape', SHAPES, ids=[shape.what for shape in SHAPES])
def test_four_times_the_size_is_at_most_eight_times_the_work(shape: Shape, tmp_path: Path) -> None:
    hold_growth(lambda parts: shape.seconds(parts, tmp_path, 1), shape.parts, 4 * shape.parts, at_most=8, spare=0.1)


def test_at_least_twenty_shapes_are_held() -> None:
    assert len(SHAPES) >= 20


def test_a_busy_machine_does_not_fail_the_bound_and_squares_do() -> None:
    disturbed = iter([1.0, 1.0, 90.0, 1.0, 4.0])
    hold_growth(lambda size: next(disturbed), 1, 4, at_most=8)
    with pytest.raises(AssertionError, match='over 8 times as long'):
        hold_growth(lambda size: (size / 10) ** 2, 10, 40, at_most=8)
