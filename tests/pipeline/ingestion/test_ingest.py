"""The database follows the inbox: whatever arrives, changes, doubles, leaves or fails."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kaohe.extractors.document import Cell
from kaohe.normalizers.catalogue import Catalogue
from kaohe.pipeline.ingestion.report import Report
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning import plan
from kaohe.pipeline.planning.fingerprint import program_version
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.readers import reading

Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]
DATABASE = Path('data/structured/catalogue.db')


def run(*paths: Path, force: bool = False, database: Path = DATABASE) -> Report:
    return ingest([scope_of(path) for path in paths or (Path('data/raw'),)], database, jobs=1, force=force)


def rows(sql: str, database: Path = DATABASE) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


def sources() -> list[tuple[object, ...]]:
    return rows(
        'SELECT d.title, s.source, s.present FROM sources AS s JOIN documents AS d ON d.id = s.document_id ORDER BY 1, 2'
    )


def outcomes(report: Report) -> dict[str, str]:
    return {result.source: result.outcome for result in report.results}


def test_every_table_of_a_notice_is_stored(inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    report = run()
    assert outcomes(report) == {'a.txt': 'stored'}
    for table in (
        'documents', 'sources', 'blocks', 'tables', 'cells', 'indicators', 'items', 'clauses', 'thresholds', 'responsibilities',
        'facts', 'origins', 'findings', 'runs', 'ingestions',
    ):  # fmt: skip
        assert rows(f'SELECT count(*) FROM {table}') > [(0,)], table  # noqa: S608 named above
    assert rows('SELECT status, source, title, year FROM documents') == [('ok', 'a.txt', '甲通知', 2025)]
    assert rows('SELECT version FROM runs') == [(program_version(),)]
    assert rows('PRAGMA foreign_key_check') == []
    summary = report.results[0].summary
    assert summary is not None
    assert (summary.tables, summary.lines, summary.clauses, summary.warnings) == (1, 2, 3, 1)
    assert (summary.amounts_seen, summary.amounts_held) == (7, 6)


def test_what_is_stored_can_be_read_back(inbox: Path, plain_reader: list[str], catalogue: Catalogue) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    run()
    assert rows('SELECT kind, label, text, page FROM blocks ORDER BY ordinal') == [
        (block.kind, block.label, block.text or None, block.page) for block in catalogue.blocks
    ]
    stored = rows('SELECT row, col, row_span, col_span, text FROM cells ORDER BY row, col')
    assert [Cell(row, col, rs, cs, text or '') for row, col, rs, cs, text in stored] == [  # type: ignore[arg-type]
        replace(cell, boxes=()) for cell in catalogue.tables[0].cells
    ]
    assert rows('SELECT boxes FROM cells WHERE row = 1 AND col = 0') == [('[[1,10.0,21.0,60.12,30.0]]',)]
    lines = rows(
        'SELECT key, level1, level1_points, criteria, points, points_text, row_first FROM indicators ORDER BY ordinal'
    )
    assert lines == [
        (x.key, x.level1, float(x.level1_points or 0), x.criteria, float(x.points or 0), x.points_text, x.row_first)
        for x in catalogue.indicators
    ]
    assert rows('SELECT effect, points, per_quantity, per_unit, item FROM clauses ORDER BY ordinal') == [
        ('deduct', 0.5, 1.0, '项', '1'), ('cap', None, None, None, None), ('cap', 6.0, None, None, None)
    ]  # fmt: skip
    assert rows(
        'SELECT c.binds = json_array(d.id) FROM clauses AS c, clauses AS d WHERE c.ordinal = 1 AND d.ordinal = 0'
    ) == [(1,)]
    assert rows(
        'SELECT substr(i.criteria, c.start + 1, c.end - c.start) = c.text FROM clauses AS c JOIN indicators AS i ON i.id = c.indicator_id'
    ) == [(1,), (1,)]


def test_nothing_is_ever_an_empty_string(inbox: Path, plain_reader: list[str], dump: Dump) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    run()
    assert [row for table in dump(DATABASE).values() for row in table if '' in row] == []


def test_the_second_run_changes_nothing_and_does_not_read(inbox: Path, plain_reader: list[str]) -> None:
    for name in ('a.txt', 'b.txt'):
        (inbox / name).write_text(name)
    run()
    before = DATABASE.read_bytes()
    del plain_reader[:]
    report = run()
    assert not report.changed
    assert outcomes(report) == {'a.txt': 'unchanged', 'b.txt': 'unchanged'}
    assert plain_reader == []
    assert DATABASE.read_bytes() == before


def test_a_file_that_was_only_touched_is_not_read_again(inbox: Path, plain_reader: list[str], dump: Dump) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    run()
    before = dump(DATABASE)
    os.utime(inbox / 'a.txt', (1, 1))
    assert outcomes(run()) == {'a.txt': 'same'}
    assert outcomes(run()) == {'a.txt': 'unchanged'}
    assert plain_reader == ['a.txt']
    assert dump(DATABASE) == before


def test_force_reads_again_and_changes_no_row(inbox: Path, plain_reader: list[str], dump: Dump) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    run()
    before = dump(DATABASE)
    assert outcomes(run(force=True)) == {'a.txt': 'stored'}
    assert plain_reader == ['a.txt', 'a.txt']
    assert dump(DATABASE) == before


def test_a_changed_program_reads_again(inbox: Path, plain_reader: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    run()
    monkeypatch.setattr(plan, 'reader_fingerprint', lambda: 'another')
    assert outcomes(run()) == {'a.txt': 'stored'}


def test_a_changed_file_replaces_its_old_rows(inbox: Path, plain_reader: list[str], dump: Dump) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    run()
    (inbox / 'a.txt').write_text('甲通知（修订）')
    run()
    assert sources() == [('甲通知（修订）', 'a.txt', 1)]
    changed = dump(DATABASE)
    run(database=Path('fresh.db'))
    assert changed == dump(Path('fresh.db'))


def test_a_file_that_left_keeps_its_rows_and_is_welcome_back(inbox: Path, plain_reader: list[str], dump: Dump) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    run()
    before = dump(DATABASE)
    (inbox / 'a.txt').rename('elsewhere.txt')
    assert outcomes(run()) == {'a.txt': 'left'}
    assert sources() == [('甲通知', 'a.txt', 0)]
    assert rows('SELECT count(*) FROM indicators') == [(2,)]
    assert not run().results
    Path('elsewhere.txt').rename(inbox / 'a.txt')
    assert outcomes(run()) == {'a.txt': 'same'}
    assert dump(DATABASE) == before
    assert plain_reader == ['a.txt']


def test_what_left_is_noted_before_any_file_is_waited_for(inbox: Path, plain_reader: list[str]) -> None:
    """Others may write while a file is being read, and store what has come back: that is not let go afterwards."""
    (inbox / 'a.txt').write_text('甲通知')
    run()
    (inbox / 'a.txt').unlink()
    (inbox / 'b.txt').write_text('乙通知')
    run()
    assert rows('SELECT source, outcome FROM ingestions WHERE run_id = 2 ORDER BY id') == [
        ('a.txt', 'left'),
        ('b.txt', 'stored'),
    ]


def test_the_same_bytes_under_two_names_are_one_document(inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'b.txt').write_text('甲通知')
    run()
    (inbox / 'sub').mkdir()
    (inbox / 'a.txt').write_text('甲通知')
    (inbox / 'sub' / 'c.txt').write_text('甲通知')
    assert outcomes(run()) == {'a.txt': 'same', 'b.txt': 'unchanged', 'sub/c.txt': 'same'}
    assert plain_reader == ['b.txt']
    assert rows('SELECT source FROM documents') == [('a.txt',)]
    assert sources() == [('甲通知', name, 1) for name in ('a.txt', 'b.txt', 'sub/c.txt')]
    (inbox / 'a.txt').write_text('乙通知')
    run()
    assert sources() == [('乙通知', 'a.txt', 1), ('甲通知', 'b.txt', 1), ('甲通知', 'sub/c.txt', 1)]
    assert rows("SELECT source FROM documents WHERE title = '甲通知'") == [('b.txt',)]


def test_two_inboxes_with_files_of_one_name_do_not_disturb_each_other(inbox: Path, plain_reader: list[str]) -> None:
    other = Path('other')
    other.mkdir()
    (inbox / 'a.txt').write_text('甲通知')
    (other / 'a.txt').write_text('乙通知')
    (other / 'both.txt').write_text('丙通知')
    (inbox / 'both.txt').write_text('丙通知')
    run(inbox, other)
    (inbox / 'both.txt').unlink()
    (inbox / 'a.txt').unlink()
    run(inbox)
    assert sources() == [('丙通知', 'both.txt', 1), ('乙通知', 'a.txt', 1), ('甲通知', 'a.txt', 0)]
    (other / 'both.txt').unlink()
    run(other)
    assert ('丙通知', 'both.txt', 0) in sources()


def test_one_file_or_folder_of_the_inbox_says_nothing_about_the_others(inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'sub').mkdir()
    (inbox / 'a.txt').write_text('甲通知')
    (inbox / 'sub' / 'b.txt').write_text('乙通知')
    assert outcomes(run(inbox / 'sub')) == {'sub/b.txt': 'stored'}
    assert outcomes(run(inbox / 'a.txt')) == {'a.txt': 'stored'}
    assert outcomes(run()) == {'a.txt': 'unchanged', 'sub/b.txt': 'unchanged'}
    (inbox / 'sub' / 'b.txt').unlink()
    assert outcomes(run(inbox / 'a.txt')) == {'a.txt': 'unchanged'}
    assert outcomes(run(inbox / 'sub')) == {'sub/b.txt': 'left'}


@pytest.mark.parametrize('order', [('甲', '乙', '丙'), ('丙', '乙', '甲'), ('乙', '丙', '甲')])
def test_the_order_of_arrival_leaves_no_trace(
    inbox: Path, plain_reader: list[str], dump: Dump, order: Iterable[str]
) -> None:
    for name in order:
        (inbox / f'{name}.txt').write_text(f'{name}通知')
        (inbox / f'{name}之二.txt').write_text('同一份通知')
        run()
    run(database=Path('at-once.db'))
    assert dump(DATABASE) == dump(Path('at-once.db'))


def test_failures_say_why_and_the_rest_goes_on(inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'a.txt').write_text('坏文件')
    (inbox / 'b.txt').write_text('崩溃')
    (inbox / 'c.txt').write_text('甲通知')
    (inbox / 'd.txt').write_text('半份通知')
    report = run()
    assert outcomes(report) == {'a.txt': 'failed', 'b.txt': 'failed', 'c.txt': 'stored', 'd.txt': 'stored'}
    assert rows('SELECT d.source, d.status, f.code, d.message = f.message FROM documents AS d JOIN findings AS f ON f.document_id = d.id'
                " WHERE f.severity = 'error' ORDER BY d.source") == [
        ('a.txt', 'failed', 'file.broken', 1), ('b.txt', 'failed', 'worker.crashed', 1), ('d.txt', 'partial', 'file.broken', 1)
    ]  # fmt: skip
    assert rows(
        "SELECT count(*) FROM blocks AS b JOIN documents AS d ON d.id = b.document_id WHERE d.status = 'failed'"
    ) == [(0,)]
    assert [x.source for x in report.with_status('failed')] == ['a.txt', 'b.txt']


def test_a_failed_file_stays_failed_until_it_changes(inbox: Path, plain_reader: list[str], dump: Dump) -> None:
    (inbox / 'a.txt').write_text('坏文件')
    run()
    report = run()
    assert plain_reader == ['a.txt']
    assert [x.source for x in report.with_status('failed')] == ['a.txt']
    (inbox / 'a.txt').write_text('甲通知')
    run()
    assert rows('SELECT status, title FROM documents') == [('ok', '甲通知')]


def test_what_failed_for_a_cause_outside_the_file_is_tried_again(
    inbox: Path, plain_reader: list[str], dump: Dump
) -> None:
    (inbox / 'a.txt').write_text('崩溃')
    run()
    before = dump(DATABASE)
    run()
    assert plain_reader == ['a.txt', 'a.txt']
    assert dump(DATABASE) == before


@pytest.mark.usefixtures('in_this_process')
def test_a_notice_that_breaks_the_contract_is_refused_as_a_whole(
    inbox: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the last rows to be inserted are wrong, so that all the others were already there
    wrong = replace(catalogue, findings=(replace(catalogue.findings[0], message=''),))
    made = {'good': catalogue, 'wrong': wrong}
    monkeypatch.setattr(reading, 'catalogue_of', lambda data, name, *rest: made[data.decode()])
    (inbox / 'a.txt').write_text('good')
    (inbox / 'b.txt').write_text('wrong')
    assert outcomes(run()) == {'a.txt': 'stored', 'b.txt': 'failed'}
    assert rows(
        "SELECT code FROM findings AS f JOIN documents AS d ON d.id = f.document_id WHERE d.source = 'b.txt'"
    ) == [('store.refused',)]
    assert rows('SELECT count(*) FROM tables') == [(1,)]
    (inbox / 'a.txt').write_text('wrong')
    run()
    assert rows('SELECT count(*) FROM tables') == [(0,)]


def test_a_run_that_is_cut_short_keeps_the_notices_before_it_whole(
    inbox: Path, plain_reader: list[str], monkeypatch: pytest.MonkeyPatch, dump: Dump
) -> None:
    for name in ('a', 'b', 'c'):
        (inbox / f'{name}.txt').write_text(f'通知{name}')
    real = reading.catalogue_of

    def interrupted(data: bytes, name: str, *rest: object) -> Catalogue:
        if name == 'b.txt':
            raise KeyboardInterrupt
        return real(data, name)

    monkeypatch.setattr(reading, 'catalogue_of', interrupted)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert rows('SELECT source, status FROM documents') == [('a.txt', 'ok')]
    monkeypatch.setattr(reading, 'catalogue_of', real)
    run()
    run(database=Path('undisturbed.db'))
    assert dump(DATABASE) == dump(Path('undisturbed.db'))


def test_a_file_that_changes_while_it_is_read_waits(
    inbox: Path, plain_reader: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    real = plan.sha256_of
    monkeypatch.setattr(
        plan, 'sha256_of', lambda path, members: 'ab' * 32 if path.name == 'a.txt' else real(path, members)
    )
    assert outcomes(run()) == {'a.txt': 'waiting'}
    assert rows('SELECT count(*) FROM documents') == [(0,)]


def test_a_file_without_permission_fails_and_is_read_once_it_may_be(
    inbox: Path, plain_reader: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / 'a.txt').write_text('甲通知')

    def refused(path: Path, members: tuple[str, ...] = ()) -> bytes:
        raise PermissionError(13, 'Permission denied')

    with monkeypatch.context() as patch:
        patch.setattr(plan, 'sha256_of', refused)
        patch.setattr(Path, 'read_bytes', refused)
        assert outcomes(run()) == {'a.txt': 'failed'}
    assert rows('SELECT status, sha256 FROM documents') == [('failed', None)]
    assert rows('SELECT code FROM findings') == [('file.unreadable',)]
    assert outcomes(run()) == {'a.txt': 'stored'}
    assert sources() == [('甲通知', 'a.txt', 1)]


def test_a_file_beyond_the_limit_is_refused_unread(
    inbox: Path, plain_reader: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    monkeypatch.setattr(reading, 'MAX_BYTES', 3)
    assert outcomes(run()) == {'a.txt': 'failed'}
    assert rows('SELECT code FROM findings') == [('file.too_large',)]
    assert plain_reader == []


def test_names_with_odd_characters_are_kept_apart(inbox: Path, plain_reader: list[str]) -> None:
    names = ['空 格.txt', '引\'号".txt', '换\n行.txt', '😀.txt', 'A.txt', 'a.txt', '字' * 80 + '.txt']
    for i, name in enumerate(names):
        (inbox / name).write_text(f'通知{i}')
    raw = os.fsencode(inbox) + b'/\xff\xfe.txt'
    Path(os.fsdecode(raw)).write_text('通知')
    run()
    assert {row[0] for row in rows('SELECT source FROM sources')} == {*names, '\\xff\\xfe.txt'}
    assert not run().changed


def test_a_file_that_is_named_twice_is_read_once(inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    assert outcomes(run(inbox, inbox / 'a.txt')) == {'a.txt': 'stored'}
    assert plain_reader == ['a.txt']


def test_a_link_to_a_file_is_a_second_name_of_it(inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    (inbox / 'b.txt').symlink_to(inbox / 'a.txt')
    run()
    assert sources() == [('甲通知', 'a.txt', 1), ('甲通知', 'b.txt', 1)]


def test_the_database_is_one_file_when_a_run_has_ended(inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    run()
    run()
    assert [file.name for file in DATABASE.parent.glob('catalogue*')] == ['catalogue.db']


def test_a_run_ends_well_while_somebody_reads(inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    run()
    with closing(sqlite3.connect(DATABASE)) as reader:
        reader.execute('PRAGMA journal_mode = WAL')
        reader.execute('BEGIN')
        assert reader.execute('SELECT count(*) FROM documents').fetchone() == (1,)
        (inbox / 'b.txt').write_text('乙通知')
        assert outcomes(run())['b.txt'] == 'stored'
        assert reader.execute('SELECT count(*) FROM documents').fetchone() == (1,)
    assert rows('SELECT count(*) FROM documents') == [(2,)]
