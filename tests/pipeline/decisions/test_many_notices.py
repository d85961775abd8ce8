"""What a run asks of the notices that are stored already, and that what was decided about one of them holds after whatever else happens."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kaohe.pipeline.database.files import decisions_folder
from kaohe.pipeline.database.schema import open_to_read, open_to_write, transaction
from kaohe.pipeline.decisions.enforcement import enforce_decisions
from kaohe.pipeline.decisions.log.log_files import append, read_log
from kaohe.pipeline.decisions.notices import stored_editions
from kaohe.pipeline.decisions.notices.likeness import Grouped, group_editions
from kaohe.pipeline.decisions.notices.stored_editions import read_editions, read_identities, read_rank
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.readers import reading
from tests.pipeline.conftest import Command, make_catalogue

DATABASE = Path('catalogue.db')
_NOTICE = (
    '青川市2025年度考核细则\n项目\t评分标准\t分值\n党建\t每缺一项扣0.5分，扣完为止\t5\n安全\t每发生一起扣1分\t95\n'
)


@pytest.fixture
def notices(monkeypatch: pytest.MonkeyPatch, in_this_process: None) -> None:
    """Files are read as notices of one title. Their words: the document number (``-``: none), a word that all paragraphs hold, the keys of two lines (``-``: no
    line), whether it tells a figure."""

    def catalogue_of(data: bytes, name: str, *rest: object) -> object:
        number, paragraph, one, other, fact = data.decode().split()
        made = make_catalogue()
        lines = tuple(
            replace(line, key=key) for line, key in zip(made.indicators, (one, other), strict=True) if key != '-'
        )
        if len(lines) < len(made.indicators):
            made = replace(made, items=(), clauses=(), thresholds=(), responsibilities=())
        blocks = tuple(
            block if block.kind == 'table' else replace(block, text=f'{paragraph}{block.text}') for block in made.blocks
        )
        facts = made.facts if fact == '有' else ()
        return replace(
            made, notice=replace(made.notice, doc_number=None if number == '-' else number), findings=(), indicators=lines,
            blocks=blocks, facts=facts,
        )  # fmt: skip

    monkeypatch.setattr(reading, 'catalogue_of', catalogue_of)


def read_in(inbox: Path, texts: Iterable[str]) -> None:
    for at, text in enumerate(texts):
        (inbox / f'{at}.txt').write_text(text, 'utf-8')
    ingest([scope_of(inbox)], DATABASE, jobs=1)


def asked() -> int:
    """How many questions putting decisions into force puts to the database, nothing having changed."""
    told: list[str] = []
    with closing(open_to_write(DATABASE)) as connection, transaction(connection, DATABASE):
        connection.set_trace_callback(told.append)
        enforce_decisions(connection, [])
        connection.set_trace_callback(None)
    return len(told)


@pytest.mark.usefixtures('notices')
def test_notices_that_share_nothing_are_not_looked_at_one_by_one(inbox: Path) -> None:
    read_in(inbox, [f'{at}号 甲 a{at} b{at} 无' for at in range(3)])
    few = asked()
    read_in(inbox, [f'{at}号 甲 a{at} b{at} 无' for at in range(12)])
    assert asked() == few


def grouped() -> Grouped:
    with closing(open_to_read(DATABASE)) as connection:
        editions = read_editions(connection, read_identities(connection), ())
        return group_editions(editions, lambda document: read_rank(connection, document))


@pytest.mark.usefixtures('notices')
def test_they_are_grouped_as_if_what_each_says_were_compared(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_in(
        inbox,
        ['1号 甲 a b 无', '1号 甲 c d 无', '- 甲 a b 无', '- 乙 e f 无', '- 丙 f g 无', '- 丁 h i 有', '- 戊 j k 有', '- 己 - - 无', '- 己 - l 无',
         '- 庚 - - 无', '- 己 - - 有', '2号 辛 m n 无', '3号 辛 o p 无', '3号 辛 o q 无'],
    )  # fmt: skip
    found = grouped()
    monkeypatch.setattr(stored_editions, '_COMPARED', 'SELECT id FROM documents')
    assert found == grouped()
    assert 1 < len(set(found.current.values())) < len(found.current)
    assert found.assumed


def points() -> float:
    with closing(sqlite3.connect(DATABASE)) as connection:
        (found,) = connection.execute(
            'SELECT c.points FROM corrected_indicators AS c JOIN documents AS d ON d.id = c.document_id'
            " WHERE d.source = '旧.txt' ORDER BY c.ordinal LIMIT 1"
        ).fetchone()
        return float(found)


@pytest.mark.usefixtures('in_this_process')
def test_what_was_decided_about_an_older_notice_holds_after_whatever_else_happens(
    inbox: Path, command: Command
) -> None:
    def run(*arguments: object) -> None:
        ran = command(*arguments, '--db', DATABASE)
        assert ran.status == 0, ran.err

    (inbox / '旧.txt').write_text(_NOTICE, 'utf-8')
    run('ingest', '--no-receipts')
    with closing(sqlite3.connect(DATABASE)) as connection:
        (line,) = connection.execute('SELECT id FROM indicators ORDER BY ordinal LIMIT 1').fetchone()
    run('correct', line, '分值', '7', '--by', '张三')
    assert points() == 7
    (inbox / '新.txt').write_text(_NOTICE.replace('2025', '2024'), 'utf-8')
    run('ingest', '--no-receipts')
    assert points() == 7, 'another notice came'
    run('backup', 'b.db')
    append(
        decisions_folder(DATABASE),
        [
            replace(one, value=8.0, at='2099-01-01T00:00:00+00:00')
            for one in read_log(decisions_folder(DATABASE)).decisions
        ],
    )
    run('ingest', '--no-receipts')
    assert points() == 8, 'nothing came, but the log was added to by hand'
    run('restore', 'b.db', '--force')
    (inbox / '再.txt').write_text(_NOTICE.replace('2025', '2023'), 'utf-8')
    run('ingest', '--no-receipts')
    assert points() == 7, 'the backup, with its log, was put back'
    folder = decisions_folder(DATABASE)
    Path('其他').mkdir()
    shutil.move(DATABASE, Path('其他'))
    shutil.move(folder, Path('其他'))
    (inbox / '又.txt').write_text(_NOTICE.replace('2025', '2022'), 'utf-8')
    ran = command('ingest', '--no-receipts', '--db', Path('其他', DATABASE))
    assert ran.status == 0, ran.err
    with closing(sqlite3.connect(Path('其他', DATABASE))) as connection:
        held = 'SELECT count(*) FROM overlays AS o JOIN documents AS d ON d.id = o.document_id WHERE d.source = ?'
        assert connection.execute(held, ('旧.txt',)).fetchone() == (1,), 'it was moved'
