"""A small office with everything that a verb can work on: an inbox, a catalogue with decisions, a workbook, a form, backups, an older catalogue."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from kaohe.pipeline.database.schema import migrations
from kaohe.pipeline.decisions.decision import Decision, Identity, RowPlace
from kaohe.pipeline.decisions.log.log_files import append, read_log
from tools.samples.notices import CLEAN_HOSPITAL
from tools.samples.word import word

INBOX, DATABASE, LOG = Path('in'), Path('c.db'), Path('c.decisions')
BACKUP, BOOK, FORM, EXPORT = Path('backup.db'), Path('edited.xlsx'), Path('form.json'), Path('out.xlsx')
OLDER_SCHEMA = 2
# What a run may leave out: when it was, how the search index is laid out inside, and what SQLite counted of that.
_UNSTABLE = ('runs', 'ingestions', 'texts_fts_data', 'texts_fts_idx', 'sqlite_stat1', 'sqlite_stat4')
_NOTICE = '{title}\n项目\t考核内容\t评分标准\t分值\n安全\t按时报告\t迟报1次扣1分，扣完为止\t5\n质量\t按时总结\t缺1项扣0.5分\t5\n服务\t及时答复\t每投诉1次扣2分\t10\n'

Dump = dict[str, list[tuple[object, ...]]]


def kaohe(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command, run in the folder to its end."""
    return subprocess.run(
        command(*words), cwd=folder, capture_output=True, text=True, timeout=300, env=environment(folder)
    )


def command(*words: str) -> list[str]:
    """How the command is started."""
    return [sys.executable, '-m', 'kaohe', *words]


def environment(folder: Path) -> dict[str, str]:
    """The same sources as here, whatever folder it runs in; what it remembers of its own files stays in the folder."""
    home = str(Path(__file__).parents[2] / 'src')
    path = os.pathsep.join(
        str(Path(one).absolute()) for one in os.environ.get('PYTHONPATH', '').split(os.pathsep) if one
    )
    return os.environ | {
        'PYTHONPATH': os.pathsep.join(part for part in (home, path) if part),
        'XDG_STATE_HOME': str(folder / 'state'),
        'PYTHONUTF8': '1',
    }


def make_office(folder: Path) -> None:
    """Makes the office in an empty folder. Raises ``RuntimeError`` where a step fails."""
    (folder / INBOX).mkdir()
    for name in ('甲细则', '乙细则', '旧办法'):
        (folder / INBOX / f'青川市{name}.txt').write_text(_NOTICE.format(title=f'青川市2025年度{name}'), 'utf-8')
    (folder / INBOX / '医院.docx').write_bytes(word(CLEAN_HOSPITAL))
    _do(folder, 'ingest', 'in', '--db', 'c.db')
    (folder / INBOX / '青川市旧办法.txt').unlink()
    _do(folder, 'ingest', 'in', '--db', 'c.db')
    _do(folder, 'correct', line_of(folder, 0), '分值', '6', '--by', '张三', '--db', 'c.db')
    _do(folder, 'backup', 'backup.db', '--db', 'c.db')
    _do(folder, 'correct', line_of(folder, 1), '分值', '7', '--by', '张三', '--db', 'c.db')
    _do(folder, 'export', 'edited.xlsx', '--db', 'c.db')
    _edit(folder)
    _do(folder, 'export', 'out.xlsx', '--db', 'c.db')
    inputs = rows(folder / DATABASE, "SELECT id FROM inputs WHERE kind = 'count' AND document_id = (SELECT document_id FROM indicators WHERE id = ?)", line_of(folder, 0))  # fmt: skip
    (document,) = rows(folder / DATABASE, 'SELECT document_id FROM indicators WHERE id = ?', line_of(folder, 0))[0]
    told = {'notice': document, 'assessed': '内科', 'answers': {str(one): 1 for (one,) in inputs}}
    (folder / FORM).write_text(json.dumps(told), 'utf-8')
    _older(folder / 'older.db')


def dump(database: Path) -> Dump:
    """All rows but those that tell of time."""
    with closing(sqlite3.connect(database)) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        return {name: connection.execute(f'SELECT * FROM {name}').fetchall() for name in names if name not in _UNSTABLE}  # noqa: S608  # fmt: skip


def rows(database: Path, query: str, *values: str) -> list[tuple[Any, ...]]:
    """What a query gives."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query, values).fetchall()


def line_of(folder: Path, number: int) -> str:
    """The id of a line of 甲细则."""
    found = rows(
        folder / DATABASE,
        "SELECT i.id FROM indicators AS i JOIN documents AS d ON d.id = i.document_id WHERE d.title LIKE '%甲细则' ORDER BY i.ordinal",
    )
    return str(found[number][0])


def points(folder: Path, number: int) -> float:
    """What a line of 甲细则 is worth now."""
    return float(
        rows(folder / DATABASE, 'SELECT points FROM corrected_indicators WHERE id = ?', line_of(folder, number))[0][0]
    )


def decided(database: Path) -> set[str]:
    """The ids of the corrections and sign-offs that the catalogue knows."""
    return {str(one) for (one,) in rows(database, 'SELECT id FROM corrections UNION ALL SELECT id FROM sign_offs')}


def logged(folder: Path) -> set[str]:
    """The ids of the decisions in a log."""
    return {decision.id for decision in read_log(folder).decisions}


def _do(folder: Path, *words: str) -> None:
    ran = kaohe(folder, *words)
    if ran.returncode:
        raise RuntimeError(f'{" ".join(words)}: {ran.stdout[-500:]}{ran.stderr[-500:]}')


def _edit(folder: Path) -> None:
    """Three corrections in the workbook: the points of 乙细则."""
    wanted = {
        str(one)
        for (one,) in rows(
            folder / DATABASE,
            "SELECT i.id FROM indicators AS i JOIN documents AS d ON d.id = i.document_id WHERE d.title LIKE '%乙细则'",
        )
    }
    book = load_workbook(folder / BOOK)
    sheet = book['指标']
    title = {cell.value: cell.column for line in sheet.iter_rows(max_row=3) for cell in line}
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, title['编号']).value in wanted:
            sheet.cell(row, title['分值']).value = 8
    book.save(folder / BOOK)


def _older(file: Path) -> None:
    """A catalogue of an early version, with one notice whose file has left, and what was decided about it; its log beside it."""
    notice = Identity('d_old', None, '老办法', None, 2019)
    one = Decision('correct', '2025-01-01T00:00:00.000000+00:00', '张三', None, notice, 'documents', RowPlace(), '老办法', 'title', '新办法', '老办法')  # fmt: skip
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for number, script in enumerate(migrations()[:OLDER_SCHEMA], start=1):
            connection.executescript(f'BEGIN; {script}; PRAGMA user_version = {number}; COMMIT;')
        connection.execute(
            "INSERT INTO documents (id, source, status, title) VALUES ('d_old', '老办法.txt', 'ok', '老办法')"
        )
        connection.execute("INSERT INTO sources VALUES ('d_old', '老办法.txt', 0)")
        connection.execute(
            'INSERT INTO corrections (id, decided_at, decided_by, owner, added, notice, target, field, value, before, state) '
            "VALUES (?, ?, ?, 'documents', 0, ?, ?, 'title', '\"新办法\"', '\"老办法\"', 'waiting')",
            (one.id, one.at, one.by, json.dumps(asdict(notice)), json.dumps(asdict(one.place) | {'label': one.label})),
        )
    append(file.with_suffix('.decisions'), [one])
