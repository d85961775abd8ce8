"""What the catalogue calls a column is said in Chinese wherever a person reads it."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from kaohe.normalizers.columns.column_role import ColumnRole, RoleKind
from kaohe.normalizers.vocabulary.header_words import HeadClass
from kaohe.pipeline.language.terms import column_role

# What a header says (`topic`, `content`, `scoring`) becomes name, requirement, criteria: it is no role itself.
_SAID = {'topic', 'content', 'scoring'}


def _kinds() -> set[str]:
    kinds = set(get_args(HeadClass)) - _SAID
    for part in get_args(RoleKind):
        kinds |= {x for x in get_args(part) if isinstance(x, str)}
    return kinds - _SAID


@pytest.mark.parametrize('kind', sorted(_kinds()))
def test_every_role_has_its_word(kind: str) -> None:
    role = ColumnRole(kind, 3 if kind in ('level', 'level_points') else None)  # type: ignore[arg-type]
    word = column_role(str(role))
    assert word
    assert not re.search('[a-z_]', word)


def test_steps_of_categories() -> None:
    assert (column_role('level1'), column_role('level3_points'), column_role(None)) == ('一级', '三级分值', '？')
