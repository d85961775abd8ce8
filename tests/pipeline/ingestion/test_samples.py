"""The project's own sample notices, from file to database."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.inspection.rule_list import all_rules
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.receipts import write_receipts

SAMPLES = Path(__file__).parents[3] / 'data' / 'raw' / '示例'
Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def samples(inbox: Path) -> list[Path]:
    """A copy of the samples in an inbox, in the order of their names."""
    for file in sorted(SAMPLES.iterdir()):
        if file.suffix in ('.docx', '.txt'):  # the quick ones
            shutil.copy2(file, inbox)
    return sorted(inbox.iterdir())


def test_neither_order_of_arrival_nor_the_number_of_jobs_leaves_a_trace(samples: list[Path], dump: Dump) -> None:
    assert len(samples) >= 5
    one_by_one, together = Path('a.db'), Path('b.db')
    for file in reversed(samples):
        ingest([scope_of(file)], one_by_one, jobs=1)
    report = ingest([scope_of(samples[0].parent)], together, jobs=2)
    assert len(report.with_status('ok')) == len(samples)
    assert dump(one_by_one) == dump(together)
    with closing(sqlite3.connect(together)) as connection:
        used = {
            rule
            for table in ('clauses', 'thresholds', 'facts')
            for (rule,) in connection.execute(f'SELECT DISTINCT rule FROM {table}')  # noqa: S608 named above
        }
        misplaced = connection.execute(
            'SELECT count(*) FROM clauses AS c JOIN indicators AS i ON i.id = c.indicator_id WHERE c.text <> substr('
            "CASE c.field WHEN 'criteria' THEN criteria WHEN 'requirement' THEN requirement WHEN 'name' THEN name ELSE points_text END,"
            ' c.start + 1, c.end - c.start)'
        ).fetchone()
        broken = connection.execute('PRAGMA foreign_key_check').fetchall()
    assert used <= {found.rule.id for found in all_rules()}
    assert misplaced == (0,)
    assert broken == []


def test_a_run_without_changes_loads_nothing_that_only_reading_and_writing_need(samples: list[Path]) -> None:
    ingest([scope_of(samples[0])], Path('a.db'), jobs=1)
    write_receipts(Path('a.db'))
    code = (
        'import sys; from kaohe.pipeline.command import kaohe\n'
        'kaohe.main(["ingest", sys.argv[1], "--db", "a.db"], standalone_mode=False)\n'
        'print(*sys.modules)'
    )
    ran = subprocess.run(
        [sys.executable, '-c', code, str(samples[0])], capture_output=True, check=True, encoding='utf-8'
    )
    assert '没有变化' in ran.stderr
    loaded = set(ran.stdout.split())
    assert {'kaohe.normalizers.steps', 'kaohe.normalizers.catalogue', 'rich', 'lxml', 'pdfplumber', 'docx'}.isdisjoint(
        loaded
    )
    assert {
        'kaohe.pipeline.ingestion.store',
        'kaohe.pipeline.readers.pool',
        'multiprocessing',
        'kaohe.pipeline.receipts.page',
    }.isdisjoint(loaded)
