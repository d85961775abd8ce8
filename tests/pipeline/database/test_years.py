"""The view 历年变化: what changed from one year of an office to the next, with what people corrected."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.pipeline.conftest import Command
from tests.pipeline.edited_workbook import DATABASE, DECISIONS

GIVEN = ('--db', DATABASE, '--decisions', DECISIONS, '--by', '张三')
HEAD = '<tr><th>项目</th><th>考核内容</th><th>评分标准</th><th>分值</th></tr>'
LINES = {
    2024: (
        ('制度', '建立台账，完整率≥90%', '每缺一项扣0.5分', '5'),
        ('制度', '按时上报', '每迟报一次扣1分', '4'),
        ('环境', '清扫河面', '每发现一处扣1分', '3'),
        ('环境', '养护绿地', '每少一次扣2分', '8'),
    ),
    2025: (
        ('制度', '建立台账，完整率≥90%', '每缺一项扣1分', '5'),
        ('制度', '按时上报', '每迟报一次扣1分', '6'),
        ('环境', '养护绿地', '每少一次扣2分', '8'),
        ('环境', '回收垃圾，回收率≥60%', '每少一次扣2分', '1'),
    ),
}

Changes = Callable[[str], list[tuple[object, ...]]]


def query(sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(DATABASE)) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def years(inbox: Path, command: Command, in_this_process: None) -> Changes:
    """Two years' notices of one office, read; a function: what the view says of a kind of change."""
    for year, lines in LINES.items():
        rows = ''.join('<tr>' + ''.join(f'<td>{text}</td>' for text in line) + '</tr>' for line in lines)
        (inbox / f'{year}.html').write_text(
            f'<h1>岚港市水务局关于印发{year}年度河道考核细则的通知</h1><table>{HEAD}{rows}</table>', 'utf-8'
        )
    assert command('ingest', '--db', DATABASE, '--decisions', DECISIONS).status == 0

    def changes(kind: str) -> list[tuple[object, ...]]:
        return [
            row[1:]
            for row in query('SELECT 种类, 指标, 内容, 上年, 本年 FROM 历年变化 WHERE 年度 = 2025 ORDER BY 指标')
            if row[0] == kind
        ]

    return changes


def line(year: int, about: str) -> object:
    return next(
        row[0] for row in query('SELECT 编号, 年度, 考核内容 FROM 指标总表') if row[1] == year and about in str(row[2])
    )


def test_points_clauses_and_lines_that_came_or_went_are_told(years: Changes) -> None:
    assert years('分值') == [('按时上报', None, '4', '6')]
    assert years('条款') == [('建立台账，完整率≥90%', '每缺一项', '扣分 0.5/1项', '扣分 1/1项')]
    assert years('新增指标') == [('回收垃圾，回收率≥60%', None, None, '1')]
    assert years('取消指标') == [('清扫河面', None, '3', None)]
    assert years('目标') == []


def test_what_people_corrected_counts(years: Changes, command: Command) -> None:
    target = query("SELECT 编号 FROM 目标值 WHERE 年度 = 2025 AND 衡量内容 LIKE '%完整率'")[0][0]
    clause = query("SELECT 编号 FROM 条款明细 WHERE 年度 = 2025 AND 条件 LIKE '每缺一项%'")[0][0]
    command('correct', target, '数值', '95', *GIVEN)
    command('correct', clause, '分值', '0.5', *GIVEN)
    command('correct', line(2024, '按时上报'), '分值', '6', *GIVEN)
    ((about, metric, before, now),) = years('目标')
    assert (about, str(metric)[-3:]) == ('建立台账，完整率≥90%', '完整率')
    assert (before, now) == ('不低于 90%', '不低于 95%')
    assert years('条款') == years('分值') == []


def test_what_people_struck_out_does_not_count(years: Changes, command: Command) -> None:
    command('correct', line(2025, '回收垃圾'), 'dropped', '是', *GIVEN)
    command('correct', line(2024, '清扫河面'), 'dropped', '是', *GIVEN)
    command('correct', line(2025, '按时上报'), 'dropped', '是', *GIVEN)
    clause = query("SELECT 编号 FROM 条款明细 WHERE 年度 = 2025 AND 条件 LIKE '每缺一项%'")[0][0]
    command('correct', clause, 'dropped', '是', *GIVEN)
    assert years('新增指标') == years('条款') == years('分值') == []
    assert years('取消指标') == [('按时上报', None, '4', None)]
