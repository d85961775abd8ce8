"""An office whose system speaks GB18030: names in its bytes, answers in its encoding."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest

_NOTICE = '青川市2025年度{name}\n项目\t考核内容\t评分标准\t分值\n安全\t按时报告\t迟报1次扣1分，扣完为止\t5\n'
_LOCALE = 'zh_CN.GB18030'

pytestmark = [
    pytest.mark.skipif(sys.platform != 'linux', reason='elsewhere names are Unicode'),
    pytest.mark.skipif(shutil.which('localedef') is None, reason='the locale cannot be made'),
]


@pytest.fixture(scope='module')
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of such a system, whose locale is made for the test."""
    folder = tmp_path_factory.mktemp('locale')
    subprocess.run(
        ['localedef', '-i', 'zh_CN', '-f', 'GB18030', folder / _LOCALE],
        check=False, capture_output=True, timeout=60,
    )  # fmt: skip
    if not (folder / _LOCALE).exists():
        pytest.skip('the locale cannot be made')
    spoken = {'LOCPATH': str(folder), 'LC_ALL': _LOCALE, 'LANG': _LOCALE, 'PYTHONUTF8': '0'}
    known = {name: value for name, value in os.environ.items() if name not in ('PYTHONIOENCODING', 'LC_CTYPE')} | spoken
    asked = subprocess.run(
        [sys.executable, '-c', 'import sys; print(sys.getfilesystemencoding())'],
        env=known, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    if asked.stdout.strip() != 'gb18030':
        pytest.skip('the locale does not hold')
    return known


def run(folder: Path, surroundings: dict[str, str], *words: str) -> tuple[int, str]:
    """(exit status, what was said): words go in and come out in GB18030."""
    command = [sys.executable.encode(), b'-m', b'kaohe', *(word.encode('gb18030') for word in words)]
    ran = subprocess.run(
        command, cwd=folder, env=surroundings, capture_output=True, stdin=subprocess.DEVNULL, timeout=120, check=False
    )
    return ran.returncode, (ran.stdout + ran.stderr).decode('gb18030')


def put(folder: Path, name: str, encoding: str, title: str) -> None:
    path = folder / 'in' / os.fsdecode(name.encode(encoding))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_NOTICE.format(name=title), 'utf-8')


def in_folder(folder: Path) -> set[bytes]:
    return {os.fsencode(path.name) for path in folder.iterdir()}


def test_names_words_receipts_and_exports_of_a_gb18030_system(tmp_path: Path, surroundings: dict[str, str]) -> None:
    put(tmp_path, '甲细则.txt', 'gb18030', '甲细则')
    put(tmp_path, '医务科/丙𠮷细则.txt', 'gb18030', '丙细则')
    put(tmp_path, '乙细则.txt', 'utf-8', '乙细则')
    status, said = run(tmp_path, surroundings, 'ingest', 'in', '--db', 'c.db')
    assert status == 0
    assert '甲细则.txt' in said
    assert '完成：读入 3 个' in said
    with closing(sqlite3.connect(tmp_path / 'c.db')) as connection:
        stored = {name for (name,) in connection.execute('SELECT source FROM sources')}
    assert stored == {'甲细则.txt', '医务科/丙𠮷细则.txt', '乙细则.txt'}

    names = in_folder(tmp_path / 'c.receipts') - {b'index.html'}
    assert {name.decode('gb18030').partition('-')[0] for name in names} == {'甲细则', '丙𠮷细则', '乙细则'}
    index = (tmp_path / 'c.receipts' / 'index.html').read_text('utf-8')
    assert {unquote_to_bytes(link) for link in re.findall(r'href="([^"#]+\.html)"', index)} >= names

    assert run(tmp_path, surroundings, 'sign', '甲细则', '--by', '张三', '--db', 'c.db')[0] == 0
    assert run(tmp_path, surroundings, 'export', '导出.xlsx', '--db', 'c.db')[0] == 0
    assert '导出.xlsx'.encode('gb18030') in in_folder(tmp_path)
    assert run(tmp_path, surroundings, 'backup', '备份.db', '--db', 'c.db')[0] == 0
    assert run(tmp_path, surroundings, 'check', '--db', '备份.db')[0] == 0
    for words in (('findings',), ('search', '报告'), ('forget', '甲细则', '--yes'), ('ingest', 'in')):
        status, said = run(tmp_path, surroundings, *words, '--db', 'c.db')
        assert '程序出错' not in said
    assert run(tmp_path, surroundings, 'check', '--db', 'c.db')[0] == 0


@pytest.mark.parametrize('words', [('sign', '--by', '张三'), ('forget',), ('search',), ('retire', '--by', '张三')])
def test_words_in_another_encoding_than_the_terminals_are_refused(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / 'in').mkdir()
    put(tmp_path, 'a.txt', 'utf-8', '甲细则')
    kaohe = [sys.executable, '-m', 'kaohe']
    assert subprocess.run([*kaohe, 'ingest', 'in', '--db', 'c.db'], cwd=tmp_path, capture_output=True).returncode == 0
    ran = subprocess.run(
        [*kaohe, *words, b'\xbc\xd7', '--db', 'c.db'],
        cwd=tmp_path, env=os.environ | {'PYTHONUTF8': '1'}, capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False,
    )  # fmt: skip
    assert (ran.returncode, '不合这个终端的编码' in ran.stderr.decode()) == (2, True)
