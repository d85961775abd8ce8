"""What people do with a workbook: merge cells, mistype, give reasons; and the sums after it."""

from __future__ import annotations

import csv
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.decisions.force import put_into_force
from kaohe.pipeline.workbook.edits import Changes, read_changes
from kaohe.pipeline.workbook.exporting import export, exported, find_notices
from kaohe.pipeline.workbook.sheets import CELL_LIMIT
from tests.pipeline.conftest import Command
from tests.pipeline.edited_workbook import DATABASE, DECISIONS, WORD, Edited, read_in

GIVEN = ('--db', DATABASE, '--decisions', DECISIONS, '--by', '张三')


def query(sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(DATABASE)) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def book(inbox: Path) -> Edited:
    """The workbook of the sample notice."""
    read_in(inbox, WORD)
    return drawn()


def drawn() -> Edited:
    with closing(open_to_read(DATABASE)) as connection:
        export(connection, Path('out.xlsx'), [*find_notices(connection, [])], 'xlsx', overwrite=True)
    return Edited(Path('out.xlsx'))


def changes_of(book: Edited) -> Changes:
    book.save()
    with closing(open_to_read(DATABASE)) as connection:
        return read_changes(connection, book.path, '张三')


def apply(book: Edited) -> Changes:
    changes = changes_of(book)
    put_into_force(DATABASE, DECISIONS, changes.decisions, ())
    return changes


def merge(book: Edited, title: str, rows: tuple[int, int], until: str | None = None) -> None:
    left, right = book.column('指标', title), book.column('指标', until or title)
    book.page('指标').merge_cells(start_row=rows[0] + 2, end_row=rows[1] + 2, start_column=left, end_column=right)


def test_cells_merged_over_several_lines_are_one_value_and_clear_nothing(book: Edited) -> None:
    same = [row for row in range(6) if book.get('指标', row, '一级') == book.get('指标', 0, '一级')]
    assert len(same) > 1
    merge(book, '一级', (0, same[-1]))
    changes = changes_of(book)
    assert (changes.decisions, changes.rejected) == ([], [])


def test_a_new_value_in_a_merged_cell_is_that_of_every_line(book: Edited) -> None:
    merge(book, '一级', (0, 2))
    book.set('指标', 0, '一级', '合并后的类别')
    changes = changes_of(book)
    assert [(one.row, one.title, one.after) for one in changes.differences] == [
        (row, '一级', '合并后的类别') for row in (2, 3, 4)
    ]


def test_a_cell_merged_with_another_column_is_named_and_clears_nothing(book: Edited) -> None:
    merge(book, '考核内容', (0, 0), '评分标准')
    changes = changes_of(book)
    assert changes.decisions == []
    assert ['评分标准' in one.why and '合并' in one.why for one in changes.rejected] == [True]


def test_the_reason_stands_in_the_next_export_and_is_not_taken_for_a_new_one(book: Edited) -> None:
    book.set('指标', 0, '分值', 3.5)
    book.set('指标', 0, '更正原因', '原件印的是4分')
    apply(book)
    again = drawn()
    assert again.get('指标', 0, '更正原因') == '原件印的是4分'
    again.set('指标', 0, '名称', '另改的名称')
    apply(again)
    assert query('SELECT field, why FROM corrections ORDER BY decided_at') == [
        ('points', '原件印的是4分'),
        ('name', None),
    ]
    assert drawn().get('指标', 0, '更正原因') == '原件印的是4分'


def test_a_value_out_of_the_ordinary_is_named_and_asked_about(book: Edited, command: Command) -> None:
    book.set('指标', 0, '分值', 2000)
    book.set('指标', 1, '分值', 4)
    book.save()
    asked = command('apply', book.path, *GIVEN, answer='n\n')
    assert asked.out.count('？') == 1
    assert re.search(r'“分值”2000 是原来 \S+ 的 \S+ 倍', asked.out)
    assert '其中 1 处不同寻常' in asked.err
    assert query('SELECT count(*) FROM corrections') == [(0,)]
    assert command('apply', book.path, '--yes', *GIVEN).status == 0
    assert query('SELECT count(*) FROM corrections') == [(2,)]


def test_the_command_line_asks_before_it_stores_such_a_value(book: Edited, command: Command) -> None:
    ((line, points),) = query('SELECT id, points FROM indicators WHERE points IS NOT NULL ORDER BY ordinal LIMIT 1')
    assert isinstance(points, float)
    refused = command('correct', line, '分值', str(points * 1000), *GIVEN, answer='n\n')
    assert refused.status == 1
    assert '没有存' in refused.err
    assert command('correct', line, '分值', str(points + 1), *GIVEN).status == 0
    assert command('correct', line, '分值', str(points * 1000), '--yes', *GIVEN).status == 0
    assert query("SELECT count(*) FROM corrections WHERE field = 'points'") == [(2,)]


def with_printed_total(more: float) -> tuple[str, str, float]:
    """Gives the first table a printed total: what its lines add up to, and so much more. The first line, its table and points."""
    with closing(sqlite3.connect(DATABASE)) as connection:
        found: tuple[str, str, float] = connection.execute(
            "SELECT id, table_id, points FROM indicators WHERE kind = 'scored' AND points IS NOT NULL ORDER BY ordinal LIMIT 1"
        ).fetchone()
        connection.execute(
            "UPDATE tables SET total_points = :more + (SELECT sum(points) FROM indicators WHERE table_id = :table AND kind = 'scored')"
            ' WHERE id = :table',
            {'more': more, 'table': found[1]},
        )
        connection.commit()
    return found


def test_more_points_than_the_table_prints_are_out_of_the_ordinary(book: Edited, command: Command) -> None:
    line, table, _ = with_printed_total(0)
    ((total,),) = query(f"SELECT total_points FROM tables WHERE id = '{table}'")  # noqa: S608
    assert isinstance(total, float)
    refused = command('correct', line, '分值', str(total + 1), *GIVEN, answer='n\n')
    assert '比整张表的总分' in refused.err
    book = drawn()
    book.add('条款', 指标编号=line, 条款原文='另扣一笔', 效果='扣分', 分值=total + 1)
    (found,) = changes_of(book).differences
    assert found.unusual is not None
    assert '比整张表的总分' in found.unusual


def test_sums_are_checked_again_with_what_was_corrected(book: Edited, command: Command) -> None:
    wrong = "SELECT code, indicator_id IS NOT NULL FROM findings WHERE decision = 'corrected' ORDER BY code"
    assert query(wrong) == []
    line, _, points = with_printed_total(0)
    command('correct', line, '分值', str(points + 1), *GIVEN)
    assert 'total.sum' in {code for code, _ in query(wrong)}
    command('correct', line, '分值', str(points), *GIVEN)
    assert query(wrong) == []


def test_a_finding_that_a_correction_settles_holds_no_longer(book: Edited, command: Command) -> None:
    line, table, points = with_printed_total(1)  # as if the line's points had been misread
    with closing(sqlite3.connect(DATABASE)) as connection:
        connection.execute(
            'INSERT INTO findings (id, document_id, ordinal, table_id, about, severity, code, message)'
            " SELECT 'n_x', document_id, 900, id, 'reading', 'warning', 'total.sum', '合计不符' FROM tables WHERE id = ?",
            (table,),
        )
        connection.commit()
    command('correct', line, '分值', str(points + 1), *GIVEN)
    assert query("SELECT state FROM findings WHERE id = 'n_x'") == [('outdated',)]


def test_a_text_too_long_for_a_cell_of_the_hidden_sheet_is_no_change(book: Edited, command: Command) -> None:
    ((line,),) = query('SELECT id FROM indicators ORDER BY ordinal LIMIT 1')
    command('correct', line, '考核内容', '长' * (CELL_LIMIT - 10), *GIVEN)
    changes = changes_of(drawn())
    assert (changes.decisions, changes.rejected) == ([], [])


def test_parquet_holds_lines_with_their_ids(book: Edited, command: Command) -> None:
    pandas = pytest.importorskip('pandas')
    pytest.importorskip('pyarrow')
    assert command('export', '目录.parquet', '--db', DATABASE).status == 0
    frame = pandas.read_parquet('目录.parquet')
    lines = query('SELECT stable_id FROM indicators ORDER BY stable_id')
    assert sorted(frame['稳定编号']) == [stable for (stable,) in lines]
    with closing(open_to_read(DATABASE)) as connection:
        told = exported(connection, [*find_notices(connection, [])], 'parquet')
    assert len(pandas.read_parquet(BytesIO(told))) == len(lines)


def test_a_dash_is_the_standard_output_and_makes_no_file(book: Edited, command: Command) -> None:
    before = {path.name for path in Path().iterdir()}
    written = subprocess.run(
        [sys.executable, '-m', 'kaohe.pipeline', 'export', '-', '--format', 'csv', '--db', DATABASE], check=True, capture_output=True
    )  # fmt: skip
    header, *lines = csv.reader(StringIO(written.stdout.decode('utf-8-sig')))
    assert '稳定编号' in header
    assert len(lines) == len(query('SELECT 1 FROM indicators'))
    refused = command('export', '-', '--db', DATABASE)
    assert refused.status == 2
    assert '--format' in refused.err
    assert {path.name for path in Path().iterdir()} == before
