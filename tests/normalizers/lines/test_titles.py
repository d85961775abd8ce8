from __future__ import annotations

from decimal import Decimal

import pytest

from kaohe.extractors.document import Block, Document, Table
from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import TableRow
from tests.normalizers.tables import document, draw

SCORED = '序号 | 考核内容 | 评分标准 | 分值\n1 | 落实值班制度 | 缺一次扣0.5分 | 5\n2 | 按时上报 | 迟报一次扣1分 | 5'


def tables_of(*parts: str | Table) -> tuple[TableRow, ...]:
    """The tables of a paper made of these lines and tables."""
    return normalize(document(*parts), 'x.docx').tables


@pytest.mark.parametrize(
    ('lines', 'title', 'total'),
    [
        (('2024年度科室考核细则（120分）',), '2024年度科室考核细则', 120),
        (('2024年度科室考核细则（总分：100分）',), '2024年度科室考核细则', 100),
        (('科室考核细则（百分制）',), '科室考核细则', 100),
        (('科室考核细则（试行）（满分100分）',), '科室考核细则（试行）', 100),
        (('科室考核细则', '（100分）'), '科室考核细则', 100),
        (('安全生产考核表（总分1,000分）',), '安全生产考核表', 1000),
        (('河长制考核评分细则', '总分：100分'), '河长制考核评分细则', 100),
        (('2024年度青川市乡镇（街道）安全生产', '目标责任制考核评分细则'), '2024年度青川市乡镇（街道）安全生产目标责任制考核评分细则', None),
        (('附件 4', '清廉医院培育标准（区级医院）'), '清廉医院培育标准（区级医院）', None),
        (('清廉医院培育标准', '（区级医院）'), '清廉医院培育标准（区级医院）', None),
        (('附件3：环卫保洁质量考核表',), '环卫保洁质量考核表', None),
        (('附件7近三年业绩考核表',), '近三年业绩考核表', None),
        (('表2-1  护理质量评分标准',), '护理质量评分标准', None),
        (('表一：', '机关科室现场督查标准（40分）'), '机关科室现场督查标准', 40),
        (('3.1 附表1：商务评分细则表（40分）',), '商务评分细则表', 40),
        (('云河县人民医院', '2024年度考核要点'), '2024年度考核要点', None),
        (('2024年度考核评分表', '被考核单位：          考核时间：    年  月  日'), '2024年度考核评分表', None),
        (('2024年度考核评分表', '注：本表由考核组填写。'), '2024年度考核评分表', None),
        (('三、考核评分标准', '考核采用百分制。'), '考核评分标准', None),
        (('（二）评分标准：',), '评分标准', None),
        (('2024年度考核表', '云河县人民医院', '2024年3月'), '2024年度考核表', None),
        (('考  核  评  分  表',), '考核评分表', None),
        (('2024', '年度教师考核评分表'), '2024年度教师考核评分表', None),
        (('2024-2025', '学年度教师考核评分表'), '2024-2025学年度教师考核评分表', None),
        (('KH-GD-08', '教师考核评分表'), '教师考核评分表', None),
        (('3/12', '教师考核评分表'), '教师考核评分表', None),
        (('首页', '疫情防控', '疫情防控项目绩效评价表'), '疫情防控项目绩效评价表', None),
    ],
)  # fmt: skip
def test_the_title_stands_above_the_table(lines: tuple[str, ...], title: str, total: int | None) -> None:
    (table,) = tables_of(*lines, draw(SCORED))
    assert (table.title, table.total_points) == (title, total)


@pytest.mark.parametrize(
    'lines',
    [
        ('关于印发考核细则的通知', '各科室：', '请遵照执行。'),
        ('各单位要加强领导，确保各项任务落实到位。',),
        ('项目编号：QC-2024-01', '采购人：青川市图书馆'),
        ('具体评分标准如下：',),
        (),
    ],
)
def test_what_is_no_title_gives_none(lines: tuple[str, ...]) -> None:
    (table,) = tables_of(*lines, draw(SCORED))
    assert table.title is None


def test_a_title_within_the_table_is_read_and_is_no_line() -> None:
    (table,) = tables_of(draw('2024年后勤考核评分表（50分） | < | < | <\n单位：      日期： | < | < | <\n' + SCORED))
    assert (table.title, table.total_points) == ('2024年后勤考核评分表', 50)


@pytest.mark.parametrize('above', ['云河县文旅投资有限公司', '附件2', '附件2 | < | < | <\n云河县人民医院'])
def test_an_organisation_or_an_annex_in_a_row_over_the_title_within_the_table_is_no_part_of_it(above: str) -> None:
    paper = document(draw(f'{above} | < | < | <\n2024年后勤考核评分表（10分） | < | < | <\n{SCORED}'))
    read = normalize(paper, '表.docx')
    assert [(table.title, table.total_points) for table in read.tables] == [('2024年后勤考核评分表', Decimal(10))]
    assert (read.notice.title, read.notice.year, len(read.indicators)) == ('2024年后勤考核评分表', 2024, 2)


def test_the_title_of_one_table_is_not_that_of_the_next() -> None:
    first, second = tables_of('2024年考核评分表', draw(SCORED), draw(SCORED))
    assert (first.title, second.title) == ('2024年考核评分表', None)


def test_each_table_has_the_heading_above_it() -> None:
    titles = [t.title for t in tables_of('一、医疗质量（30分）', draw(SCORED), '二、护理质量（20分）', draw(SCORED))]
    assert titles == ['医疗质量', '护理质量']


def test_a_line_set_otherwise_is_no_beginning_of_a_centred_title() -> None:
    paper = Document(
        'docx',
        (
            Block('paragraph', '各科室对照执行'),
            Block('paragraph', '考核评分表', centered=True),
            Block('table', table=0),
        ),
        (draw(SCORED),),
    )
    assert normalize(paper, 'x.docx').tables[0].title == '考核评分表'


def test_the_total_may_stand_in_the_tables_last_row() -> None:
    (table,) = tables_of('考核评分表', draw(SCORED + '\n合计 | < | < | 10'))
    assert table.total_points == Decimal(10)


def test_a_total_of_far_prose_is_not_the_tables() -> None:
    (table,) = tables_of('考核总分100分。', '考核评分表', draw(SCORED))
    assert table.total_points is None


def test_a_title_knows_the_blocks_that_it_was_read_from() -> None:
    (table,) = tables_of('2024年度安全生产', '考核评分表（10分）', draw(SCORED))
    assert [(o.field, o.block, o.start, o.end) for o in table.origins] == [
        ('title', 0, 0, 10), ('title', 1, 0, 5), ('total_points', 1, 6, 8),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ('line', 'title'),
    [
        ('（2025年春季学期）', '保育督查评分表'),
        ('（适用于第三方单位）', '保育督查评分表'),
        ('（每园满分100分，另设附加分）', '保育督查评分表'),
        ('（试行）', '保育督查评分表（试行）'),
        ('（2024年修订）', '保育督查评分表（2024年修订）'),
        ('（区级医院）', '保育督查评分表（区级医院）'),
    ],
)
def test_a_bracket_below_a_title_belongs_to_it_unless_it_speaks_of_time_use_or_points(line: str, title: str) -> None:
    found = normalize(document('保育督查评分表', line, draw(SCORED)), '表.docx')
    assert found.tables[0].title == found.notice.title == title


@pytest.mark.parametrize(('title', 'codes'), [('窗口月评分表', ['table.unknown']), ('窗口人员情况表', [])])
def test_a_table_that_adds_up_under_a_title_that_scores_is_told_where_it_is_not_read(
    title: str, codes: list[str]
) -> None:
    unread = draw('甲 | 乙 | 丙\n整洁 | 20 | \n到岗 | 30 | \n办结 | 50 | \n总分 | 100 | ')
    found = normalize(document(title, unread), '表.docx')
    assert [one.code for one in found.findings] == codes


@pytest.mark.parametrize(
    ('first', 'second'), [('（适用于二级医院）', '（适用于三级医院）'), ('（第一季度）', '（第二季度）')]
)
def test_what_stands_in_brackets_tells_tables_of_one_title_apart(first: str, second: str) -> None:
    tables = tables_of('输血管理评分表', first, draw(SCORED), '输血管理评分表', second, draw(SCORED))
    assert [table.title for table in tables] == [f'输血管理评分表{first}', f'输血管理评分表{second}']


@pytest.mark.parametrize(('head', 'codes'), [('甲 | 乙 | 丙', []), ('甲 | 按此给分 | 丙', ['table.unknown'])])
def test_a_column_that_happens_to_come_to_a_hundred_is_not_told_unless_something_speaks_of_points(
    head: str, codes: list[str]
) -> None:
    unread = draw(f'{head}\n赵某 | 32 | \n钱某 | 33 | \n孙某 | 35 | ')
    found = normalize(document('护工人员考核标准', unread), '')
    assert [one.code for one in found.findings if one.code == 'table.unknown'] == codes
