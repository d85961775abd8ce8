"""A cluster reads what the processes of one machine read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.refusal import Refusal

distributed = pytest.importorskip('distributed')
pytestmark = pytest.mark.filterwarnings('default')  # Dask's own warnings about ports and asyncio are not ours

SAMPLES = Path(__file__).parents[3] / 'data' / 'raw' / '示例'


@pytest.fixture(scope='module')
def address() -> Iterator[str]:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def dump(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return [
            line
            for line in connection.iterdump()
            if not line.startswith(('INSERT INTO "runs"', 'INSERT INTO "ingestions"', 'INSERT INTO "sqlite_sequence"'))
        ]


def test_a_cluster_of_two_gives_the_same_database(tmp_path: Path, address: str) -> None:
    here, there = tmp_path / 'here.db', tmp_path / 'there.db'
    ingest([scope_of(SAMPLES)], here, jobs=2, writing=lambda candidates: set())
    report = ingest([scope_of(SAMPLES)], there, jobs=1, scheduler=address, writing=lambda candidates: set())
    assert len(report.of('stored')) == len(list(SAMPLES.iterdir()))
    assert dump(here) == dump(there)


def test_a_file_that_cannot_be_read_costs_itself_only(tmp_path: Path, address: str) -> None:
    inbox = tmp_path / 'inbox'
    inbox.mkdir()
    (inbox / 'a.docx').write_bytes(b'PK\x03\x04 broken')
    (inbox / 'b.txt').write_text('通知\n\n请各单位遵照执行。\n', encoding='utf-8')
    report = ingest([scope_of(inbox)], tmp_path / 'a.db', jobs=1, scheduler=address, writing=lambda candidates: set())
    assert [result.outcome for result in report.results] == ['failed', 'stored']


def test_a_scheduler_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr('kaohe.pipeline.readers.cluster._CONNECT_SECONDS', 0.5)
    with pytest.raises(Refusal, match='连不上调度器'):
        ingest(
            [scope_of(SAMPLES)],
            tmp_path / 'a.db',
            jobs=1,
            scheduler='tcp://127.0.0.1:9',
            writing=lambda candidates: set(),
        )


def test_a_scheduler_without_a_machine_that_works_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr('kaohe.pipeline.readers.cluster._WORKER_SECONDS', 0.5)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None) as empty,
        pytest.raises(Refusal, match='没有一台机器在工作'),
    ):
        ingest(
            [scope_of(SAMPLES)],
            tmp_path / 'a.db',
            jobs=1,
            scheduler=empty.scheduler_address,
            writing=lambda candidates: set(),
        )
