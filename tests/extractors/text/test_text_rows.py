import pytest

from kaohe.extractors.document import Table
from kaohe.extractors.text.csv_file import find
from kaohe.extractors.text.reader import read

HEAD = '项目\t评价要点\t评分方法\t分值'


def tables(text: str) -> tuple[Table, ...]:
    return read(text.encode()).tables


def texts(table: Table, row: int) -> list[str]:
    return [cell.text for cell in table.cells if cell.row == row]


def test_a_line_with_tabs_is_a_row() -> None:
    (table,) = tables(
        f'考核标准\n\n{HEAD}\n一、政治建设（8分）\t\t\t\n压实责任\t1.落实责任制\t未签责任书不得分\t4\n\t2.网格化\t扣0.5分\t1\n'
    )
    assert (table.rows, table.cols) == (4, 4)
    assert texts(table, 3) == ['', '2.网格化', '扣0.5分', '1']
    assert not table.doubtful_rows


def test_markup_left_over_in_a_cell_is_kept() -> None:
    (table,) = tables(f'{HEAD}\n甲\t乙\t<ul style="list-style-type: none"> ① 费用 $\\leq 5\\%$\t2\n丙\t丁\t戊\t1\n')
    assert texts(table, 1)[2] == '<ul style="list-style-type: none"> ① 费用 $\\leq 5\\%$'


def test_a_quoted_cell_keeps_its_line_feeds() -> None:
    (table,) = tables(f'{HEAD}\n甲\t"第一条\n第二条说""好"""\t丙\t2\n丁\t戊\t己\t1\n')
    assert texts(table, 1) == ['甲', '第一条\n第二条说"好"', '丙', '2']
    assert not table.doubtful_rows


def test_a_row_broken_by_a_line_feed_is_mended_and_doubtful() -> None:
    (table,) = tables(f'{HEAD}\n甲\t乙的第一行\n乙的第二行\t丙\t2\n丁\t戊\t己\t1\n')
    assert texts(table, 1) == ['甲', '乙的第一行\n乙的第二行', '丙', '2']
    assert table.doubtful_rows == {1}


def test_a_line_without_tabs_between_rows_is_a_section_row() -> None:
    (table,) = tables(f'{HEAD}\n甲\t乙\t丙\t2\n二、源头治理（9分）\n丁\t戊\t己\t1\n')
    assert texts(table, 2) == ['二、源头治理（9分）']
    assert table.grid()[2][3].text == '二、源头治理（9分）'
    assert not table.doubtful_rows


def test_rows_with_too_few_or_too_many_cells_are_doubtful() -> None:
    (table,) = tables(f'{HEAD}\n甲\t乙\t丙\t2\n丁\t戊和己\t1\n庚\t辛\t壬\t癸\t3\n子\t丑\t寅\t4\n')
    assert table.doubtful_rows == {2, 3}


def test_a_blank_line_parts_tables_and_the_rest_of_one_may_be_a_single_row() -> None:
    found = tables(f'{HEAD}\n甲\t乙\t丙\t2\n\n\t丁\t戊\t1\n\n院长：\t张三\n')
    assert [(table.rows, table.cols) for table in found] == [(2, 4), (1, 4)]


def test_rows_below_a_copy_of_the_head_with_fewer_columns_are_doubtful() -> None:
    whole = '考核内容\t\t考核标准\t分值\n甲\t乙\t丙\t2\n丁\t戊\t己\t1'
    narrow = '考核内容\t考核标准\t分值\n一、加强监督（3分）\t\t\n甲\t乙和丙\t2\n丁和戊\t己\t1'
    first, second = tables(f'{whole}\n\n{narrow}\n')
    assert not first.doubtful_rows
    assert second.doubtful_rows == {2, 3}


def test_a_single_line_with_a_tab_is_a_paragraph() -> None:
    document = read('填报单位：\t云河县人民医院\n其他文字\n'.encode())
    assert document.tables == ()
    assert document.blocks[0].text == '填报单位：\t云河县人民医院'


@pytest.mark.parametrize('delimiter', [';', ',', '|'])
def test_a_file_that_names_its_delimiter_is_a_table(delimiter: str) -> None:
    rows = [('序号', '内容', '标准', '分值'), ('1', '台账', '未建立扣5分', '20'), ('2', '巡查', '每少1次扣1分', '30')]
    text = f'sep={delimiter}\n' + '\n'.join(delimiter.join(row) for row in rows)
    (table,) = read(text.encode()).tables
    assert [cell.text for cell in table.cells] == [text for row in rows for text in row]


@pytest.mark.parametrize(
    'lines',
    [
        (
            '1.卫生检查，未达标扣1~3分。',
            '2.消防检查，未达标扣2~5分。',
            '3.用电检查，未达标扣1~2分。',
            '4.食品检查，未达标扣3~5分。',
        ),
        ('1#楼道脏乱扣1分', '2#楼道脏乱扣1分', '3#楼道脏乱扣2分', '4#楼道脏乱扣2分'),
        ('优秀~90分~以上', '良好~80分~以上', '合格~60分~以上', '不合格~0分~以上'),
    ],
)
def test_signs_that_stand_in_prose_part_no_values_without_a_head(lines: tuple[str, ...]) -> None:
    assert find(lines) is None


@pytest.mark.parametrize('delimiter', ['^', '~', '#', '¦'])
def test_a_sign_that_databases_put_between_values_parts_them_under_a_head(delimiter: str) -> None:
    rows = (('序号', '考核内容', '评分标准', '分值'), ('1', '卫生', '每处扣1分', '5'), ('2', '消防', '每处扣2分', '5'))
    assert find([delimiter.join(row) for row in rows]) is not None
