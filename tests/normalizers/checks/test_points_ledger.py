"""Every amount of points that is printed has a place in the reading, or a finding names where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kaohe.extractors.document import Block
from kaohe.normalizers import meaning, normalize, steps
from kaohe.normalizers.catalogue import Catalogue, Origin
from kaohe.normalizers.grammar.clauses import scan
from kaohe.normalizers.lines import levels
from kaohe.normalizers.lines.rows import line_reader
from kaohe.normalizers.meaning import Meaning, read_meaning
from kaohe.normalizers.text.cleaning import Text
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
        read = read_meaning(*told)  # type: ignore[arg-type]
        read.clauses = [clause for clause in read.clauses if clause.effect != 'deduct']
        return read

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


def _without_amounts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        scan, 'PHRASES', tuple(rule for rule in scan.PHRASES if not rule.id.startswith(('deduct.', 'award.')))
    )


def _without_points_of_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels, 'cut_points', lambda title: (title, None))


def _without_totals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_reader, 'total_of_row', lambda *told: ())


@pytest.mark.parametrize(
    ('blanked', 'missing'),
    [
        (_without_amounts, ['缺一次扣1分']),
        (_without_points_of_titles, ['党建（8分']),
        (_without_totals, ['8']),
    ],
)
def test_a_rule_of_reading_that_is_blanked_leaves_its_amounts_without_a_place(
    monkeypatch: pytest.MonkeyPatch, blanked: Callable[[pytest.MonkeyPatch], None], missing: list[str]
) -> None:
    kept = (scan._beginnings, scan._compiled, meaning._clauses_and_items, meaning._thresholds)
    for cached in kept:
        cached.cache_clear()
    try:
        with monkeypatch.context() as patched:
            blanked(patched)
            catalogue = catalogue_of(PICTURE)
    finally:
        for cached in kept:
            cached.cache_clear()
    assert catalogue.amounts_seen == 6
    assert catalogue.amounts_held == 6 - len(missing)
    told = ' '.join(
        found.message for found in catalogue.findings if found.code in ('points.unplaced', 'clause.unparsed')
    )
    assert all(words in told for words in missing)


def test_a_heading_over_several_tables_and_a_table_of_what_each_part_is_worth_are_placed() -> None:
    weights = draw('序号 | 元素 | 分值\n1 | 机构与目标 | 70\n2 | 投入 | 50\n总分 | < | 120')
    lines = '项目 | 考核内容 | 评分标准 | 分值\n{0} | 制度 | 缺一次扣1分 | {1}\n合计 | | | {1}'
    paper = document(
        '考核评分办法',
        weights,
        '一、机构与目标（70分）',
        '1.1目标（30分）',
        draw(lines.format('目标', 30)),
        '1.2机构（40分）',
        draw(lines.format('机构', 40)),
        '二、投入（50分）',
        draw(lines.format('投入', 50)),
    )
    assert not unplaced(normalize(paper, ''))


def test_the_minutes_of_a_time_are_no_points() -> None:
    assert not unplaced(
        normalize(document('考核评分表', '于9时00分开始，2023年7月5日09 时 30 分截止。', draw(PICTURE)), '')
    )


@pytest.mark.parametrize(
    ('said', 'told'),
    [
        ('商务部分：20 分/技术部分：50分/报价：30 分', 0),
        ('总分100分：商务部分20分、技术部分50分、报价30分', 0),
        ('商务部分：30 分/技术部分：50分/报价：30 分', 3),
        ('商务部分：20 分/技术部分：50分', 2),
        ('商务20分、技术50分、报价30分，合计100分', 0),
        ('迟报20分、停用50分、注销30分', 3),
    ],
)
def test_a_cell_that_says_of_what_the_whole_is_made_up_is_placed(said: str, told: int) -> None:
    lines = draw("""
        评审因素 | 评审内容 | 评审标准 | 分值
        商务（20分） | 业绩 | 每个业绩得5分 | 20
        技术（50分） | 方案 | 方案完整得30分 | 30
        ^ | 人员 | 配备齐全得20分 | 20
        报价（30分） | 报价 | 最低价得30分 | 30
    """)
    before = draw(f'条款号 | 条款内容 | 编列内容\n2.2 | 分值构成 | {said}\n2.3 | 基准价 | 最低的评标价')
    catalogue = normalize(document('评标办法前附表', before, '评分标准', lines), '')
    assert catalogue.amounts_seen - catalogue.amounts_held == told


@pytest.mark.parametrize(('printed', 'told'), [('（30分）', 0), ('（20分）', 1)])
def test_points_that_a_name_prints_beside_its_points_cell_are_placed_where_both_say_the_same(
    printed: str, told: int
) -> None:
    catalogue = catalogue_of(f"""
        考核项目 | 考核内容（分值） | 标准分 | 评分办法
        教研 | 集体备课{printed} | 30 | 缺1次扣2分
        ^ | 听课评课（10分） | 10 | 少1节扣1分
    """)
    assert [line.name for line in catalogue.indicators] == ['集体备课', '听课评课']
    assert len(unplaced(catalogue)) == told


def test_a_category_is_looked_at_once_however_many_lines_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    origins = Text.origins

    def counted(text: Text, field: str, start: int = 0, end: int | None = None) -> tuple[Origin, ...]:
        if field == 'title':
            asked.append(text.text)
        return origins(text, field, start, end)

    monkeypatch.setattr(Text, 'origins', counted)
    rows = [
        '项目 | 考核内容 | 评分标准 | 分值',
        *(f'{"^" if at else "党建（60分）"} | 制度{at} | 缺一次扣1分 | 3' for at in range(20)),
    ]
    catalogue = catalogue_of('\n'.join(rows))
    assert len(catalogue.indicators) == 20
    assert asked.count('党建') <= 1
