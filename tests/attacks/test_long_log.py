"""A log that years of corrections made long costs one correction little, and says the same however it grew."""

from __future__ import annotations

import sqlite3
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kaohe.pipeline.database import stored_values
from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.decisions import decision as decision_module
from kaohe.pipeline.decisions import tables
from kaohe.pipeline.decisions.correctable_columns import find_field
from kaohe.pipeline.decisions.decision import Decision, as_line
from kaohe.pipeline.decisions.log.log_files import FILE, read_log
from kaohe.pipeline.decisions.wording import Decider
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import scope_of
from tests.pipeline.conftest import Command

DATABASE, DECISIONS = Path('catalogue.db'), Path('log')
LINES = '考核细则\n项目\t考核内容\t评分标准\t分值\n' + ''.join(f'安全\t报告{n}\t迟报1次扣1分\t5\n' for n in range(10))


@pytest.fixture
def stored(inbox: Path) -> Path:
    """A catalogue of ten lines, in the current folder."""
    (inbox / 'a.txt').write_text(LINES)
    ingest([scope_of(inbox)], DATABASE, jobs=1, decisions=DECISIONS)
    return DATABASE


def corrections(count: int) -> Iterator[Decision]:
    """The points of the ten lines, corrected again and again."""
    points = find_field('indicators', '分值')
    assert points is not None
    with closing(open_to_read(DATABASE)) as connection:
        rows = connection.execute('SELECT id, document_id FROM indicators ORDER BY ordinal').fetchall()
        decider = Decider(connection, '张三')
        worded = [decider.correct('indicators', *row, points, 1.0, '原文如此') for row in rows]
    start = datetime(2025, 1, 1, tzinfo=UTC)
    for number in range(count):
        at = (start + timedelta(seconds=number)).isoformat(timespec='microseconds')
        yield replace(worded[number % len(worded)], at=at, value=float(number % 9))


def write_log(count: int) -> None:
    DECISIONS.mkdir(exist_ok=True)
    (DECISIONS / FILE).write_text(''.join(f'{as_line(one)}\n' for one in corrections(count)))


def told(table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(DATABASE)) as connection:
        return connection.execute(f'SELECT * FROM {table}').fetchall()  # noqa: S608 named below


def test_one_correction_words_each_decision_of_the_log_twice_and_stores_none_again(
    stored: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_log(500)
    line = str(told('indicators')[0][0])

    def correct(value: int) -> int:
        return command(
            'correct', line, '分值', value, '--by', '李四', '--yes', '--db', DATABASE, '--decisions', DECISIONS
        ).status

    assert correct(3) == 0
    worded = 0

    def counted(value: object) -> str:
        nonlocal worded
        worded += 1
        return stored_values.json_text(value)

    for module in (decision_module, tables):
        monkeypatch.setattr(module, 'json_text', counted)
    assert correct(4) == 0
    assert len(told('corrections')) == 502
    assert 1000 <= worded < 1050  # once when it is read, once when the log is looked at for what to complain of


def test_a_log_that_grew_says_what_one_says_that_is_applied_at_once(stored: Path) -> None:
    kept = stored.read_bytes()
    for count in (3, 200, 450):
        write_log(count)
        ingest([scope_of(Path('data/raw'))], DATABASE, jobs=1, decisions=DECISIONS)
    grown = {table: told(table) for table in ('corrections', 'overlays', 'indicators', 'findings')}
    assert len(grown['corrections']) == 450
    stored.write_bytes(kept)
    ingest([scope_of(Path('data/raw'))], DATABASE, jobs=1, decisions=DECISIONS)
    assert {table: told(table) for table in grown} == grown


def test_what_many_decisions_have_in_common_is_held_once(stored: Path) -> None:
    write_log(2000)
    read_log(DECISIONS)  # what is loaded once is not counted
    tracemalloc.start()
    try:
        log = read_log(DECISIONS)
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(log.decisions) == 2000
    assert held < 600 * 2000
    assert most < 1000 * 2000
