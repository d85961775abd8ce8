"""The words of one's own house: read from files, checked, known to every reading process, and a reason to read again."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kaohe.normalizers.vocabulary.house_vocabulary import VARIABLE, read_house
from kaohe.pipeline.planning.added_words import ADDED, with_words, without_words
from kaohe.pipeline.planning.house_words import contradictions
from kaohe.pipeline.refusal import Refusal

PROJECT = Path(__file__).parents[3]
EXAMPLE = PROJECT / 'data/house/example.toml.off'
NOTICE = """内部资料 注意保存

青川市巡防考核细则

序号\t督办事由\t扣罚尺度\t分值\t牵头科室
1\t巡防到位\t未着装的每哨位核罚0.5分\t5\t网络办
2\t画面清楚\t清晰度不亚于3千帧的得2分；以智慧督考平台推送为准\t5\t网络办
"""


def _house(folder: Path, text: str | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / 'words.toml').write_text(EXAMPLE.read_text('utf-8') if text is None else text, 'utf-8')
    return folder


def _kaohe(house: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, '-m', 'kaohe.pipeline', *map(str, arguments)],
        env={**os.environ, VARIABLE: str(house), 'PYTHONIOENCODING': 'utf-8'},
        capture_output=True,
        encoding='utf-8',
        check=False,
    )


def test_the_example_that_is_shipped_can_be_used_as_it_is_and_does_nothing_where_it_lies(tmp_path: Path) -> None:
    words, problems = read_house(_house(tmp_path))
    assert not problems
    assert not list(contradictions(words))
    assert {word.section for word in words} == {'表头', '动词', '单位', '比较词', '科室', '页眉页脚', '计分来源'}
    assert read_house(PROJECT / 'data/house') == ((), ())


def test_words_of_the_house_reach_the_reading_processes_and_changing_them_reads_the_notices_again(
    tmp_path: Path,
) -> None:
    inbox, house, db = tmp_path / 'in', tmp_path / 'house', tmp_path / 'out' / 'x.db'
    inbox.mkdir()
    (inbox / '细则.txt').write_text(NOTICE, 'utf-8')
    where = ('--db', db, '--decisions', tmp_path / 'decisions', '--no-receipts', '--jobs', '2')
    assert _kaohe(tmp_path / 'none', 'ingest', inbox, *where).returncode == 0
    with closing(sqlite3.connect(db)) as stored:
        before = stored.execute('SELECT effect, per_unit, rule FROM clauses ORDER BY ordinal, start').fetchall()
    _house(house)
    assert _kaohe(house, 'ingest', inbox, *where).returncode == 0
    with closing(sqlite3.connect(db)) as stored:
        clauses = stored.execute(
            'SELECT c.effect, c.points, c.per_unit FROM clauses c JOIN indicators i ON i.id = c.indicator_id ORDER BY i.ordinal, c.start'
        ).fetchall()
        targets = stored.execute('SELECT comparator, value, unit FROM thresholds').fetchall()
        lines = stored.execute('SELECT requirement, criteria FROM indicators ORDER BY ordinal').fetchall()
        aliases = stored.execute("SELECT alias, party, state FROM aliases WHERE state = 'confirmed'").fetchall()
        title = stored.execute('SELECT title FROM documents').fetchone()[0]
    assert clauses == [('deduct', 0.5, '哨位'), ('award', 2.0, None), ('external', None, None)]
    assert targets == [('>=', 3.0, '千帧')]
    assert lines[0] == ('巡防到位', '未着装的每哨位核罚0.5分')
    assert aliases == [('网络办', '信息科', 'confirmed')]
    assert title == '青川市巡防考核细则'
    assert [row[0] for row in clauses] != [row[0] for row in before] or before[0][1] != '哨位'
    again = _kaohe(house, 'ingest', inbox, *where)
    assert again.returncode == 0
    with closing(sqlite3.connect(db)) as stored:  # once with the words of before, once with these, and no more
        assert stored.execute('SELECT count(*) FROM ingestions').fetchone()[0] == 2


@pytest.mark.parametrize(
    ('text', 'line', 'said'),
    [
        ('[表头]\n"考核内容" = ["督办事由"]\n', 1, '中文要写在英文引号里'),
        ('["表头"]\n"考核内容" = “督办事由”\n', 2, '英文的'),
        ('["表头"]\n"考核内容" = ["督办事由"\n', 2, '写法不对'),
        ('["动作"]\n"扣分" = ["核罚"]\n', 1, '没有“动作”这一类；可写的有：表头、动词'),
        ('["动词"]\n\n"减分" = ["核罚"]\n', 3, '“动词”里没有“减分”；可写的有：扣分、得分、加分'),
        ('["动词"]\n"扣分" = "核罚"\n', 2, '要写成一串词'),
        ('["动词"]\n"扣分" = [\n  "核罚",\n  "核"\n]\n', 4, '“核”太短'),
        ('["动词"]\n"扣分" = ["核 罚"]\n', 2, '有空格或标点'),
        ('["单位"]\n"计数" = ["3哨位"]\n', 2, '有数字'),
        ('["动词"]\n"扣分" = ["核罚"]\n"得分" = ["核罚"]\n', 3, '第 2 行已写作“扣分”'),
    ],
)
def test_what_is_wrong_is_told_with_its_file_and_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    _, problems = read_house(_house(tmp_path, text))
    assert [(found.file, found.line) for found in problems] == [('words.toml', line)]
    assert said in problems[0].what


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / 'words.toml').write_bytes('["动词"]\n"扣分" = ["核罚"]\n'.encode('gb18030'))
    assert '不是 UTF-8' in read_house(tmp_path)[1][0].what


@pytest.mark.parametrize(
    ('text', 'other'),
    [
        ('["动词"]\n"扣分" = ["奖励"]\n', '加分'),
        ('["表头"]\n"分值" = ["评分标准"]\n', '评分标准'),
        ('["比较词"]\n"高于" = ["不低于"]\n', '不低于'),
    ],
)
def test_a_word_that_the_program_knows_in_another_sense_is_refused(tmp_path: Path, text: str, other: str) -> None:
    words, problems = read_house(_house(tmp_path, text))
    assert not problems
    assert f'认作“{other}”' in next(contradictions(words)).what


def test_nothing_is_read_while_a_word_cannot_be_used(tmp_path: Path) -> None:
    house = _house(tmp_path / 'house', '["动词"]\n"扣分" = ["核"]\n')
    (tmp_path / 'in').mkdir()
    done = _kaohe(house, 'ingest', tmp_path / 'in', '--db', tmp_path / 'x.db', '--decisions', tmp_path / 'decisions')
    assert done.returncode == 2
    assert 'words.toml 第 2 行：“核”太短' in done.stderr


def test_words_are_added_and_taken_out_and_other_files_are_left_alone(tmp_path: Path) -> None:
    _house(tmp_path)
    (tmp_path / ADDED).write_bytes(with_words(tmp_path, '动词', '扣分', ('核没',)))
    (tmp_path / ADDED).write_bytes(with_words(tmp_path, '科室', '信息科', ('网信办', '机房')))
    found, problems = read_house(tmp_path)
    assert not problems
    assert [(word.key, word.word) for word in found if word.file == ADDED] == [
        ('扣分', '核没'),
        ('信息科', '网信办'),
        ('信息科', '机房'),
    ]
    with pytest.raises(Refusal, match='写在别的文件里的'):
        without_words(tmp_path, '动词', '扣分', ('核罚',))
    (tmp_path / ADDED).write_bytes(without_words(tmp_path, '动词', '扣分', ('核没',)))
    assert '核没' not in [word.word for word in read_house(tmp_path)[0]]


def test_what_people_wrote_into_the_file_outlives_the_command(tmp_path: Path) -> None:
    added = tmp_path / ADDED
    added.write_text('# 与督查室商定\n["动词"]\n"扣分" = ["核没"] # 七月起\n', 'utf-8')
    added.write_bytes(with_words(tmp_path, '动词', '扣分', ('核罚',)))
    added.write_bytes(without_words(tmp_path, '动词', '扣分', ('核没',)))
    text = added.read_text('utf-8')
    assert text.count('# 与督查室商定\n') == text.count('# 七月起\n') == text.count('kaohe words') == 1
    assert [word.word for word in read_house(tmp_path)[0]] == ['核罚']
    for folder_word in ('第#号内部文件', '第#号外部文件'):
        added.write_bytes(with_words(tmp_path, '页眉页脚', '整行', (folder_word,)))
    assert added.read_text('utf-8').count('#') == 5  # two remarks, the head, two words
    added.write_text('["动词"]\n"扣分" = ["核罚", "核"]\n', 'utf-8')
    with pytest.raises(Refusal, match='先改好已有的词'):
        without_words(tmp_path, '动词', '扣分', ('核罚',))


@pytest.mark.parametrize(
    ('section', 'key', 'word'),
    [('动词', '减分', '核没'), ('动作', '扣分', '核没'), ('动词', '扣分', '核'), ('动词', '加分', '核罚')],
)
def test_a_word_that_cannot_be_used_is_not_added(tmp_path: Path, section: str, key: str, word: str) -> None:
    with pytest.raises(Refusal):
        with_words(_house(tmp_path), section, key, (word,))


def test_a_word_is_tried_on_a_sentence_before_it_is_added(tmp_path: Path) -> None:
    done = _kaohe(tmp_path, 'words', '单位', '计数', '哨位', '--try', '未着装的每哨位扣0.5分')
    assert done.returncode == 0
    assert '每 1 哨位' in done.stdout.split('添上以后')[1]
    assert not list(tmp_path.glob('*.toml'))


def test_words_answer_programs_in_json_when_they_are_tried_added_and_taken_out(tmp_path: Path) -> None:
    tried = json.loads(
        _kaohe(tmp_path, 'words', '比较词', '不低于', '不亚于', '--try', '清晰度不亚于90%', '--json').stdout
    )
    assert (tried['schema'], tried['sentence']) == ('kaohe.words-tried/1', '清晰度不亚于90%')
    assert '>=' in tried['then'][0]
    assert '>=' not in tried['now'][0]
    added = json.loads(_kaohe(tmp_path, 'words', '比较词', '不低于', '不亚于', '--json').stdout)
    assert [word['word'] for word in added['words']] == ['不亚于']
    assert (
        json.loads(_kaohe(tmp_path, 'words', '比较词', '不低于', '不亚于', '--remove', '--json').stdout)['words'] == []
    )


def test_the_words_are_listed_with_their_places(tmp_path: Path) -> None:
    done = _kaohe(_house(tmp_path), 'words')
    assert '动词　扣分　核罚　（words.toml 第 15 行）' in done.stdout
