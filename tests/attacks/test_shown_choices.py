"""Who decides about whole notices, findings or departments on a state that somebody else has changed meanwhile is told, and nothing is stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.decisions.choosing import Chooser
from kaohe.pipeline.decisions.correctable_columns import find_field
from kaohe.pipeline.decisions.decision import Decision
from kaohe.pipeline.decisions.force import put_into_force
from kaohe.pipeline.decisions.log.log_files import read_log
from kaohe.pipeline.decisions.wording import Decider
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.refusal import Refusal

DATABASE, LOG = Path('catalogue.db'), Path('log')


@pytest.fixture
def documents(inbox: Path, plain_reader: list[str]) -> list[str]:
    """The ids of two stored notices, of which the first is a sample."""
    (inbox / '示例').mkdir()
    (inbox / '示例/a.txt').write_text('青川市2025年度考核细则')
    (inbox / 'b.txt').write_text('广元县2024年度督查办法')
    ingest([scope_of(inbox)], DATABASE, jobs=1, decisions=LOG)
    with closing(sqlite3.connect(DATABASE)) as connection:
        return [row[0] for row in connection.execute('SELECT id FROM documents ORDER BY id')]


def chooser(by: str, choose: Callable[[Chooser], Decision]) -> Callable[[], None]:
    """A person who has looked and made up their mind; called, they store it."""
    with closing(open_to_read(DATABASE)) as connection:
        one = Chooser(connection, by)
        made = choose(one)
    return lambda: put_into_force(DATABASE, LOG, [made], one.shown)


CHOICES: list[tuple[str, Callable[[Chooser, list[str]], Decision], Callable[[Chooser, list[str]], Decision]]] = [
    ('editions', lambda one, ids: one.editions(*ids, same=True), lambda one, ids: one.editions(*ids, same=False)),
    ('notices', lambda one, ids: one.retired(ids[0], retired=True), lambda one, ids: one.retired(ids[0], retired=False)),
    ('samples', lambda one, ids: one.samples(counted=True), lambda one, ids: one.samples(counted=False)),
    ('parties', lambda one, ids: one.party('医务处', '医务科'), lambda one, ids: one.party('医务处', None)),
    ('findings', lambda one, ids: one.ticked(finding(), ticked=True, remark=None)[0], lambda one, ids: one.ticked(finding(), ticked=False, remark='x')[0]),
]  # fmt: skip


def finding() -> str:
    with closing(sqlite3.connect(DATABASE)) as connection:
        return str(connection.execute('SELECT id FROM findings ORDER BY id').fetchone()[0])


@pytest.mark.parametrize(('first', 'second'), [choice[1:] for choice in CHOICES], ids=[choice[0] for choice in CHOICES])
def test_the_second_of_two_people_is_told(
    first: Callable[[Chooser, list[str]], Decision],
    second: Callable[[Chooser, list[str]], Decision],
    documents: list[str],
) -> None:
    one, two = (
        chooser('张三', lambda made: first(made, documents)),
        chooser('李四', lambda made: second(made, documents)),
    )
    one()
    with pytest.raises(Refusal, match='什么也没有存'):
        two()
    assert [decision.by for decision in read_log(LOG).decisions] == ['张三']
    chooser('李四', lambda made: second(made, documents))()
    assert len(read_log(LOG).decisions) == 2


def test_who_corrects_a_notice_whose_file_was_replaced_meanwhile_is_told(documents: list[str], inbox: Path) -> None:
    with closing(open_to_read(DATABASE)) as connection:
        decider = Decider(connection, '甲')
        (line, document) = connection.execute(
            "SELECT i.id, d.id FROM indicators AS i JOIN documents AS d ON d.id = i.document_id WHERE d.source = 'b.txt' ORDER BY i.ordinal"
        ).fetchone()
        field = find_field('indicators', '分值')
        assert field is not None
        made = decider.correct('indicators', line, document, field, 4, None)
    (inbox / 'b.txt').write_text('广元县2024年度督查办法，又改了')
    ingest([scope_of(inbox)], DATABASE, jobs=1, decisions=LOG)
    with pytest.raises(Refusal, match='刚刚被别人改过或已换了内容，什么也没有存'):
        put_into_force(DATABASE, LOG, [made], decider.shown)
    assert read_log(LOG).decisions == ()
