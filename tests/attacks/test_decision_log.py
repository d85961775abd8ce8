"""A log of decisions that an editor, a full disk or a person damaged: each bad record is named with its reason, and all others hold."""

from __future__ import annotations

import errno
import json
import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.decisions.decision import as_line, timed
from kaohe.pipeline.decisions.log.log_files import FILE, append, read_log
from kaohe.pipeline.decisions.log.log_lines import of_line
from kaohe.pipeline.decisions.log.log_state import complaints
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.refusal import Refusal
from tests.attacks.damaged_logs import DAMAGED, GOOD, PAGE, WHOLE, page, with_first
from tests.pipeline.conftest import Command

DATABASE, DECISIONS = Path('catalogue.db'), Path('log')


@pytest.mark.parametrize(('what', 'data', 'line', 'why'), DAMAGED, ids=[what for what, *_ in DAMAGED])
def test_a_bad_record_is_set_aside_with_its_line_and_reason_and_all_others_hold(
    what: str, data: bytes, line: int | None, why: str, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_bytes(data)
    log = read_log(tmp_path)
    assert [(spoiled.line, why in spoiled.why) for spoiled in log.spoiled] == ([] if line is None else [(line, True)])
    lost = 0 if line is None or line > len(GOOD) else 1
    whole = [of_line(json.dumps(record)).id for record in GOOD]
    kept = [decision.id for decision in log.decisions]
    assert len(kept) == len(GOOD) - lost
    assert set(kept) <= set(whole)
    for spoiled in log.spoiled:
        assert str(tmp_path / FILE) in str(spoiled)
        assert f'第 {line} 行' in str(spoiled)


@pytest.mark.parametrize(('what', 'data', 'line', 'why'), DAMAGED, ids=[what for what, *_ in DAMAGED])
def test_what_is_added_to_a_damaged_log_is_read_back_and_changes_nothing_that_stands_there(
    what: str, data: bytes, line: int | None, why: str, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_bytes(data)
    before = {decision.id for decision in read_log(tmp_path).decisions}
    (new,) = timed([of_line(json.dumps(GOOD[0] | {'why': '新'}))], None)
    append(tmp_path, [new])
    append(tmp_path, timed([new], new.at))
    after = {decision.id for decision in read_log(tmp_path).decisions}
    assert (tmp_path / FILE).read_bytes().startswith(data)
    assert len(after) == len(before) + 2
    assert before | {new.id} <= after


def test_there_are_at_least_46_kinds_of_damage_and_the_page_says_what_is_said_of_each() -> None:
    assert len({data for _, data, *_ in DAMAGED}) >= 46
    assert PAGE.read_text('utf-8') == page()


@pytest.mark.parametrize('written', [0, 1, 40, 500])
def test_a_disk_that_fills_up_leaves_no_half_line(
    written: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE).write_bytes(WHOLE)
    write, room = os.write, written

    def full(descriptor: int, data: bytes) -> int:
        nonlocal room
        if not room:
            raise OSError(errno.ENOSPC, 'No space left on device')
        part = data[:room]
        room -= len(part)
        return write(descriptor, part)

    monkeypatch.setattr(os, 'write', full)
    with pytest.raises(Refusal, match='什么也没有改'):
        append(tmp_path, read_log(tmp_path).decisions)
    assert (tmp_path / FILE).read_bytes() == WHOLE


def test_a_log_written_by_the_program_is_read_back_to_the_letter(tmp_path: Path) -> None:
    decisions = [of_line(json.dumps(record)) for record in GOOD]
    append(tmp_path, decisions)
    assert [as_line(decision) for decision in read_log(tmp_path).decisions] == [as_line(one) for one in decisions]


@pytest.mark.parametrize('last', ['2026-01-01T00:00:00.000000+00:00', '2199-01-01', None])
def test_a_decision_is_later_than_the_last_whatever_the_clock_says(last: str | None) -> None:
    (made,) = timed([of_line(json.dumps(GOOD[0]))], last)
    assert last is None or made.at > last
    assert of_line(as_line(made)) == made


@pytest.fixture
def stored(inbox: Path, plain_reader: list[str]) -> Path:
    """A catalogue of one notice, in the current folder."""
    (inbox / 'a.txt').write_text('青川市2025年度考核细则')
    ingest([scope_of(inbox)], DATABASE, jobs=1, decisions=DECISIONS)
    return DATABASE


def first_line() -> str:
    with closing(open_to_read(DATABASE)) as connection:
        return str(connection.execute('SELECT id FROM indicators ORDER BY ordinal LIMIT 1').fetchone()[0])


def points() -> float:
    with closing(open_to_read(DATABASE)) as connection:
        return float(
            connection.execute('SELECT points FROM corrected_indicators WHERE id = ?', (first_line(),)).fetchone()[0]
        )


def correct(command: Command, value: float, **options: object) -> Any:
    return command('correct', first_line(), '分值', value, '--by', '张三', '--db', DATABASE, '--decisions', DECISIONS)


def test_with_the_clock_set_back_the_last_correction_still_holds(
    stored: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert correct(command, 7).status == 0
    log = DECISIONS / FILE
    year = json.loads(log.read_text())['at'][:4]
    log.write_text(log.read_text().replace(f'"at":"{year}', '"at":"2199'))
    assert correct(command, 9).status == 0
    assert points() == 9
    stored.unlink()
    ingest([scope_of(Path('data/raw'))], DATABASE, jobs=1, decisions=DECISIONS)
    assert points() == 9


def test_the_second_of_two_people_is_told_that_what_was_shown_has_changed(
    stored: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openpyxl import load_workbook

    for value, name in ((7, 'one.xlsx'), (9, 'two.xlsx')):
        assert command('export', name, '--db', DATABASE).status == 0
        book = load_workbook(name)
        sheet = book['指标']
        title = {cell.value: cell.column for row in sheet.iter_rows(max_row=3) for cell in row}
        row = next(row for row in range(1, 9) if sheet.cell(row, title['编号']).value == first_line())
        sheet.cell(row, title['分值']).value = value
        book.save(name)

    def answer_late(*words: object, **options: object) -> bool:
        """Somebody else stores while the first one thinks."""
        assert (
            command('apply', 'two.xlsx', '--by', '李四', '--yes', '--db', DATABASE, '--decisions', DECISIONS).status
            == 0
        )
        return True

    monkeypatch.setattr('click.confirm', answer_late)
    first = command('apply', 'one.xlsx', '--by', '张三', '--db', DATABASE, '--decisions', DECISIONS)
    assert first.status == 1
    assert '什么也没有存' in first.err
    assert '已存下 1 处' not in first.err.rpartition('什么也没有存')[2]
    assert points() == 9
    assert len(read_log(DECISIONS).decisions) == 1


def test_a_log_that_was_deleted_beside_a_living_database_is_missed(stored: Path, command: Command) -> None:
    correct(command, 7)
    assert [*complaints(DECISIONS, DATABASE)] == []
    (DECISIONS / FILE).unlink()
    ran = command('ingest', '--db', DATABASE, '--decisions', DECISIONS, '--no-receipts')
    assert '有 1 条更正或核对不在更正记录' in ran.err
    ran = command('backup', 'backup.db', '--db', DATABASE, '--decisions', DECISIONS)
    assert (ran.status, '有 1 条更正或核对不在更正记录' in ran.err) == (0, True)
    assert points() == 7


def test_a_bad_record_is_told_by_every_verb_that_uses_the_log_and_stops_none(stored: Path, command: Command) -> None:
    DECISIONS.mkdir()
    (DECISIONS / FILE).write_bytes(with_first(value='7分'))
    ran = correct(command, 8)
    assert (ran.status, '第 1 行没有用上：“分值”的值“7分”不对' in ran.err) == (0, True)
    assert points() == 8
    ran = command('ingest', '--db', DATABASE, '--decisions', DECISIONS, '--quiet', '--no-receipts')
    assert (ran.status, '第 1 行没有用上' in ran.err) == (0, True)


def sign_line(**changes: object) -> None:
    """Writes something else into the sign-off of the log, as an editor would."""
    lines = [json.loads(line) for line in (DECISIONS / FILE).read_text().splitlines()]
    changed = [line | changes if line['kind'] == 'sign' else line for line in lines]
    (DECISIONS / FILE).write_text(''.join(f'{json.dumps(line, ensure_ascii=False)}\n' for line in changed))


def sign(command: Command) -> Any:
    return command('sign', '考核', '--by', '甲', '--db', DATABASE, '--decisions', DECISIONS)


def again(command: Command) -> Any:
    return command('ingest', '--db', DATABASE, '--decisions', DECISIONS)


def test_what_no_table_keeps_of_a_decision_may_be_written_into_the_log_and_taken_out_again(
    stored: Path, command: Command
) -> None:
    assert sign(command).status == 0
    sign_line(why='看过')
    stored.unlink()
    assert again(command).status == 0
    sign_line(why=None)
    for _ in range(2):
        assert again(command).status == 0
    with closing(open_to_read(stored)) as connection:
        assert [row[0] for row in connection.execute('SELECT count(*) FROM sign_offs')] == [1]


def test_a_sign_off_that_was_edited_and_put_back_is_one_sign_off(stored: Path, command: Command) -> None:
    assert correct(command, 4).status == 0
    assert sign(command).status == 0
    whole = (DECISIONS / FILE).read_bytes()
    sign_line(why='看过')
    assert again(command).status == 0
    (DECISIONS / FILE).write_bytes(whole)
    assert again(command).status == 0
    assert correct(command, 3).status == 0
    with closing(open_to_read(stored)) as connection:
        assert [row[0] for row in connection.execute('SELECT state FROM sign_offs')] == ['changed']
        assert [row[0] for row in connection.execute('SELECT count(*) FROM corrected_documents')] == [1]
