"""A database of 20,000 lines, as an office with 200 notices has it, stored without reading any file."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

from kaohe.extractors.document import Cell, Document
from kaohe.normalizers.catalogue import (
    BlockRow,
    Catalogue,
    Clause,
    Column,
    Indicator,
    Notice,
    Origin,
    Responsibility,
    TableRow,
    Threshold,
)
from kaohe.normalizers.lines.keys import line_key
from kaohe.pipeline.database.rows import rows_of
from kaohe.pipeline.ingestion.store import Store
from kaohe.pipeline.planning.inbox import Candidate
from kaohe.pipeline.readers.reading import Reading

NOTICES, LINES = 200, 100
_CRITERIA = '每缺一项扣0.5分，扣完为止；满意度低于90%不得分；有创新做法的加1分'
_OFFICES = ('医务科', '护理部', '信息中心', '人事科', '财务科', '党办', '院感科')


def notice(number: int) -> Catalogue:
    """One of the notices: 100 lines in two tables, with clauses, targets and duties."""
    office, year = number // 4, 2022 + number % 4
    texts = [
        (f'第{at // 10}类', f'完成第{at}项重点工作，满意度≥{80 + at % 20}%', _CRITERIA, str(1 + at % 5))
        for at in range(LINES)
    ]
    half = LINES // 2
    tables, lines = [], []
    for table in range(2):
        rows = texts[table * half : (table + 1) * half]
        cells = tuple(
            Cell(row, col, 1, 1, text, ()) for row, row_texts in enumerate(rows) for col, text in enumerate(row_texts)
        )
        total = sum((Decimal(row[3]) for row in rows), Decimal(0))
        columns = (
            Column('类别', 'level'),
            Column('考核内容', 'requirement'),
            Column('评分标准', 'criteria'),
            Column('分值', 'points'),
        )
        tables.append(TableRow('scoring', f'考核表{table + 1}', total, columns, cells))
        for row, (level, requirement, criteria, points) in enumerate(rows):
            key = line_key([level], str(row), None, requirement, criteria, Decimal(points))
            origins = (
                Origin('requirement', 0, len(requirement), table, row, 1),
                Origin('criteria', 0, len(criteria), table, row, 2),
            )
            lines.append(Indicator(
                table, 'scored', True, key, level, None, None, None, (level,), str(row), None, requirement, criteria, Decimal(points),
                points, row_first=row, row_last=row, page=1 + row // 20, origins=origins,
            ))  # fmt: skip
    clauses: list[Clause] = []
    targets: list[Threshold] = []
    duties: list[Responsibility] = []
    for at, line in enumerate(lines):
        base = len(clauses)
        for text, effect, points, per, binds in (
            ('每缺一项扣0.5分', 'deduct', Decimal('0.5'), Decimal(1), ()), ('扣完为止', 'cap', None, None, (base,)),
            ('满意度低于90%不得分', 'forfeit', None, None, ()), ('有创新做法的加1分', 'bonus', Decimal(1), None, ()),
        ):  # fmt: skip
            start = _CRITERIA.index(text)
            clauses.append(Clause(
                scope='line', text=text, start=start, end=start + len(text), effect=effect, rule='clause.plain', indicator=at, field='criteria', points=points,  # type: ignore[arg-type]
                per_quantity=per, per_unit='项' if per else None, condition=text[:4], binds=binds,
                origins=(Origin('text', start, start + len(text), line.table, line.row_first, 2),),
            ))  # fmt: skip
        assert line.requirement is not None
        start = line.requirement.index('满意度')
        targets.append(Threshold(
            indicator=at, field='requirement', start=start, end=len(line.requirement), text=line.requirement[start:], metric='满意度', comparator='>=',
            value=Decimal(80 + at % 20), unit='%', rule='target.sign',
            kind='target', origins=(Origin('text', start, len(line.requirement), line.table, line.row_first, 1),),
        ))  # fmt: skip
        duties += [
            Responsibility(at, 'lead_department', _OFFICES[at % 7]),
            Responsibility(at, 'supporting_department', _OFFICES[(at + 1) % 7]),
            Responsibility(at, 'lead_leader', f'院长{at % 5}'),
        ]
    return Catalogue(
        Document('txt', ()), Notice('assessment', f'{year}年度考核细则', f'第{office}医院', f'{office}号〔{year}〕', f'{year}-02-03', year),
        (BlockRow('title', f'{year}年度考核细则'), *(BlockRow('table', '', table=at) for at in range(2))), tuple(tables), tuple(lines),
        (), tuple(clauses), tuple(targets), tuple(duties), amounts_seen=400, amounts_held=400,
    )  # fmt: skip


def make_large(database: Path, notices: int = NOTICES) -> None:
    """Stores the notices."""
    with Store(database, {}) as store:
        for number in range(notices):
            name = f'第{number // 4}医院/{number}.txt'
            sha256 = hashlib.sha256(name.encode()).hexdigest()
            reading = Reading(sha256, 9, 'txt', rows_of(notice(number), sha256, 9, name), None, 0.1)
            store.put(reading, [Candidate(Path('data/raw', name), Path('data/raw'), name, 9, 1)])
        store.decide(())
