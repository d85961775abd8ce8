"""Each database has a log of its own; a backup holds both, and restoring puts both back."""

from __future__ import annotations

import errno
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kaohe.pipeline.assessment.answers.answer_log import FOLDER as ANSWERS
from kaohe.pipeline.assessment.answers.answer_log import Given, Record, as_line, read_answers
from kaohe.pipeline.database.backups import safe_copy
from kaohe.pipeline.database.files import decisions_folder
from kaohe.pipeline.decisions.decision import Identity
from kaohe.pipeline.decisions.log.log_files import FILE, read_log
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import scope_of
from tests.pipeline.conftest import Command

USUAL, OTHER = Path('data/structured/catalogue.db'), Path('乙/目录.db')
SHARED = Path('data/decisions')


def query(database: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


def first_line(database: Path) -> str:
    return str(query(database, 'SELECT id FROM indicators ORDER BY id')[0][0])


def points(database: Path) -> object:
    return query(database, 'SELECT points FROM corrected_indicators ORDER BY id')[0][0]


@pytest.fixture
def two(inbox: Path, plain_reader: list[str], command: Command) -> Command:
    """The usual database, of one office, and another office's; each has read a notice of its own."""
    (inbox / 'a.txt').write_text('青川市2025年度考核细则')
    Path('乙收件').mkdir()
    Path('乙收件/b.txt').write_text('广元县2025年度督查办法')
    OTHER.parent.mkdir()
    assert command('ingest').status == 0
    assert command('ingest', '乙收件', '--db', OTHER).status == 0
    return command


def correct(command: Command, database: Path, value: int, *more: object) -> int:
    return command('correct', first_line(database), '分值', value, '--by', '张三', '--db', database, *more).status


def answered(folder: Path, database: Path) -> Record:
    """A sheet that somebody handed in about the notice of the database, put into the log of answers by hand."""
    told = query(database, 'SELECT id, doc_number, title, issuer, year FROM documents')[0]
    record = Record(
        '2025-03-01T08:00:00.000000+00:00', '李四', Identity(*told), '内科', '2025',  # type: ignore[arg-type]
        (Given('q_x', 'line', 'count', '缺了几项？', '2'),),
    )  # fmt: skip
    (folder / ANSWERS).mkdir(parents=True, exist_ok=True)
    with (folder / ANSWERS / 'answers.jsonl').open('a') as log:
        log.write(as_line(record) + '\n')
    return record


def test_what_one_office_decides_is_not_in_the_log_or_the_database_of_another(two: Command) -> None:
    assert correct(two, USUAL, 7) == 0
    assert correct(two, OTHER, 9) == 0
    assert decisions_folder(OTHER) == Path('乙/目录.decisions')
    assert [len(read_log(folder).decisions) for folder in (SHARED, Path('乙/目录.decisions'))] == [1, 1]
    for database, value in ((USUAL, 7), (OTHER, 9)):
        assert points(database) == value
        assert query(database, 'SELECT count(*) FROM corrections') == [(1,)]


def test_a_log_that_two_databases_shared_is_taken_over_by_each_for_itself(two: Command) -> None:
    assert correct(two, USUAL, 7) == 0
    assert correct(two, OTHER, 9, '--decisions', SHARED) == 0  # as it was before each had its own
    answered(SHARED, OTHER)
    mine = answered(SHARED, USUAL)
    for database in (USUAL, OTHER):
        assert (
            two('ingest', '乙收件' if database == OTHER else 'data/raw', '--db', database, '--decisions', SHARED).status
            == 0
        )
    assert query(OTHER, 'SELECT count(*) FROM corrections') == [(2,)]
    before = {path: path.read_bytes() for path in SHARED.rglob('*.jsonl')}
    ran = two('ingest', '乙收件', '--db', OTHER)
    assert (ran.status, '抄到 乙/目录.decisions' in ran.err, '不在更正记录' in ran.err) == (0, True, False)
    assert [decision.value for decision in read_log(decisions_folder(OTHER)).decisions] == [9]
    assert [record.about == mine.about for record in read_answers(decisions_folder(OTHER)).records] == [False]
    assert query(OTHER, 'SELECT count(*), min(value) FROM corrections') == [(1, '9.0')]
    assert points(OTHER) == 9
    assert {path: path.read_bytes() for path in SHARED.rglob('*.jsonl')} == before
    assert '抄到' not in two('ingest', '乙收件', '--db', OTHER).err


def test_the_only_database_takes_over_everything_even_when_it_is_made_anew(two: Command) -> None:
    USUAL.unlink()
    assert correct(two, OTHER, 9, '--decisions', SHARED) == 0
    answered(SHARED, OTHER)
    OTHER.unlink()
    assert two('ingest', '乙收件', '--db', OTHER).status == 0
    assert points(OTHER) == 9
    assert query(OTHER, 'SELECT assessed FROM assessments') == [('内科',)]


def test_a_backup_holds_decisions_and_answers_and_restoring_puts_all_back(two: Command) -> None:
    assert correct(two, USUAL, 7) == 0
    answered(SHARED, USUAL)
    assert two('ingest').status == 0
    assert two('backup', '备份/一.db').status == 0
    whole = {path.relative_to(SHARED): path.read_bytes() for path in SHARED.rglob('*.jsonl')}
    assert len(whole) == 2
    assert {path.relative_to('备份/一.decisions'): path.read_bytes() for path in Path('备份').rglob('*.jsonl')} == whole
    shutil.rmtree('data/structured')
    shutil.rmtree(SHARED)
    assert two('restore', '备份/一.db').status == 0
    assert {path.relative_to(SHARED): path.read_bytes() for path in SHARED.rglob('*.jsonl')} == whole
    assert points(USUAL) == 7
    assert query(USUAL, 'SELECT assessed FROM assessments') == [('内科',)]
    assert two('check').status == 0


def test_what_a_backup_takes_the_place_of_is_kept(two: Command) -> None:
    assert correct(two, USUAL, 7) == 0
    assert two('backup', '一.db').status == 0
    assert correct(two, USUAL, 8) == 0
    refused = two('restore', '一.db')
    assert (refused.status, '--force' in refused.err, points(USUAL)) == (2, True, 8)
    assert two('restore', '一.db', '--force').status == 0
    assert points(USUAL) == 7
    assert len(read_log(SHARED).decisions) == 1
    (kept,) = Path('data/structured').glob('catalogue-恢复前-*')
    assert points(kept / 'catalogue.db') == 8
    assert len(read_log(kept / 'decisions').decisions) == 2


def test_a_backup_is_not_written_under_the_name_of_another_kind_of_file(two: Command) -> None:
    refused = two('backup', '一.zip')
    assert refused.status == 2
    assert '一.db' in refused.err
    assert not Path('一.zip').exists()
    assert two('backup', '备份2026.11').status == 0


def test_a_backup_without_a_log_leaves_the_log(two: Command) -> None:
    assert correct(two, USUAL, 7) == 0
    assert two('backup', '一.db').status == 0
    shutil.rmtree('一.decisions')
    assert two('restore', '一.db', '--force').status == 0
    assert (points(USUAL), len(read_log(SHARED).decisions)) == (7, 1)


def test_a_nightly_backup_of_a_log_that_was_lost_does_not_lose_it_in_the_backup(two: Command) -> None:
    assert correct(two, USUAL, 7) == 0
    assert two('backup', '一.db', '--force').status == 0
    (SHARED / FILE).unlink()
    assert two('backup', '一.db', '--force').status == 0
    assert len(read_log(Path('一.decisions')).decisions) == 1
    assert correct(two, USUAL, 8) == 0  # the log begins anew
    assert two('backup', '一.db', '--force').status == 0
    assert sorted(decision.value for decision in read_log(Path('一.decisions')).decisions) == [7, 8]


def test_a_backup_that_stops_before_its_log_is_copied_leaves_the_older_database(
    two: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Path('备份.db')
    assert correct(two, USUAL, 1) == 0
    assert two('backup', kept).status == 0
    assert correct(two, USUAL, 2) == 0

    def full(log: Path, to: Path) -> None:
        raise OSError(errno.ENOSPC, 'full')

    monkeypatch.setattr(safe_copy, '_copy_log', full)
    assert two('backup', kept, '--force').status == 1
    assert points(kept) == 1
    assert len(read_log(decisions_folder(kept)).decisions) == 1


def test_a_restore_that_fails_leaves_what_stood_there(two: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert two('backup', '一.db').status == 0
    before = USUAL.read_bytes()
    copies = 0

    def full(source: sqlite3.Connection, name: Path) -> None:
        nonlocal copies
        copies += 1
        if copies > 1:
            name.write_text('half')
            raise OSError(28, 'No space left on device')
        name.write_bytes(before)

    monkeypatch.setattr(safe_copy, '_copy', full)
    ran = two('restore', '一.db', '--force')
    assert (ran.status, '磁盘已满' in ran.err) == (1, True)
    assert USUAL.read_bytes() == before
    assert two('restore', SHARED / 'nothing.db').status == 1


def test_a_log_of_answers_that_is_lost_or_damaged_loses_nothing_and_is_told(two: Command) -> None:
    answered(SHARED, USUAL)
    log = SHARED / ANSWERS / 'answers.jsonl'
    with log.open('ab') as file:
        file.write(b'{"at": "2025"\n\xff\xfe\n[]\n')
    ran = two('ingest')
    assert (ran.status, ran.err.count('评分记录'), '第 2 行没有用上' in ran.err) == (0, 3, True)
    assert query(USUAL, 'SELECT assessed FROM assessments') == [('内科',)]
    log.unlink()
    Path('data/raw/c.txt').write_text('另一份')
    ran = two('ingest')
    assert '有 1 份自评不在评分记录' in ran.err
    assert query(USUAL, 'SELECT assessed, json_array_length(records) FROM assessments') == [('内科', 1)]


def test_a_later_sheet_holds_though_the_clock_was_set_back(two: Command) -> None:
    from kaohe.pipeline.decisions.force import score_into_force

    record = answered(SHARED, USUAL)
    log = SHARED / ANSWERS / 'answers.jsonl'
    log.write_text(log.read_text().replace('2025-03-01T08', '2199-03-01T08'))
    ingest([scope_of(Path('data/raw'))], USUAL, jobs=1)
    score_into_force(USUAL, SHARED, [record])
    last = read_answers(SHARED).records[-1]
    assert last.at > '2199-03-01T08:00:00.000000+00:00'
    assert json.loads(log.read_text().splitlines()[-1])['at'] == last.at
