"""Only like is set against like: units ranked, two assessments side by side, who filled in a sheet."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.pipeline.assessment.test_scoring import DATABASE, NOTICE, answers, asked, query
from tests.pipeline.conftest import Command


@pytest.fixture
def command(command: Command, inbox: Path, in_this_process: None) -> Command:
    """The command, where a notice of our own is read and three sheets are stored: two of the whole, one of an office's own form."""
    (inbox / '青川市2025年度护理考核细则.md').write_text(NOTICE, 'utf-8')
    assert command('ingest').status == 0
    for unit, missed in (('内科', 2), ('外科', 0)):
        told = json.loads(answers().read_text('utf-8'))
        told['answers'][asked('查房：')] = missed
        keep(command, told['answers'], unit, '2025')
    keep(command, {asked('满意度'): 89}, '医务科', '2025')
    return command


def keep(command: Command, told: dict[str, object], unit: str, period: str, **more: str) -> None:
    about = {'notice': '护理考核', 'assessed': unit, 'period': period, **more}
    Path('一份.json').write_text(json.dumps(about | {'answers': told}, ensure_ascii=False), 'utf-8')
    assert command('score', '--answers', '一份.json').status == 0


def test_a_part_is_not_ranked_among_wholes(command: Command) -> None:
    ran = command('score', '--rank')
    assert ran.out == (
        '下面各组算的不是同样的条目，只在组内排名\n'
        '青川市2025年度护理考核细则　满分 12\n'
        '  1  外科 2025：10.5\n'
        '  2  内科 2025：8.5\n'
        '青川市2025年度护理考核细则（只算“医务科”自评表上的1条，整份通知有3条）　满分 4\n'
        '  —  医务科 2025：3.5\n'
    )
    rows = json.loads(command('score', '--rank', '--json').out)['ranking']
    assert [(row['assessed'], row['rank'], row['group'], row['possible']) for row in rows] == [
        ('外科', 1, 0, 12),
        ('内科', 2, 0, 12),
        ('医务科', None, 1, 4),
    ]
    assert rows[0]['part'] is None
    assert rows[2]['part'] == {'office': '医务科', 'lines': 1, 'of_lines': 3}


def test_two_periods_of_the_same_part_are_ranked(command: Command) -> None:
    keep(command, {asked('满意度'): 95}, '医务科', '2024')
    rows = json.loads(command('score', '--rank', '--json').out)['ranking']
    assert [(row['period'], row['rank']) for row in rows if row['part']] == [('2024', 1), ('2025', 2)]


def test_a_comparison_ends_with_what_both_come_to(command: Command) -> None:
    ran = command('score', '--compare', '内科', '外科')
    assert ran.out.splitlines()[-1] == '合计：甲 8.5（满分 12）　乙 10.5（满分 12）　相差 +2'
    told = json.loads(command('score', '--compare', '内科', '外科', '--json').out)
    (total,) = told['totals']
    assert (total['table'], total['first']['score'], total['second']['score'], total['difference']) == (None, 8.5, 10.5, 2)  # fmt: skip
    assert told['shared'] == {'lines': 3, 'points': 12, 'first': 8.5, 'second': 10.5, 'difference': 2}


def test_a_part_is_not_subtracted_from_a_whole(command: Command) -> None:
    ran = command('score', '--compare', '内科', '医务科')
    assert ran.out.splitlines()[-2:] == [
        '合计：甲 8.5（满分 12）　乙 3.5（满分 4，只算“医务科”自评表上的1条，整份通知有3条）　满分不是同样的条目，不能相减',
        '两边都有得分的 1 条（满分 4）：3.5 → 3.5，相差 +0',
    ]
    told = json.loads(command('score', '--compare', '内科', '医务科', '--json').out)
    assert [one['difference'] for one in told['totals']] == [None]
    assert told['totals'][0]['second']['part'] == {'office': '医务科', 'lines': 1, 'of_lines': 3}


def test_totals_are_points_less_losses(command: Command) -> None:
    assert query("SELECT 满分, 失分, 得分, 范围 FROM 得分汇总 WHERE 类别 = '合计' ORDER BY 得分") == [
        (4, 0.5, 3.5, '只算“医务科”自评表上的1条'),
        (12, 3.5, 8.5, None),
        (12, 1.5, 10.5, None),
    ]
    lines = 'SELECT count(*) FROM 得分明细 WHERE abs(分值 - 失分 - 得分) > 1e-9'
    assert query(lines) == [(0,)]
    shown = command('score', '--notice', '护理考核', '--assessed', '内科', '--json')
    (total, *_) = json.loads(shown.out)['totals']['tables']
    assert (total['possible'], total['lost'], total['score']) == (12, 3.5, 8.5)


def test_who_filled_in_a_sheet_stays_with_its_answers(command: Command) -> None:
    keep(command, {asked('满意度'): 95}, '医务科', '2024', filled_by='钱小满')
    assert query("SELECT filled_by FROM assessments WHERE period = '2024'") == [('钱小满',)]
    assert query("SELECT DISTINCT 填表人 FROM 得分汇总 WHERE 考核期 = '2024'") == [('钱小满',)]
    assert '填表人 钱小满，' in command('score', '--notice', '护理考核', '--period', '2024').out
    Path(DATABASE).unlink()
    assert command('ingest').status == 0
    assert query("SELECT filled_by FROM assessments WHERE period = '2024'") == [('钱小满',)]


def test_who_filled_in_a_worksheet_is_read_from_it(command: Command, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    assert command('worksheet', '护理考核', '表.xlsx', '--assessed', '内科', '--period', '2023').status == 0
    book = load_workbook('表.xlsx')
    page = book.worksheets[0]
    (label,) = [cell for row in page.iter_rows(max_row=6) for cell in row if cell.value == '填表人']
    page.cell(label.row, label.column + 1).value = '孙知秋'
    ids = next(cell.column for row in page.iter_rows(max_row=6) for cell in row if cell.value == '题目编号')
    filled = next(cell.column for row in page.iter_rows(max_row=6) for cell in row if cell.value == '填写')
    row = next(cell.row for row in page.iter_rows() for cell in row if cell.column == ids and cell.value == asked('满意度'))  # fmt: skip
    page.cell(row, filled).value = 95
    book.save('表.xlsx')
    assert command('score', '--answers', '表.xlsx').status == 0
    assert query("SELECT filled_by FROM assessments WHERE period = '2023'") == [('孙知秋',)]


def test_a_database_of_before_learns_which_totals_are_parts(command: Command) -> None:
    with closing(sqlite3.connect(DATABASE)) as connection, connection:
        connection.execute('UPDATE assessments SET office = NULL, lines = NULL')
    assert command('ingest').status == 0
    assert query("SELECT office, lines FROM assessments WHERE assessed = '医务科'") == [('医务科', 1)]


def test_tables_of_one_title_are_ranked_and_compared_each_for_itself(command: Command, inbox: Path) -> None:
    table = (
        '## 评分表\n\n| 项目 | 考核内容 | 评分标准 | 分值 |\n|---|---|---|---|\n| {} | 落实{} | 缺一项扣1分 | {} |\n\n'
    )
    text = '# 云岭县2025年度绿化考核办法\n\n' + table.format('制度', '制度', 10) + table.format('安全', '安全', 30)
    (inbox / '绿化考核.md').write_text(text, 'utf-8')
    assert command('ingest').status == 0
    questions = [
        one
        for (one,) in query(
            "SELECT x.id FROM inputs AS x JOIN documents AS d ON d.id = x.document_id WHERE d.title LIKE '%绿化%' ORDER BY x.id"
        )
    ]
    for unit, missing in (('甲科', 3), ('乙科', 1)):
        keep(command, dict.fromkeys(questions, missing), unit, '2025', notice='绿化考核')
    ranked = list(json.loads(command('score', '--notice', '绿化考核', '--rank', '--json').out)['ranking'])
    assert sorted((row['possible'], row['rank'], row['assessed'], row['score']) for row in ranked) == [
        (10, 1, '乙科', 9), (10, 2, '甲科', 7), (30, 1, '乙科', 29), (30, 2, '甲科', 27)
    ]  # fmt: skip
    told = json.loads(command('score', '--notice', '绿化考核', '--compare', '甲科', '乙科', '--json').out)
    assert [(one['first']['possible'], one['difference']) for one in told['totals']] == [(10, 2), (30, 2)]
