"""``kaohe merge``: several offices' databases as one."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kaohe.pipeline.database.schema import open_to_write
from kaohe.pipeline.ingestion.merging import COPIED, MADE_ANEW
from tests.pipeline.conftest import Command

NOTICE = '{unit}2025年度考核细则（10分）\n项目\t考核内容\t评分标准\t分值\t牵头科室\n安全\t满意度≥90%\t每缺一项扣0.5分，扣完为止\t5\t医务科\n质量\t建立制度\t未建立制度不得分\t5\t质控科\n'


def rows(database: str, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


def ingest(command: Command, name: str, **files: str) -> None:
    folder = Path(name)
    folder.mkdir()
    for file, text in files.items():
        (folder / f'{file}.txt').write_text(text, 'utf-8')
    assert command('ingest', name, '--db', f'{name}.db', '--no-receipts').status == 0


@pytest.fixture
def two(command: Command, tmp_path: Path, in_this_process: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two offices with a notice of one title and no issuer each, one file that both have, and a correction in one of them."""
    monkeypatch.chdir(tmp_path)
    ingest(command, '甲院', 细则=NOTICE.format(unit=''), 共同=NOTICE.format(unit='青禾市卫生健康委员会'))
    ingest(command, '乙院', 细则=NOTICE.format(unit='').replace('0.5', '0.8'), 共同=NOTICE.format(unit='青禾市卫生健康委员会'))  # fmt: skip
    (line,) = rows('甲院.db', "SELECT i.id FROM indicators AS i JOIN documents AS d ON d.id = i.document_id WHERE d.source = '细则.txt' AND level1 = '安全' OR d.source = '细则.txt' AND name = '安全'")  # fmt: skip
    assert command('correct', line[0], '分值', '4', '--by', '张三', '--db', '甲院.db').status == 0
    assert command('sign', '青禾市', '--by', '李四', '--db', '乙院.db').status == 0


def test_both_offices_notices_ids_and_decisions_are_there(command: Command, two: None) -> None:
    ran = command('merge', '甲院.db', '乙院.db', '全市.db')
    assert ran.status == 0
    assert '3 份通知' in ran.err
    assert rows('全市.db', 'SELECT source, office FROM sources ORDER BY source') == [
        ('乙院/共同.txt', '青禾市卫生健康委员会'), ('乙院/细则.txt', '乙院'), ('甲院/共同.txt', '青禾市卫生健康委员会'), ('甲院/细则.txt', '甲院'),
    ]  # fmt: skip
    lines = {name: set(rows(f'{name}.db', 'SELECT id FROM indicators')) for name in ('甲院', '乙院', '全市')}
    assert lines['全市'] == lines['甲院'] | lines['乙院']
    corrected = rows('全市.db', "SELECT d.source, i.points FROM corrected_indicators AS i JOIN documents AS d ON d.id = i.document_id WHERE i.points = 4")  # fmt: skip
    assert corrected == [('甲院/细则.txt', 4)]
    assert rows('全市.db', 'SELECT signed_by, state FROM sign_offs') == [('李四', 'signed')]
    assert command('check', '--db', '全市.db').status == 0
    assert '乙院/细则.txt' in command('search', '满意度', '--db', '全市.db').out
    # the old ones are as they were, and the new one goes on by itself
    assert rows('甲院.db', 'SELECT count(*) FROM documents') == [(2,)]
    ingest(command, '全市新', 新=NOTICE.format(unit='云岭市卫生健康局'))
    assert command('ingest', '全市新', '--db', '全市.db', '--no-receipts').status == 0
    assert rows('全市.db', 'SELECT count(*) FROM documents') == [(4,)]
    assert rows('全市.db', 'SELECT count(*) FROM corrected_indicators WHERE points = 4') == [(1,)]


@pytest.mark.skipif(sys.platform == 'win32', reason='rights of files are lists there')
def test_the_new_database_is_no_more_open_than_the_old_ones(command: Command, two: None) -> None:
    Path('乙院.db').chmod(0o600)
    Path('甲院.decisions').chmod(0o700)
    assert command('merge', '甲院.db', '乙院.db', '全市.db').status == 0
    assert Path('全市.db').stat().st_mode & 0o077 == 0
    assert Path('全市.decisions').stat().st_mode & 0o077 == 0


def test_namesakes_keep_their_own_scores_and_corrections_and_those_of_a_former_file_hold(
    command: Command, two: None
) -> None:
    for name in ('甲院', '乙院'):
        (line,) = rows(f'{name}.db', "SELECT q.id FROM inputs AS q JOIN documents AS d ON d.id = q.document_id WHERE d.source = '细则.txt' AND q.kind = 'count'")  # fmt: skip
        Path('答案.json').write_text(json.dumps({'answers': {line[0]: 1}}), 'utf-8')
        (document,) = rows(f'{name}.db', "SELECT id FROM documents WHERE source = '细则.txt'")
        assert command('score', '--answers', '答案.json', '--notice', document[0], '--assessed', '内科', '--period', '2025', '--db', f'{name}.db').status == 0  # fmt: skip
    file = Path('甲院/细则.txt')
    file.write_text(file.read_text('utf-8') + '以上请认真执行。\n', 'utf-8')
    assert command('ingest', '甲院', '--db', '甲院.db', '--no-receipts').status == 0
    assert rows('甲院.db', 'SELECT state FROM corrections') == [('applied',)]
    assert command('merge', '甲院.db', '乙院.db', '全市.db').status == 0
    assert rows('全市.db', 'SELECT state FROM corrections') == [('applied',)]
    told = rows(
        '全市.db', 'SELECT d.source FROM assessments AS a JOIN documents AS d ON d.id = a.document_id ORDER BY 1'
    )
    assert told == [('乙院/细则.txt',), ('甲院/细则.txt',)]


def test_what_stands_there_stays_and_what_is_no_database_is_refused(command: Command, two: None) -> None:
    Path('全市.db').write_text('mine')
    assert command('merge', '甲院.db', '乙院.db', '全市.db').status == 2
    assert Path('全市.db').read_text() == 'mine'
    Path('坏.db').write_text('no database')
    ran = command('merge', '甲院.db', '坏.db', '新.db')
    assert ran.status != 0
    assert '坏.db' in ran.err
    assert not Path('新.db').exists()
    assert command('merge', '甲院.db', '新.db').status == 2


def test_every_table_is_copied_or_made_anew(tmp_path: Path) -> None:
    with closing(open_to_write(tmp_path / 'a.db')) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {name for name in tables if not name.startswith(('sqlite_', 'texts_fts'))} == set(COPIED) | MADE_ANEW
