"""Every amount of points that is printed has a place in the reading, or a finding names where it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kaohe.extractors.document import Block
from kaohe.normalizers import normalize, steps
from kaohe.normalizers.catalogue import Catalogue
from kaohe.normalizers.meaning import Meaning, read_meaning
from tests.normalizers.checks.paper import catalogue_of
from tests.normalizers.tables import document, draw

PICTURE = """
项目 | 考核内容 | 评分标准 | 分值
党建（8分） | 制度 | 缺一次扣1分，扣完为止 | 5
^ | 台账 | 不齐全扣2分 | 3
合计 | | | 8
""".strip()


def unplaced(catalogue: Catalogue) -> list[str]:
    return [found.message for found in catalogue.findings if found.code == 'points.unplaced']


def test_points_of_lines_categories_totals_and_clauses_are_placed() -> None:
    catalogue = catalogue_of(PICTURE)
    assert (catalogue.amounts_seen, catalogue.amounts_held) == (6, 6)
    assert not unplaced(catalogue)


def test_without_a_rule_the_ledger_complains(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_deductions(*told: object) -> Meaning:
        meaning = read_meaning(*told)  # type: ignore[arg-type]
        meaning.clauses = [clause for clause in meaning.clauses if clause.effect != 'deduct']
        return meaning

    monkeypatch.setattr(steps, 'read_meaning', without_deductions)
    catalogue = catalogue_of(PICTURE)
    assert (catalogue.amounts_seen, catalogue.amounts_held) == (6, 4)
    found = [found for found in catalogue.findings if found.code == 'points.unplaced']
    assert [(one.row, one.col, one.indicator, one.about, one.severity) for one in found] == [
        (1, 2, 0, 'reading', 'warning'),
        (2, 2, 1, 'reading', 'warning'),
    ]
    assert '“缺一次扣1分”等 1 处分数没有归处' in found[0].message


@pytest.mark.parametrize(
    ('said', 'told'),
    [
        ('另有20分由领导小组掌握。', 1),
        ('综合得分80分以上为优秀，60-79分为合格。', 0),
        ('会议开了30分钟，占三分之一。', 0),
    ],
)
def test_amounts_in_running_text_are_placed_or_named(said: str, told: int) -> None:
    paper = document('2024年度考核评分表', draw(PICTURE))
    paper = replace(paper, blocks=(*paper.blocks, Block('paragraph', said)))
    catalogue = normalize(paper, 'x.docx')
    assert catalogue.amounts_seen - catalogue.amounts_held == told
    assert len(unplaced(catalogue)) == told


def test_what_another_finding_names_is_not_said_twice() -> None:
    catalogue = catalogue_of(PICTURE.replace('扣完为止', '另有2分由领导掌握'))
    assert catalogue.amounts_seen - catalogue.amounts_held == 1
    assert [found.code for found in catalogue.findings if found.code in ('clause.unparsed', 'points.unplaced')] == [
        'clause.unparsed'
    ]
