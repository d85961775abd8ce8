"""Tables cut by page breaks, by hand, or by other tools are made whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kaohe.extractors.document import Block, Document, Table
from kaohe.extractors.findings import finding
from kaohe.normalizers.stitching.table_parts import stitch
from tests.growth import hold_growth, seconds
from tests.normalizers.tables import document, draw, read, says

HEAD = '项目 | 考核内容 | 分值 | 考核标准'
COLUMNS = ('level1', 'level1_points', 'requirement', 'criteria', 'points')
WHOLE = f"""
{HEAD}
组织领导（10分） | 成立领导小组，明确分工。 | 5 | 未成立的不得分。
^ | 定期研究工作，每季度不少于一次。 | 5 | 每少一次扣1分，扣完为止。
宣传教育（12分） | 开展主题宣传活动。 | 6 | 未开展的不得分；少一次扣2分。
^ | 按时报送工作信息。 | 4 | 少报一条扣0.5分。
^ | 建立宣传台账。 | 2 | 台账不全扣1分。
"""


def page(number: int, *rows: str, head: str = HEAD, **options: object) -> Table:
    return draw('\n'.join([head, *rows] if head else rows), page=number, **options)  # type: ignore[arg-type]


def rows_of(picture: str) -> list[str]:
    return [line.strip() for line in picture.strip().splitlines()[1:]]


def below_break(row: str) -> str:
    """A row as it is drawn first on a page: what is merged with cells of the page before is blank."""
    return row.replace('^', '')


def lines_of(*parts: str | Table, format: str = 'pdf') -> list[tuple[str | None, ...]]:
    (table,) = read(document(*parts, format=format))
    return says(table.lines, *COLUMNS)


def test_a_document_without_cut_tables_is_returned_as_it_is() -> None:
    source = document('标题', draw(WHOLE), '附件2', draw(WHOLE))
    assert stitch(source) is source


@pytest.mark.parametrize('cut', range(1, 5))
def test_a_break_between_two_rows_leaves_the_same_lines(cut: int) -> None:
    rows = rows_of(WHOLE)
    lower = page(2, below_break(rows[cut]), *rows[cut + 1 :])
    assert lines_of(page(1, *rows[:cut]), lower) == lines_of(draw(WHOLE))


@pytest.mark.parametrize('at', range(1, 9))
def test_a_row_cut_anywhere_in_its_text_is_one_row(at: int) -> None:
    content, criteria = '定期研究工作，每季度不少于一次。', '每少一次扣1分，扣完为止。'
    rows = rows_of(WHOLE)
    upper = page(1, rows[0], f'^ | {content[:at]} | 5 | {criteria[:at]}')
    lower = page(2, f' | {content[at:]} | | {criteria[at:]}', *rows[2:])
    assert lines_of(upper, lower) == lines_of(draw(WHOLE))


def test_a_row_of_which_only_one_column_runs_over_is_one_row() -> None:
    upper = page(
        1, '组织领导（10分） | 成立领导小组。 | 5 | 未成立的不得分；', '^ | 定期研究工作。 | 5 | 每少一次扣1分，'
    )
    lower = page(2, ' | | | 扣完为止。', '宣传教育（12分） | 开展宣传活动。 | 12 | 未开展的不得分。')
    assert [line[2:4] for line in lines_of(upper, lower)] == [
        ('成立领导小组。', '未成立的不得分；'),
        ('定期研究工作。', '每少一次扣1分，扣完为止。'),
        ('开展宣传活动。', '未开展的不得分。'),
    ]


def test_a_cut_cell_has_a_box_on_either_page_and_the_line_the_page_of_the_first() -> None:
    whole = stitch(
        document(
            page(3, 'A | 定期研究 | 5 | 每少一次'), page(4, ' | 工作。 | | 扣1分。', 'B | 宣传。 | 5 | 不宣传不得分。')
        )
    )
    cell = next(cell for cell in whole.tables[0].cells if cell.text == '每少一次扣1分。')
    assert [box.page for box in cell.boxes] == [3, 4]
    assert (whole.tables[0].page_first, whole.tables[0].page_last) == (3, 4)


def test_lines_without_points_are_told_apart_by_their_sentences() -> None:
    upper = page(1, '加分事项 | 获得国家级表彰的。 | | 每次加5分。', '^ | 获得省级表彰的。 | | 每次加3分。')
    lower = page(2, ' | 获得市级表彰的。 | | 每次加1分。')
    assert [line[3] for line in lines_of(upper, lower)] == ['每次加5分。', '每次加3分。', '每次加1分。']


def test_points_of_a_category_that_slipped_below_the_break_return_to_it() -> None:
    upper = page(1, '组织领导 | 成立领导小组。 | 5 | 未成立不得分。')
    lower = page(2, '（10分） | 定期研究工作。 | 5 | 少一次扣1分。')
    assert {line[:2] for line in lines_of(upper, lower)} == {('组织领导', '10')}


def test_a_section_row_and_a_category_repeated_after_the_break_stand_once() -> None:
    head = '项目 | 考核内容 | 分值 | 考核标准'
    upper = page(1, '一、党的建设（10分） | < | < | <', '组织（10分） | 换届规范 | 5 | 不规范扣1分', head=head)
    lower = page(2, '一、党的建设（10分） | < | < | <', '组织（10分） | 发展党员 | 5 | 少一名扣1分', head=head)
    (table,) = read(document(upper, lower))
    assert says(table.lines, 'level1', 'level2', 'requirement') == [
        ('党的建设', '组织', '换届规范'),
        ('党的建设', '组织', '发展党员'),
    ]


def test_a_page_on_which_a_column_is_not_divided_joins_one_where_it_is() -> None:
    upper = page(1, '人事（5分） | 落实绩效工资。 | 5 | 未落实不得分。', edges=(50, 140, 400, 430, 700))
    lower = draw(
        """
        项目 | < | 考核内容 | 分值 | 考核标准
        疾控（8分） | 免疫规划 | 接种率达标。 | 5 | 未达标扣1分。
        ^ | ^ | 建证率达标。 | 5 | 未达标扣1分。
        ^ | 结核防治 | 病人管理。 | 3 | 缺一例扣1分。
        """,
        page=2,
        edges=(51, 80, 140, 400, 430, 699),
    )
    (table,) = read(document(upper, lower))
    assert says(table.lines, 'level1', 'level2', 'requirement') == [
        ('人事', None, '落实绩效工资。'),
        ('疾控', '免疫规划', '接种率达标。'),
        ('疾控', '免疫规划', '建证率达标。'),
        ('疾控', '结核防治', '病人管理。'),
    ]


def test_a_table_without_a_repeated_header_goes_on_with_the_same_columns() -> None:
    edges = (50.0, 100.0, 300.0, 330.0, 500.0)
    upper = page(1, 'A | 甲。 | 5 | 缺一项扣1分。', edges=edges)
    lower = page(2, 'B | 乙。 | 5 | 缺一项扣2分。', head='', edges=edges)
    assert [line[2] for line in lines_of(upper, lower)] == ['甲。', '乙。']


def test_tables_with_a_text_between_them_stay_apart_unless_it_says_that_they_go_on() -> None:
    one, two = page(1, 'A | 甲。 | 5 | 缺一项扣1分。'), page(2, 'B | 乙。 | 5 | 缺一项扣2分。')
    assert len(stitch(document(one, '乙院考核标准', two)).tables) == 2
    assert len(stitch(document(one, '（续表）', two)).tables) == 1


def test_a_form_that_is_printed_twice_stays_two_tables() -> None:
    rows = ('A | 甲。 | 5 | 缺一项扣1分。', '合计 | | 5 | ')
    assert len(stitch(document(page(1, *rows), page(2, *rows))).tables) == 2


def test_blocks_parents_and_findings_follow_their_tables() -> None:
    nested = replace(draw('甲 | 乙\n1 | 2', index=2), parent=(1, 1, 3))
    after = draw('姓名 | 电话\n张三 | 1', index=3)
    one, two = replace(page(1, 'A | 甲。 | 5 | 扣1分。'), index=0), replace(page(2, 'B | 乙。 | 5 | 扣2分。'), index=1)
    source = Document(
        'pdf',
        (
            Block('table', table=0),
            Block('furniture', '— 1 —'),
            Block('table', table=1),
            Block('paragraph', '附'),
            Block('table', table=3),
        ),
        (one, two, nested, after),
        findings=(finding('table.large', table=1, row=1, rows=9),),
    )
    whole = stitch(source)
    assert [table.index for table in whole.tables] == [0, 1, 2]
    assert whole.tables[1].parent == (0, 2, 3)
    assert [block.table for block in whole.blocks] == [0, None, None, 2]
    assert (whole.findings[0].table, whole.findings[0].row) == (0, 2)


def test_parts_of_a_text_table_with_fewer_columns_are_widened_and_their_rows_doubtful() -> None:
    full = draw(
        """
        考核内容 |  | 考核标准 | 分值
        组织领导（10分） | 成立领导小组 | 未成立不得分 | 5
         | 定期研究 | 少一次扣1分 | 5
        """,
        merges=False,
    )
    narrow = draw(
        """
        考核内容 | 考核标准 | 分值
        宣传（5分） | 开展宣传 未开展不得分 | 5
        报送信息 | 少一条扣1分 | 5
        """,
        merges=False,
    )
    (table,) = read(document(full, narrow, format='txt'))
    assert says(table.lines, 'level1', 'requirement', 'points')[2:] == [('宣传', None, '5'), ('宣传', '报送信息', '5')]
    assert [bool(line.doubts) for line in table.lines] == [False, False, True, True]


def test_a_head_pushed_out_of_place_in_a_text_table_is_put_back_by_the_content() -> None:
    picture = """
    考核内容 | 考核标准 | 分值 | 自评分 |
    组织领导（10分） | 成立领导小组 | 未成立不得分 | 5 |
     | 定期研究 | 少一次扣1分 | 5 |
    """
    (table,) = read(document(draw(picture, merges=False), format='txt'))
    assert says(table.lines, *COLUMNS) == [
        ('组织领导', '10', '成立领导小组', '未成立不得分', '5'),
        ('组织领导', '10', '定期研究', '少一次扣1分', '5'),
    ]


def test_a_row_parted_or_joined_on_weak_evidence_is_doubtful() -> None:
    head = '考核内容 | 考核标准'
    upper = page(1, '甲单位开展自查 | 未开展扣1分', head=head)
    lower = page(2, '乙单位开展自查 | 未开展扣1分', head=head)
    (table,) = read(document(upper, lower))
    assert any(line.doubts for line in table.lines)


def test_lines_numbered_in_their_text_are_told_apart() -> None:
    head = '项目 | 评价要点 | 评分方法'
    upper = page(
        1,
        '责任 | 1.签订责任书 | 未签不得分',
        '^ | 2.建立清单 | 未建不得分',
        '^ | 3.分析廉情 | 少一次扣1分',
        '^ | 4.开展谈话 | 少一次扣1分',
        head=head,
    )
    lower = page(2, ' | 5.公开事项 | 未公开扣1分', '^ | 6.接受监督 | 未接受扣1分', head=head)
    (table,) = read(document(upper, lower))
    assert says(table.lines, 'number', 'level1') == [(str(count), '责任') for count in range(1, 7)]


def test_twice_the_pages_take_about_twice_the_time() -> None:
    def measure(pages: int) -> float:
        row = ' | 落实绩效工资 | 2 | 未落实不得分，扣1分。'
        source = document(
            *(page(number, *[f'人事{number}（40分）{row}', *[f'^{row}'] * 19]) for number in range(1, pages + 1))
        )
        tables: list[int] = []
        taken = seconds(lambda: tables.append(len(stitch(source).tables)))
        assert tables == [1]
        return taken

    hold_growth(measure, 40, 80, at_most=4, spare=0.1)
