"""What a column of a table is read as: the type that stands for it everywhere, from the header to the line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kaohe.normalizers.columns.grade_columns import GradeHead
from kaohe.normalizers.columns.header_rows import read_head
from kaohe.normalizers.vocabulary.header_words import HeadClass

RoleKind = (
    HeadClass
    | Literal[
        'level',
        'level_points',
        'level_number',
        'group_points',
        'name',
        'requirement',
        'criteria',
        'grade',
        'grade_points',
    ]
)


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """A role: categories (``level``) and their points (``level_points``) stand ``depth`` steps from the highest, which is 1.

    ``grade`` and ``grade_points`` name the grades that rows are and what each is worth. ``flag`` asks for yes or no. ``group_points`` stand for several lines at once, ``level_number`` counts categories. ``method``, ``score``, ``remark``, ``person``,
    ``source`` and ``other`` are read past.
    """

    kind: RoleKind
    depth: int | None = None

    def __str__(self) -> str:
        """The name by which the catalogue knows it: ``points``, ``level2``, ``level2_points``."""
        if self.kind == 'level':
            return f'level{self.depth}'
        return f'level{self.depth}_points' if self.kind == 'level_points' else self.kind


NUMBER = ColumnRole('number')
NAME = ColumnRole('name')
REQUIREMENT = ColumnRole('requirement')
CRITERIA = ColumnRole('criteria')
POINTS = ColumnRole('points')
# The roles whose cells make a line.
TEXTS = (NAME, REQUIREMENT, CRITERIA)
# What a row that is a grade of an item says of it.
GRADES = (ColumnRole('grade'), CRITERIA, ColumnRole('grade_points'))
# Columns of labels: what a row begins with may stand behind them.
COUNTING = (NUMBER, ColumnRole('level_number'))


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """One grid column: its header as printed (the heads above one another joined by `/`) and its role. ``known``: the header says so;
    else the content does. ``grade``: what stands above a column that says what a grade asks or is worth, to be read with each of its cells."""

    col: int
    header: str
    role: ColumnRole | None
    known: bool = True
    grade: GradeHead | None = None


def of_categories(role: ColumnRole | None) -> bool:
    """Whether a column holds categories, their points or their numbers."""
    return role is not None and role.kind in ('level', 'level_points', 'level_number')


def is_level(role: ColumnRole | None) -> bool:
    """Whether a column holds categories."""
    return role is not None and role.kind == 'level'


def heads_offices(column: ColumnRead) -> bool:
    """Whether a column of categories names those who answer for the lines below them: 科室, over 医务科."""
    head = read_head(column.header.rpartition('/')[2]) if is_level(column.role) else None
    return head is not None and head.kind == 'responsible_office'
