"""A database is verified, copied while it is written, and the machine is looked at."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from kaohe.pipeline.database import schema
from kaohe.pipeline.database.backups import safe_copy as backup_module
from kaohe.pipeline.database.backups.safe_copy import backup
from kaohe.pipeline.database.files import log_file, made_here
from kaohe.pipeline.database.schema import open_to_read, open_to_write, transaction
from kaohe.pipeline.database.verification import check
from kaohe.pipeline.ingestion import journal
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.inspection import machine
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.mounts import REMOTE, filesystem_of

DATABASE = Path('catalogue.db')


@pytest.fixture
def stored(inbox: Path, plain_reader: list[str]) -> Path:
    """A database with a notice, one that was read in part, and one that was not read."""
    for name in ('好', '半', '坏'):
        (inbox / f'{name}.txt').write_text(f'{name}通知')
    ingest([scope_of(inbox)], DATABASE, jobs=1)
    return DATABASE


def wrong(database: Path) -> dict[str, int]:
    with closing(open_to_read(database)) as connection:
        return {one.what: len(one.wrong) for one in check(connection) if one.wrong}


def spoil(database: Path, sql: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute('PRAGMA ignore_check_constraints = ON')
        connection.execute(sql)


@pytest.mark.parametrize(
    ('sql', 'what'),
    [
        ("UPDATE documents SET status = 'ok' WHERE status = 'partial'", '状态为“完整”的文件没有错误'),
        ("DELETE FROM findings WHERE document_id IN (SELECT id FROM documents WHERE status = 'failed')", '没有读好的文件都有原因'),
        ("UPDATE documents SET status = 'failed', message = 'x' WHERE status = 'partial'", '读不出来的文件没有内容'),
        ('DELETE FROM sources', '每份文件都有名字'),
        ("UPDATE clauses SET binds = '[\"c_none\"]' WHERE binds IS NOT NULL", '条款所约束的条款都在'),
        ("UPDATE clauses SET text = '每缺一项扣5分' WHERE effect = 'deduct'", '条款的文字与指标的原文一致'),
        ("UPDATE thresholds SET start = start + 1", '目标值的文字与指标的原文一致'),
        ("UPDATE clauses SET origins = json_replace(origins, '$[0][2]', 1000)", '出处都在原文之内'),
        ("UPDATE indicators SET origins = json_replace(origins, '$[0][4]', 1000)", '出处都在原文之内'),
        ("UPDATE documents SET origins = json_replace(origins, '$[0][3]', 1000)", '出处都在原文之内'),
        ("UPDATE documents SET sha256 = replace(sha256, substr(sha256, 1, 4), '0000')", '编号都由内容算出'),
        ("UPDATE indicators SET key = 'ffffffff'", '编号都由内容算出'),
        ("UPDATE documents SET amounts_seen = amounts_seen - 1 WHERE status <> 'failed'", '原文印的分数都已记账'),
        ("DELETE FROM tables", '各表之间的联系完整'),
    ],
)  # fmt: skip
def test_what_contradicts_the_contract_is_named(stored: Path, sql: str, what: str) -> None:
    assert what not in wrong(stored)
    spoil(stored, sql)
    assert wrong(stored)[what] > 0


def test_a_sound_database_passes_every_check(stored: Path) -> None:
    assert wrong(stored) == {}


def test_a_damaged_file_is_told(stored: Path) -> None:
    data = bytearray(stored.read_bytes())
    data[8192:12288] = bytes(4096)
    stored.write_bytes(data)
    with closing(sqlite3.connect(stored)) as connection:
        found = list(check(connection))
    assert [(one.what, bool(one.wrong)) for one in found] == [('数据库文件完好', True)]


def test_a_copy_is_whole_while_a_run_writes(stored: Path) -> None:
    started, stop = threading.Event(), threading.Event()

    def write() -> None:
        with closing(open_to_write(stored)) as connection:
            while not stop.is_set():
                with transaction(connection, stored):
                    connection.execute("UPDATE documents SET title = title || 'x'")
                    connection.execute("UPDATE documents SET issuer = issuer || 'x'")
                started.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        started.wait(30)
        for number in range(5):
            backup(stored, Path('log'), Path(f'copies/{number}.db'), overwrite=False)
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        assert wrong(Path(f'copies/{number}.db')) == {}
        with closing(sqlite3.connect(f'copies/{number}.db')) as copy:
            rows = copy.execute("SELECT length(title) - length(replace(title, 'x', '')), length(issuer) - length(replace(issuer, 'x', '')) FROM documents WHERE title IS NOT NULL").fetchall()  # fmt: skip
            assert all(title == issuer for title, issuer in rows)
    assert sorted(path.name for path in Path('copies').iterdir()) == [f'{number}.db' for number in range(5)]


def test_a_backup_overwrites_nothing_unless_told_and_never_the_database(stored: Path) -> None:
    Path('old.db').write_text('x')
    with pytest.raises(Refusal, match='已经存在'):
        backup(stored, Path('log'), Path('old.db'), overwrite=False)
    with pytest.raises(Refusal, match='自己'):
        backup(stored, Path('log'), stored, overwrite=True)
    backup(stored, Path('log'), Path('old.db'), overwrite=True)
    assert wrong(Path('old.db')) == {}


def test_a_backup_that_fails_leaves_the_older_one(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: sqlite3.Connection, name: Path) -> None:
        name.write_text('half')
        raise OSError(28, 'No space left on device')

    Path('old.db').write_text('older')
    monkeypatch.setattr(backup_module, '_copy', full)
    with pytest.raises(Refusal, match='磁盘已满'):
        backup(stored, Path('log'), Path('old.db'), overwrite=True)
    assert Path('old.db').read_text() == 'older'
    assert [path.name for path in Path().glob('.*')] == []


def test_a_database_on_a_network_share_is_refused_and_an_inbox_there_is_not(
    inbox: Path, plain_reader: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / 'a.txt').write_text('通知')
    monkeypatch.setattr(schema, 'of_another_machine', lambda folder: folder.name == 'share')
    with pytest.raises(Refusal, match='网络共享'):
        ingest([scope_of(inbox)], Path('share/catalogue.db'), jobs=1)
    inbox.rename('share')
    assert len(ingest([scope_of(Path('share'))], DATABASE, jobs=1).of('stored')) == 1


@pytest.mark.parametrize(
    ('kind', 'remote'), [('nfs4', True), ('cifs', True), ('fuse.sshfs', True), ('ext4', False), ('9p', False)]
)
def test_file_systems_of_other_machines_are_known(kind: str, remote: bool) -> None:
    assert (filesystem_of(Path('/mnt/x/y'), {Path('/'): 'ext4', Path('/mnt/x'): kind}) in REMOTE) is remote


def test_the_log_says_what_happened_without_a_word_of_the_notices(stored: Path) -> None:
    log = log_file(stored).read_text('utf-8')
    assert log.count(' stored, ') == 2
    assert log.count(' failed, failed') == 1
    assert not any('\u4e00' <= character <= '\u9fff' for character in log)
    assert made_here(stored)(log_file(stored))


def test_the_log_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, 'MAX_BYTES', 200)
    for number in range(100):
        journal.note(tmp_path / 'catalogue.db', [f'line {number}'])
    files = sorted((tmp_path / 'logs').iterdir())
    assert [file.name for file in files] == ['kaohe.log', 'kaohe.log.1', 'kaohe.log.2', 'kaohe.log.3']
    assert all(file.stat().st_size < 300 for file in files)
    assert 'line 99' in files[0].read_text()


def test_the_doctor_says_what_to_do(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = list(machine.examine(inbox, DATABASE))
    assert [one for one in sound if one.state == 'bad'] == []
    monkeypatch.setattr(machine, 'of_another_machine', lambda folder: True)
    monkeypatch.setattr(machine.shutil, 'disk_usage', lambda folder: SimpleNamespace(free=0))
    monkeypatch.setattr(os, 'access', lambda path, mode: False)
    bad = [one for one in machine.examine(inbox, DATABASE) if one.state == 'bad']
    assert len(bad) == 4
    assert all(one.todo for one in bad)
    assert [one.what for one in machine.examine(Path('none'), DATABASE) if '收件夹 none' in one.what] == [
        '没有收件夹 none'
    ]
