"""Columns under the same heads hold the same, in every table of a notice and below each repetition of a header."""

from dataclasses import replace

from kaohe.normalizers import normalize
from kaohe.normalizers.lines.evidence.alike_heads import categories_elsewhere
from tests.normalizers.tables import document, draw, read, read_picture, says

_WARD = """
序号 | 检查项目 | 服务标准 | 分值 | 扣分标准
1 | 走廊 | 地面无积水 | 5 | 每处扣1分
2 | ^ | 扶手无灰尘 | 5 | 每处扣0.5分
"""
_KITCHEN = """
序号 | 检查项目 | 服务标准 | 分值 | 扣分标准
1 | 灶台 | 台面清洁 | 5 | 不洁扣1分
2 | 库房 | 货架整齐 | 5 | 不齐扣1分
"""


def test_a_head_over_categories_heads_categories_in_every_table_of_the_notice() -> None:
    first, second = read(document('病区检查表', draw(_WARD), '厨房检查表', draw(_KITCHEN)))
    assert says(first.lines, 'level1', 'name') == [('走廊', None), ('走廊', None)]
    assert says(second.lines, 'level1', 'name') == [('灶台', None), ('库房', None)]


def test_a_head_that_never_stands_over_categories_heads_names() -> None:
    (alone,) = read(document('厨房检查表', draw(_KITCHEN)))
    assert says(alone.lines, 'level1', 'name') == [(None, '灶台'), (None, '库房')]
    other = _WARD.replace('服务标准', '检查内容')
    assert says(read(document('甲表', draw(other), '乙表', draw(_KITCHEN)))[1].lines, 'name') == [('灶台',), ('库房',)]


def test_categories_of_one_line_each_make_no_names_of_other_tables_categories() -> None:
    (shared,) = read(document('病区检查表', draw(_WARD)))
    (named,) = read(document('厨房检查表', draw(_KITCHEN)))
    named = replace(named, table=1)
    assert categories_elsewhere([shared, named]) == {1: frozenset({1})}
    assert categories_elsewhere([replace(shared, lines=shared.lines[:1]), named]) == {}


def test_a_header_that_stands_again_heads_the_same_columns_whatever_few_rows_follow_it() -> None:
    table = read_picture(
        """
        序号 | 考核项目 | 考核内容 | 分值 | 评分标准
        一、基础（50分） | < | < | < | <
        1 | 台账 | 记录齐全 | 10 | 缺一次扣1分
        2 | 培训 | 每季一课 | 10 | 少一课扣2分
        3 | 器材 | 摆放整齐 | 10 | 不齐扣1分
        4 | 水源 | 水压充足 | 10 | 不足扣1分
        5 | 通道 | 保持畅通 | 10 | 堵塞扣1分
        序号 | 考核项目 | 考核内容 | 分值 | 评分标准
        二、实战（10分） | < | < | < | <
        6 | 演练 | 按方案开展 | 10 | 未开展不得分
        三、加分项（5分） | < | < | < | <
        7 | | 获县级表彰 | 5 | 加5分
        四、扣分项 | < | < | < | <
        8 | | 瞒报事故 | | 扣5分
        """
    )
    assert says(table.lines, 'level1', 'level2', 'name') == [
        ('基础', None, '台账'),
        ('基础', None, '培训'),
        ('基础', None, '器材'),
        ('基础', None, '水源'),
        ('基础', None, '通道'),
        ('实战', None, '演练'),
        ('加分项', None, None),
        ('扣分项', None, None),
    ]


def test_a_limit_in_brackets_behind_a_tables_title_is_a_rule_of_the_table() -> None:
    read = normalize(
        document(
            '青石镇招商考核办法',
            '一、加分项目（最多加8分）',
            draw('序号 | 加分事项 | 加分标准\n1 | 引进企业 | 每家加2分\n2 | 获得表彰 | 加3分'),
            '二、扣分项目',
            draw('序号 | 扣分事项 | 扣分标准\n1 | 虚报数据 | 每次扣2分\n2 | 迟报 | 扣1分'),
        ),
        'x.docx',
    )
    assert [table.title for table in read.tables] == ['加分项目', '扣分项目']
    (limit,) = [clause for clause in read.clauses if clause.indicator is None]
    assert (limit.scope, limit.effect, limit.points, limit.acts_on, limit.block) == ('table', 'cap', 8, 0, 1)
    assert [read.clauses[at].points for at in limit.binds] == [2, 3]
    assert not [one for one in read.findings if one.code == 'points.unplaced']


def test_a_total_beside_a_limit_stays_the_total_of_the_table() -> None:
    (table,) = normalize(
        document('服务考核评分表（100分）', draw('序号 | 考核内容 | 分值 | 评分标准\n1 | 台账 | 100 | 缺一次扣1分')),
        'x.docx',
    ).tables
    assert (table.title, table.total_points) == ('服务考核评分表', 100)
