"""The command as people use it: words, streams, exit statuses."""

from __future__ import annotations

import ast
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import click
import pytest

from kaohe.pipeline.command import VERBS, kaohe
from kaohe.pipeline.database.ids import document_id
from kaohe.pipeline.language.click_words import WORDS
from kaohe.pipeline.planning.hashing import sha256_of
from tests.pipeline.conftest import Command, Ran

ROOT = Path(__file__).parents[3]


def verb(name: str) -> click.Command:
    found = kaohe.get_command(click.Context(kaohe), name)  # type: ignore[attr-defined]
    assert isinstance(found, click.Command)
    return found


@pytest.mark.parametrize('name', VERBS)
def test_every_verb_has_help_in_chinese_with_an_example(command: Command, name: str) -> None:
    ran = command(name, '--help')
    assert ran.status == 0
    assert '例子：' in ran.out
    assert f'kaohe {name}' in ran.out
    words = re.findall(r'(?<![\w./\-])[A-Z]?[a-z]{3,}(?![\w./\-])', re.sub(r'kaohe \w+.*|data/\S+', '', ran.out))
    known = {
        'docx', 'pdf', 'txt', 'json', 'table', 'html', 'xlsx', 'document', 'tables', 'rows', 'indicators', 'clauses', 'error', 'warning', 'info', 'rule', 'cap', 'points',
        'raw', 'csv', 'parquet', 'spacy', 'spa', 'Dask', 'tcp', 'join', 'part', 'off',
    }  # fmt: skip
    assert set(words) <= known


@pytest.mark.parametrize('name', VERBS)
def test_the_list_of_verbs_says_what_the_verbs_say(name: str) -> None:
    assert verb(name).short_help == VERBS[name].does


@pytest.mark.parametrize('name', VERBS)
def test_every_option_says_what_it_does(name: str) -> None:
    for parameter in verb(name).params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize('page', ['README.md', 'docs/commands.zh.md'])
def test_the_readme_names_every_verb(page: str) -> None:
    text = (ROOT / page).read_text('utf-8')
    assert [name for name in VERBS if f'kaohe {name}' not in text] == []


def test_the_office_readme_names_every_option() -> None:
    text = (ROOT / 'docs' / 'commands.zh.md').read_text('utf-8')
    missing = [
        f'{name} {option}'
        for name in VERBS
        for parameter in verb(name).params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if f'`{option}' not in text
    ]
    assert missing == []


def test_clicks_own_words_have_a_translation() -> None:
    # what only programmers can cause, and questions that this command never asks
    never_shown = (
        "Name '", 'Could not determine', 'No options defined', 'Boolean option', 'Arguments take exactly one', 'DeprecationWarning', 'Choice(',
        'Invalid start character', '{value!r} is not a valid UUID', '{value!r} does not match the format', '{len_type} values',
        'Do you want', 'Confirm the', 'Repeat for', 'Error: The value', 'Error: The two',
    )  # fmt: skip
    folder = Path(click.__file__).parent
    missing = set()
    for module in ('core', 'exceptions', 'types', 'parser', 'formatting', 'decorators'):
        for node in ast.walk(ast.parse((folder / f'{module}.py').read_text('utf-8'))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ('_', 'ngettext'):
                texts = [x.value for x in node.args[:2] if isinstance(x, ast.Constant) and isinstance(x.value, str)]
                missing |= {text for text in texts if text not in WORDS and not text.startswith(never_shown)}
    assert missing == set()


@pytest.mark.parametrize(
    ('arguments', 'says'),
    [
        ((), '用法'),
        (('ingset',), '没有 ingset 这个命令'),
        (('ingest', '--job'), '没有 --job 这个选项'),
        (('ingest', '--jobs', '0'), '0 不在范围'),
        (('ingest', '--jobs', 'two'), 'two 不是数'),
        (('ingest', '--jobs'), '--jobs 后面要写一个值'),
        (('ingest', 'nowhere'), '找不到 nowhere'),
        (('ingest',), '找不到 data/raw'),
        (('show',), '缺少参数'),
        (('show', 'nowhere.docx'), 'nowhere.docx 不存在'),
        (('show', '.'), '是文件夹'),
        (('show', __file__, '--until', 'dawn'), '不能是 dawn'),
        (('explain', 'abc'), '不像编号'),
        (('formats', 'x'), '多出了参数：x'),
    ],
)
def test_wrong_usage_is_told_in_chinese_and_ends_with_2(
    command: Command, arguments: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = command(*arguments)
    assert ran.status == 2
    assert says in ran.err
    assert ran.out == ''
    assert not re.search(r'\b(Error|Usage|Try|Missing|Invalid|No such)\b', ran.err)


def test_ingest_ends_with_0_where_all_was_read(command: Command, inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    (inbox / 'b.txt').write_text('半份通知')
    ran = command('ingest')
    assert ran.status == 0
    assert ran.out == ''
    for word in ('a.txt', '考核通知', '已读入', '部分读入', '85.7%', '完成：读入 2 个', '已有归处 12 处'):
        assert word in ran.err
    assert '! b.txt：' in ran.err
    assert '没有变化：2 个文件' in command('ingest').err
    assert command('ingest', '--strict').status == 1


def test_ingest_ends_with_1_where_a_file_failed_then_and_later(
    command: Command, inbox: Path, plain_reader: list[str]
) -> None:
    (inbox / 'a.txt').write_text('坏文件')
    for _ in range(2):
        ran = command('ingest')
        assert ran.status == 1
        assert '✗ a.txt：文件已损坏或不完整' in ran.err


def test_a_fault_of_the_program_shows_no_traceback_and_no_control_characters(
    command: Command, inbox: Path, plain_reader: list[str]
) -> None:
    (inbox / '崩\x1b[2J\u202e.txt').write_text('崩溃')
    ran = command('ingest')
    assert ran.status == 1
    assert 'ZeroDivisionError' in ran.err
    assert 'Traceback' not in ran.err
    assert not set(ran.err) & {'\x1b', '\u202e'}


def test_quiet_says_only_what_failed(command: Command, inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    assert command('ingest', '--quiet') == Ran(0, '', '')
    (inbox / 'b.txt').write_text('坏文件')
    ran = command('ingest', '--quiet')
    assert (ran.status, ran.out, len(ran.err.splitlines())) == (1, '', 1)


def test_json_is_on_stdout_and_complete(command: Command, inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    (inbox / 'b.txt').write_text('坏文件')
    ran = command('ingest', '--json')
    told = json.loads(ran.out)
    assert told['changed'] is True
    first, second = told['files']
    assert (first['source'], first['outcome'], first['status'], first['lines'], first['clauses']) == (
        'a.txt',
        'stored',
        'ok',
        2,
        3,
    )
    assert (first['amounts_seen'], first['amounts_held'], first['warnings']) == (7, 6, 1)
    assert (second['outcome'], second['status'], second['errors']) == ('failed', 'failed', 1)
    assert json.loads(command('ingest', '--json').out)['changed'] is False


def test_an_empty_inbox_says_what_to_do(command: Command, inbox: Path) -> None:
    ran = command('ingest')
    assert (ran.status, ran.out) == (0, '')
    assert '收件夹里没有文件' in ran.err
    assert not Path('data/structured/catalogue.db').exists()


def test_files_that_left_and_files_that_wait_are_told(
    command: Command, inbox: Path, plain_reader: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    command('ingest')
    (inbox / 'a.txt').unlink()
    (inbox / 'b.txt').write_text('乙通知')
    monkeypatch.setattr('kaohe.pipeline.planning.inbox._changed', lambda candidate: True)
    ran = command('ingest')
    assert ran.status == 0
    assert '已离开，数据保留' in ran.err
    assert '… b.txt：还在复制' in ran.err


def test_a_database_that_cannot_be_made_ends_with_1_and_says_why(
    command: Command, inbox: Path, plain_reader: list[str]
) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    Path('file').write_text('x')
    ran = command('ingest', '--db', 'file/catalogue.db')
    assert ran.status == 1
    assert '无法建立数据库文件夹' in ran.err


@pytest.mark.parametrize('name', ['findings', 'explain'])
def test_without_a_database_the_next_step_is_named(command: Command, inbox: Path, name: str) -> None:
    ran = command(name, *(['c_x'] if name == 'explain' else []))
    assert ran.status == 1
    assert '请先运行 kaohe ingest' in ran.err


def test_findings_are_listed_by_severity_and_file(command: Command, inbox: Path, plain_reader: list[str]) -> None:
    (inbox / '甲.txt').write_text('半份通知')
    (inbox / '乙.txt').write_text('乙通知')
    command('ingest')
    assert len(json.loads(command('findings', '--json').out)['findings']) == 2
    (only,) = json.loads(command('findings', '--severity', 'error', '--json').out)['findings']
    assert (only['source'], only['code'], only['about']) == ('甲.txt', 'file.broken', 'reading')
    ran = command('findings', '乙')
    assert '乙.txt' in ran.out
    assert '甲.txt' not in ran.out
    assert '共 1 条' in ran.err
    assert json.loads(command('findings', '--code', 'no.such', '--json').out)['findings'] == []


def test_explain_leads_from_a_clause_to_the_characters_of_the_notice(
    command: Command, inbox: Path, plain_reader: list[str]
) -> None:
    (inbox / '甲.txt').write_text('甲通知')
    command('ingest')
    with closing(sqlite3.connect('data/structured/catalogue.db')) as connection:
        ids = {
            table: connection.execute(f'SELECT id FROM {table} ORDER BY ordinal').fetchone()[0]  # noqa: S608 named below
            for table in (
                'tables',
                'blocks',
                'indicators',
                'items',
                'clauses',
                'thresholds',
                'responsibilities',
                'facts',
                'findings',
            )
        }
    ids['documents'] = document_id(sha256_of(inbox / '甲.txt'))
    clause = command('explain', ids['clauses']).out
    assert '甲.txt' in clause
    assert '扣分 0.5 分，每 1 项' in clause
    assert '第 1 页 表 1《考核细则》第 2 行第 2 列：1.【每缺一项扣0.5分】，扣完为止' in clause
    assert '规则　clause.deduct' in clause
    told = json.loads(command('explain', ids['clauses'], '--json').out)
    (place,) = told['places']
    assert place['text'][place['start'] : place['end']] == '每缺一项扣0.5分'
    assert (place['page'], place['table'], place['row'], place['col']) == (1, 0, 1, 1)
    indicator = command('explain', ids['indicators']).out
    for word in ('评分标准在 第 1 页', ids['clauses'], '牵头科室　医务科', '满意度 ≥ 90 %'):
        assert word in indicator
    for table, row_id in ids.items():
        ran = command('explain', row_id)
        assert ran.status == 0, table
        assert '甲.txt' in ran.out, table
    assert command('explain', ids['clauses'][:10]).status == 2
    assert command('explain', ids['documents'][:9]).status == 0
    assert '没有编号' in command('explain', 'c_zzzz').err


def test_formats_and_rules_are_listed(command: Command) -> None:
    assert {'docx', 'pdf', 'txt'} <= {row['name'] for row in json.loads(command('formats', '--json').out)['formats']}
    assert '.docx' in command('formats').out
    listed = json.loads(command('rules', '--json').out)['rules']
    assert {row['kind'] for row in listed} == {'条款', '目标值', '事实'}
    assert len({row['id'] for row in listed}) == len(listed)
    assert '✓' in command('rules', listed[0]['id']).out


@pytest.mark.parametrize('until', ['document', 'tables', 'rows', 'indicators', 'clauses'])
def test_show_stops_where_it_is_told_and_stores_nothing(command: Command, inbox: Path, until: str) -> None:
    file = inbox / '通知.txt'
    file.write_text('青川市2025年度考核细则\n\n一、总体要求\n\n各单位要高度重视。\n', encoding='utf-8')
    ran = command('show', file, '--until', until)
    assert ran.status == 0
    assert '考核细则' in ran.out
    told = json.loads(command('show', file, '--until', until, '--json').out)
    assert [*told][:2] == ['schema', 'document']
    assert ('clauses' in told) == (until == 'clauses')
    assert ('indicators' in told) == (until in ('indicators', 'clauses'))
    assert not Path('data/structured').exists()


def test_show_says_why_a_file_cannot_be_read(command: Command, inbox: Path) -> None:
    (inbox / 'a.docx').write_bytes(b'')
    ran = command('show', inbox / 'a.docx')
    assert ran.status == 1
    assert '文件是空的' in ran.err


def test_the_store_is_there_without_loading_what_understands_a_notice() -> None:
    """It loads while the processes that read load the grammar: loaded here too, it would keep them from a core."""
    code = 'import kaohe.pipeline.ingestion.store, sys; print(*sys.modules)'
    environment = {**os.environ, 'PYTHONPATH': str(ROOT / 'src')}
    ran = subprocess.run(
        [sys.executable, '-c', code], capture_output=True, check=True, env=environment, encoding='utf-8'
    )
    assert not [
        module
        for module in ran.stdout.split()
        if module.startswith(('kaohe.normalizers.grammar', 'kaohe.normalizers.checks', 'kaohe.normalizers.lines'))
    ]


@pytest.mark.parametrize(
    'module', ['kaohe.pipeline.assessment.scoring_runs', 'kaohe.pipeline.assessment.worksheet_runs', 'kaohe.pipeline.desk.app']
)  # fmt: skip
def test_scores_worksheets_and_the_desk_are_there_without_the_grammar(module: str) -> None:
    """What reads sentences takes longer to load than a notice of 1,000 lines to score."""
    code = f'import {module}, sys; print(*sys.modules)'
    environment = {**os.environ, 'PYTHONPATH': str(ROOT / 'src')}
    ran = subprocess.run(
        [sys.executable, '-c', code], capture_output=True, check=True, env=environment, encoding='utf-8'
    )
    assert not [module for module in ran.stdout.split() if module.startswith('kaohe.normalizers.grammar')]


def test_help_answers_without_loading_what_it_does_not_need() -> None:
    code = "import sys; sys.argv = ['kaohe', '--help']\nfrom kaohe.pipeline.__main__ import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, '-c', code], capture_output=True, check=True, cwd=ROOT, encoding='utf-8')
    slow = {
        'pandas',
        'numpy',
        'sqlite_utils',
        'rich',
        'docx',
        'lxml',
        'pdfplumber',
        'jieba',
        'spacy',
        'sqlite3',
        'multiprocessing',
    }
    assert slow & set(ran.stderr.split()) == set()
    assert 'kaohe.pipeline.commands.reading_in.ingest' not in ran.stderr


@pytest.mark.skipif(sys.platform == 'win32', reason='Windows has no pseudo-terminals')
def test_a_terminal_shows_how_far_a_run_is_and_what_shows_it_is_loaded_only_where_there_is_something_to_read(
    inbox: Path,
) -> None:
    (inbox / 'a.txt').write_text('关于开展考核的通知', 'utf-8')
    first, loaded = on_terminal('ingest')
    assert re.search('正在读 .*0/1', first)
    assert {'rich.progress', 'rich.table'} <= loaded
    second, loaded = on_terminal('ingest')
    assert second.splitlines() == ['没有变化：1 个文件都没有改动，数据库没有改动。']
    assert 'rich' not in loaded


def on_terminal(*arguments: str) -> tuple[str, set[str]]:
    """What the command writes where people see it, and the modules that it loads."""
    code = f"import sys; sys.argv = ['kaohe', *{arguments}]\nfrom kaohe.pipeline.__main__ import main\ntry: main()\nfinally: print(*sys.modules)"
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, '-c', code], stdout=subprocess.PIPE, stderr=theirs, encoding='utf-8',
        env={**os.environ, 'PYTHONPATH': str(ROOT / 'src'), 'TERM': 'xterm', 'COLUMNS': '100'},
    ) as running:  # fmt: skip
        os.close(theirs)
        seen = b''
        with open(ours, 'rb', buffering=0) as terminal, suppress(OSError):  # noqa: PTH123  # no path: an open descriptor
            while piece := terminal.read(1 << 16):  # Linux ends it with an error where nobody writes any more
                seen += piece
        modules, _ = running.communicate()
    assert running.returncode == 0
    return seen.decode(), set(modules.split())


def test_help_answers_at_once() -> None:
    def seconds(*arguments: str) -> float:
        began = os.times()
        subprocess.run([sys.executable, *arguments], capture_output=True, check=True, cwd=ROOT)
        ended = os.times()
        return (
            ended.children_user + ended.children_system - began.children_user - began.children_system
        )  # not the wait for a busy machine

    assert min(seconds('-m', 'kaohe', '--help') for _ in range(3)) < 0.3
