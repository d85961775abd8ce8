"""查询: the asked questions with what they ask for, their answers as a table and a workbook; words in everything."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kaohe.pipeline.browser.questions import Question, questions
from kaohe.pipeline.decisions.wording import Decider
from kaohe.pipeline.desk.rendering import desk_of, download, page
from kaohe.pipeline.desk.review_doubts import line_of
from kaohe.pipeline.desk.served_tables import tables_address
from kaohe.pipeline.inspection.full_text import search as find_words
from kaohe.pipeline.receipts.marks import Mark, coloured
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.workbook.plain_workbook import PlainSheet, plain_workbook

# Seconds a question may take, and rows that a page shows.
_LONGEST = 5.0
_MOST_ROWS, _MOST_WRITTEN = 500, 50_000
_PARAMETER = re.compile(r'(?<![:\w]):([^\W\d]\w*)')
_SUGGESTIONS = {
    '年度': 'SELECT DISTINCT year FROM corrected_documents WHERE year IS NOT NULL ORDER BY year DESC',
    '通知': 'SELECT DISTINCT title FROM corrected_documents WHERE title IS NOT NULL AND in_answers ORDER BY title',
    '单位': 'SELECT DISTINCT issuer FROM corrected_documents WHERE issuer IS NOT NULL ORDER BY issuer',
    # a name is looked up once, not once for each line that has it
    '科室': 'SELECT party FROM (SELECT DISTINCT party FROM responsibilities) AS p'
    ' WHERE EXISTS (SELECT 1 FROM corrected_responsibilities WHERE party = p.party) ORDER BY party',
}


def show(request: Request) -> Response:
    """The list of questions."""
    return page(request, 'questions.html', questions=questions())


def ask(request: Request) -> Response:
    """A question with its answer."""
    question = _question(request)
    names = _names(question)
    told = {name: request.query_params.get(name, '') for name in names}
    head: tuple[str, ...] = ()
    rows: list[Sequence[object]] = []
    why = None
    suggestions: dict[str, list[str]] = {}
    with desk_of(request).catalogue() as connection:
        if connection is not None:
            suggestions = {
                name: [str(row[0]) for row in connection.execute(_SUGGESTIONS[name])] for name in names if name in _SUGGESTIONS
            }  # fmt: skip
            if request.query_params or all(name in _SUGGESTIONS for name in names):  # what is left empty stands for all
                try:
                    head, rows = _answer(connection, question, told, _MOST_ROWS + 1)
                except Refusal as error:
                    why = str(error)
    return page(
        request, 'question.html', question=question, told=told, suggestions=suggestions, head=head, rows=rows[:_MOST_ROWS],
        more=len(rows) > _MOST_ROWS, why=why, query=request.url.query,
    )  # fmt: skip


def workbook(request: Request) -> Response:
    """The answer as a workbook."""
    question = _question(request)
    told = {name: request.query_params.get(name, '') for name in _names(question)}
    with desk_of(request).catalogue() as connection:
        if connection is None:
            raise HTTPException(404)
        head, rows = _answer(connection, question, told, _MOST_WRITTEN)
    columns = [(title, 20) for title in head]
    return download(plain_workbook([PlainSheet('结果', columns, rows)]), f'{question.title[:40]}.xlsx')


def search(request: Request) -> Response:
    """Where words stand."""
    words = request.query_params.get('q', '').strip()[:200]
    hits, total, why = [], 0, None
    with desk_of(request).catalogue() as connection:
        if connection is not None and words:
            try:
                found = find_words(connection, words, limit=50)
                total = found.total
                hits = [
                    (hit, Markup(coloured(hit.text, [Mark(start, end, 'hit') for start, end in hit.marks])))
                    for hit in found.hits
                ]
            except Refusal as error:
                why = str(error)
    return page(request, 'search.html', words=words, hits=hits, total=total, why=why)


def row(request: Request) -> Response:
    """Leads from the id of a row to where it stands: links of other programs end here."""
    with _row(request) as (connection, (owner, one, document)):
        line = line_of(connection, owner, one)
    return RedirectResponse(f'/notice/{document}' + (f'#l{line}' if line else ''), 303)


def row_of_table(request: Request) -> Response:
    """Leads to the row in the tables of ``kaohe serve``, where the person who asks can open them; else says whom to ask."""
    with _row(request) as (_, (owner, one, _document)):
        address = tables_address(request)
    if address is not None:
        return RedirectResponse(f'{address}/{owner}/{one}', 303)
    why = (
        f'数据表（给会写 SQL 的人）现在打不开：它只能在开着办公桌面的那台电脑上看，还要请信息科在那里打开。'
        f'要找的这一行在表 {owner} 里，编号 {one}'
    )
    return page(request, 'refused.html', status=503, why=why)


@contextmanager
def _row(request: Request) -> Iterator[tuple[sqlite3.Connection, tuple[str, str, str]]]:
    """A connection, and table, id and notice of the row that is asked for. Raises ``HTTPException`` (404)."""
    with desk_of(request).catalogue() as connection:
        found = None if connection is None else Decider(connection, '?').find(request.path_params['row'])
        if connection is None or found is None:
            raise HTTPException(404)
        yield connection, found


def _question(request: Request) -> Question:
    number = request.path_params['number']
    found = next((question for question in questions() if question.number == number), None)
    if found is None:
        raise HTTPException(404)
    return found


def _names(question: Question) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_PARAMETER.findall(question.sql)))


def _answer(
    connection: sqlite3.Connection, question: Question, told: dict[str, str], most: int
) -> tuple[tuple[str, ...], list[Sequence[object]]]:
    """The names of the columns, and at most so many rows. Raises `Refusal` where it takes too long."""
    end = time.monotonic() + _LONGEST
    connection.set_progress_handler(lambda: time.monotonic() > end, 10_000)
    try:
        cursor = connection.execute(question.first(most), told)
        return tuple(column[0] for column in cursor.description), [tuple(row) for row in cursor]
    except sqlite3.OperationalError as error:
        raise Refusal(f'这个问题 {_LONGEST:g} 秒内没有答完；请选定一份通知或一个年度再问') from error
    finally:
        connection.set_progress_handler(None, 0)
