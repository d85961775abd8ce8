"""One OFD page → its characters and ruled lines (GB/T 33190-2016, 9 and 11): positions in points, transforms applied.

OFD states lengths in millimetres from the top left corner. A text object gives the place of its first character and the steps to
the following ones; where the steps are missing, Chinese takes a square and ASCII half of one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from kaohe.extractors.layout.inks import LEANING, TINY, Ink
from kaohe.extractors.layout.ruling import TOLERANCE, RuledLine
from kaohe.extractors.layout.text_lines import Glyph
from kaohe.extractors.ofd.colors import lightness_of
from kaohe.extractors.ofd.package import child, children, name_of

POINTS = 72 / 25.4
_DEPTH = 8
_ASCENT, _DESCENT = 0.88, 0.12
_MAX_STEPS = 100_000
# Steps so far from a square are taken for it.
_SQUARE = 0.05
# White writing shows on a ground that is darker than this.
_GROUND = 0.9


class Matrix(NamedTuple):
    """x' = a x + c y + e, y' = b x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, after: Matrix) -> Matrix:
        """This transform first, ``after`` second."""
        return Matrix(
            self.a * after.a + self.b * after.c,
            self.a * after.b + self.b * after.d,
            self.c * after.a + self.d * after.c,
            self.c * after.b + self.d * after.d,
            self.e * after.a + self.f * after.c + after.e,
            self.e * after.b + self.f * after.d + after.f,
        )

    def place(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


TO_POINTS = Matrix(POINTS, 0, 0, POINTS)


class Marks:
    """What is drawn: characters, where each run of one ink begins, ruled lines, the boxes of pictures and of dark grounds. ``unseen`` counts
    texts of objects that are switched off or stand nowhere."""

    def __init__(self, composite: Callable[[str], etree._Element | None]) -> None:
        self.glyphs: list[Glyph] = []
        self.runs: list[tuple[int, Ink]] = []
        self.grounds: list[RuledLine] = []
        self.rules: list[RuledLine] = []
        self.images: list[RuledLine] = []
        self.unseen = 0
        self._composite = composite

    def draw(self, holder: etree._Element | None, matrix: Matrix = TO_POINTS, depth: int = _DEPTH) -> None:
        """Everything in a layer, a block or a composite object: ``depth`` bounds how many of these stand in each other, as one may hold itself;
        the parser bounds the depth of blocks."""
        for item in children(holder):
            kind = name_of(item)
            if item.get('Visible', 'true').lower() == 'false' or item.get('Alpha') == '0':
                self.unseen += sum(bool((code.text or '').strip()) for code in item.iter('{*}TextCode'))
            elif kind in ('Layer', 'PageBlock', 'Content'):
                self.draw(item, matrix, depth)
            elif kind == 'TextObject':
                self._text(item, _own(item).then(matrix))
            elif kind == 'PathObject':
                self._path(item, _own(item).then(matrix))
            elif kind == 'ImageObject':
                self.images.append(_box_of(item, matrix))
            elif kind == 'CompositeObject' and depth:
                self.draw(self._composite(item.get('ResourceID', '')), _own(item).then(matrix), depth - 1)

    def _text(self, item: etree._Element, matrix: Matrix) -> None:
        if not all(map(math.isfinite, matrix)):
            self.unseen += any((code.text or '').strip() for code in children(item, 'TextCode'))
            return
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        leaning = abs(angle - round(angle / 90) * 90) > LEANING
        shown = item.get('Fill', 'true').lower() != 'false' or item.get('Stroke', 'false').lower() == 'true'
        size = _number(item.get('Size'), 0.0)
        tiny = 0 < size * math.hypot(matrix.c, matrix.d) < TINY
        self.runs.append((len(self.glyphs), Ink(leaning, lightness_of(item), unseen=not shown, tiny=tiny)))
        stretch = _number(item.get('HScale'), 1.0)
        x = y = 0.0
        before, said = len(self.glyphs), False
        for code in children(item, 'TextCode'):
            said |= bool((code.text or '').strip())
            x, y = _number(code.get('X'), x), _number(code.get('Y'), y)
            text = code.text or ''
            dx, dy = _steps(code.get('DeltaX'), len(text)), _steps(code.get('DeltaY'), len(text))
            at_x, at_y = x, y
            square = size * stretch
            even = _even(dx, square, len(text))
            for index, char in enumerate(text):
                width = square * (0.5 if char.isascii() and not even else 1.0)
                step_x = dx[index] if index < len(dx) else 0.0 if dy else width
                if char >= ' ':
                    # A character is never wider than the step to the next one.
                    self._glyph(char, at_x, at_y, min(width, step_x) if step_x > 0 else width, size, matrix)
                at_x += step_x
                at_y += dy[index] if index < len(dy) else 0.0
        self.unseen += said and len(self.glyphs) == before

    def _glyph(self, char: str, x: float, y: float, width: float, size: float, matrix: Matrix) -> None:
        corners = [
            matrix.place(at_x, at_y) for at_x in (x, x + width) for at_y in (y - _ASCENT * size, y + _DESCENT * size)
        ]
        xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
        turn = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) * 90 % 360
        if all(map(math.isfinite, (*xs, *ys))) and max(ys) > min(ys):
            self.glyphs.append(Glyph(char, min(xs), min(ys), max(xs), max(ys), turn))

    def _path(self, item: etree._Element, matrix: Matrix) -> None:
        data = child(item, 'AbbreviatedData')
        stroked = item.get('Stroke', 'true').lower() != 'false'
        filled = item.get('Fill', 'false').lower() == 'true'
        for line in _outlines(data.text or '' if data is not None else ''):
            points = [matrix.place(x, y) for x, y in line]
            if not all(math.isfinite(part) for point in points for part in point):
                continue
            if stroked:
                self.rules += [rule for first, last in pairwise(points) if (rule := _rule(first, last))]
            elif filled and len(points) > 2:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                box = RuledLine(min(xs), min(ys), max(xs), max(ys))
                if min(box.x1 - box.x0, box.bottom - box.top) <= TOLERANCE:
                    self.rules.append(box)
                elif lightness_of(item) < _GROUND:
                    self.grounds.append(box)


def _box_of(item: etree._Element, matrix: Matrix) -> RuledLine:
    """Where an object's boundary stands on the page."""
    corner = _numbers(item.get('Boundary'))
    x, y, width, height = corner if len(corner) == 4 else (0.0, 0.0, 0.0, 0.0)
    x0, y0 = matrix.place(x, y)
    x1, y1 = matrix.place(x + width, y + height)
    return RuledLine(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _rule(first: tuple[float, float], last: tuple[float, float]) -> RuledLine | None:
    """A straight stroke that is level or upright, None for others."""
    x0, x1 = sorted((first[0], last[0]))
    y0, y1 = sorted((first[1], last[1]))
    return RuledLine(x0, y0, x1, y1) if min(x1 - x0, y1 - y0) < 1 <= max(x1 - x0, y1 - y0) else None


def _own(item: etree._Element) -> Matrix:
    """From an object's own space to that of what holds it: its transform, then the corner of its boundary."""
    numbers = _numbers(item.get('CTM'))
    inner = Matrix(*numbers) if len(numbers) == 6 else Matrix()
    corner = _numbers(item.get('Boundary'))
    return inner.then(Matrix(e=corner[0], f=corner[1])) if len(corner) == 4 else inner


def _number(text: str | None, otherwise: float) -> float:
    try:
        return float(text) if text else otherwise
    except ValueError:
        return otherwise


def _numbers(text: str | None) -> list[float]:
    try:
        return [float(part) for part in (text or '').split()]
    except ValueError:
        return []


def _even(steps: Sequence[float], square: float, count: int) -> bool:
    """Whether all characters of a run stand one square apart, figures like Chinese: then a figure takes its square, and no gap stands behind it."""
    return len(steps) >= count - 1 > 0 and all(abs(step - square) <= _SQUARE * square for step in steps)


def _steps(text: str | None, count: int) -> list[float]:
    """The steps of ``DeltaX``: numbers, or ``g 12 3.5`` for twelve steps of 3.5."""
    parts = (text or '').split()
    found: list[float] = []
    at = 0
    while at < len(parts) and len(found) < min(count, _MAX_STEPS):
        if parts[at].lower() == 'g' and at + 2 < len(parts):
            found += [_number(parts[at + 2], 0.0)] * max(0, min(int(_number(parts[at + 1], 0)), count))
            at += 3
        else:
            found.append(_number(parts[at], 0.0))
            at += 1
    return found


# How many numbers each drawing command takes; the last two are where the pen ends.
_ARGUMENTS = {'S': 2, 'M': 2, 'L': 2, 'Q': 4, 'B': 6, 'A': 7, 'C': 0}


def _outlines(data: str) -> list[list[tuple[float, float]]]:
    """The lines that a path draws (GB/T 33190 9.1 AbbreviatedData), each as points; a curve is its chord, which is no rule."""
    parts: Sequence[str] = re.findall(r'[A-Za-z]|[-+.\d][-+.\deE]*', data)
    found: list[list[tuple[float, float]]] = []
    line: list[tuple[float, float]] = []
    at = 0
    while at < len(parts):
        command = parts[at].upper()
        count = _ARGUMENTS.get(command)
        if count is None:
            at += 1
            continue
        numbers = [_number(part, math.nan) for part in parts[at + 1 : at + 1 + count]]
        at += 1 + count
        if len(numbers) < count:
            break
        if command in 'SM':
            found.append(line)
            line = [(numbers[0], numbers[1])]
        elif command == 'C':
            line = [*line, line[0]] if line else line
        elif command == 'L':
            line.append((numbers[0], numbers[1]))
        else:
            # The chord of a curve must not be taken for a ruled line: the next stroke begins anew.
            found.append(line)
            line = [(numbers[-2], numbers[-1])]
    found.append(line)
    return [some for some in found if len(some) > 1]
