"""Sides of a comparison are chosen among the notices that count in answers."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kaohe.normalizers.catalogue import Catalogue
from kaohe.pipeline.comparison.sides import side_of_notice, side_of_year
from kaohe.pipeline.database.rows import rows_of
from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.ingestion.store import Store
from kaohe.pipeline.planning.inbox import Candidate
from kaohe.pipeline.readers.reading import Reading
from kaohe.pipeline.refusal import Refusal
from tests.pipeline.conftest import Command
from tests.pipeline.edited_workbook import DATABASE, DECISIONS


def put(catalogue: Catalogue, name: str, number: str) -> None:
    numbered = replace(catalogue, notice=replace(catalogue.notice, doc_number=number))
    sha256 = name.encode().hex().ljust(64, '0')[:64]
    with Store(DATABASE, {}) as store:
        reading = Reading(sha256, 9, 'txt', rows_of(numbered, sha256, 9, name), None, 0.1)
        store.put(reading, [Candidate(Path('data/raw', name), Path('data/raw'), name, 9, 1)])
        store.decide(())


def test_samples_and_retired_notices_are_no_side_of_a_year(inbox: Path, catalogue: Catalogue, command: Command) -> None:
    put(catalogue, '示例/细则.txt', '示例1号')
    with closing(open_to_read(DATABASE)) as connection:
        assert len(side_of_year(connection, '青川市卫生健康委', '2025').lines) == 2
    put(catalogue, '甲院/细则.txt', '甲1号')
    put(catalogue, '乙院/细则.txt', '乙1号')
    with closing(open_to_read(DATABASE)) as connection:
        assert {line.source for line in side_of_year(connection, '青川市卫生健康委', '2025').lines} == {
            '甲院/细则.txt',
            '乙院/细则.txt',
        }
    command('retire', '甲院/细则.txt', '--db', DATABASE, '--decisions', DECISIONS, '--by', '张三')
    with closing(open_to_read(DATABASE)) as connection:
        assert {line.source for line in side_of_year(connection, '青川市卫生健康委', '2025').lines} == {'乙院/细则.txt'}
        assert {line.source for line in side_of_notice(connection, '细则.txt').lines} == {'乙院/细则.txt'}
        assert {line.source for line in side_of_notice(connection, '示例/细则.txt').lines} == {'示例/细则.txt'}
        with pytest.raises(Refusal, match='没有'):
            side_of_year(connection, '青川市卫生健康委', '2020')
