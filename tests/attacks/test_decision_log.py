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
from tests.pipeline.conftest import Command

DATABASE, DECISIONS = Path('catalogue.db'), Path('log')
NOTICE = {'document': 'd_x', 'doc_number': '青卫〔2025〕3号', 'title': '细则', 'issuer': None, 'year': 2025}
PLACE = {'table': '细则', 'key': 'k', 'line': 0, 'field': None, 'text': None, 'nth': 0}
# Points of a line, its parties, a clause that was missed, a sign-off: the second to the fifth minute.
GOOD: list[dict[str, Any]] = [
    {'kind': 'correct', 'at': '2025-03-01T08:02:00.000000+00:00', 'by': '张三', 'why': None, 'notice': NOTICE, 'owner': 'indicators', 'place': PLACE,
     'label': '党建', 'field': 'points', 'value': 7.0, 'before': 5.0, 'row': []},
    {'kind': 'correct', 'at': '2025-03-01T08:03:00.000000+00:00', 'by': '张三', 'why': '漏', 'notice': NOTICE, 'owner': 'indicators', 'place': PLACE,
     'label': '党建', 'field': 'lead_department', 'value': ['医务科', '护理部'], 'before': None, 'row': []},
    {'kind': 'add', 'at': '2025-03-01T08:04:00.000000+00:00', 'by': '李四', 'why': None, 'notice': NOTICE, 'owner': 'clauses', 'place': PLACE,
     'label': '扣1分', 'field': None, 'value': None, 'before': None,
     'row': [['text', '扣1分'], ['effect', 'deduct'], ['points', 1], ['per_quantity', None], ['per_unit', None], ['condition', None], ['cap', None],
             ['dropped', 0], ['field', 'criteria']]},
    {'kind': 'sign', 'at': '2025-03-01T08:05:00.000000+00:00', 'by': '李四', 'why': None, 'notice': NOTICE, 'owner': 'documents', 'place': PLACE | {'table': None, 'key': None},
     'label': None, 'field': None, 'value': '2025-03-01', 'before': 'abcd', 'row': []},
]  # fmt: skip


def lines(*records: dict[str, Any]) -> bytes:
    return ''.join(json.dumps(record, ensure_ascii=False, separators=(',', ':')) + '\n' for record in records).encode()


def with_first(**changes: object) -> bytes:
    """The log with other values in its first record."""
    return lines(GOOD[0] | changes, *GOOD[1:])


def with_nth(number: int, **changes: object) -> bytes:
    return lines(*(record | changes if at == number else record for at, record in enumerate(GOOD)))


def with_row(**changes: object) -> bytes:
    return with_nth(2, row=[[name, value] for name, value in (dict(GOOD[2]['row']) | changes).items()])


def without(name: str) -> bytes:
    return lines({key: value for key, value in GOOD[0].items() if key != name}, *GOOD[1:])


def replaced(old: str, new: str) -> bytes:
    """The log with a text of its first line replaced."""
    data = lines(*GOOD).decode()
    assert old in data
    return data.replace(old, new, 1).encode()


WHOLE = lines(*GOOD)
FIRST, REST = WHOLE.split(b'\n', 1)

# What happened to the log; its bytes; the line that is set aside (None: none) with a word of the reason.
DAMAGED: list[tuple[str, bytes, int | None, str]] = [
    ('whole', WHOLE, None, ''),
    ('no line feed at the end', WHOLE.rstrip(b'\n'), None, ''),
    ('CRLF', WHOLE.replace(b'\n', b'\r\n'), None, ''),
    ('a signature of UTF-8', b'\xef\xbb\xbf' + WHOLE, None, ''),
    ('a signature and CRLF', b'\xef\xbb\xbf' + WHOLE.replace(b'\n', b'\r\n'), None, ''),
    ('saved as UTF-16 LE', b'\xff\xfe' + WHOLE.decode().encode('utf-16-le'), None, ''),
    ('saved as UTF-16 BE', b'\xfe\xff' + WHOLE.decode().encode('utf-16-be'), None, ''),
    ('blank lines between', WHOLE.replace(b'\n', b'\n\n  \n'), None, ''),
    ('two records on one line', WHOLE.replace(b'\n', b'', 1), None, ''),
    ('two records on one line, parted by blanks', WHOLE.replace(b'\n', b' \t ', 1), None, ''),
    ('a line twice', FIRST + b'\n' + WHOLE, None, ''),
    ('blanks around a record', b'  ' + FIRST + b'  \n' + REST, None, ''),
    ('half a line at the end', WHOLE + FIRST[:70], 5, '不完整'),
    ('half a line, then a whole one glued to it', FIRST[:70] + FIRST + b'\n' + REST, 1, '不完整'),
    ('half a line in the middle', FIRST[:70] + b'\n' + REST, 1, '不完整'),
    ('a whole one and half a one on one line', FIRST + FIRST[:50] + b'\n' + REST, 1, '不完整'),
    ('saved as GB18030', WHOLE.split(b'\n', 1)[0].decode().encode('gb18030') + b'\n' + REST, 1, 'UTF-8'),
    ('a byte flipped to what is no UTF-8', b'\xff'.join([FIRST[:60], FIRST[61:]]) + b'\n' + REST, 1, 'UTF-8'),
    ('NUL bytes where the file grew and nothing was written', b'\0' * 300 + b'\n' + REST, 1, '不完整'),
    ('a comment', b'# old\n' + REST, 1, '不完整'),
    ('a comma at the end of the line', FIRST + b',\n' + REST, 1, '不完整'),
    ('a list', b'[1, 2]\n' + REST, 1, '不对'),
    ('a number', b'7\n' + REST, 1, '不对'),
    ('null', b'null\n' + REST, 1, '不对'),
    ('an empty object', b'{}\n' + REST, 1, '不对'),
    ('a text', b'"abc"\n' + REST, 1, '不对'),
    ('ten thousand brackets', b'[' * 10000 + b'\n' + REST, 1, '不完整'),
    ('curly quotes', replaced('"kind"', '“kind”'), 1, '不完整'),
    ('kind unknown', with_first(kind='delete'), 1, 'kind'),
    ('kind missing', without('kind'), 1, '不对'),
    ('no place', without('place'), 1, '不对'),
    ('no notice', without('notice'), 1, '不对'),
    ('a name of a newer version', with_first(certainty=1), 1, 'certainty'),
    ('a place with a name of a newer version', with_first(place=PLACE | {'column': 'x'}), 1, 'column'),
    ('points as text', with_first(value='7分'), 1, '分值'),
    ('points true', with_first(value=True), 1, '不对'),
    ('points NaN', replaced('"value":7.0', '"value":NaN'), 1, '不对'),
    ('points infinite', replaced('"value":7.0', '"value":1e999'), 1, '不对'),
    ('points negative', with_first(value=-1), 1, '分值'),
    ('points a list', with_first(value=['7']), 1, '分值'),
    ('points an object', with_first(value={'7': 1}), 1, '不对'),
    ('a field that no line has', with_first(field='nonsense'), 1, 'nonsense'),
    ('no field', with_first(field=None), 1, '栏'),
    ('a table that nobody corrects', with_first(owner='runs'), 1, 'runs'),
    ('a kind of line that does not exist', with_first(field='kind', value='nonsense'), 1, '类别'),
    ('a kind of line emptied', with_first(field='kind', value=None), 1, '类别'),
    ('a text emptied to nothing', with_first(field='criteria', value=''), 1, '评分标准'),
    ('a date that does not exist', with_first(field='checked_on', value='2025-02-30'), 1, '核对日期'),
    ('a date in other words', with_first(field='checked_on', value='2025年3月1日'), 1, '核对日期'),
    ('a year as text', with_first(owner='documents', field='year', value='2025'), 1, '年度'),
    ('a flag of 2', with_first(field='dropped', value=2), 1, '这不是指标'),
    ('parties as one text', with_first(field='lead_department', value='医务科'), 1, '牵头科室'),
    ('a party without a name', with_first(field='lead_department', value=['医务科', '']), 1, '牵头科室'),
    ('a party that is a number', with_first(field='lead_department', value=[1]), 1, '不对'),
    ('a moment that does not exist', with_first(at='2025-13-01T00:00:00+00:00'), 1, '时间'),
    ('a moment in words', with_first(at='昨天'), 1, '时间'),
    ('a moment of another time zone', with_first(at='2025-03-01T08:02:00+08:00'), 1, '时间'),
    ('the last moment there is', with_first(at='9999-12-31T23:59:59.999999+00:00'), 1, '时间'),
    ('nobody decided', with_first(by='  '), 1, '谁'),
    ('a person who is a number', with_first(by=7), 1, 'by'),
    ('the line before the first', with_first(place=PLACE | {'line': -1}), 1, '第几'),
    ('half a line as the number', with_first(place=PLACE | {'line': 0.5}), 1, 'line'),
    ('a year of the notice that is a text', with_first(notice=NOTICE | {'year': '2025'}), 1, 'year'),
    ('half a character', replaced('张三', '\\ud800'), 1, '不对'),
    ('an added row with an unknown column', with_row(colour='red'), 3, '不认识'),
    ('an added row with an effect that does not exist', with_row(effect='gift'), 3, '效果'),
    ('an added row without a text', with_row(text=None), 3, '条款原文'),
    ('an added row with a unit and no quantity', with_row(per_unit='项'), 3, '每单位'),
    ('an added notice', with_nth(2, owner='documents'), 3, '不认识'),
    ('an added row that is no list', with_nth(2, row='abc'), 3, 'row'),
    ('a sign-off without a day', with_nth(3, value=None), 4, '日期'),
    ('a sign-off of a line', with_nth(3, owner='indicators'), 4, '日期'),
    ('a sign-off of nothing', with_nth(3, before=None), 4, '内容'),
]  # fmt: skip


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


def test_there_are_at_least_46_kinds_of_damage() -> None:
    assert len({data for _, data, *_ in DAMAGED}) >= 46


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
