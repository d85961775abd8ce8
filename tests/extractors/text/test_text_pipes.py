from kaohe.extractors.document import Document, Table
from kaohe.extractors.text.reader import read


def document(text: str) -> Document:
    return read(text.encode())


def rows(table: Table) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        found[cell.row].append(cell.text)
    return found


def test_a_markdown_table_is_a_table_between_paragraphs() -> None:
    found = document('细则如下：\n| 项目 | 分值 |\n|:---|---:|\n| 安全\\|生产 | 5 |\n| 一、党建<br>（8分） | |\n完\n')
    assert rows(found.tables[0]) == [['项目', '分值'], ['安全|生产', '5'], ['一、党建\n（8分）', '']]
    assert [block.kind for block in found.blocks] == ['paragraph', 'table', 'paragraph']


def test_a_pipe_table_needs_no_separator_row_nor_outer_borders() -> None:
    assert rows(document('项目 | 内容 | 分值\n党建 | 学习 | 5\n人事 | 考评 | 3\n').tables[0])[2] == [
        '人事',
        '考评',
        '3',
    ]


def test_a_frame_with_rules_between_rows_joins_the_lines_of_a_row() -> None:
    text = (
        '┌────┬──────┬──┐\n'
        '│项目│内容  │分│\n'
        '├────┼──────┼──┤\n'
        '│党建│学习第│5 │\n'
        '│    │一议题│  │\n'
        '├────┼──────┼──┤\n'
        '│人事│考评  │3 │\n'
        '└────┴──────┴──┘\n'
    )
    assert rows(document(text).tables[0]) == [
        ['项目', '内容', '分'],
        ['党建', '学习第\n一议题', '5'],
        ['人事', '考评', '3'],
    ]


def test_a_merged_cell_of_a_frame_spans_the_columns_between_its_borders() -> None:
    text = '+----+----+----+\n| 一 | 二 | 三 |\n+----+----+----+\n| 合计    | 9  |\n+---------+----+\n'
    table = document(text).tables[0]
    assert [(cell.text, cell.col_span) for cell in table.cells if cell.row == 1] == [('合计', 2), ('9', 1)]
    assert not table.doubtful_rows


def test_a_row_whose_borders_meet_no_column_is_doubtful() -> None:
    text = '| 项目 | 内容 | 分值 |\n|---|---|---|\n| 党建 | 学习 | 5 |\n| 人事考评 | 3 |\n'
    assert document(text).tables[0].doubtful_rows == {2}


def test_a_ruler_of_dashes_is_a_paragraph() -> None:
    assert document('正文\n----------\n正文\n').tables == ()


def test_what_markdown_strikes_out_is_left_out_and_said() -> None:
    found = document('| 项目 | 标准 |\n|---|---|\n| 值班 | 每次~~扣9分~~扣2分 |\n| 备勤 | <del>扣8分，</del>不得分 |\n')
    assert rows(found.tables[0])[1:] == [['值班', '每次扣2分'], ['备勤', '不得分']]
    assert [each.code for each in found.findings] == ['part.hidden']


def test_waves_of_a_range_and_of_plain_text_strike_nothing_out() -> None:
    found = document('# 细则\n\n优得10~~20分，良得5~~10分\n')
    assert found.blocks[1].text == '优得10~~20分，良得5~~10分'
    assert document('甲~~乙~~丙\n').blocks[0].text == '甲~~乙~~丙'
    ranges = document('# 细则\n\n一季度~~二季度完成得3分，三季度~~四季度完成得2分\n')
    assert ranges.blocks[1].text == '一季度~~二季度完成得3分，三季度~~四季度完成得2分'
    drawn = document('| 项目 | 标准 | 分值 |\n|---|---|---|\n| 安全 | A级~~B级得5分 | C级~~D级 |\n')
    assert [cell.text for cell in drawn.tables[0].cells][3:] == ['安全', 'A级~~B级得5分', 'C级~~D级']
