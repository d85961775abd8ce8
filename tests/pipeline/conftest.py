"""A notice of our own, as a catalogue made by hand, and readers that need no real file format."""

from __future__ import annotations

import io
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from kaohe.extractors.document import Box, Cell, Document, Unreadable
from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.catalogue import (
    BlockRow,
    Catalogue,
    Clause,
    Column,
    Fact,
    Indicator,
    Item,
    Notice,
    Origin,
    Responsibility,
    TableRow,
    Threshold,
)
from kaohe.pipeline.__main__ import main
from kaohe.pipeline.planning.plan import Work
from kaohe.pipeline.readers import pool, reading

CRITERIA = '1.每缺一项扣0.5分，扣完为止。满意度≥90%得2分'
TEXT = '通知正文\n\n落实到位'


def make_catalogue(title: str = '青川市2025年度考核细则', findings: Iterable[Finding] = ()) -> Catalogue:
    """A small notice in which every table of the catalogue has a row, and the same line stands twice."""
    cells = tuple(
        Cell(row, col, 1, 1, text, (Box(1, 10.0, 20.0 + row, 60.125, 30.0),) if row else ())
        for row, texts in enumerate(
            (('项目', '评分标准', '分值', '牵头科室'), *[('党建', CRITERIA, '5', '医务科')] * 2, ('', '', '', ''))
        )
        for col, text in enumerate(texts)
    )
    line = Indicator(
        table=0, kind='scored', counts_to_total=True, key='0123abcd', level1='党建', level1_points=Decimal(10), path=('党建',),
        criteria=CRITERIA, points=Decimal(5), points_text='5', row_first=1, row_last=1, page=1,
        origins=(Origin('criteria', 0, len(CRITERIA), 0, 1, 1), Origin('points', 0, 1, 0, 1, 2)),
    )  # fmt: skip
    deduct = Clause(
        scope='line', text='每缺一项扣0.5分', start=2, end=11, effect='deduct', rule='clause.deduct', indicator=0, field='criteria',
        item='1', points=Decimal('0.5'), per_quantity=Decimal(1), per_unit='项', condition='每缺一项',
        origins=(Origin('text', 2, 11, 0, 1, 1),),
    )  # fmt: skip
    return Catalogue(
        document=Document('txt', ()),
        notice=Notice('assessment', title, '青川市卫生健康委', '青卫〔2025〕3号', '2025-02-03', 2025, (Origin('title', 0, 4, block=0),)),
        blocks=(
            BlockRow('title', TEXT, page=1),
            BlockRow('table', '', table=0, page=1),
            BlockRow('note', '各项扣完为止，总分不超过6分，门诊110余人次', label='注：', page=2),
        ),
        tables=(
            TableRow(
                'scoring', '考核细则', Decimal(100), (Column('项目', 'level'), Column('评分标准', 'criteria'), Column('分值', 'points'), Column('？', None)),
                cells, 1, 2, (Origin('title', 0, 4, block=0),),
            ),
        ),
        indicators=(line, replace(line, row_first=2, row_last=2, origins=())),
        items=(Item(indicator=0, field='criteria', label='1', text='每缺一项扣0.5分，扣完为止', points=None, start=0, end=17, origins=(Origin('text', 0, 17, 0, 1, 1),)),),
        clauses=(
            deduct,
            Clause(scope='line', text='扣完为止', start=12, end=16, effect='cap', rule='clause.cap', indicator=0, field='criteria', binds=(0,)),
            Clause(scope='notice', text='总分不超过6分', start=7, end=14, effect='cap', rule='prose.cap', block=2, points=Decimal(6), cap=Decimal(6)),
        ),
        thresholds=(Threshold(indicator=0, field='criteria', start=17, end=24, text='满意度≥90%', metric='满意度', comparator='>=', value=Decimal(90), unit='%', rule='target.sign'),),
        responsibilities=(Responsibility(0, 'lead_department', '医务科', (Origin('party', 0, 3, 0, 1, 3),)),),
        facts=(Fact(2, 15, 23, '门诊110余人次', '门诊', Decimal(110), '人次', 'fact.plain', approximate=True, period='2025年'),),
        findings=(finding('file.broken', where='表1', detail='x', table=0, row=1, indicator=1, clause=0), *findings),
        amounts_seen=7,
        amounts_held=6,
    )  # fmt: skip


@pytest.fixture
def catalogue() -> Catalogue:
    """The notice, with one finding that is no error."""
    made = make_catalogue()
    return replace(made, findings=tuple(replace(found, severity='warning') for found in made.findings))


@contextmanager
def read_here(works: Sequence[Work], jobs: int, *, forked: bool) -> Iterator[Iterator[tuple[Work, reading.Reading]]]:
    """Stands for `kaohe.pipeline.readers.pool.Readers` without processes."""
    files = ((work, work.candidates[0]) for work in works)
    yield ((work, reading.read_file(str(file.path), file.source, file.members)) for work, file in files)


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read without other processes, so that a test can say what comes of them."""
    monkeypatch.setattr(pool, 'Readers', read_here)


@pytest.fixture
def plain_reader(monkeypatch: pytest.MonkeyPatch, in_this_process: None) -> list[str]:
    """Files are read as: ``坏`` unreadable, ``崩`` a fault of the program, ``半`` read in part, anything else a notice of that title.

    The list holds the names in the order in which they were read.
    """
    names: list[str] = []

    def catalogue_of(data: bytes, name: str, *rest: object) -> Catalogue:
        names.append(name)
        text = data.decode()
        if text.startswith('坏'):
            raise Unreadable(finding('file.broken', detail=text))
        if text.startswith('崩'):
            raise ZeroDivisionError('\x1b[31m崩\n了')
        made = make_catalogue(text)
        if text.startswith('半'):
            return made
        return replace(made, findings=tuple(replace(found, severity='warning') for found in made.findings))

    monkeypatch.setattr(reading, 'catalogue_of', catalogue_of)
    return names


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty inbox at the default place below the current folder. No file in it counts as just written."""
    from kaohe.pipeline.planning import inbox

    monkeypatch.setattr(inbox, 'SETTLING', 0.0)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / 'data' / 'raw'
    folder.mkdir(parents=True)
    return folder


class Ran(NamedTuple):
    status: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command, run here; ``answer`` is what is typed."""

    def run(*arguments: object, answer: str = '') -> Ran:
        monkeypatch.setattr(sys, 'argv', ['kaohe', *map(str, arguments)])
        monkeypatch.setattr(sys, 'stdin', io.StringIO(answer))
        with pytest.raises(SystemExit) as end:
            main()
        captured = capsys.readouterr()
        code = end.value.code
        return Ran(code if isinstance(code, int) else 0, captured.out, captured.err)

    return run


@pytest.fixture
def dump() -> Callable[[Path], dict[str, list[tuple[object, ...]]]]:
    """A function: all rows of a database but those that depend on time, by table, in the order in which SQLite keeps them."""

    def read(path: Path) -> dict[str, list[tuple[object, ...]]]:
        with closing(sqlite3.connect(path)) as connection:
            names = [
                name
                for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            ]
            return {
                name: connection.execute(f'SELECT * FROM {name}').fetchall()  # noqa: S608 names of our own tables
                for name in names
                if name not in ('runs', 'ingestions') and not name.startswith('sqlite_')
            }

    return read
