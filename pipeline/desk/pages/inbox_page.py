"""收件: what was dropped and what became of it, those that need a person on top; the place where files are dropped."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kaohe.pipeline.desk.rendering import desk_of, page, person_of
from kaohe.pipeline.desk.uploads import MOST_BYTES, receive
from kaohe.pipeline.receipts.receipt_words import halves
from kaohe.pipeline.refusal import Refusal

GROUPS = (
    ('failed', '没有读入', '照下面写的办法处理后，重新放进来。'),
    ('partial', '部分读入', '没有读出的部分请对照原件。'),
    ('check', '待核对', '点开逐处核对，核对完签字。'),
    ('done', '已核对或没有疑点', None),
    ('left', '原件已移走', '文件已从收件夹移走；读到的数据还保留着。'),
    ('samples', '示例', '虚构的单位，只供试用，不算在查询、清单和得分里。'),
    ('retired', '已停用', '不再算在查询、清单和得分里；要再用，点开它，点“重新使用”。'),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A notice in the list."""

    id: str
    source: str
    title: str | None
    issuer: str | None
    year: int | None
    kind: str | None
    status: str
    what: str
    todo: str
    lines: int
    open: int
    all: int
    sample: bool
    signed: str | None
    changed: bool
    present: bool
    retired: bool
    in_answers: bool

    @property
    def group(self) -> str:
        """The part of the list to which it belongs."""
        if self.retired:
            return 'retired'
        if self.sample and not self.in_answers:
            return 'samples'
        if not self.present:
            return 'left'
        if self.status != 'ok':
            return self.status
        return 'check' if (self.open and not self.signed) or self.changed else 'done'


_LIST = """
SELECT d.id, d.source, d.title, d.issuer, d.year, d.kind, d.status, d.message, d.signed_by, d.signed_on, d.sign_state,
    (SELECT count(*) FROM indicators WHERE document_id = d.id) AS lines,
    (SELECT count(*) FROM findings WHERE document_id = d.id AND severity <> 'info') AS doubts,
    (SELECT count(*) FROM findings WHERE document_id = d.id AND severity <> 'info' AND state = 'open') AS waiting,
    d.sample, d.retired, d.in_answers,
    NOT d.withdrawn AS present,
    (SELECT max(finished_at) FROM ingestions WHERE document_id = d.id) AS read_at
FROM corrected_documents AS d WHERE d.edition_of IS NULL ORDER BY d.sample, read_at DESC, d.source
"""


def _rows(connection: sqlite3.Connection) -> Iterator[Row]:
    for row in connection.execute(_LIST):
        what, todo = halves(row['message']) if row['message'] else ('', '')
        signed = row['sign_state'] == 'signed'
        yield Row(
            id=row['id'], source=row['source'], title=row['title'], issuer=row['issuer'], year=row['year'], kind=row['kind'],
            status=row['status'], what=what, todo=todo, lines=row['lines'], open=0 if signed else row['waiting'], all=row['doubts'], sample=bool(row['sample']),
            signed=f'{row["signed_by"]} {row["signed_on"]}' if row['signed_by'] else None, changed=row['sign_state'] == 'changed',
            present=bool(row['present']), retired=bool(row['retired']), in_answers=bool(row['in_answers']),
        )  # fmt: skip


def _listed(request: Request) -> dict[str, object]:
    desk = desk_of(request)
    chosen = {name: request.query_params.get(name, '') for name in ('year', 'issuer', 'state')}
    with desk.catalogue() as connection:
        rows = [] if connection is None else list(_rows(connection))
    counted = any(row.sample and row.in_answers for row in rows) and any(not row.sample and row.lines for row in rows)
    years = sorted({row.year for row in rows if row.year}, reverse=True)
    issuers = sorted({row.issuer for row in rows if row.issuer})
    rows = [
        row
        for row in rows
        if chosen['year'] in ('', str(row.year))
        and chosen['issuer'] in ('', row.issuer)
        and chosen['state'] in ('', row.group)
    ]
    groups = [(name, title, todo, [row for row in rows if row.group == name]) for name, title, todo in GROUPS]
    return {
        'groups': [group for group in groups if group[3]],
        'all_groups': GROUPS,
        'years': years,
        'issuers': issuers,
        'chosen': chosen,
        'samples_counted': counted,
        'under_way': desk.reading.under_way,
        'beginning': desk.reading.beginning,
        'told': list(desk.reading.told)[-5:],
        'inbox': str(desk.inbox.resolve()),
        'version': desk.reading.version,
    }


def show(request: Request) -> Response:
    """The page."""
    return page(request, 'inbox.html', _listed(request))


def notices(request: Request) -> Response:
    """The list alone, for a page that is open."""
    return page(request, 'notices.html', _listed(request))


def state(request: Request) -> Response:
    """A number that changes with what pages show."""
    return JSONResponse({'version': desk_of(request).reading.version})


async def upload(request: Request) -> Response:
    """Takes one file, whose name stands percent-encoded in the header ``X-Name``, puts it into the inbox and reads it."""
    person_of(request, '核对')
    desk = desk_of(request)
    told = unquote(request.headers.get('x-name', ''))
    length = request.headers.get('content-length', '')
    if length.isdecimal() and int(length) > MOST_BYTES:  # what says nothing of its length is counted as it comes
        raise Refusal(f'“{told[:60]}”超过 {MOST_BYTES >> 20} MB，没有收下；请拆开，或直接放进收件夹')
    source, known = await receive(request.stream(), told, desk.inbox)
    report = await run_in_threadpool(desk.reading.read_now, source)
    results = [
        {
            'source': result.source,
            'document': result.summary.document_id if result.summary else None,
            'status': result.summary.status if result.summary else 'waiting',
            'lines': result.summary.lines if result.summary else 0,
            'doubts': result.summary.errors + result.summary.warnings if result.summary else 0,
        }
        for result in report.results
    ]
    return JSONResponse({'source': source, 'known': known, 'results': results})
