"""核对: a notice beside its pages, its doubtful places one after the other, the fields that can be corrected, its history."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kaohe.pipeline.decisions.choices import FINDINGS
from kaohe.pipeline.decisions.correctable_columns import DROPPED, FIELDS, STANDS_IN, find_field
from kaohe.pipeline.decisions.wording import Decider
from kaohe.pipeline.desk.rendering import desk_of, page, person_of
from kaohe.pipeline.desk.review_content import read_review
from kaohe.pipeline.desk.review_doubts import line_of, open_doubts
from kaohe.pipeline.desk.served_tables import tables_address
from kaohe.pipeline.desk.source_side.cutouts import CODE, read_cutouts
from kaohe.pipeline.desk.source_side.office_pages import LAID_OUT
from kaohe.pipeline.desk.source_side.page_pictures import DRAWN
from kaohe.pipeline.desk.source_side.source_view import read_pages, read_parts
from kaohe.pipeline.inspection.stored_file import PageFile, find_file
from kaohe.pipeline.language.local_time import on_the_wall


@contextmanager
def asked_notice(request: Request) -> Iterator[tuple[sqlite3.Connection, str]]:
    """A connection, and the id of the notice that is asked for. Raises ``HTTPException`` (404)."""
    document = request.path_params['document']
    with desk_of(request).catalogue() as connection:
        if connection is None or not connection.execute('SELECT 1 FROM documents WHERE id = ?', (document,)).fetchone():
            raise HTTPException(404)
        yield connection, document


def show(request: Request) -> Response:
    """The page."""
    desk = desk_of(request)
    with asked_notice(request) as (connection, document):
        review = read_review(connection, document)
        file = find_file(connection, desk.database, document)
        sizes = desk.pictures.sizes(file) if file is not None and file.format in DRAWN else ()
        pages = read_pages(connection, document, sizes)
        parts = () if pages else read_parts(connection, document)
        cutouts = read_cutouts(connection, document, pages)
    assert review is not None
    return page(
        request, 'review.html', review=review, pages=pages, parts=parts, cutouts=cutouts, recognised=CODE, left=file is None,
        office=file is not None and file.format in LAID_OUT, tables=tables_address(request),
    )  # fmt: skip


def picture(request: Request) -> Response:
    """A page of the notice as PNG."""
    desk = desk_of(request)
    file = _drawable(request)
    drawn = desk.pictures.page(file, request.path_params['number']) if file else None
    if drawn is None:
        raise HTTPException(404)
    return Response(drawn, media_type='image/png', headers={'Cache-Control': 'private, max-age=3600'})


def laid_out(request: Request) -> Response:
    """The sizes of the pages of a notice of Word; ``waiting`` while they are being made, none where they cannot be."""
    file = _drawable(request)
    sizes = desk_of(request).pictures.sizes(file) if file else ()
    return JSONResponse({'waiting': file is False, 'pages': sizes})


def _drawable(request: Request) -> PageFile | Literal[False] | None:
    """The file whose pages can be drawn: that of the notice, or what was made of it. False: it is being made."""
    desk = desk_of(request)
    with asked_notice(request) as (connection, document):
        file = find_file(connection, desk.database, document)
    return file if file is None or file.format in DRAWN else desk.pictures.office.pages(file)


def printed(request: Request) -> Response:
    """The notice in its own shape on A4, with a line for signatures."""
    with asked_notice(request) as (connection, document):
        review = read_review(connection, document)
    return page(request, 'printed.html', review=review)


def form(request: Request) -> Response:
    """The fields of a row with what stands in them; or those of a row to add below ``row``."""
    person_of(request, '核对')
    owner, row = request.query_params.get('owner', ''), request.query_params.get('row', '')
    if owner not in FIELDS:
        raise HTTPException(404)
    fields = [field for field in FIELDS[owner] if field.name not in (DROPPED, 'checked_by', 'checked_on')]
    with asked_notice(request) as (connection, document):
        if request.query_params.get('add'):
            more = [STANDS_IN] if owner in ('clauses', 'thresholds') else []
            values = {field.name: None for field in (*fields, *more)} | {'kind': 'scored', 'field': 'criteria'}
            line = row if more else None
            given = {'owner': owner, 'row': row, 'do': 'add', 'fields': [*more, *fields], 'values': values}
        else:
            decider = Decider(connection, '?')
            found = decider.find(row)
            if found is None or found[0] != owner or found[2] != document:
                raise HTTPException(404)
            given = {
                'owner': owner, 'row': found[1], 'do': 'correct', 'fields': fields,
                'values': decider.values(owner, found[1], document),
            }  # fmt: skip
            line = line_of(connection, owner, found[1])
        given['doubts'] = () if line is None else open_doubts(connection, document, line)
    return page(request, 'form.html', given)


_HISTORY = """
SELECT id, decided_at, decided_by, why, owner, added, target, field, value, before, state FROM corrections WHERE document_id = :document
UNION ALL SELECT id, decided_at, signed_by, NULL, 'sign', 0, '{}', NULL, json_quote(signed_on), NULL, state FROM sign_offs WHERE document_id = :document
UNION ALL SELECT id, decided_at, decided_by, why, topic, 0, target, NULL, value, NULL, state FROM choices WHERE document_id = :document AND topic = 'findings'
ORDER BY decided_at DESC
"""


def history(request: Request) -> Response:
    """Who decided what about the notice, the last first."""
    with asked_notice(request) as (connection, document):
        rows = connection.execute(_HISTORY, {'document': document}).fetchall()
        title = connection.execute('SELECT title FROM corrected_documents WHERE id = ?', (document,)).fetchone()[0]
    told = [_told(row) for row in rows]
    zone = told[0]['zone'] if told else ''
    return page(request, 'history.html', rows=told, title=title, document=document, zone=zone)


def _told(row: sqlite3.Row) -> dict[str, object]:
    """A decision in words."""
    at, zone = on_the_wall(row['decided_at'])
    target = json.loads(row['target'])
    told = {
        'at': at, 'zone': zone, 'by': row['decided_by'], 'why': row['why'], 'state': row['state'], 'label': target.get('label') or '',
        'before': None, 'after': None,
    }  # fmt: skip
    value, before = (json.loads(row[name]) if row[name] else None for name in ('value', 'before'))
    if row['owner'] == 'sign':
        return told | {'what': '核对签字', 'after': value}
    if row['owner'] == FINDINGS:
        return told | {'what': '疑点处理完' if value else '疑点重新待核对', 'label': target.get('text') or ''}
    if row['added']:
        return told | {'what': '补上这一行'}
    field = find_field(row['owner'], row['field'])
    if field is None:
        return told | {'what': row['field']}
    return told | {'what': field.title, 'before': field.show(before), 'after': field.show(value)}
