"""Office staff export a workbook, correct it and give it back; what they decided lasts."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.decisions.force import put_into_force
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.workbook.edits import Changes, read_changes
from kaohe.pipeline.workbook.exporting import export, find_notices
from tests.pipeline.edited_workbook import DATABASE, DECISIONS, PDF, ROOT, WORD, Edited, read_in

# What another format or copy may show otherwise, and what the corrections themselves write.
OF_THE_COPY = ('编号', '指标编号', '页', '文件', '疑点', '疑点数', '更正情况')


def exported(path: str = 'out.xlsx') -> Edited:
    with closing(open_to_read(DATABASE)) as connection:
        export(connection, Path(path), [*find_notices(connection, [])], 'xlsx', overwrite=True)
    return Edited(Path(path))


def changes_of(edited: Edited) -> Changes:
    edited.save()
    with closing(open_to_read(DATABASE)) as connection:
        return read_changes(connection, edited.path, '张三')


def apply(edited: Edited) -> Changes:
    changes = changes_of(edited)
    put_into_force(DATABASE, DECISIONS, changes.decisions, ())
    return changes


def query(sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(DATABASE)) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def word(inbox: Path) -> Path:
    """The sample notice as a Word file, read in."""
    read_in(inbox, WORD)
    return inbox


def edit_all_kinds(book: Edited) -> list[tuple[str, int, str, object]]:
    """Changes cells of all kinds; returns them as they must read afterwards."""
    clauses = [row for row in range(len(book.rows('条款'))) if book.get('条款', row, '指标编号')]
    edits: list[tuple[str, int, str, object]] = [
        ('通知', 0, '标题', '青禾市第一人民医院2025年重点工作目标责任制'),
        ('通知', 0, '年度', 2026),
        ('通知', 0, '成文日期', '2025-04-10'),
        ('指标', 0, '分值', 4.5),
        ('指标', 0, '一级', '市级目标任务（更正）'),
        ('指标', 1, '考核内容', '=考核内容以“=”开头\n并有两行'),
        ('指标', 1, '评分标准', '每少1次扣0.25分'),
        ('指标', 2, '名称', '改过的名称'),
        ('指标', 2, '牵头科室', '医务科、护理部'),
        ('指标', 3, '配合科室', None),
        ('指标', 3, '类别', '加分'),
        ('指标', 4, '核对人', '李四'),
        ('指标', 4, '核对日期', '2025-05-06'),
        ('指标', 5, '这不是指标', '是'),
        ('条款', clauses[0], '分值', 0.75),
        ('条款', clauses[0], '每数量', 2),
        ('条款', clauses[0], '每单位', '次'),
        ('条款', clauses[1], '效果', '加分'),
        ('条款', clauses[1], '条件', '改过的条件'),
        ('条款', clauses[2], '这不是条款', '是'),
        ('条款', clauses[3], '最多', 3),
        ('目标值', 0, '数值', 88.5),
        ('目标值', 0, '单位', None),
        ('目标值', 1, '比较', '高于'),
        ('目标值', 2, '这不是目标值', '是'),
    ]
    for edit in edits:
        book.set(*edit)
    return edits


def test_twenty_cells_of_all_kinds_outlast_the_pdf_copy_and_a_rebuild(word: Path) -> None:
    book = exported()
    edits = edit_all_kinds(book)
    line = book.get('指标', 0, '编号')
    book.add(
        '指标',
        类别='计分',
        考核内容='漏读的一行',
        评分标准='做到得2分',
        分值=2,
        牵头科室='院办、党办',
        表=book.get('指标', 0, '表'),
    )
    book.add('条款', 指标编号=line, 条款原文='漏读的条款扣1分', 效果='扣分', 分值=1)
    book.add('目标值', 指标编号=line, 原文='满意度90%以上', 衡量内容='满意度', 比较='不低于', 数值=90, 单位='%')
    book.set('通知', 0, '核对人', '王五')
    book.set('通知', 0, '核对日期', datetime(2025, 5, 7))  # noqa: DTZ001 as Excel keeps a date
    changes = apply(book)
    assert changes.rejected == []
    assert len(changes.differences) == len(edits) + 4

    sheets = ('通知', '指标', '条款', '目标值')
    first = exported('first.xlsx')
    for sheet, row, title, value in edits:
        assert first.get(sheet, row, title) == value, (sheet, title)
    assert [row['考核内容'] for row in first.rows('指标')].count('漏读的一行') == 1
    assert first.get('通知', 0, '核对状态') == '已核对'
    assert changes_of(first).decisions == []

    read_in(word, PDF)
    second = exported('second.xlsx')
    for sheet in sheets:
        assert second.rows(sheet, *OF_THE_COPY) == first.rows(sheet, *OF_THE_COPY)

    DATABASE.unlink()
    read_in(word, PDF)
    third = exported('third.xlsx')
    for sheet in sheets:
        assert third.rows(sheet) == second.rows(sheet)
    assert query('SELECT DISTINCT state FROM corrections') == [('applied',)]


def test_an_unchanged_workbook_changes_nothing_whatever_was_moved_sorted_or_deleted(word: Path) -> None:
    book = exported()
    assert changes_of(book) == Changes()
    page = book.page('指标')
    for cell, other in zip(page[3], page[6], strict=True):  # sorted otherwise
        cell.value, other.value = other.value, cell.value
    page.delete_rows(5, 2)
    page.insert_cols(1)
    page.insert_rows(1)
    page.cell(1, 3).value = '我们医院的指标'
    del book.book['疑点']
    assert changes_of(book) == Changes()


def test_each_row_is_judged_alone_and_what_cannot_be_used_says_why(word: Path) -> None:
    book = exported()
    book.set('指标', 0, '分值', '五分')
    book.set('指标', 1, '分值', -3)
    book.set('指标', 2, '分值', '=1+1')
    book.page('指标').cell(4, book.column('指标', '分值')).data_type = 'f'
    book.set('指标', 3, '类别', '送分')
    book.set('指标', 4, '编号', 'i_aaaaaaaaaaaaaaaaaaaa')
    book.set('指标', 5, '条款', '改在了只供看的一栏')
    book.set('指标', 6, '核对日期', '昨天')
    book.set('指标', 7, '编号', book.get('指标', 6, '编号'))
    book.set('指标', 8, '分值', '５')
    book.set('目标值', 0, '比较', '介于')
    book.add('条款', 条款原文='不知是哪一条的条款', 效果='扣分')
    book.add('指标', 类别='计分', 分值=3)
    del book.book['事实']
    changes = changes_of(book)
    assert [(x.sheet, x.row, x.title, x.after) for x in changes.differences] == [('指标', 10, '分值', '5')]
    said = {(x.sheet, x.row): x.why for x in changes.rejected}
    for place, words in {
        ('指标', 2): '要填数',
        ('指标', 3): '不能是负数',
        ('指标', 4): '公式',
        ('指标', 5): '只能是：计分',
        ('指标', 6): '数据库里没有编号',
        ('指标', 7): '请到“条款”表里改',
        ('指标', 8): '日期要写成',
        ('指标', 9): '上面已有一行',
        ('目标值', 2): '“至”要填数',
        ('条款', book.page('条款').max_row): '指标编号',
        ('指标', book.page('指标').max_row): '至少一项',
        ('事实', None): '没有这张表',
    }.items():
        assert words in said.pop(place), place
    assert said == {}


def test_a_row_that_was_added_is_not_added_again_and_can_be_corrected(word: Path) -> None:
    book = exported()
    line = book.get('指标', 0, '编号')
    book.add('指标', 类别='加分', 考核内容='漏读的一行', 分值=2, 表=book.get('指标', 0, '表'))
    book.add('条款', 指标编号=line, 条款原文='漏读的条款扣1分', 效果='扣分', 分值=1)
    assert len(apply(book).differences) == 2
    assert changes_of(book) == Changes()
    again = exported()
    (row,) = [row for row, told in enumerate(again.rows('条款')) if told['条款原文'] == '漏读的条款扣1分']
    again.set('条款', row, '分值', 1.5)
    apply(again)
    assert query("SELECT 分值, 是否更正 FROM 条款明细 WHERE 条款原文 = '漏读的条款扣1分'") == [(1.5, '是')]


def test_without_the_hidden_sheets_the_database_says_what_changed(word: Path) -> None:
    book = exported()
    for title in book.book.sheetnames:
        if title.startswith('_'):
            del book.book[title]
    assert changes_of(book) == Changes()
    book.set('指标', 0, '分值', 9)
    book.set('通知', 0, '核对人', '李四')
    book.page('指标').cell(1, book.column('指标', '序号')).value = '号'
    changes = changes_of(book)
    assert [(x.sheet, x.title) for x in changes.differences] == [('通知', '核对'), ('指标', '分值')]
    assert [x.why for x in changes.rejected] == ['少了这些列，按没有改动算：序号']


def test_a_file_that_is_no_workbook_is_refused(word: Path) -> None:
    Path('x.xlsx').write_bytes(b'PK\x03\x04 no')
    with closing(open_to_read(DATABASE)) as connection, pytest.raises(Refusal, match='不是能读的 Excel 工作簿'):
        read_changes(connection, Path('x.xlsx'), '张三')


def test_an_old_workbook_does_not_undo_what_others_corrected_since(word: Path) -> None:
    old, mine = exported('old.xlsx'), exported('mine.xlsx')
    mine.set('指标', 0, '分值', 9)
    apply(mine)
    old.set('指标', 0, '名称', '另一处')
    assert [(x.title, x.after) for x in changes_of(old).differences] == [('名称', '另一处')]
    old.set('指标', 0, '分值', 7)
    assert ['更正为“9”' in x.why for x in changes_of(old).rejected] == [True]


def test_a_correction_can_be_taken_back(word: Path) -> None:
    for value in (9, None, 4):
        book = exported()
        book.set('指标', 0, '分值', value)
        apply(book)
        assert query('SELECT 分值 FROM 指标总表 ORDER BY 次序 LIMIT 1') == [(value,)]
    assert query('SELECT 是否更正 FROM 指标总表 ORDER BY 次序 LIMIT 1') == [('否',)]
    assert sorted(query('SELECT state FROM corrections')) == [('applied',), ('superseded',), ('superseded',)]


def test_texts_that_look_like_formulas_stay_texts_in_every_format(word: Path) -> None:
    book = exported()
    for row, text in enumerate(('=1+1', '@SUM(A1)', '＝1', '-3分')):
        book.set('指标', row, '名称', text)
    apply(book)
    again = exported()
    for row, text in enumerate(('=1+1', '@SUM(A1)', '＝1', '-3分')):
        cell = again.page('指标').cell(row + 2, again.column('指标', '名称'))
        assert (cell.value, cell.data_type) == (text, 's')
    with closing(open_to_read(DATABASE)) as connection:
        files = export(connection, Path('out.csv'), [*find_notices(connection, [])], 'csv')
        export(connection, Path('out.json'), [*find_notices(connection, [])], 'json')
    assert [file.name for file in files] == [
        'out-通知.csv',
        'out.csv',
        'out-条款.csv',
        'out-目标值.csv',
        'out-事实.csv',
        'out-疑点.csv',
    ]
    with Path('out.csv').open(encoding='utf-8-sig', newline='') as file:
        assert [row['名称'] for row in csv.DictReader(file)][:4] == ["'=1+1", "'@SUM(A1)", "'＝1", "'-3分"]
    told = json.loads(Path('out.json').read_text('utf-8'))
    assert [row['名称'] for row in told['指标']][:4] == ['=1+1', '@SUM(A1)', '＝1', '-3分']


def test_the_same_catalogue_gives_the_same_bytes_and_a_workbook_made_to_be_printed(word: Path) -> None:
    first = exported('a.xlsx').path.read_bytes()
    assert exported('b.xlsx').path.read_bytes() == first
    page = exported().page('指标')
    assert page.freeze_panes == 'A2'
    assert page.auto_filter.ref is not None
    assert (page.page_setup.orientation, page.print_title_rows) == ('landscape', '$1:$1')
    assert page.cell(2, 9).alignment.wrap_text


def test_a_notice_that_is_not_there_is_named(word: Path) -> None:
    with closing(open_to_read(DATABASE)) as connection:
        assert len(find_notices(connection, ['青一医'])) == 1
        with pytest.raises(Refusal, match='没有找到已读入的通知“天书”'):
            find_notices(connection, ['天书'])


def test_make_clean_leaves_what_cannot_be_made_again(inbox: Path) -> None:
    # a catalogue also holds notices whose files have left
    if shutil.which('make') is None:
        pytest.skip('make is not installed')
    receipt = Path('data/structured/receipts/index.html')
    for file in (DECISIONS / 'decisions.jsonl', Path('data/structured/catalogue.db'), receipt):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    subprocess.run(['make', '-f', ROOT / 'Makefile', 'clean'], check=True, capture_output=True)
    assert (DECISIONS / 'decisions.jsonl').exists()
    assert Path('data/structured/catalogue.db').exists()
    assert not receipt.exists()
