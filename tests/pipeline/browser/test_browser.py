"""The catalogue in the browser, and the questions of docs/queries.md with their answers."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

import pytest
from lxml import html

from kaohe.pipeline.browser.column_words import column_words
from kaohe.pipeline.browser.questions import Question, questions
from kaohe.pipeline.browser.server import behind_door, listen, make_app
from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.receipts import write_receipts
from kaohe.pipeline.refusal import Refusal
from tests.pipeline.asgi import Asked
from tests.pipeline.large import make_large

pytestmark = [
    pytest.mark.usefixtures('left_by_datasette'),
    pytest.mark.filterwarnings('ignore:unclosed database:ResourceWarning'),
]
ROOT = Path(__file__).parents[3]
NINE = ROOT.parent / 'shared' / 'notices' / 'docx' / '九江市2015年综合督查细则.docx'
CHROMIUM = shutil.which('chromium')
HOSPITAL = '青禾市第一人民医院关于印发2025年重点工作目标责任制考核内容及责任分工的通知'
CLEAN = '关于印发《青禾市清廉医院建设评价标准》的通知'
RIVER = '青禾市2025年度河长制考核评分细则'
TASKS = '青禾市云岭医院2023年度绩效考核工作任务要点'
ANSWERS: dict[int, tuple[int, tuple[object, ...]]] = {
    1: (10, (CLEAN, '落实处方点评制度', 35)),
    2: (10, (CLEAN, '落实处方点评制度', '处方点评合格率<95%的，扣5分', 5)),
    3: (6, (CLEAN, '落实主体责任，签订责任书', '未签订责任书', '未签订责任书的，不得分')),
    4: (3, (HOSPITAL, '医疗安全', 3, '医务科')),
    5: (3, ('林若水', 5, 11)),
    6: (7, (TASKS, '热线办理', '办结及时率', '等于', 100)),
    7: (4, (TASKS, '人才引进', 30)),
    8: (4, (CLEAN, '青禾市清廉医院建设评价标准', 5, 100, 100, 0)),
    9: (7, (CLEAN, '青禾市清廉医院建设评价标准', '加强组织领导', 30, 30)),
    10: (6, (CLEAN, '获国家级、省级、市级推广的，每次分别加5分、3分、1分', 5, '次')),
    11: (2, (RIVER, 'points.sum')),
    12: (1, (RIVER, '及时处置水面漂浮物', '每发现1处扣0..2分，扣完为止', 2)),
    13: (17, (HOSPITAL, '运行效率', '每少5%扣0.1分', 0.1, 5, '%')),
    14: (2, (HOSPITAL, '政务公开', '由局办公室提供分数', '由他处评分')),
    15: (6, ()),
    16: (4, (CLEAN, '未核对')),
    17: (11, ('配合科室', HOSPITAL)),
    18: (0, ()),
    19: (0, ()),
    20: (0, ()),
    21: (2, (CLEAN,)),
    22: (6, ('一项不合格全失', CLEAN)),
    23: (3, (TASKS,)),
    24: (0, ()),
}
"""How many rows answer a question, and how the first begins, by what the samples say."""

ALL = {'通知': '', '年度': '', '单位': '', '科室': ''}
"""What is asked for, left empty."""


@pytest.fixture(scope='module')
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples in Word and text, read."""
    folder = tmp_path_factory.mktemp('browser')
    (folder / 'raw').mkdir()
    for file in sorted((ROOT / 'data' / 'raw' / '示例').iterdir()):
        if file.suffix in ('.docx', '.txt'):
            shutil.copy2(file, folder / 'raw')
    ingest([scope_of(folder / 'raw')], folder / 'catalogue.db', jobs=1)
    return folder / 'catalogue.db'


@pytest.fixture(scope='module')
def app(database: Path) -> Any:
    return make_app(database)


def get(app: Any, path: str) -> Any:
    return asyncio.run(app.client.get(path, follow_redirects=True))


@pytest.mark.parametrize('number', ANSWERS)
def test_every_question_has_its_answer(database: Path, number: int) -> None:
    question = questions()[number - 1]
    assert question.number == number
    with closing(open_to_read(database)) as connection:
        found = connection.execute(question.sql, {**ALL, '科室': '医务科'}).fetchall()
    count, first = ANSWERS[number]
    assert len(found) == count
    assert tuple(found[0] if found else ())[: len(first)] == first


@pytest.mark.parametrize('question', questions(), ids=lambda question: str(question.number))
def test_a_question_takes_the_notice_the_year_and_the_office(database: Path, question: Question) -> None:
    with closing(open_to_read(database)) as connection:
        for name in ('通知', '年度', '单位'):
            assert f':{name}' in question.sql
            assert connection.execute(question.sql, ALL | {name: '1900'}).fetchall() == []


@pytest.fixture(scope='module')
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp('large') / 'large.db'
    make_large(path, notices=8)
    return path


@pytest.mark.parametrize('question', questions(), ids=lambda question: str(question.number))
def test_no_question_looks_through_one_table_for_each_row_of_another(large: Path, question: Question) -> None:
    with closing(open_to_read(large)) as connection:
        plan = connection.execute(f'EXPLAIN QUERY PLAN {question.sql}', ALL).fetchall()
        # k is the list of notices in memory: where there are few, a look through it is as good as an index
    steps = {row['id']: row for row in plan}
    looked = [row for row in plan if re.match(r'SCAN (?!\(|k$|CONSTANT ROW|.*VIRTUAL)', row['detail'])]
    scans = Counter(row['parent'] for row in looked)
    assert max(scans.values(), default=0) <= 1, [row['detail'] for row in plan]
    assert [row['detail'] for row in looked if _for_each_row(steps, row['parent'])] == []


@pytest.mark.parametrize('question', questions(), ids=lambda question: str(question.number))
def test_the_first_rows_of_an_answer_are_those_of_the_whole(large: Path, question: Question) -> None:
    with closing(open_to_read(large)) as connection:
        whole, first = (connection.execute(sql, ALL) for sql in (question.sql, question.first(7)))
        assert first.description == whole.description
        told, begun = [tuple(row) for row in whole], [tuple(row) for row in first]
    assert begun == told[: len(begun)]
    limited = re.search(r'LIMIT \d+$', question.sql)  # those stay as they are
    assert len(begun) == (len(told) if limited else min(7, len(told)))


@pytest.mark.parametrize('question', questions(), ids=lambda question: str(question.number))
def test_clauses_and_targets_that_are_alike_stand_in_a_fixed_order(question: Question) -> None:
    order = re.search(r'^ORDER BY .*?(条款原文|衡量内容)(.*?)( LIMIT \d+)?$', question.sql, re.MULTILINE)
    assert order is None or order[2] == ', 编号', 'SQLite puts them in one order for some rows, in another for all'


def _for_each_row(steps: dict[int, sqlite3.Row], step: int) -> bool:
    """Whether a step of a plan is made anew for each row of the question around it."""
    while step in steps:
        if steps[step]['detail'].startswith(('LIST SUBQUERY', 'MATERIALIZE')):  # made once
            return False
        if steps[step]['detail'].startswith('CORRELATED'):
            return True
        step = steps[step]['parent']
    return False


def test_a_table_is_summed_for_itself_and_what_leaders_share_is_counted_once(large: Path) -> None:
    asked = {question.number: question.sql for question in questions()}
    with closing(open_to_read(large)) as connection:
        tables = connection.execute(asked[8], ALL).fetchall()
        leaders = connection.execute(asked[5], ALL).fetchall()
    assert {tuple(row)[1:6] for row in tables} == {('考核表1', 50, 150, 150, 0), ('考核表2', 50, 150, 150, 0)}
    assert len(tables) == 16
    assert sum(row['分摊分值'] for row in leaders) == sum(row['分值合计'] for row in tables)


@pytest.mark.skipif(not NINE.exists(), reason='the notice is not here')
def test_the_questions_are_right_on_a_notice_of_nine_tables(tmp_path: Path) -> None:
    ingest([scope_of(NINE)], tmp_path / 'a.db', jobs=1)
    asked = {question.number: question.sql for question in questions()}
    with closing(open_to_read(tmp_path / 'a.db')) as connection:
        sums = [(row['条数'], row['分值合计'], row['印出总分']) for row in connection.execute(asked[8], ALL)]
        staff = [(row['印出的分值'], row['合计']) for row in connection.execute(asked[9], ALL) if row['一级'] == '人事']
    assert sums == [
        (92, 122, 120), (69, 120, 120), (50, 100, 100), (37, 100, 100), (31, 100, 100), (30, 100, 100), (31, 100, 100), (31, 100, 100), (10, 40, 40),
    ]  # fmt: skip
    assert len(staff) >= 8
    assert all(printed == total for printed, total in staff)


def test_a_bound_from_which_points_are_taken_is_no_target(database: Path) -> None:
    with closing(open_to_read(database)) as connection:
        bounds = connection.execute(
            "SELECT 指标, 衡量内容, 比较, 数值 FROM 目标值 WHERE 种类 = '界限' AND 单位 = '%'"
        ).fetchall()
        asked = connection.execute(questions()[5].sql, ALL).fetchall()
    assert ('落实处方点评制度', '处方点评合格率', '低于', 95) in map(tuple, bounds)
    assert not {tuple(row) for row in bounds} & {tuple(row)[1:5] for row in asked}


def test_there_are_at_least_fifteen_questions_and_each_is_answered_here() -> None:
    assert [question.number for question in questions()] == sorted(ANSWERS)
    assert len(ANSWERS) >= 15


def test_the_first_page_leads_to_the_views_the_search_and_the_questions(app: Any) -> None:
    page = get(app, '/')
    assert page.status_code == 200
    for word in ('考核目录', '指标总表', '条款明细', '常问的问题', '哪几条指标分值最高？', '查词'):
        assert word in page.text


@pytest.mark.parametrize(
    'view', ['通知', '表', '指标总表', '条款明细', '目标值', '责任分工', '小项', '疑点', '事实', '历年变化', '全文']
)
def test_every_view_opens_with_its_description(app: Any, view: str) -> None:
    page = get(app, f'/catalogue/{quote(view)}')
    assert page.status_code == 200
    assert view in page.text


@pytest.mark.parametrize(
    ('word', 'text'), [('床', '各临床科室'), ('投诉', '年度投诉办结率达到95%以上'), ('警示教育', '开展警示教育')]
)
def test_words_are_found_in_the_browser(app: Any, word: str, text: str) -> None:
    for path in (f'/catalogue/{quote("全文")}?_search={quote(word)}', f'/catalogue/search?{quote("词")}={quote(word)}'):
        page = get(app, path)
        assert page.status_code == 200
        assert text in page.text
        assert '预算执行率' not in page.text


@pytest.mark.parametrize('number', [1, 9, 13])
def test_questions_are_asked_in_the_browser(app: Any, number: int) -> None:
    page = get(app, f'/catalogue/{number:02d}')
    assert page.status_code == 200
    assert str(ANSWERS[number][1][0]) in page.text


_ENGLISH = re.compile(
    r'\b(?:rows?|records?|results?|tables?|views?|Queries|Custom|Powered|Search|Apply|filter|column|Sort|descending|This data as|advanced|Advanced|Next page|hidden|Suggested|Export|download|returning|Query parameters|Links from|Edit|Run|Menu|show|hide)\b'
)


@pytest.mark.parametrize(
    'path', ['/', '/catalogue', '/catalogue/01', '/catalogue/13?_hide_sql=0', f'/catalogue/{quote("指标总表")}', '/catalogue/indicators?points__gt=3', '/catalogue/indicators?_search=x&_sort=points', '/catalogue/blocks?_size=5', '/catalogue/documents?title=x'],
)  # fmt: skip
def test_what_datasette_says_is_chinese(app: Any, path: str) -> None:
    page = get(app, path)
    assert page.status_code == 200
    tree = html.document_fromstring(page.text)
    for part in tree.xpath(
        '//script | //style | //textarea | //pre | //dl | //td | //th | //h3/a | //option[not(contains(., " "))] | //em'
    ):
        part.drop_tree()
    said = ' '.join([*tree.itertext(), *tree.xpath('//input[@type="submit"]/@value')])
    assert _ENGLISH.findall(re.sub(r'[a-z]+_[a-z_]+', '', said)) == [], said


def test_columns_are_described_as_the_page_of_the_catalogue_says(app: Any) -> None:
    assert 'size of the file' in get(app, '/catalogue/documents').text
    assert all(column_words()[table] for table in ('documents', 'indicators', 'clauses', 'thresholds', 'findings'))


def test_ids_lead_to_the_desk_and_to_the_receipt(database: Path) -> None:
    assert write_receipts(database, jobs=1) is not None
    page = get(make_app(database), f'/catalogue/{quote("通知")}').text
    (document, receipt) = re.findall(
        r'href="http://127.0.0.1:8010/rows/(d_\w+)">核对</a> <a href="(/receipts/[^"]+)">回执', page
    )[0]
    browser = Asked(behind_door(database, 8001, 'x'), 'http://127.0.0.1:8001')
    assert browser.get('/', params={'token': 'x'}).status_code == 303
    told = browser.get(receipt)
    assert (told.status_code, document in told.text) == (200, True)
    assert browser.get('/receipts/%2e%2e/catalogue.db').status_code in (403, 404)
    assert '考核目录' in browser.get('/').text
    assert 'http://127.0.0.1:8010/rows/i_' in get(make_app(database), f'/catalogue/{quote("指标总表")}').text


@pytest.mark.parametrize(
    'sql',
    [
        "select length(replace(hex(zeroblob(600000)), '0', 'xxx'))",
        'select length(zeroblob(3000000))',
        "attach ':memory:' as y",
    ],
)
def test_no_query_makes_what_would_take_the_machines_memory(app: Any, sql: str) -> None:
    page = get(app, f'/catalogue.json?sql={quote(sql)}')
    assert page.status_code == 400
    assert get(app, f'/catalogue.json?sql={quote("select 1")}').status_code == 200


def test_a_query_without_end_is_stopped(app: Any) -> None:
    endless = 'with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c'
    page = get(app, f'/catalogue.json?sql={quote(endless)}')
    assert page.status_code == 400
    assert 'too long' in page.text


def test_nothing_can_be_written(app: Any, database: Path) -> None:
    before = database.read_bytes()
    for sql in ('delete from documents', 'drop table texts', "attach 'x.db' as x"):
        assert get(app, f'/catalogue.json?sql={quote(sql)}').status_code == 400
    assert asyncio.run(app.client.post('/catalogue/documents', data={})).status_code >= 400
    assert database.read_bytes() == before


def test_a_port_that_is_taken_is_refused() -> None:
    with closing(listen(0)) as taken, pytest.raises(Refusal, match='--port'):
        listen(taken.getsockname()[1])


@pytest.fixture
def served(database: Path) -> Iterator[str]:
    """The address of a running server, which must stop cleanly when it is told to."""
    process = subprocess.Popen(
        [sys.executable, '-m', 'kaohe', 'serve', '--db', str(database), '--port', '0'],
        cwd=ROOT, stdout=subprocess.PIPE, encoding='utf-8', env={**os.environ, 'PYTHONUNBUFFERED': '1'},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()[1]
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) in (0, 130)
        process.stdout.close()


@pytest.mark.skipif(CHROMIUM is None, reason='no browser')
def test_a_browser_shows_the_page_with_what_was_searched(served: str, tmp_path: Path) -> None:
    assert urlsplit(served).hostname == '127.0.0.1'
    base, _, token = served.partition('?')
    with pytest.raises(HTTPError, match='403'):
        urlopen(base)  # noqa: S310 our own server
    with build_opener(HTTPCookieProcessor()).open(served) as answer:
        assert answer.status == 200
    shown = subprocess.run(
        [
            'sh', '-c', 'ulimit -S -v unlimited; exec "$0" "$@"',  # a browser claims more room than a test may
            str(CHROMIUM), '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
            '--disable-component-update', '--disable-sync', f'--user-data-dir={tmp_path}', '--dump-dom',
            f'{base}catalogue/search?{quote("词")}={quote("警示教育")}&{token}',
        ],
        capture_output=True, encoding='utf-8', timeout=60,
    )  # fmt: skip
    assert '开展警示教育' in shown.stdout
    assert '全文检索' in shown.stdout
