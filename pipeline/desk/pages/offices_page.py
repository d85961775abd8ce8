"""科室: what one office answers for, on a page, on A4, as a workbook and as a Word file."""

from __future__ import annotations

import io
import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kaohe.pipeline.assessment.worksheets.word_tables import word_table
from kaohe.pipeline.desk.rendering import desk_of, page


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
    name = f'{office or "各科室"}任务清单.xlsx'
    return Response(
        _drawn(lists),
        media_type='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        headers={'Content-Disposition': f"attachment; filename*=UTF-8''{quote(name)}"},
    )


def word_file(request: Request) -> Response:
    """The list of one office as a Word file."""
    asked = _asked(request)
    duties, office = asked['duties'], str(asked['office'])
    assert isinstance(duties, dict)
    if office not in duties:
        raise HTTPException(404)
    rows = [_cells(duty) for duty in duties_of(duties, office)]
    return Response(
        word_table(f'{office}任务清单', '', _PAPER, rows),
        media_type='application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        headers={'Content-Disposition': f"attachment; filename*=UTF-8''{quote(f'{office}任务清单.docx')}"},
    )


def _asked(request: Request) -> dict[str, object]:
    chosen = {name: request.query_params.get(name, '') for name in ('document', 'year', 'office')}
    year = chosen['year'] if chosen['year'].isdecimal() else ''
    with desk_of(request).catalogue() as connection:
        if connection is None:
            duties, notices, years = {}, [], []
        else:
            duties = read_duties(connection, chosen['document'], year)
            notices = connection.execute(
                'SELECT id, coalesce(title, source) AS title, year FROM corrected_documents WHERE edition_of IS NULL ORDER BY year DESC, title'
            ).fetchall()
            years = sorted({row['year'] for row in notices if row['year']}, reverse=True)
    office = chosen['office']
    return {
        'duties': duties,
        'office': office,
        'own': duties_of(duties, office) if office else [],
        'notices': notices,
        'years': years,
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


def _drawn(lists: dict[str, list[OfficeDuty]]) -> bytes:
    """A sheet an office, ready to print on A4 across."""
    import xlsxwriter

    written = io.BytesIO()
    with xlsxwriter.Workbook(
        written, {'strings_to_formulas': False, 'strings_to_urls': False, 'in_memory': True}
    ) as book:
        head = book.add_format({'bold': True, 'bg_color': '#e9edf0', 'border': 1, 'text_wrap': True, 'valign': 'top'})
        body = book.add_format({'border': 1, 'text_wrap': True, 'valign': 'top'})
        taken: set[str] = set()
        for office, duties in lists.items() or [('没有责任分工', [])]:
            sheet = book.add_worksheet(_sheet_name(office, taken))
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
            sheet.set_footer('&C第 &P 页，共 &N 页')
            for col, (title, width) in enumerate(_COLUMNS):
                sheet.set_column(col, col, width)
                sheet.write(0, col, title, head)
            for row, duty in enumerate(duties, start=1):
                for col, value in enumerate(_cells(duty)):
                    sheet.write(row, col, value, body)
            sheet.write(len(duties) + 2, 4, '科室负责人签字：')
            sheet.write(len(duties) + 2, 5, '日期：')
    return written.getvalue()


def _cells(duty: OfficeDuty) -> Sequence[str | float | None]:
    role = f'{duty.role}（各科室）' if duty.everybody else duty.role
    return (duty.number, duty.notice, duty.table, duty.level, duty.text, duty.criteria, duty.points, role)


def _sheet_name(office: str, taken: set[str]) -> str:
    name = ''.join('_' if c in "[]:*?/\\'" else c for c in office)[:28] or '科室'
    number = 2
    unique = name
    while unique.lower() in taken:
        unique, number = f'{name}{number}', number + 1
    taken.add(unique.lower())
    return unique
