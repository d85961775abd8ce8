"""Ids on which other data hangs for years: equal for every copy and format of a notice, and found again when the reading gets better."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kaohe.normalizers.catalogue import Catalogue
from kaohe.pipeline.database.offices import office_of
from kaohe.pipeline.database.rows import rows_of
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.ingestion.store import Store
from kaohe.pipeline.planning.inbox import Candidate, scope_of
from kaohe.pipeline.readers.reading import Reading
from tests.pipeline.edited_workbook import DATABASE, WORD, read_in

KINDS = ('documents', 'tables', 'indicators', 'clauses', 'thresholds')


def stable(kind: str) -> list[str]:
    with closing(sqlite3.connect(DATABASE)) as connection:
        return [row[0] for row in connection.execute(f'SELECT stable_id FROM {kind} ORDER BY stable_id')]  # noqa: S608


def former(kind: str) -> dict[str, list[str]]:
    with closing(sqlite3.connect(DATABASE)) as connection:
        sql = f'SELECT stable_id, former_ids FROM {kind} WHERE former_ids IS NOT NULL'  # noqa: S608
        return {now: json.loads(before) for now, before in connection.execute(sql)}


def put(catalogue: Catalogue, name: str = '甲/细则.txt', sha256: str = 'ab' * 32) -> None:
    """Stores what a program read in a file."""
    reading = Reading(sha256, 9, 'txt', rows_of(catalogue, sha256, 9, name), None, 0.1)
    with Store(DATABASE, {}) as store:
        store.put(reading, [Candidate(Path('data/raw', name), Path('data/raw'), name, 9, 1)])
        store.decide(())


def test_a_word_file_that_is_saved_again_keeps_every_id(inbox: Path, tmp_path: Path, in_this_process: None) -> None:
    read_in(inbox, WORD)
    before = {kind: stable(kind) for kind in KINDS}
    again = tmp_path / WORD.name
    with zipfile.ZipFile(WORD) as source, zipfile.ZipFile(again, 'w', zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    read_in(inbox, again)
    assert {kind: stable(kind) for kind in KINDS} == before
    assert all(len(before[kind]) == len(set(before[kind])) > 0 for kind in KINDS)


def test_no_two_rows_of_a_notice_share_one(inbox: Path, catalogue: Catalogue) -> None:
    put(catalogue)  # its line stands there twice
    for kind in KINDS:
        assert len(set(stable(kind))) == len(stable(kind)) > 0, kind


@pytest.mark.parametrize(
    ('source', 'office'),
    [
        ('甲医院/考核细则.docx', '甲医院'),
        ('2025年/甲医院/考核细则.docx', '甲医院'),
        ('2025/考核细则.docx', None),
        ('2024-2025年度/docx/考核细则.docx', None),
        ('扫描件/乙医院/考核细则.pdf', '乙医院'),
        ('示例/考核细则.docx', None),
        ('附件.zip/考核细则.docx', None),
        ('考核细则.docx', None),
    ],
)
def test_the_office_is_the_folder_that_is_none_of_a_year_a_format_or_the_samples(
    source: str, office: str | None
) -> None:
    assert office_of(source) == office


def test_the_office_is_part_of_the_identity_where_neither_number_nor_issuer_is_printed(
    inbox: Path, catalogue: Catalogue
) -> None:
    unnamed = replace(catalogue, notice=replace(catalogue.notice, doc_number=None, issuer=None))
    put(unnamed, '甲/细则.txt', 'ab' * 32)
    first = stable('documents')
    put(unnamed, '乙/细则.txt', 'cd' * 32)
    with closing(sqlite3.connect(DATABASE)) as connection:
        assert sorted(x for (x,) in connection.execute('SELECT office FROM sources')) == ['乙', '甲']
        assert connection.execute('SELECT count(*) FROM documents WHERE edition_of IS NOT NULL').fetchone() == (0,)
    assert len(set(stable('documents'))) == 2
    assert first[0] in stable('documents')


def read_otherwise(catalogue: Catalogue) -> Catalogue:
    """As a better grammar would read it: the second line has other points, the first clause is longer."""
    first, second = catalogue.indicators
    clause, *others = catalogue.clauses
    longer = replace(clause, start=clause.start - 2, text=f'1.{clause.text}')
    origins = catalogue.indicators[0].origins
    second = replace(second, key='ffff0000', points=Decimal(3), origins=tuple(o._replace(row=2) for o in origins))
    return replace(catalogue, indicators=(first, second), clauses=(longer, *others))


def placed(catalogue: Catalogue) -> Catalogue:
    """The catalogue with its second line in its own row."""
    first, second = catalogue.indicators
    return replace(
        catalogue, indicators=(first, replace(second, origins=tuple(o._replace(row=2) for o in first.origins)))
    )


def test_ids_are_carried_over_when_a_newer_program_reads_a_line_otherwise(inbox: Path, catalogue: Catalogue) -> None:
    put(placed(catalogue))
    before = {kind: set(stable(kind)) for kind in KINDS}
    put(read_otherwise(catalogue))
    for kind in KINDS:
        after = set(stable(kind))
        lost, fresh = before[kind] - after, after - before[kind]
        assert len(lost) == len(fresh) == (kind in ('indicators', 'clauses')), kind
        assert former(kind) == ({fresh.pop(): [lost.pop()]} if lost else {}), kind


def test_former_ids_stay_when_the_notice_is_read_again_and_follow_further_changes(
    inbox: Path, catalogue: Catalogue
) -> None:
    put(placed(catalogue))
    changed = read_otherwise(catalogue)
    put(changed)
    once = former('indicators')
    put(changed)
    assert former('indicators') == once
    first, second = changed.indicators
    put(replace(changed, indicators=(first, replace(second, key='eeee0000'))))
    ((now, before),) = former('indicators').items()
    ((middle, oldest),) = once.items()
    assert before == [*oldest, middle]
    with closing(sqlite3.connect(DATABASE)) as connection:
        found = connection.execute('SELECT now FROM stable_ids WHERE stable_id = ?', oldest).fetchall()
    assert found == [(now,)]


def test_ids_are_given_to_notices_of_an_older_database(inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    ingest([scope_of(inbox)], DATABASE, jobs=1)
    before = {kind: stable(kind) for kind in KINDS}
    with closing(sqlite3.connect(DATABASE)) as connection:
        for kind in KINDS:
            connection.execute(f'UPDATE {kind} SET stable_id = NULL')  # noqa: S608
        connection.commit()
    (inbox / 'b.txt').write_text('坏')
    ingest([scope_of(inbox)], DATABASE, jobs=1)
    for kind in KINDS:
        assert set(before[kind]) <= set(stable(kind))
        assert former(kind) == {}
