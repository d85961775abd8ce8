"""Tables whose columns are aligned by spaces."""

from __future__ import annotations

import pytest

from kaohe.extractors.document import Document
from kaohe.extractors.text.reader import read
from kaohe.pipeline.library.doing import read as read_notice
from tests.growth import hold_growth, seconds

TYPED = """云岭区城市管理考核表

  序号  项目        考核内容                  分值   评分标准
   1    市容        主次干道无占道经营          10    发现一处扣1分
                    门前三包落实                5    未落实每户扣0.5分，扣完
                                                     为止
   2    环卫        垃圾日产日清               15    滞留超过2小时每处扣0.5分
  合计                                        30
填表人：张三          日期：2025年
"""


def grid(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.rows)]


def test_cells_stand_under_their_heads_and_long_ones_go_on_below() -> None:
    document = read(TYPED.encode())
    assert grid(document) == [
        ['序号', '项目', '考核内容', '分值', '评分标准'],
        ['1', '市容', '主次干道无占道经营', '10', '发现一处扣1分'],
        ['', '', '门前三包落实', '5', '未落实每户扣0.5分，扣完\n为止'],
        ['2', '环卫', '垃圾日产日清', '15', '滞留超过2小时每处扣0.5分'],
        ['合计', '', '', '30', ''],
    ]
    assert next(block.text for block in document.blocks if block.kind != 'table') == '云岭区城市管理考核表'
    assert '填表人' in document.blocks[-1].text


@pytest.mark.parametrize('blank', ['', '\n'])
@pytest.mark.parametrize('wide', [True, False])
def test_blank_lines_and_wide_spaces_are_the_same(blank: str, wide: bool) -> None:
    rows = [('项目', '分值', '评分标准'), ('安全生产', '10', '每发生一起扣2分'), ('质量管理', '20', '每缺一项扣1分'), ('档案', '5', '不规范每处扣0.5分')]  # fmt: skip
    pad = '\u3000' if wide else '  '
    text = ''.join(f'{a}{pad * (8 - len(a))}{b:<4}{pad * 2}{c}\n{blank}' for a, b, c in rows)
    assert grid(read(text.encode())) == [list(row) for row in rows]


def test_a_heading_among_the_rows_reaches_over_all_columns_and_is_a_category() -> None:
    text = (
        '芦陵区2025年度考核指标\n\n'
        '序号    考核内容                    分值    计分标准\n'
        '一、办案质效（25分）\n'
        '1       结案率不低于95%             15      每低1个百分点扣0.5分\n'
        '2       平均用时控制在90天以内      10      每超5天扣0.5分，扣完为止\n'
        '二、规范执行（10分）\n'
        '3       无消极执行投诉              10      查实一件扣2分\n'
    )
    notice = read_notice(text.encode(), '考核指标.txt')
    assert [(line.level1, line.requirement, line.points) for line in notice.lines] == [
        ('办案质效', '结案率不低于95%', 15), ('办案质效', '平均用时控制在90天以内', 10), ('规范执行', '无消极执行投诉', 10),
    ]  # fmt: skip


@pytest.mark.parametrize(
    'text',
    [
        '各单位：  请认真落实。  严格执行。\n一、总体要求    二、工作安排\n    附件：1.名单    2.表格    3.说明\n',
        '甲  乙  丙\n丁  戊  己\n\n以下是正文，每项都要落实。\n',
        '王  芳    李  明    张  伟\n落实到人，责任到岗。\n赵  强    孙  丽\n',
    ],
)
def test_prose_with_spaces_is_prose(text: str) -> None:
    assert read(text.encode()).tables == ()


def test_a_long_list_that_is_no_table_takes_linear_time() -> None:
    def measure(count: int) -> float:
        text = ('甲  乙  丙\n丁  戊\n己  庚\n' * count).encode()
        assert read(text).tables == ()
        return seconds(lambda: read(text))

    hold_growth(measure, 300, 2400, at_most=24, spare=0.2)
