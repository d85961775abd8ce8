"""科室: what one office answers for, on a page, on A4, as a workbook and as a Word file."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
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


_DUTIES = """
SELECT r.单位或人员 AS party, r.各科室 = '是' AS everybody, r.职责 AS role, r.通知编号 AS document, coalesce(r.通知, r.文件) AS notice, r.年度 AS year,
    r.表 AS table_title, i.id, i.path, i.number, i.name, i.requirement, i.criteria, i.points
FROM 责任分工 AS r JOIN corrected_indicators AS i ON i.id = r.指标编号
WHERE (:document = '' OR r.通知编号 = :document) AND (:year = '' OR r.年度 = CAST(:year AS INTEGER))
ORDER BY r.年度 DESC, notice, i.ordinal
"""


def read_duties(connection: sqlite3.Connection, document: str, year: str) -> dict[str, list[OfficeDuty]]:
    """The duties of each party, names that mean one office joined, the party with most first; those of everybody stand under their own
    names."""
    found: defaultdict[str, list[OfficeDuty]] = defaultdict(list)
    for row in connection.execute(_DUTIES, {'document': document, 'year': year}):
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
    return page(request, 'offices.html', _asked(request))


def workbook(request: Request) -> Response:
    """The list of one office as a workbook; without a name one sheet an office."""
    asked = _asked(request)
    duties, office = asked['duties'], str(asked['office'])
    assert isinstance(duties, dict)
    if office and office not in duties:
        raise HTTPException(404)
    lists = {office: duties_of(duties, office)} if office else {name: duties_of(duties, name) for name in duties}
    sheets = [_sheet(name, own) for name, own in (lists or {'没有责任分工': []}).items()]
    return download(plain_workbook(sheets), f'{office or "各科室"}任务清单.xlsx')


def word_file(request: Request) -> Response:
    """The list of one office as a Word file."""
    asked = _asked(request)
    duties, office = asked['duties'], str(asked['office'])
    assert isinstance(duties, dict)
    if office not in duties:
        raise HTTPException(404)
    rows = [_cells(duty) for duty in duties_of(duties, office)]
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


def _asked(request: Request) -> dict[str, object]:
    chosen = {name: request.query_params.get(name, '') for name in ('document', 'year', 'office')}
    year = chosen['year'] if chosen['year'].isdecimal() else ''
    with desk_of(request).catalogue() as connection:
        if connection is None:
            duties, notices, years, aliases = {}, [], [], []
        else:
            duties = read_duties(connection, chosen['document'], year)
            notices = connection.execute(
                'SELECT id, coalesce(title, source) AS title, year FROM corrected_documents WHERE in_answers ORDER BY year DESC, title'
            ).fetchall()
            aliases = connection.execute('SELECT * FROM aliases ORDER BY state DESC, party, alias').fetchall()
            years = sorted({row['year'] for row in notices if row['year']}, reverse=True)
    office = chosen['office']
    groups = {
        name: group_of(name, {x.role for x in own}, everybody=any(x.everybody for x in own))
        for name, own in duties.items()
    }
    return {
        'duties': duties,
        'groups': [(title, [name for name in duties if groups[name] == title]) for title in GROUPS],
        'office': office,
        'own': duties_of(duties, office) if office else [],
        'notices': notices,
        'years': years,
        'aliases': aliases,
        'chosen': chosen,
    }


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
