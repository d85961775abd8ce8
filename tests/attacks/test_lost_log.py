"""A log that was deleted beside a living database: every command that opens the database says so once, with what to do, and its status stays."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from kaohe.pipeline.command import kaohe
from kaohe.pipeline.decisions.log import lost_log as module
from kaohe.pipeline.decisions.log.log_files import FILE
from kaohe.pipeline.decisions.log.lost_log import lost_log
from tests.pipeline.conftest import Command

DATABASE, LOG = Path('data/structured/catalogue.db'), Path('data/decisions')
SAYS = '! 数据库里有 2 条更正或核对不在更正记录 data/decisions 里'
VERBS = (
    'ingest', 'findings', 'check', 'export new.xlsx', 'search 考核', 'score --notice 考核', 'explain LINE', 'compare a.txt a.txt',
    'worksheet 考核 form.xlsx', 'backup kept.db --force', 'parties', 'editions', 'samples', 'sign 考核 --by 甲', 'correct LINE 分值 5 --by 甲',
    'doctor',
)  # fmt: skip


@pytest.fixture
def decided(inbox: Path, plain_reader: list[str], command: Command) -> str:
    """A catalogue with a correction and a sign-off; the id of its first line."""
    (inbox / 'a.txt').write_text('青川市2025年度考核细则')
    assert command('ingest').status == 0
    with closing(sqlite3.connect(DATABASE)) as connection:
        (line,) = connection.execute('SELECT id FROM indicators ORDER BY ordinal').fetchone()
    assert command('correct', line, '分值', 4, '--by', '甲').status == 0
    assert command('sign', '考核', '--by', '甲').status == 0
    return line


@pytest.mark.parametrize('words', VERBS)
def test_each_command_says_once_that_the_log_is_gone_and_keeps_its_status(
    words: str, decided: str, command: Command
) -> None:
    asked = words.replace('LINE', decided).split()
    kept = {path: path.read_bytes() for path in (DATABASE, LOG / FILE)}
    whole = command(*asked)
    assert '不在更正记录' not in whole.err
    for path, data in kept.items():
        path.write_bytes(data)
    shutil.rmtree(LOG)
    for made in ('new.xlsx', 'form.xlsx', 'kept.db'):
        Path(made).unlink(missing_ok=True)
    ran = command(*asked)
    assert (ran.status, ran.err.count(SAYS)) == (whole.status, 1)
    assert '请从备份找回更正记录放回这个文件夹' in ran.err
    assert '不在更正记录' not in ran.out


def test_a_log_that_lost_a_line_is_missed_too_and_one_that_only_looks_shorter_is_not(
    decided: str, command: Command
) -> None:
    lines = (LOG / FILE).read_text().splitlines(keepends=True)
    (LOG / FILE).write_text(lines[0])
    assert '有 1 条更正或核对不在更正记录' in command('findings').err
    (LOG / FILE).write_text(''.join(lines).replace('\n', ''))  # both on one line, without a line feed
    assert command('findings').err.count('不在更正记录') == 0


def test_a_log_that_people_keep_elsewhere_is_found_there(decided: str, command: Command, inbox: Path) -> None:
    LOG.rename('别处')
    (inbox / 'b.txt').write_text('督查办法')
    assert '不在更正记录' not in command('ingest', '--decisions', '别处').err
    assert '不在更正记录' not in command('findings').err
    shutil.rmtree('别处')
    assert SAYS in command('findings').err


def test_a_log_that_one_correction_named_is_found_there_and_named_to_who_uses_another(
    decided: str, command: Command, inbox: Path
) -> None:
    ran = command('correct', decided, '分值', 3, '--by', '甲', '--decisions', '别处')
    assert ran.status == 0
    for words in ('findings', f'explain {decided}', 'export new.xlsx', 'compare a.txt a.txt'):
        assert '更正记录' not in command(*words.split()).err, words
    told = command('ingest').err
    assert f'有 1 条更正或核对记在 {Path("别处").absolute()}' in told
    assert '请每次都加 --decisions' in told
    assert '记录被删' not in told
    (inbox / 'b.txt').write_text('督查办法')
    command('ingest')  # a run that names no folder does not forget the other one
    assert '更正记录' not in command('findings').err
    (LOG / 'more.jsonl').write_bytes((Path('别处') / FILE).read_bytes())  # what it says to do
    assert '更正记录' not in command('ingest').err
    (LOG / 'more.jsonl').unlink()
    shutil.rmtree('别处')
    assert '有 1 条更正或核对不在更正记录' in command('findings').err


def test_a_log_that_several_databases_still_share_is_not_missed(decided: str, command: Command) -> None:
    shutil.copy(DATABASE, 'other.db')
    assert '不在更正记录' not in command('findings', '--db', 'other.db').err


def test_another_folder_given_once_by_mistake_leaves_the_log_where_it_is(
    decided: str, command: Command, inbox: Path
) -> None:
    (inbox / 'b.txt').write_text('督查办法')
    assert SAYS.replace(str(LOG), '空') in command('ingest', '--decisions', '空').err
    assert '不在更正记录' not in command('findings').err


def test_who_brings_the_log_back_is_not_told_to(decided: str, command: Command) -> None:
    assert command('backup', 'kept.db').status == 0
    shutil.rmtree(LOG)
    ran = command('restore', 'kept.db', '--force')
    assert (ran.status, '不在更正记录' in ran.err) == (0, False)
    assert '不在更正记录' not in command('findings').err


def test_only_lines_are_counted_where_nothing_is_lost(decided: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, '_PIECE', 7)
    assert lost_log(DATABASE) is None
    (LOG / FILE).write_bytes((LOG / FILE).read_bytes().rstrip(b'\n'))
    assert lost_log(DATABASE) is None
    assert lost_log(Path('nothing.db')) is None
    Path('text.db').write_text('no database')
    assert lost_log(Path('text.db')) is None


@pytest.mark.parametrize('verb', ['findings', 'correct', 'sign', 'ingest', 'restore', 'export'])
def test_a_shell_that_completes_a_command_hears_nothing(
    verb: str, decided: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(LOG)
    completions = ShellComplete(kaohe, {}, 'kaohe', '_KAOHE_COMPLETE').get_completions([verb], '--')
    assert '--db' in [one.value for one in completions]
    assert capsys.readouterr() == ('', '')


def test_each_of_several_folders_that_were_named_is_found(decided: str, command: Command) -> None:
    for number, folder in enumerate(('一处', '二处', '一处', '二处')):
        ran = command('correct', decided, '分值', number + 2, '--by', '甲', '--decisions', folder)
        assert ran.status == 0
    told = command('ingest').err
    for folder in ('一处', '二处'):
        assert f'有 2 条更正或核对记在 {Path(folder).absolute()}' in told
    assert '记录被删' not in told
    assert '更正记录' not in command('findings').err
