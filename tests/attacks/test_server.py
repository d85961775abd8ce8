"""The local server answers only those who have its address with the token, and no question takes the machine's memory."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from kaohe.pipeline.browser.query_limits import LONGEST_VALUE, limit_queries
from kaohe.pipeline.browser.server import behind_door
from kaohe.pipeline.database.schema import as_one_file, open_to_write
from tests.pipeline.asgi import Asked

pytestmark = [
    pytest.mark.usefixtures('left_by_datasette'),
    pytest.mark.filterwarnings('ignore:unclosed database:ResourceWarning'),
]
BASE = 'http://127.0.0.1:8001'


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    """The server's app, asked by a browser that has no token yet."""
    database = tmp_path / 'catalogue.db'
    with closing(open_to_write(database)) as connection:
        as_one_file(connection)
    return Asked(behind_door(database, 8001, 'secret'), BASE)


def test_a_page_of_another_name_that_leads_here_is_not_answered(asked: Asked) -> None:
    answer = asked.get('/catalogue.json?sql=select+1&token=secret', headers={'Host': 'evil.example:8001'})
    assert answer.status_code == 421
    assert 'rows' not in answer.text


def test_without_the_token_nothing_is_told_and_with_it_the_catalogue_is(asked: Asked) -> None:
    assert asked.get('/catalogue.json?sql=select+1').status_code == 403
    moved = asked.get('/catalogue.json?sql=select+7&token=secret')
    assert (moved.status_code, moved.headers['location']) == (303, '/catalogue.json?sql=select+7')
    told = asked.get(moved.headers['location'])
    assert (told.status_code, '7' in told.text) == (200, True)


@pytest.mark.parametrize(
    'sql',
    [
        'select zeroblob(2000000000)',
        "select replace(hex(zeroblob(1000000)), '0', 'xxxxxxxxxx')",
        "with recursive c(x) as (select 1 union all select x + 1 from c where x < 3000000) select group_concat(x, 'xxxxxxxxxx') from c",
    ],
)
def test_a_question_that_would_take_the_memory_is_refused(asked: Asked, sql: str) -> None:
    asked.get('/?token=secret')
    assert asked.get(f'/catalogue.json?sql={quote(sql)}').status_code == 400


def test_values_of_a_notice_are_far_below_the_limit() -> None:
    with closing(sqlite3.connect(':memory:')) as connection:
        limit_queries(connection)
        assert connection.execute("SELECT length(printf('%.*c', ?, 'x'))", (LONGEST_VALUE // 2,)).fetchone() == (
            LONGEST_VALUE // 2,
        )
