"""The process and its surroundings: Ctrl-C at any moment, closed standard streams, a full disk under the receipts, files of editors."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.pipeline.conftest import Command

posix = pytest.mark.skipif(sys.platform == 'win32', reason='signals and descriptors are of another kind there')


def start(*words: object, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [sys.executable, '-m', 'kaohe', *map(str, words)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=_as_on_a_terminal, **options,
    )  # fmt: skip


def _as_on_a_terminal() -> None:
    """A job in the background inherits that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@posix
@pytest.mark.parametrize('seconds', [0.3, 0.6, 0.9, 1.2, 1.6])
def test_ctrl_c_at_any_moment_ends_with_130_and_no_traceback(seconds: float, tmp_path: Path) -> None:
    (tmp_path / 'in').mkdir()
    for number in range(40):
        (tmp_path / 'in' / f'{number}.txt').write_text(
            f'考核细则{number}\n项目\t考核内容\t评分标准\t分值\n安全\t报告\t迟报1次扣1分\t5\n' * 30
        )
    run = start('ingest', tmp_path / 'in', '--db', tmp_path / 'x.db')
    time.sleep(seconds)
    if run.poll() is not None:
        pytest.skip('the run was over before')
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: all processes get it
    _, err = run.communicate(timeout=60)
    if run.returncode == -signal.SIGINT:  # before Python ran a line of ours
        assert 'in main' not in err
    else:
        assert (run.returncode, 'Traceback' in err) == (130, False)


@posix
@pytest.mark.parametrize('closed', [(0,), (1,), (2,), (0, 1, 2)])
def test_closed_standard_streams_harm_nothing(closed: tuple[int, ...], tmp_path: Path) -> None:
    (tmp_path / 'in').mkdir()
    (tmp_path / 'in' / 'a.txt').write_text('考核细则')
    shut = ' '.join(f'{number}>&-' for number in closed)
    command = f'{sys.executable} -m kaohe ingest {tmp_path}/in --db {tmp_path}/x.db {shut} && {sys.executable} -m kaohe check --db {tmp_path}/x.db {shut}'
    ran = subprocess.run(['sh', '-c', command], capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, 'Traceback' in ran.stderr) == (0, False)
    assert (tmp_path / 'x.db').read_bytes().startswith(b'SQLite format 3')


def test_receipts_that_could_not_be_written_end_the_run_with_1(
    inbox: Path, plain_reader: list[str], command: Command
) -> None:
    (inbox / 'a.txt').write_text('考核细则')
    Path('data/structured').mkdir(parents=True)
    Path('data/structured/receipts').write_text('')  # stands where the folder should be
    ran = command('ingest')
    assert (ran.status, '回执没有写成' in ran.err) == (1, True)
    assert command('check').status == 0


@pytest.mark.parametrize('name', ['a.txt~', '4913', '#a.txt#', '.a.txt.swp', '~$a.docx', '.~lock.a.odt#'])
def test_what_editors_leave_is_no_notice(name: str, inbox: Path, plain_reader: list[str], command: Command) -> None:
    (inbox / name).write_text('考核细则')
    (inbox / 'b.txt').write_text('督查办法')
    assert command('ingest').status == 0
    assert plain_reader == ['b.txt']


def test_the_program_s_own_workbooks_in_the_inbox_are_no_notices(inbox: Path, command: Command) -> None:
    (inbox / 'a.txt').write_text('考核细则\n项目\t考核内容\t评分标准\t分值\n安全\t报告\t迟报1次扣1分\t5\n')
    assert command('ingest').status == 0
    assert command('export', inbox / '目录.xlsx').status == 0
    assert command('worksheet', '考核细则', inbox / '表.xlsx').status == 0
    ran = command('ingest')
    assert (ran.status, ran.err.count('不是通知')) == (1, 2)
    with closing(sqlite3.connect('data/structured/catalogue.db')) as connection:
        found = connection.execute('SELECT source, status FROM documents ORDER BY source').fetchall()
    assert found == [('a.txt', 'ok'), ('目录.xlsx', 'failed'), ('表.xlsx', 'failed')]


def test_names_of_thousands_of_characters_in_an_archive_are_stored(inbox: Path, command: Command) -> None:
    import zipfile

    with zipfile.ZipFile(inbox / 'a.zip', 'w') as archive:
        archive.writestr(
            f'{"长" * 4000}.txt', '考核细则\n项目\t考核内容\t评分标准\t分值\n安全\t报告\t迟报1次扣1分\t5\n'
        )
    ran = command('ingest')
    assert ran.status == 0
    assert max(len(line) for line in (ran.out + ran.err).splitlines()) < 1000
    assert len(list(Path('data/structured/receipts').glob('*-*.html'))) == 1


@pytest.mark.skipif(not Path('/dev/full').exists(), reason='there is no full disk here')
@pytest.mark.parametrize(
    'words', ['export - --format json --db x.db', 'show in/a.txt --json', 'search 考核 --json --db x.db']
)
def test_an_answer_that_goes_to_a_full_disk_is_no_fault_of_the_program(words: str, tmp_path: Path) -> None:
    (tmp_path / 'in').mkdir()
    (tmp_path / 'in' / 'a.txt').write_text(
        '考核细则\n项目\t考核内容\t评分标准\t分值\n安全\t报告\t迟报1次扣1分\t5\n' * 300
    )
    made = subprocess.run([sys.executable, '-m', 'kaohe', 'ingest', 'in', '--db', 'x.db', '--no-receipts'], cwd=tmp_path, capture_output=True)  # fmt: skip
    assert made.returncode == 0
    with Path('/dev/full').open('w') as full:
        ran = subprocess.run([sys.executable, '-m', 'kaohe', *words.split()], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True)  # fmt: skip
    assert (ran.returncode, '程序出错' in ran.stderr, '写不进去' in ran.stderr) == (1, False, True)
