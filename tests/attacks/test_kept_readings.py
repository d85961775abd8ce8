"""What was read well stays where the same bytes cannot be read now: a part of the program is missing, the machine was busy, the file is locked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kaohe.extractors import optional
from kaohe.extractors.document import Unreadable
from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.catalogue import BlockRow, Catalogue
from kaohe.pipeline.planning import fingerprint, plan
from kaohe.pipeline.readers import reading
from tests.pipeline.conftest import Command, make_catalogue

DATABASE = Path('data/structured/catalogue.db')
KEPT = '这次没有重新读成，库里仍是以前从这个文件读出的内容'


def rows(sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(DATABASE)) as connection:
        return connection.execute(sql).fetchall()


def read_as(
    monkeypatch: pytest.MonkeyPatch,
    *findings: Finding,
    fails: Exception | None = None,
    program: str = 'new',
    recognised: tuple[int, ...] = (),
) -> None:
    """From now on, files are read by another program, and this comes of them: ``recognised`` are pages of pictures that it reads."""

    def catalogue_of(data: bytes, name: str, *rest: object) -> Catalogue:
        if fails is not None:
            raise fails
        made = make_catalogue(data.decode())
        seen = tuple(BlockRow('paragraph', '图片里的一段话', page=page) for page in recognised)
        return replace(made, findings=findings, blocks=(*made.blocks, *seen))

    monkeypatch.setattr(reading, 'catalogue_of', catalogue_of)
    monkeypatch.setattr(fingerprint, '_of_program', lambda: program)


FAILURES = {
    'file.needs_office': Unreadable(finding('file.needs_office')),
    'file.no_text': Unreadable(finding('file.no_text')),
    'file.broken': Unreadable(finding('file.broken', detail='LibreOffice 转换不了')),
    'worker.timeout': Unreadable(finding('worker.timeout', seconds=180)),
    'worker.memory': MemoryError(),
    'worker.crashed': ZeroDivisionError('崩'),
}


@pytest.mark.parametrize('code', FAILURES)
def test_lines_stay_where_the_same_bytes_cannot_be_read_again(
    code: str, inbox: Path, in_this_process: None, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    read_as(monkeypatch, program='old')
    assert command('ingest').status == 0
    lines = rows('SELECT * FROM indicators ORDER BY id')
    assert command('correct', lines[0][0], '分值', 4, '--by', '甲').status == 0

    read_as(monkeypatch, fails=FAILURES[code])
    ran = command('ingest')
    assert (ran.status, '失败' in ran.err.rsplit('完成', 1)[1]) == (1, False)
    assert '完成：没有重新读成（仍用以前读出的内容） 1 个。' in ran.err
    assert f'! a.txt：{KEPT}' in ran.err
    assert rows('SELECT * FROM indicators ORDER BY id') == lines
    assert rows('SELECT status, message LIKE ? FROM documents'.replace('?', f"'{KEPT}%'")) == [('partial', 1)]
    assert ('reading.kept', 'error') in rows('SELECT code, severity FROM findings')
    assert rows('SELECT outcome, code FROM ingestions ORDER BY id DESC LIMIT 1') == [('failed', code)]
    assert rows('SELECT state FROM corrections') == [('applied',)]
    assert command('check').status == 0
    assert KEPT in command('findings').out
    again = command('ingest')
    assert (again.status, KEPT in again.err) == (1, True)

    read_as(monkeypatch, program='newer still')
    mended = command('ingest')
    assert (mended.status, KEPT in mended.err) == (0, False)
    assert rows('SELECT status, message FROM documents') == [('ok', None)]
    assert ('reading.kept',) not in rows('SELECT code FROM findings')


@pytest.mark.parametrize('code', ['page.no_text', 'page.pictures'])
def test_pages_that_recognition_read_are_not_given_up_for_a_reading_without_it(
    code: str, inbox: Path, in_this_process: None, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    empty, lost = finding('page.no_text', page=9), finding(code, page=2, count=1)
    read_as(monkeypatch, empty, program='old', recognised=(2,))
    monkeypatch.setattr(optional, 'has_recognition', lambda: True)
    assert command('ingest').status == 0
    read_as(monkeypatch, empty, program='without', recognised=(2,))
    monkeypatch.setattr(optional, 'has_recognition', lambda: False)
    assert command('ingest').status == 0, 'what was missing before is no loss'
    lines = rows('SELECT * FROM indicators ORDER BY id')

    read_as(monkeypatch, empty, lost, program='without, later')
    ran = command('ingest')
    assert (ran.status, KEPT in ran.err, '第 2 页' in ran.err, 'make setup-ocr' in ran.err) == (1, True, True, True)
    assert rows('SELECT * FROM indicators ORDER BY id') == lines

    read_as(monkeypatch, empty, lost, program='with')
    monkeypatch.setattr(optional, 'has_recognition', lambda: True)
    assert command('ingest').status == 0, 'a program that has the part says what it saw'
    assert ('reading.kept',) not in rows('SELECT code FROM findings')


def test_pages_for_which_there_was_no_time_are_not_lost(
    inbox: Path, in_this_process: None, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    read_as(monkeypatch, program='old', recognised=(3,))
    command('ingest')
    monkeypatch.setattr(optional, 'has_recognition', lambda: True)
    read_as(monkeypatch, finding('page.beyond_limit', page=3, detail='识别所用的时间太长'))
    ran = command('ingest')
    assert (ran.status, KEPT in ran.err, '识别所用的时间太长' in ran.err) == (1, True, True)


@pytest.mark.parametrize('code', ['page.no_text', 'page.pictures', 'page.beyond_limit'])
def test_a_picture_that_is_told_for_the_first_time_keeps_nobody_from_an_update(
    code: str, inbox: Path, in_this_process: None, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    monkeypatch.setattr(optional, 'has_recognition', lambda: False)
    read_as(monkeypatch, program='old')
    assert command('ingest').status == 0
    told = finding(code, page=2, count=1, detail='识别所用的时间太长')
    read_as(monkeypatch, told, program='new, tells more')
    ran = command('ingest')
    assert (ran.status, KEPT in ran.err) == (0, False), 'nothing that was stored of the page is missing'
    assert (code,) in rows('SELECT code FROM findings')


def locked(monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    """Nobody may read this file of the inbox, as where Word has it open on a share."""
    hashed, whole = plan.sha256_of, Path.read_bytes

    def sha256_of(path: Path, members: tuple[str, ...] = ()) -> str:
        return hashed(path, members) if path.name != file else refused()

    def refused() -> str:
        raise PermissionError(13, 'Permission denied')

    monkeypatch.setattr(plan, 'sha256_of', sha256_of)
    monkeypatch.setattr(Path, 'read_bytes', lambda path: whole(path) if path.name != file else refused())


def test_a_file_that_is_locked_for_a_while_keeps_its_lines_and_its_name(
    inbox: Path, plain_reader: list[str], command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    command('ingest')
    lines = rows('SELECT * FROM indicators ORDER BY id')
    with monkeypatch.context() as patch:
        locked(patch, 'a.txt')
        ran = command('ingest', '--force')
    assert (ran.status, KEPT in ran.err, '没有权限' in ran.err) == (1, True, True), ran.err
    assert rows('SELECT * FROM indicators ORDER BY id') == lines
    assert rows('SELECT source, present FROM sources') == [('a.txt', 1)]
    assert command('ingest').status == 0
    assert rows('SELECT status, message FROM documents') == [('ok', None)]
    assert rows('SELECT * FROM indicators ORDER BY id') == lines


def test_a_locked_copy_says_so_itself_and_takes_nothing_from_the_other(
    inbox: Path, plain_reader: list[str], command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    (inbox / 'b.txt').write_text('甲通知')
    command('ingest')
    (inbox / 'b.txt').touch()
    with monkeypatch.context() as patch:
        locked(patch, 'b.txt')
        ran = command('ingest')
    assert (ran.status, '✗ b.txt：没有权限' in ran.err, KEPT in ran.err) == (1, True, False)
    names = 'SELECT d.status, s.source FROM sources AS s JOIN documents AS d ON d.id = s.document_id ORDER BY 2'
    assert rows(names) == [('ok', 'a.txt'), ('failed', 'b.txt')]
