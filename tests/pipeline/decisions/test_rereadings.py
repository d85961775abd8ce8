"""A signed or corrected line that a newer program reads otherwise says so, until somebody looks at it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kaohe.normalizers.catalogue import Catalogue, Indicator, Origin
from kaohe.pipeline.database.rows import rows_of
from kaohe.pipeline.decisions.log.log_files import read_log
from kaohe.pipeline.ingestion.store import Store
from kaohe.pipeline.planning.inbox import Candidate
from kaohe.pipeline.readers.reading import Reading
from tests.pipeline.conftest import Command
from tests.pipeline.edited_workbook import DATABASE, DECISIONS

GIVEN = ('--db', DATABASE, '--decisions', DECISIONS, '--by', '张三')


def told() -> list[tuple[str | None, str]]:
    with closing(sqlite3.connect(DATABASE)) as connection:
        sql = "SELECT indicator_id, message FROM findings WHERE code = 'reading.changed' AND state = 'open' ORDER BY ordinal"
        return connection.execute(sql).fetchall()


def ids(table: str) -> list[str]:
    with closing(sqlite3.connect(DATABASE)) as connection:
        return [row[0] for row in connection.execute(f'SELECT id FROM {table} ORDER BY ordinal')]  # noqa: S608


def put(catalogue: Catalogue) -> None:
    """Stores what a program read in the one file."""
    name, sha256 = '甲/细则.txt', 'ab' * 32
    with Store(DATABASE, {}) as store:
        store.put(
            Reading(sha256, 9, 'txt', rows_of(catalogue, sha256, 9, name), None, 0.1),
            [Candidate(Path('data/raw', name), Path('data/raw'), name, 9, 1)],
        )
        store.decide(read_log(DECISIONS).decisions)


@pytest.fixture
def first(inbox: Path, catalogue: Catalogue) -> Catalogue:
    """A notice with two lines that differ."""
    one, two = catalogue.indicators
    other = replace(two, key='ffff0000', name='服务', origins=(Origin('name', 0, 1, 0, 2, 0),))
    read = replace(catalogue, indicators=(one, other), findings=())
    put(read)
    return read


def with_line(catalogue: Catalogue, at: int, line: Indicator) -> Catalogue:
    return replace(catalogue, indicators=(*catalogue.indicators[:at], line, *catalogue.indicators[at + 1 :]))


def with_points(catalogue: Catalogue, points: int) -> Catalogue:
    """As a program reads it whose rule of deductions was changed: the clause has the same words."""
    clause, *others = catalogue.clauses
    return replace(catalogue, clauses=(replace(clause, points=Decimal(points)), *others))


def test_nothing_is_told_of_a_line_on_which_nobody_relied(first: Catalogue) -> None:
    put(with_points(first, 3))
    assert told() == []


def test_a_line_of_a_signed_notice_that_a_changed_rule_reads_otherwise_is_told_until_it_is_signed_again(
    first: Catalogue, command: Command
) -> None:
    command('sign', '细则.txt', *GIVEN)
    assert told() == []
    put(with_points(first, 3))
    ((line, message),) = told()
    assert line == ids('indicators')[0]
    assert '分值 0.5' in message
    assert '分值 3' in message
    assert '每缺一项扣0.5分' in message
    assert '张三' in message
    put(with_points(first, 3))  # read again: still to be looked at
    assert len(told()) == 1
    command('sign', '细则.txt', *GIVEN)
    assert told() == []


def test_a_rule_that_reads_as_it_did_takes_the_doubt_back(first: Catalogue, command: Command) -> None:
    command('sign', '细则.txt', *GIVEN)
    put(with_points(first, 3))
    put(first)
    assert told() == []


def test_only_the_corrected_line_is_told_where_nobody_signed(first: Catalogue, command: Command) -> None:
    command('correct', ids('indicators')[1], '分值', '4', *GIVEN)
    put(with_points(first, 3))
    assert told() == []
    changed = replace(first.indicators[1], criteria='每缺一项扣0.5分')
    put(with_line(first, 1, changed))
    ((line, message),) = told()
    assert line == ids('indicators')[1]
    assert '评分标准' in message


def test_a_corrected_line_whose_key_changed_is_found_by_its_place(first: Catalogue, command: Command) -> None:
    command('correct', ids('indicators')[1], '分值', '4', *GIVEN)
    put(with_line(first, 1, replace(first.indicators[1], key='eeee0000', name='服务质量')))
    ((line, message),) = told()
    assert line == ids('indicators')[1]
    assert '名称原来是“服务”，现在是“服务质量”' in message


def test_a_line_that_is_gone_and_one_that_came_are_told_of_a_signed_notice(first: Catalogue, command: Command) -> None:
    command('sign', '细则.txt', *GIVEN)
    put(replace(first, indicators=first.indicators[:1]))
    ((line, message),) = told()
    assert line is None
    assert '现在没有这一条' in message
    command('sign', '细则.txt', *GIVEN)
    put(first)
    assert [line for line, message in told() if '原来没有这一条' in message] == [ids('indicators')[1]]


def test_it_can_be_ticked_off(first: Catalogue, command: Command) -> None:
    command('sign', '细则.txt', *GIVEN)
    put(with_points(first, 3))
    with closing(sqlite3.connect(DATABASE)) as connection:
        ((finding,),) = connection.execute("SELECT id FROM findings WHERE code = 'reading.changed'")
    command('tick', finding, '--remark', '已核对', *GIVEN)
    assert told() == []
    put(with_points(first, 3))
    assert told() == []
