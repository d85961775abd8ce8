"""What changed between two notices: every known change is named, none is invented."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from kaohe.pipeline.command import kaohe
from kaohe.pipeline.comparison.comparison_report import as_html
from kaohe.pipeline.comparison.differences import Comparison, compare
from kaohe.pipeline.comparison.line_changes import Change
from kaohe.pipeline.comparison.sides import ComparedLine, Side, side_of_notice, side_of_year
from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.refusal import Refusal
from tools.samples.editions import FIRST, KNOWN_CHANGES, SECOND, KnownChange
from tools.samples.word import word

TOPICS = sorted({known.topic for known in KNOWN_CHANGES if known.topic}, key=len, reverse=True)


@pytest.fixture(scope='module')
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two editions, read from Word into a database."""
    folder = tmp_path_factory.mktemp('editions')
    (folder / 'raw').mkdir()
    for sample in (FIRST, SECOND):
        (folder / 'raw' / f'{sample.name}.docx').write_bytes(word(sample))
    ingest([scope_of(folder / 'raw')], folder / 'a.db', jobs=1)
    return folder / 'a.db'


@pytest.fixture
def connection(editions: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_to_read(editions)) as opened:
        yield opened


def compared(connection: sqlite3.Connection) -> Comparison:
    return compare(side_of_notice(connection, FIRST.name), side_of_notice(connection, SECOND.name))


def as_known(change: Change) -> KnownChange:
    line = change.line_after or change.line_before
    topic = '' if line is None else next((x for x in TOPICS if f'健全{x}工作' in str(line.requirement)), '?')
    if change.kind == 'category':
        topic = str(change.what or change.after)
    told = change.kind in ('points', 'duty', 'category', 'total') or (
        change.kind == 'clause' and change.action != 'changed'
    )
    return KnownChange(change.kind, change.action, topic, *((change.before, change.after) if told else (None, None)))


def order(change: KnownChange) -> tuple[str, ...]:
    return (change.kind, change.action, change.topic, str(change.before), str(change.after))


def test_thirty_known_changes_are_all_named_and_none_is_invented(connection: sqlite3.Connection) -> None:
    assert len(KNOWN_CHANGES) == 30
    named = [as_known(change) for change in compared(connection).changes]
    assert [x for x in KNOWN_CHANGES if x not in named] == []
    assert [x for x in named if x not in KNOWN_CHANGES] == []
    assert len(named) == len(KNOWN_CHANGES)


def test_the_same_changes_are_named_backwards(connection: sqlite3.Connection) -> None:
    turned = compare(side_of_notice(connection, SECOND.name), side_of_notice(connection, FIRST.name))
    assert len(turned.changes) == 30
    other = {'added': 'dropped', 'dropped': 'added'}
    assert sorted((x.kind, other.get(x.action, x.action)) for x in turned.changes) == sorted(
        (x.kind, x.action) for x in KNOWN_CHANGES
    )


def test_a_notice_has_not_changed_from_itself(connection: sqlite3.Connection) -> None:
    side = side_of_notice(connection, FIRST.name)
    same = compare(side, side)
    assert same.changes == ()
    assert same.unchanged == len(side.lines) == 40


def test_two_years_of_an_issuer_are_compared(connection: sqlite3.Connection) -> None:
    sides = (side_of_year(connection, '青禾市卫生健康委', year) for year in ('2024', '2025'))
    assert len(compare(*sides).changes) == 30


def test_what_is_no_notice_is_refused(connection: sqlite3.Connection) -> None:
    with pytest.raises(Refusal, match='没有名字'):
        side_of_notice(connection, '云岭医院')
    with pytest.raises(Refusal, match='2 份通知都符合'):
        side_of_notice(connection, '综合考核')
    with pytest.raises(Refusal, match='1999'):
        side_of_year(connection, '青禾市卫生健康委', '1999')
    (one,) = connection.execute('SELECT id FROM documents ORDER BY id LIMIT 1').fetchone()
    assert side_of_notice(connection, one).lines == side_of_notice(connection, one[:9]).lines


@pytest.mark.parametrize(('kind', 'holds'), [('table', '条款改动'), ('html', '<del>'), ('json', '"changes"')])
def test_the_command_writes_what_changed(editions: Path, kind: str, holds: str) -> None:
    ran = CliRunner().invoke(kaohe, ['compare', FIRST.name, SECOND.name, '--db', str(editions), '--format', kind])
    assert ran.exit_code == 0
    assert holds in ran.stdout
    assert '40 条对 40 条' in ran.stderr
    assert '指标新增 3' in ran.stderr


def test_the_workbook_holds_every_change(editions: Path, tmp_path: Path) -> None:
    file = tmp_path / '对比.xlsx'
    ran = CliRunner().invoke(kaohe, ['compare', FIRST.name, SECOND.name, '--db', str(editions), '-o', str(file)])
    assert ran.exit_code == 0
    values = CalamineWorkbook.from_path(file).get_sheet_by_name('对比').to_python()
    assert values[0][:2] == ['变化', '原位置']
    assert len(values) == 31


@pytest.mark.parametrize('name', ['对比.csv', '对比.docx'])
def test_an_ending_that_cannot_be_written_is_refused_and_makes_no_file(
    editions: Path, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    ran = CliRunner().invoke(kaohe, ['compare', FIRST.name, SECOND.name, '--db', str(editions), '-o', str(file)])
    assert isinstance(ran.exception, Refusal)
    assert '--format' in str(ran.exception)
    assert not file.exists()


def test_texts_in_the_page_are_no_markup() -> None:
    one, other = (
        ComparedLine('i_1', None, 'a', '<b>', (), (None, None), None, None, text, None, 1.0, None, (), (), ())
        for text in ('<i>全面落实安全生产责任，按时上报', '<u>全面落实安全生产责任，准时上报')
    )
    page = as_html(compare(Side('<x>', (one,), {}), Side('b', (other,), {})))
    assert '<i>' not in page
    assert '<x>' not in page
    assert '文字改动' in page


def test_time_grows_with_the_lines_and_not_with_their_square() -> None:
    chance = random.Random(7)  # noqa: S311 no secret
    alphabet = [
        ''.join(pair)
        for pair in zip('医护药检防控质安财物信档车电水消', '院理品验疫制量全务资息案辆力源防', strict=True)
    ]

    def line(at: int, text: str) -> ComparedLine:
        return ComparedLine(
            f'i_{at}',
            str(hash(text)),
            'a',
            '表',
            (f'第{at // 100}类',),
            (None, None),
            None,
            None,
            text,
            '未落实扣1分',
            1.0,
            None,
            (),
            (),
            (),
        )

    texts = [''.join(chance.choices(alphabet, k=12)) for _ in range(2_000)]
    before = Side('a', tuple(line(at, text) for at, text in enumerate(texts)), {})
    after = Side('b', tuple(line(at, f'{text[:10]}严格{text[10:]}') for at, text in enumerate(texts)), {})
    began = time.process_time()
    found = compare(before, after)
    assert len(found.matches) > 1_980
    assert time.process_time() - began < 60
