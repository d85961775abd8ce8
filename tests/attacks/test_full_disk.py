"""A disk that is full, read only, broken or not ours: told in Chinese with what to do, whatever was written just then; the status is 1."""

from __future__ import annotations

import ast
import errno
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from kaohe.pipeline.command import kaohe
from kaohe.pipeline.language.system_words import cause
from tests.pipeline.conftest import Command

NAMES = (
    'ENOSPC',
    'EDQUOT',
    'EFBIG',
    'EROFS',
    'EACCES',
    'EPERM',
    'EIO',
    'ENAMETOOLONG',
    'EMFILE',
    'ELOOP',
    'EBUSY',
    'ENOMEM',
    'ENODEV',
)
NOTICE = '考核细则\n项目\t考核内容\t评分标准\t分值\n安全\t报告\t迟报1次扣1分\t5\n'
PIPELINE = Path(__file__).parents[2] / 'pipeline'


@pytest.mark.parametrize('name', NAMES)
def test_what_the_machine_does_not_let_us_do_is_told_with_what_to_do(
    name: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = getattr(errno, name)

    def fails(**options: object) -> None:
        raise OSError(number, os.strerror(number), '/甲/乙.db')

    monkeypatch.setattr(kaohe, 'main', fails)
    ran = command('findings')
    assert (ran.status, os.strerror(number) in ran.err, '程序出错' in ran.err) == (1, False, False)
    assert re.fullmatch(r'错误：[一-鿿，]+（/甲/乙\.db），没有做完；请[一-鿿，、]+。\n', ran.err), ran.err


def test_each_cause_has_words_of_its_own_and_an_unknown_one_its_name() -> None:
    told = {cause(OSError(getattr(errno, name), 'English')) for name in NAMES}
    assert len(told) == len(NAMES)
    assert cause(OSError(errno.EILSEQ, 'English')) == '系统报错 EILSEQ'
    assert cause(OSError('自己的话')) == '自己的话'
    full = sqlite3.OperationalError('database or disk is full')
    full.sqlite_errorname = 'SQLITE_FULL'
    assert cause(full) == cause(OSError(errno.ENOSPC, 'English'))


def test_no_message_takes_the_words_of_the_system() -> None:
    takes = [
        f'{path.relative_to(PIPELINE)}:{node.lineno}'
        for path in sorted(PIPELINE.rglob('*.py'))
        for node in ast.walk(ast.parse(path.read_text('utf-8')))
        if isinstance(node, ast.Attribute) and node.attr == 'strerror'
    ]
    assert takes == []


@pytest.fixture(scope='module')
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue with its receipts, and a workbook."""
    folder = tmp_path_factory.mktemp('office')
    (folder / 'in').mkdir()
    (folder / 'in' / 'a.txt').write_text(NOTICE)
    for words in ('ingest in --db x.db', 'export book.xlsx --db x.db'):
        ran = subprocess.run(
            [sys.executable, '-m', 'kaohe', *words.split()], cwd=folder, capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stderr
    return folder


def in_little_room(folder: Path, words: str, room: int = 100) -> subprocess.CompletedProcess[str]:
    """The command where no file can hold more than so many bytes: what the system says then is real (EFBIG)."""
    code = textwrap.dedent("""
        import resource, sys
        from kaohe.pipeline.__main__ import main
        room = int(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        sys.argv = ['kaohe', *sys.argv[2:]]
        main()
    """)
    # Else the bytecode of what is imported now is kept cut off, and spoils later runs.
    environment = os.environ | {'PYTHONDONTWRITEBYTECODE': '1'}
    return subprocess.run([sys.executable, '-c', code, str(room), *words.split()], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)  # fmt: skip


WRITING = {
    'export': 'export new.xlsx --db x.db',
    'worksheet': 'worksheet 考核细则 form.xlsx --db x.db',
    'backup': 'backup kept.db --db x.db',
    'correct': 'correct LINE 分值 4 --by 张三 --db x.db',
    'sign': 'sign 考核细则 --by 张三 --db x.db',
    'retire': 'retire 考核细则 --by 张三 --db x.db',
    'merge': 'merge x.db other.db both.db',
    'restore': 'restore other.db --db new/x.db',
    'show': 'show in/a.txt --html page.html',
    'ingest': 'ingest in --db new.db',
}


@pytest.mark.skipif(sys.platform == 'win32', reason='files have no such limit there')
@pytest.mark.parametrize('words', WRITING.values(), ids=WRITING)
def test_a_verb_that_has_no_room_to_write_says_so_in_chinese_and_harms_nothing(
    words: str, office: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(office, tmp_path / 'x')
    shutil.copy(folder / 'x.db', folder / 'other.db')
    before = (folder / 'x.db').read_bytes()
    with closing(sqlite3.connect(folder / 'x.db')) as connection:
        (line,) = connection.execute('SELECT id FROM indicators').fetchone()
    ran = in_little_room(folder, words.replace('LINE', line))
    assert ran.returncode == 1, ran.stderr
    assert re.search('[a-z]{3,} [a-z]{3,}|程序出错|Traceback', ran.stderr.replace('kaohe', '')) is None, ran.stderr
    assert '请' in ran.stderr
    assert (folder / 'x.db').read_bytes() == before
    checked = subprocess.run(
        [sys.executable, '-m', 'kaohe', 'check', '--db', 'x.db'], cwd=folder, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.skipif(sys.platform == 'win32', reason='files have no such limit there')
@pytest.mark.parametrize('verb', ['merge', 'backup', 'restore', 'export'])
@pytest.mark.parametrize('room', [4000, 100_000, 300_000])
def test_what_fills_the_disk_later_is_told_by_the_name_that_was_asked_for(
    verb: str, room: int, office: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(office, tmp_path / 'x')
    shutil.copy(folder / 'x.db', folder / 'other.db')
    before = sorted(path.name for path in folder.iterdir())
    ran = in_little_room(folder, WRITING[verb], room)
    if ran.returncode == 0:
        return  # there was room enough
    assert '.tmp' not in ran.stderr
    assert verb != 'merge' or '没有合成 both.db（' in ran.stderr, ran.stderr
    assert sorted(path.name for path in folder.iterdir()) in (before, sorted([*before, 'new']))


@pytest.mark.skipif(sys.platform == 'win32', reason='files have no such limit there')
def test_receipts_for_which_there_is_no_room_are_told_with_1_and_written_by_the_next_run(
    office: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(office, tmp_path / 'x')
    shutil.rmtree(folder / 'x.receipts')
    ran = in_little_room(folder, 'ingest in --db x.db')
    assert ran.returncode == 1
    assert '回执没有写成（文件超过了这里允许的大小，写不进去），数据已存好' in ran.stderr
    assert [*(folder / 'x.receipts').glob('*')] == []
    again = subprocess.run(
        [sys.executable, '-m', 'kaohe', 'ingest', 'in', '--db', 'x.db'], cwd=folder, capture_output=True
    )
    assert again.returncode == 0
    assert len([*(folder / 'x.receipts').glob('*.html')]) == 2
