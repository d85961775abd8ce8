"""Four times the size is at most eight times the work: shapes of input that once took squares and cubes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.shapes import SHAPES, Shape


@pytest.mark.parametrize('shape', SHAPES, ids=[shape.what for shape in SHAPES])
def test_four_times_the_size_is_at_most_eight_times_the_work(shape: Shape, tmp_path: Path) -> None:
    shape.seconds(shape.parts // 4, tmp_path, 1)  # what is loaded once is loaded
    small, large = shape.seconds(shape.parts, tmp_path), shape.seconds(4 * shape.parts, tmp_path)
    assert large <= 8 * small + 0.1  # what a busy machine adds


def test_at_least_twenty_shapes_are_held() -> None:
    assert len(SHAPES) >= 20
