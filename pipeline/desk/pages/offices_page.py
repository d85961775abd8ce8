"""科室: what one office answers for, on a page, on A4, as a workbook and as a Word file."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kaohe.pipeline.assessment.worksheets.word_tables import word_table
from kaohe.pipeline.decisions.choosing import Chooser
from kaohe.pipeline.desk.office_groups import GROUPS, group_of
from kaohe.pipeline.desk.rendering import desk_of, download, page, said_by
from kaohe.pipeline.language import terms
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.workbook.plain_workbook import PlainSheet, plain_workbook


class OfficeName(msgspec.Struct, forbid_unknown_fields=True):
    """``alias`` is another name of ``party``; without one it is an office of its own."""

    alias: str
    party: str = ''
    by: str = ''


@dataclass(frozen=True, slots=True)
class OfficeDuty:
    """A line for which an office answers, in a ``role``; ``everybody``: it is said of all offices."""

    document: str
    notice: str
    year: int | None
    table: str | None
    level: str
    number: str | None
    text: str
    criteria: str | None
    points: float | None
    role: str
    everybody: bool
    line: str


@dataclass(frozen=True, slots=True)
class DutyHolder:
    """Who answers for lines. ``written`` are the names in notices that mean it, ``everybody`` those of them that mean all offices; ``duties``:
    how many, lines of two roles twice."""

    written: frozenset[str]
    everybody: frozenset[str]
    roles: frozenset[str]
    duties: int


# What a name means is asked once a name, not once a line.
_PARTIES = """
SELECT coalesce(a.party, g.party) AS party, g.party AS written, g.role, g.duties,
    (SELECT 各科室 = '是' FROM 责任分工 WHERE 原写法 = g.party LIMIT 1) AS everybody
FROM (
    SELECT r.party, r.role, count(*) AS duties
    FROM corrected_documents AS d CROSS JOIN corrected_indicators AS i ON i.document_id = d.id
        JOIN corrected_responsibilities AS r ON r.indicator_id = i.id
    WHERE d.in_answers AND NOT i.dropped
        AND (:document = '' OR d.id = :document) AND (:year = '' OR d.year = CAST(:year AS INTEGER))
    GROUP BY r.party, r.role
) AS g LEFT JOIN aliases AS a ON a.alias = g.party AND a.state = 'confirmed'
"""
_DUTIES = """
SELECT r.单位或人员 AS party, r.各科室 = '是' AS everybody, r.职责 AS role, r.通知编号 AS document, coalesce(r.通知, r.文件) AS notice, r.年度 AS year,
    r.表 AS table_title, i.id, i.path, i.number, i.name, i.requirement, i.criteria, i.points
FROM 责任分工 AS r JOIN corrected_indicators AS i ON i.id = r.指标编号
WHERE (:document = '' OR r.通知编号 = :document) AND (:year = '' OR r.年度 = CAST(:year AS INTEGER))
    AND r.原写法 IN (SELECT value FROM json_each(:written))
ORDER BY r.年度 DESC, notice, i.ordinal, i.key, i.id
"""


def read_parties(connection: sqlite3.Connection, document: str, year: str) -> dict[str, DutyHolder]:
    """Who answers for lines, names that mean one office joined, the party with most duties first."""
    rows: defaultdict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in connection.execute(_PARTIES, {'document': document, 'year': year}):
        rows[row['party']].append(row)
    found = {
        name: DutyHolder(
            written=frozenset(row['written'] for row in own),
            everybody=frozenset(row['written'] for row in own if row['everybody']),
            roles=frozenset(terms.ROLE[row['role']] for row in own),
            duties=sum(row['duties'] for row in own),
        )
        for name, own in rows.items()
    }
    return dict(sorted(found.items(), key=lambda item: (-item[1].duties, item[0])))


def read_duties(
    connection: sqlite3.Connection, document: str, year: str, written: Collection[str]
) -> dict[str, list[OfficeDuty]]:
    """The duties of each party by the names ``written`` in notices, names that mean one office joined, the party with most first; those of
    everybody stand under their own names."""
    found: defaultdict[str, list[OfficeDuty]] = defaultdict(list)
    asked = {'document': document, 'year': year, 'written': json.dumps(sorted(written))}
    for row in connection.execute(_DUTIES, asked):
        found[row['party']].append(
            OfficeDuty(
                document=row['document'], notice=row['notice'], year=row['year'], table=row['table_title'],
                level=' › '.join(json.loads(row['path'] or '[]')), number=row['number'],
                text='\n'.join(text for text in (row['name'], row['requirement']) if text), criteria=row['criteria'],
                points=row['points'], role=row['role'], everybody=bool(row['everybody']), line=row['id'],
            )
        )  # fmt: skip
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def duties_of(duties: dict[str, list[OfficeDuty]], office: str) -> list[OfficeDuty]:
    """What the office answers for: its own lines, and those of everybody."""
    own = duties.get(office, [])
    named = {duty.line for duty in own}
    everybody = {
        duty.line: duty for some in duties.values() for duty in some if duty.everybody and duty.line not in named
    }
    return [*own, *everybody.values()] if not any(duty.everybody for duty in own) else own


def show(request: Request) -> Response:
    """All offices, or the list of the one that is asked for."""
    document, year, office = _asked(request)
    with desk_of(request).catalogue() as connection:
        if connection is None:
            parties, own, notices, aliases = {}, [], [], []
        else:
            parties = read_parties(connection, document, year)
            own = _own(connection, document, year, office, parties) if office else []
            notices = connection.execute(
                'SELECT id, coalesce(title, source) AS title, year FROM corrected_documents WHERE in_answers ORDER BY year DESC, title'
            ).fetchall()
            aliases = connection.execute('SELECT * FROM aliases ORDER BY state DESC, party, alias').fetchall()
    groups = {name: group_of(name, one.roles, everybody=bool(one.everybody)) for name, one in parties.items()}
    chosen = {name: request.query_params.get(name, '') for name in ('document', 'year', 'office')}
    return page(
        request, 'offices.html', parties=parties, office=office, own=own, notices=notices, aliases=aliases, chosen=chosen,
        groups=[(title, [name for name in parties if groups[name] == title]) for title in GROUPS],
        years=sorted({row['year'] for row in notices if row['year']}, reverse=True),
    )  # fmt: skip


def workbook(request: Request) -> Response:
    """The list of one office as a workbook; without a name one sheet an office."""
    document, year, office = _asked(request)
    lists: dict[str, list[OfficeDuty]] = {}
    with desk_of(request).catalogue() as connection:
        parties = {} if connection is None else read_parties(connection, document, year)
        if office and office not in parties:
            raise HTTPException(404)
        if connection is not None and office:
            lists = {office: _own(connection, document, year, office, parties)}
        elif connection is not None:
            written = {name for one in parties.values() for name in one.written}
            duties = read_duties(connection, document, year, written)
            lists = {name: duties_of(duties, name) for name in duties}
    sheets = [_sheet(name, own) for name, own in (lists or {'没有责任分工': []}).items()]
    return download(plain_workbook(sheets), f'{office or "各科室"}任务清单.xlsx')


def word_file(request: Request) -> Response:
    """The list of one office as a Word file."""
    document, year, office = _asked(request)
    with desk_of(request).catalogue() as connection:
        parties = {} if connection is None else read_parties(connection, document, year)
        if connection is None or office not in parties:
            raise HTTPException(404)
        rows = [_cells(duty) for duty in _own(connection, document, year, office, parties)]
    return download(word_table(f'{office}任务清单', '', _PAPER, rows), f'{office}任务清单.docx')


async def join(request: Request) -> Response:
    """Notes that one name is another office's, or (without ``party``) a name of its own."""
    told = await said_by(request, OfficeName)
    if not told.alias or told.alias == told.party:
        raise Refusal('请选两个不同的科室')
    return await run_in_threadpool(_join, request, told)


def _join(request: Request, told: OfficeName) -> Response:
    desk = desk_of(request)
    with desk.catalogue() as connection:
        if connection is None:
            raise HTTPException(404)
        chooser = Chooser(connection, told.by)
        decision = chooser.party(told.alias, told.party or None)
    desk.decide([decision], chooser.shown)
    says = f'“{told.alias}”就是“{told.party}”' if told.party else f'“{told.alias}”是单独的科室'
    return JSONResponse({'says': [says], 'stored': True})


def _asked(request: Request) -> tuple[str, str, str]:
    """(the notice, the year, the office) that are asked for, each empty where it is not."""
    document, year, office = (request.query_params.get(name, '') for name in ('document', 'year', 'office'))
    return document, year if year.isdecimal() else '', office


def _own(
    connection: sqlite3.Connection, document: str, year: str, office: str, parties: dict[str, DutyHolder]
) -> list[OfficeDuty]:
    """What the office answers for: nothing is read of the other offices."""
    everybody = {name for one in parties.values() for name in one.everybody}
    own = parties[office].written if office in parties else frozenset()
    return duties_of(read_duties(connection, document, year, own | everybody), office)


_COLUMNS = (
    ('序号', 8),
    ('通知', 24),
    ('表', 16),
    ('类别', 20),
    ('考核内容', 46),
    ('评分标准', 46),
    ('分值', 8),
    ('职责', 10),
)


# Millimetres on A4 across, for the same columns.
_PAPER = tuple(zip((title for title, _ in _COLUMNS), (12, 40, 26, 32, 66, 60, 13, 18), strict=True))


def _sheet(office: str, duties: Sequence[OfficeDuty]) -> PlainSheet:
    """The list of an office, to be signed."""
    return PlainSheet(office, _COLUMNS, [_cells(duty) for duty in duties], ((4, '科室负责人签字：'), (5, '日期：')))


def _cells(duty: OfficeDuty) -> Sequence[str | float | None]:
    role = f'{duty.role}（各科室）' if duty.everybody else duty.role
    return (duty.number, duty.notice, duty.table, duty.level, duty.text, duty.criteria, duty.points, role)
