"""Nothing that people wrote is written over unless they say so, and nothing is ever half written."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.written_files import write_files
from tests.pipeline.conftest import Command

DATABASE = Path('catalogue.db')


@pytest.fixture
def stored(inbox: Path, plain_reader: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv('XDG_STATE_HOME', str(tmp_path / 'state'))
    (inbox / 'a.txt').write_text('青川市2025年度考核细则')
    (inbox / 'b.txt').write_text('青川市2025年度督查细则')
    ingest([scope_of(inbox)], DATABASE, jobs=1)
    return inbox


def test_an_export_is_replaced_as_long_as_nobody_changed_it(stored: Path, command: Command) -> None:
    for _ in range(2):
        assert command('export', '目录.xlsx', '--db', DATABASE).status == 0
    with Path('目录.xlsx').open('ab') as file:
        file.write(b' ')
    before = Path('目录.xlsx').read_bytes()
    ran = command('export', '目录.xlsx', '--db', DATABASE)
    assert (ran.status, '--force' in ran.err) == (2, True)
    assert Path('目录.xlsx').read_bytes() == before
    assert command('export', '目录.xlsx', '--db', DATABASE, '--force').status == 0
    assert Path('目录.xlsx').read_bytes() != before


@pytest.mark.parametrize('name', ['notice.txt', 'log.jsonl', 'book.xlsx'])
def test_what_the_program_did_not_write_stays(stored: Path, command: Command, name: str) -> None:
    Path(name).write_text('写的是别的')
    calls = (
        ('export', name, '--db', DATABASE),
        ('export', name, '--db', DATABASE, '--format', 'csv'),
        ('show', 'data/raw/a.txt', '--html', name),
        ('compare', '考核', '督查', '--db', DATABASE, '-o', name, '--format', 'html'),
    )
    for call in calls:
        assert command(*call).status == 2
        assert Path(name).read_text() == '写的是别的'


def test_of_the_files_of_an_export_none_is_written_where_one_may_not_be(stored: Path, command: Command) -> None:
    Path('目录-条款.csv').write_text('别的')
    assert command('export', '目录.csv', '--db', DATABASE).status == 2
    assert sorted(path.name for path in Path().glob('*.csv')) == ['目录-条款.csv']


def test_a_database_is_not_written_over_even_when_told_to(stored: Path, command: Command) -> None:
    before = DATABASE.read_bytes()
    assert command('export', DATABASE, '--db', DATABASE, '--force').status == 2
    assert DATABASE.read_bytes() == before


def test_two_long_titles_that_begin_alike_give_two_files(stored: Path, command: Command) -> None:
    with closing(sqlite3.connect(DATABASE)) as connection, connection:
        connection.execute('UPDATE documents SET title = ?', ('青川市' * 90,))
    ran = command('export', '各份', '--each', '--db', DATABASE)
    assert (ran.status, len([*Path('各份').iterdir()])) == (0, 2)
    assert command('export', '各份', '--each', '--db', DATABASE, '--format', 'csv').status == 0


def test_a_write_that_fails_leaves_the_older_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('XDG_STATE_HOME', str(tmp_path / 'state'))
    file = tmp_path / 'a.csv'
    write_files([(file, b'old')], overwrite=False)
    file.chmod(0o640)

    def full(*names: object) -> None:
        raise OSError(28, 'No space left on device')

    with monkeypatch.context() as broken:
        broken.setattr(os, 'replace', full)
        with pytest.raises(Refusal, match='磁盘已满'):
            write_files([(file, b'new')], overwrite=False)
    assert file.read_bytes() == b'old'
    write_files([(file, b'new')], overwrite=False)
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b'new', 0o640)
    assert [path.name for path in tmp_path.iterdir() if path.name != 'state'] == ['a.csv']


def test_out_of_memory_is_told_as_that_and_not_as_a_fault(
    stored: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise MemoryError

    monkeypatch.setattr('kaohe.pipeline.workbook.exporting.read_sheets', full)
    ran = command('export', 'a.json', '--db', DATABASE)
    assert (ran.status, '内存不够' in ran.err, '维护者' in ran.err) == (1, True, False)


def test_a_form_that_somebody_filled_in_is_not_written_over(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv('XDG_STATE_HOME', str(tmp_path / 'state'))
    monkeypatch.chdir(tmp_path)
    Path('in').mkdir()
    Path('in/a.txt').write_text('考核细则\n项目\t考核内容\t评分标准\t分值\n安全\t按时报告\t迟报1次扣1分\t5\n')
    ingest([scope_of(Path('in'))], DATABASE, jobs=1)
    assert command('worksheet', '细则', '表.xlsx', '--db', DATABASE).status == 0
    with Path('表.xlsx').open('ab') as file:
        file.write(b' ')
    filled = Path('表.xlsx').read_bytes()
    ran = command('worksheet', '细则', '表.xlsx', '--db', DATABASE)
    assert (ran.status, '--force' in ran.err, Path('表.xlsx').read_bytes() == filled) == (2, True, True)
    assert command('worksheet', '细则', '表.xlsx', '--db', DATABASE, '--force').status == 0
    assert command('worksheet', '细则', DATABASE.with_suffix('.xlsx'), '--db', DATABASE).status == 0


@pytest.mark.parametrize('word', ['_', '%', 'd', 'd_'])
def test_a_letter_of_an_id_chooses_no_notice(word: str, stored: Path, command: Command) -> None:
    ran = command('export', '目录.json', '--notice', word, '--db', DATABASE)
    assert (ran.status, Path('目录.json').exists()) == (2, False)
