"""Notices in zip archives: each is a document of its own."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from kaohe.pipeline.ingestion.report import Report
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning import inbox as inbox_module
from kaohe.pipeline.planning.inbox import scope_of

DATABASE = Path('data/structured/catalogue.db')


def run(folder: Path) -> Report:
    return ingest([scope_of(folder)], DATABASE, jobs=1)


def pack(path: Path, **members: str) -> None:
    with zipfile.ZipFile(path, 'w') as archive:
        for name, text in members.items():
            archive.writestr(f'{name}.txt', text)


def rows(sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(DATABASE)) as connection:
        return connection.execute(sql).fetchall()


SOURCES = (
    'SELECT s.source, present, status FROM sources AS s JOIN documents AS d ON d.id = s.document_id ORDER BY s.source'
)


@pytest.mark.usefixtures('plain_reader')
def test_each_file_of_an_archive_is_a_document_and_a_bad_one_costs_itself_only(inbox: Path) -> None:
    pack(inbox / '附件.zip', 甲='甲通知', 坏='坏的', 乙='乙通知')
    assert [(x.source, x.outcome) for x in run(inbox).results] == [
        ('附件.zip/乙.txt', 'stored'),
        ('附件.zip/坏.txt', 'failed'),
        ('附件.zip/甲.txt', 'stored'),
    ]
    assert rows(SOURCES) == [
        ('附件.zip/乙.txt', 1, 'ok'),
        ('附件.zip/坏.txt', 1, 'failed'),
        ('附件.zip/甲.txt', 1, 'ok'),
    ]


def test_an_unchanged_archive_is_not_read_again(inbox: Path, plain_reader: list[str]) -> None:
    pack(inbox / '附件.zip', 甲='甲通知', 坏='坏的')
    run(inbox)
    assert not run(inbox).changed
    assert sorted(plain_reader) == ['附件.zip/坏.txt', '附件.zip/甲.txt']


def test_of_a_changed_archive_only_what_changed_is_read(inbox: Path, plain_reader: list[str]) -> None:
    pack(inbox / '附件.zip', 甲='甲通知', 乙='乙通知', 丙='丙通知')
    run(inbox)
    plain_reader.clear()
    pack(inbox / '附件.zip', 甲='甲通知', 乙='乙通知（修订）')
    report = run(inbox)
    assert plain_reader == ['附件.zip/乙.txt']
    assert [(x.source, x.outcome) for x in report.of('stored', 'left')] == [
        ('附件.zip/丙.txt', 'left'),
        ('附件.zip/乙.txt', 'stored'),
    ]


@pytest.mark.usefixtures('plain_reader')
def test_when_an_archive_leaves_its_notices_stay_but_are_not_present(inbox: Path) -> None:
    pack(inbox / '附件.zip', 甲='甲通知', 乙='乙通知')
    run(inbox)
    (inbox / '附件.zip').unlink()
    run(inbox)
    assert rows(SOURCES) == [('附件.zip/乙.txt', 0, 'ok'), ('附件.zip/甲.txt', 0, 'ok')]


@pytest.mark.usefixtures('plain_reader')
def test_the_same_file_in_and_beside_an_archive_is_one_document(inbox: Path) -> None:
    pack(inbox / '附件.zip', 甲='甲通知')
    (inbox / '甲.txt').write_text('甲通知', encoding='utf-8')
    run(inbox)
    assert rows('SELECT count(*) FROM documents') == [(1,)]
    assert [source for source, *_ in rows(SOURCES)] == ['甲.txt', '附件.zip/甲.txt']


@pytest.mark.usefixtures('plain_reader')
def test_one_archive_can_be_named_alone(inbox: Path) -> None:
    pack(inbox / '一.zip', 甲='甲通知')
    pack(inbox / '二.zip', 乙='乙通知')
    assert [x.source for x in run(inbox / '一.zip').results] == ['一.zip/甲.txt']


def test_an_encrypted_file_in_an_archive_is_named_and_not_tried_again(inbox: Path) -> None:
    pack(inbox / '附件.zip', 密='秘密')
    data = bytearray((inbox / '附件.zip').read_bytes())
    data[6] |= 1
    data[data.index(b'PK\x01\x02') + 8] |= 1
    (inbox / '附件.zip').write_bytes(data)
    (result,) = run(inbox).results
    assert (result.source, result.outcome) == ('附件.zip/密.txt', 'failed')
    assert result.summary is not None
    assert '密码' in (result.summary.message or '')
    assert not run(inbox).changed


def test_a_broken_archive_is_one_file_that_failed(inbox: Path) -> None:
    (inbox / '坏.zip').write_bytes(b'PK\x03\x04 cut short')
    assert [(x.source, x.outcome) for x in run(inbox).results] == [('坏.zip', 'failed')]


def test_what_operating_systems_put_into_archives_is_no_notice(inbox: Path) -> None:
    with zipfile.ZipFile(inbox / '附件.zip', 'w') as archive:
        for name in ('__MACOSX/._甲.txt', '.DS_Store', '附件/Thumbs.db', '~$甲.docx', '甲.txt'):
            archive.writestr(name, 'x')
    assert [x.source for x in inbox_module.find_candidates(scope_of(inbox))] == ['附件.zip/甲.txt']
