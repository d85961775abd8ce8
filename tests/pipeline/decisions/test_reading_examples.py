"""A correction can be kept as an example for the tests of the grammar."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.decisions.reading_examples import example_of
from tests.pipeline.conftest import Command
from tests.pipeline.edited_workbook import DATABASE

TEXT = """青川市2025年度考核细则
青川市卫生健康局

序号\t考核内容\t评分标准\t分值\t牵头科室
1\t培训\t青川市医务科未组织培训的，每次扣0.5分，扣完为止。参训率≥90%得2分；台账不全的扣1分\t5\t医务科
"""


@pytest.fixture
def stored(inbox: Path, command: Command) -> None:
    (inbox / '细则.txt').write_text(TEXT, 'utf-8')
    assert command('ingest', '--db', DATABASE, '--jobs', '1', '--no-receipts').status == 0


def _id(sql: str) -> str:
    with closing(sqlite3.connect(DATABASE)) as connection:
        return str(connection.execute(sql).fetchone()[0])


def test_a_corrected_clause_is_kept_with_its_sentence_and_all_that_stands_in_it(stored: None, command: Command) -> None:
    clause = _id("SELECT id FROM clauses WHERE text LIKE '%每次扣0.5分'")
    done = command(
        'correct', clause, '分值', '1', '--by', '张三', '--as-example', 'out/examples.jsonl', '--db', DATABASE
    )
    assert done.status == 0
    (example,) = (json.loads(line) for line in Path('out/examples.jsonl').read_text('utf-8').splitlines())
    assert example['text'] == '某某未组织培训的，每次扣0.5分，扣完为止'
    assert [(one['effect'], one['points'], one['per_unit']) for one in example['clauses']] == [
        ('deduct', 1.0, '次'),
        ('cap', None, None),
    ]
    assert (example['field'], example['kind'], example['thresholds']) == ('criteria', 'scored', [])
    assert '某某未组织培训的' in done.err


def test_what_is_no_clause_is_left_out_and_a_second_correction_replaces_the_first(
    stored: None, command: Command
) -> None:
    clause = _id("SELECT id FROM clauses WHERE text LIKE '%每次扣0.5分'")
    cap = _id("SELECT id FROM clauses WHERE effect = 'cap'")
    for given in ((clause, '分值', '1'), (cap, '这不是条款', '是')):
        command('correct', *given, '--by', '张三', '--as-example', 'examples.jsonl', '--db', DATABASE)
    (example,) = (json.loads(line) for line in Path('examples.jsonl').read_text('utf-8').splitlines())
    assert [one['effect'] for one in example['clauses']] == ['deduct']


def test_a_target_is_kept_with_its_metric(stored: None) -> None:
    with closing(open_to_read(Path(DATABASE))) as connection:
        example = example_of(connection, _id('SELECT id FROM thresholds'))
    assert example is not None
    assert example['text'] == '参训率≥90%得2分'
    assert [(one['metric'], one['comparator'], one['value'], one['unit']) for one in example['thresholds']] == [
        ('参训率', '>=', 90.0, '%')
    ]


def test_a_line_is_no_example(stored: None, command: Command) -> None:
    line = _id('SELECT id FROM indicators')
    done = command('correct', line, '分值', '6', '--by', '张三', '--as-example', 'examples.jsonl', '--db', DATABASE)
    assert done.status == 0
    assert '没有记' in done.err
    assert not Path('examples.jsonl').exists()


def test_an_example_that_cannot_be_written_is_told_with_what_to_do_and_the_correction_stays(
    stored: None, command: Command
) -> None:
    Path('a').write_text('no folder')
    clause = _id("SELECT id FROM clauses WHERE text LIKE '%每次扣0.5分'")
    asked = ('correct', clause, '分值', '1', '--by', '张三', '--db', DATABASE, '--as-example')
    failed = command(*asked, 'a/examples.jsonl')
    assert failed.status == 1
    assert '例子写不进去' in failed.err
    assert '更正已存好，请用 --as-example 另给一个能写的文件' in failed.err
    assert command(*asked, 'examples.jsonl').status == 0
    assert len(Path('examples.jsonl').read_text('utf-8').splitlines()) == 1
