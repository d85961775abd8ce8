"""Links that lead out of the inbox are not followed unless somebody says so; what was read through them before stays."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.pipeline.conftest import Command

pytestmark = pytest.mark.skipif(sys.platform == 'win32', reason='links need rights there')
DATABASE = Path('data/structured/catalogue.db')


@pytest.fixture
def linked(inbox: Path, plain_reader: list[str]) -> Path:
    """An inbox with a file, a link to it, a link to a file and to a folder elsewhere, and one that leads nowhere."""
    Path('elsewhere/below').mkdir(parents=True)
    Path('elsewhere/secret.txt').write_text('饕餮')
    Path('elsewhere/below/more.txt').write_text('魑魅')
    (inbox / 'a.txt').write_text('青川市2025年度考核细则')
    (inbox / 'same.txt').symlink_to(Path('a.txt'))
    (inbox / 'out.txt').symlink_to(Path('elsewhere/secret.txt').resolve())
    (inbox / 'folder').symlink_to(Path('elsewhere/below').resolve())
    (inbox / 'nowhere.txt').symlink_to(Path('elsewhere/none.txt'))
    (inbox / 'round').symlink_to(inbox.resolve())
    return inbox


def query(sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(DATABASE)) as connection:
        return connection.execute(sql).fetchall()


def statuses() -> dict[object, object]:
    return dict(query('SELECT s.source, d.status FROM sources AS s JOIN documents AS d ON d.id = s.document_id'))  # type: ignore[arg-type]


def test_a_link_that_leads_out_is_refused_with_a_finding(linked: Path, command: Command) -> None:
    ran = command('ingest')
    assert (ran.status, '--follow-links' in ran.err + ran.out) == (1, True)
    assert statuses() == {'a.txt': 'ok', 'same.txt': 'ok', 'out.txt': 'failed', 'folder': 'failed'}
    assert query("SELECT count(*) FROM findings WHERE code = 'file.link'") == [(2,)]
    assert '饕餮'.encode() not in DATABASE.read_bytes()
    runs = query('SELECT count(*) FROM runs')
    assert command('ingest').status == 1
    assert query('SELECT count(*) FROM runs') == runs  # nothing changed, nothing is written


def test_links_are_followed_where_people_say_so(linked: Path, command: Command) -> None:
    assert command('ingest').status == 1
    assert command('ingest', '--follow-links').status == 0
    assert statuses() == {'a.txt': 'ok', 'same.txt': 'ok', 'out.txt': 'ok', 'folder/more.txt': 'ok', 'folder': 'failed'}
    assert query("SELECT present FROM sources WHERE source = 'folder'") == [(0,)]
    assert command('ingest', '--follow-links').status == 0


def test_what_was_read_through_a_link_stays_when_it_is_not_followed_any_more(linked: Path, command: Command) -> None:
    assert command('ingest', '--follow-links').status == 0
    assert command('ingest').status == 1
    found = query(
        "SELECT d.title, d.status, s.present FROM sources AS s JOIN documents AS d ON d.id = s.document_id WHERE s.source = 'out.txt' ORDER BY d.status"
    )
    assert found == [(None, 'failed', 1), ('饕餮', 'ok', 0)]


def test_an_inbox_that_is_itself_a_link_is_read(linked: Path, command: Command) -> None:
    Path('share').symlink_to(Path('elsewhere').resolve())
    assert command('ingest', 'share', '--db', DATABASE).status == 0
    assert statuses() == {'secret.txt': 'ok', 'below/more.txt': 'ok'}
