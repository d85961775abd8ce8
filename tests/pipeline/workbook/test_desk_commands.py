"""The desk's verbs as people use them: export, apply, correct, sign, forget."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.pipeline.conftest import Command
from tests.pipeline.edited_workbook import Edited

DATABASE = Path('data/structured/catalogue.db')
LOG = Path('data/decisions/decisions.jsonl')


@pytest.fixture
def command(command: Command, inbox: Path, plain_reader: list[str]) -> Command:
    """The command, where one notice has been read."""
    (inbox / 'a.txt').write_text('甲通知')
    assert command('ingest').status == 0
    return command


def query(sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(DATABASE)) as connection:
        return connection.execute(sql).fetchall()


def edited(command: Command) -> Edited:
    assert command('export', 'out.xlsx').status == 0
    book = Edited(Path('out.xlsx'))
    book.set('指标', 0, '分值', 4)
    return book


def test_export_writes_what_the_name_of_the_file_says_and_names_the_files(command: Command) -> None:
    assert command('export', '目录.xlsx').out == '目录.xlsx\n'
    assert '目录-条款.csv' in command('export', '目录.csv').out
    assert command('export', '各份', '--each', '--format', 'json').out == f'{Path("各份") / "甲通知.json"}\n'
    ran = command('export', 'x.xlsx', '--notice', '没有的')
    assert (ran.status, ran.out) == (2, '')
    assert '没有找到已读入的通知“没有的”' in ran.err
    assert command('export', 'nowhere/x.xlsx').status == 1
    assert command('export', 'nowhere/x.csv').status == 1


def test_apply_shows_the_differences_and_stores_them_only_when_told_to(command: Command) -> None:
    edited(command).save()
    ran = command('apply', 'out.xlsx', '--by', '张三', answer='n\n')
    assert ran.status == 1
    assert '指标 第 2 行' in ran.out
    assert '分值：“5” → “4”' in ran.out
    assert '没有存' in ran.err
    assert not LOG.exists()
    assert command('apply', 'out.xlsx', answer='').status == 1
    ran = command('apply', 'out.xlsx', '--by', '张三', answer='y\n')
    assert ran.status == 0
    assert '已存下 1 处更正' in ran.err
    assert query('SELECT 分值, 更正人 FROM 指标总表 LIMIT 1') == [(4.0, '张三')]
    again = command('apply', 'out.xlsx', '--by', '张三', '--yes')
    assert (again.status, again.out) == (0, '')
    assert len(LOG.read_text('utf-8').splitlines()) == 1


def test_apply_stores_what_it_can_and_ends_with_1_where_something_could_not_be_used(command: Command) -> None:
    book = edited(command)
    book.set('指标', 1, '分值', '五')
    book.save()
    ran = command('apply', 'out.xlsx', '--by', '张三', '--yes')
    assert ran.status == 1
    assert '✗ 指标 第 3 行：“分值”要填数，写的是“五”' in ran.out
    assert query('SELECT 分值 FROM 指标总表') == [(4.0,), (5.0,)]


def test_correct_changes_one_value_and_says_what_may_be_written(command: Command) -> None:
    ((clause,),) = query("SELECT id FROM clauses WHERE effect = 'deduct'")
    ran = command('correct', clause, '分值', '0.25', '--by', '张三', '--why', '看错')
    assert (ran.status, ran.out) == (0, f'{clause} 分值：0.5 → 0.25\n')
    assert query('SELECT decided_by, why, value, before FROM corrections') == [('张三', '看错', '0.25', '0.5')]
    assert '没有改动' in command('correct', clause, 'points', '0.25', '--by', '张三').err
    assert command('correct', clause, '每数量', '', '--by', '张三').status == 2
    for arguments, words in (
        ((clause, '颜色', '红'), '可以更正的有：条款原文'),
        ((clause, '分值', '五'), '要填数'),
        (('c_aaaa', '分值', '5'), '没有编号 c_aaaa'),
        (('n_aaaa', '分值', '5'), '没有编号 n_aaaa'),
    ):
        ran = command('correct', *arguments, '--by', '张三')
        assert ran.status == 2
        assert words in ran.err
    assert command('correct', clause, '这不是条款', '是', '--by', '张三').status == 0
    assert (clause,) not in query('SELECT 编号 FROM 条款明细')


def test_sign_notes_who_checked_a_notice_and_when(command: Command) -> None:
    assert command('sign', '甲通知', '--by', '李四', '--on', '2025/3/1').status == 0
    assert query('SELECT DISTINCT 核对人, 核对日期, 核对状态 FROM 指标总表') == [('李四', '2025-03-01', '已核对')]
    assert command('sign', '甲通知', '--by', '李四', '--on', '昨天').status == 2
    assert command('sign', '乙通知', '--by', '李四').status == 2
    assert command('sign', '甲通知', '--by', ' ').status == 2


def test_forget_asks_first_and_only_forgets_what_has_left_the_inbox(command: Command, inbox: Path) -> None:
    ran = command('forget', '甲通知', '--yes')
    assert ran.status == 1
    assert '请先移走原件' in ran.err
    (inbox / 'a.txt').unlink()
    command('ingest')
    assert command('forget', '甲通知', answer='n\n').status == 1
    assert query('SELECT count(*) FROM documents') == [(1,)]
    assert command('forget', '甲通知', answer='y\n').out == '已删去“甲通知”。\n'
    assert query('SELECT count(*) FROM documents') == [(0,)]
    assert command('forget', '甲通知', '--yes').status == 2


def test_facts_targets_and_clauses_of_notes_can_be_corrected_too(command: Command, inbox: Path) -> None:
    ((fact,),) = query('SELECT id FROM facts')
    ((target,),) = query('SELECT id FROM thresholds')
    ((note,),) = query("SELECT id FROM clauses WHERE scope = 'notice'")
    for arguments in (
        (fact, '数值', '120'), (fact, '约数', '否'), (target, '数值', '95'), (note, '最多', '5'), (note, '分值', '5'),
    ):  # fmt: skip
        assert command('correct', *arguments, '--by', '张三').status == 0, arguments
    (inbox / 'b.txt').write_text('甲通知 ')  # the same notice in other bytes
    (inbox / 'a.txt').unlink()
    assert command('ingest').status == 0
    assert query('SELECT 数值, 约数 FROM 事实') == [(120.0, '否')]
    assert query('SELECT 数值 FROM 目标值') == [(95.0,)]
    assert query("SELECT 分值, 最多 FROM 条款明细 WHERE 范围 = '整份通知'") == [(5.0, 5.0)]
    assert query('SELECT DISTINCT state FROM corrections') == [('applied',)]
