"""Files that are none, backups that are none, and texts that no notice has: refused or read, in time, and nothing else is harmed."""

from __future__ import annotations

import os
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from kaohe.pipeline.readers.reading import read_bytes
from tests.pipeline.conftest import Command

DATABASE, LOG = Path('data/structured/catalogue.db'), Path('data/decisions')
TABLE = '\n项目\t考核内容\t评分标准\t分值\n安全\t报告\t迟报1次扣1分\t5\n'


@pytest.fixture
def stored(inbox: Path, plain_reader: list[str], command: Command) -> bytes:
    """A catalogue with a correction, as bytes."""
    (inbox / 'a.txt').write_text('青川市2025年度考核细则')
    assert command('ingest').status == 0
    with closing(sqlite3.connect(DATABASE)) as connection:
        (line,) = connection.execute('SELECT id FROM indicators ORDER BY ordinal').fetchone()
    assert command('correct', line, '分值', 4, '--by', '甲').status == 0
    return DATABASE.read_bytes()


def foreign() -> bytes:
    with closing(sqlite3.connect('foreign.db')) as connection:
        connection.execute('CREATE TABLE documents (id)')
        connection.commit()
    return Path('foreign.db').read_bytes()


NO_BACKUPS = (
    'empty',
    'a byte',
    'the head alone',
    'half',
    'ruined',
    'foreign',
    'a notice',
    'a folder',
    'a pipe',
    'nothing',
)


@pytest.mark.parametrize('what', NO_BACKUPS)
def test_what_is_no_backup_is_refused_and_takes_no_place(what: str, stored: bytes, command: Command) -> None:
    file = Path('kept.db')
    match what:
        case 'a folder':
            file.mkdir()
        case 'a pipe':
            if not hasattr(os, 'mkfifo'):
                pytest.skip('there are no such files here')
            os.mkfifo(file)
        case 'nothing':
            pass
        case _:
            half = len(stored) // 2
            made = {
                'empty': b'', 'a byte': b'S', 'the head alone': stored[:100], 'half': stored[:half],
                'ruined': stored[:4096] + b'\xff' * (len(stored) - 4096), 'foreign': foreign() if what == 'foreign' else b'',
                'a notice': f'考核细则{TABLE}'.encode(),
            }  # fmt: skip
            file.write_bytes(made[what])
    log = {path: path.read_bytes() for path in LOG.rglob('*.jsonl')}
    ran = command('restore', file, '--force')
    assert ran.status in (1, 2)
    assert '程序出错' not in ran.err
    assert '恢复成备份' not in ran.err
    assert DATABASE.read_bytes() == stored
    assert {path: path.read_bytes() for path in LOG.rglob('*.jsonl')} == log
    assert command('check').status == 0


@pytest.mark.skipif(not hasattr(os, 'mkfifo'), reason='there are no such files here')
def test_pipes_and_sockets_in_the_inbox_are_waited_for_by_nobody(
    inbox: Path, plain_reader: list[str], command: Command
) -> None:
    (inbox / 'a.txt').write_text('考核细则')
    for name in ('pipe.docx', 'pipe.zip', 'pipe.txt'):
        os.mkfifo(inbox / name)
    with closing(socket.socket(socket.AF_UNIX)) as made:
        home = Path.cwd()
        os.chdir(inbox)  # the name of a socket must be short
        made.bind('s.pdf')
        os.chdir(home)
        ran = command('ingest')
    assert (ran.status, plain_reader) == (0, ['a.txt'])
    assert command('ingest').status == 0


@pytest.mark.parametrize(('blank', 'count'), [(' ', 100_000), ('\u3000', 100_000), ('\u00a0', 100_000), ('\t', 10_000)])
def test_a_title_of_many_blanks_is_read_in_time(blank: str, count: int) -> None:
    read_bytes(f'考核细则{TABLE}'.encode(), 'a.txt')  # what is loaded once is not counted
    started = time.process_time()
    reading = read_bytes(f'青川市2025年度{blank * count}考核细则{blank * count}{TABLE}'.encode(), 'a.txt')
    assert time.process_time() - started < 10  # tabs part cells: these make 60,000
    assert reading.failure is None
    (document,) = [
        dict(zip(rows.columns, rows.values[0], strict=True)) for rows in reading.rows or () if rows.table == 'documents'
    ]
    assert document['status'] == 'ok'
    assert len(str(document['title'])) < 100
