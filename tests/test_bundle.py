"""Short trials of what is made for office PCs and of the trial on every Python; the whole of it: ``make bundle``, ``make wine``, ``make nox``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tools.bundle.__main__ import lowest_glibc, pack, put_texts
from tools.bundle.wine_check import dump, unpack

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder for Linux under a name with a blank, the packages being those of this environment."""
    made = tmp_path / '考核 目录'
    lib = made / f'lib{sys.version_info.major}.{sys.version_info.minor}'
    lib.mkdir(parents=True)
    (lib / 'kaohe').symlink_to(ROOT / 'src' / 'kaohe')
    (made / 'glibc.txt').write_text('glibc >= 2.17\n')
    put_texts(made, windows=False)
    return made


def run(program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = f'{Path(sys.executable).parent}{os.pathsep}{os.environ["PATH"]}'
    environment = os.environ | {'PATH': path, 'XDG_DATA_HOME': str(program.parents[1] / 'share')}
    return subprocess.run([program, *arguments], capture_output=True, text=True, encoding='utf-8', env=environment, check=False)  # fmt: skip


@pytest.mark.skipif(sys.platform != 'linux', reason='programs for Linux')
def test_the_linux_folder_is_set_up_and_used_and_moved(folder: Path, tmp_path: Path) -> None:
    done = run(folder / '安装.sh')
    assert '装好了' in done.stdout, done.stderr
    assert f'Exec=/bin/sh "{folder}/启动.sh"' in (tmp_path / 'share' / 'applications' / 'kaohe.desktop').read_text(
        'utf-8'
    )
    read = run(folder / '启动.sh', 'ingest', '--jobs', '1')
    assert read.returncode == 0, read.stderr
    moved = folder.rename(tmp_path / '搬到 别处')
    assert '没有变化' in run(moved / '启动.sh', 'ingest').stderr
    assert run(moved / '启动.sh', 'check').returncode == 0


@pytest.mark.skipif(sys.platform != 'linux', reason='programs for Linux')
def test_the_menu_finds_a_folder_whatever_its_name(folder: Path, tmp_path: Path) -> None:
    odd = folder.rename(tmp_path / r'50%f $HOME "考核" `x` b\c')
    done = run(odd / '安装.sh')
    assert f'{odd}/启动.sh。' in done.stdout
    entry = (tmp_path / 'share' / 'applications' / 'kaohe.desktop').read_text('utf-8')
    (line,) = [line.removeprefix('Exec=') for line in entry.splitlines() if line.startswith('Exec=')]
    # What a menu does: the escapes of a string, those of its words (as a shell's), and the codes, of which none stands in the first word
    words = subprocess.run(['sh', '-c', 'printf "%s\\n" ' + line.replace('\\\\', '\\')], capture_output=True, text=True).stdout  # fmt: skip
    assert words.replace('%%', '%').splitlines() == ['/bin/sh', str(odd / '启动.sh')]


@pytest.mark.skipif(sys.platform != 'linux', reason='programs for Linux')
def test_a_machine_that_is_too_old_is_told_so(folder: Path) -> None:
    (folder / 'glibc.txt').write_text('glibc >= 99.1\n')
    done = run(folder / '安装.sh')
    assert done.returncode == 2
    assert 'glibc 99.1' in done.stderr


def test_the_folder_holds_the_samples_the_example_of_own_words_and_a_list_of_hashes(folder: Path) -> None:
    assert len(list((folder / 'data' / 'raw' / '示例').iterdir())) == 7
    assert [path.name for path in (folder / 'data' / 'house').glob('*.toml*')] == ['example.toml.off']
    assert 'data/house/example.toml.off' in (folder / 'SHA256SUMS.txt').read_text('utf-8')


def test_the_lowest_glibc_is_that_of_the_most_demanding_wheel(tmp_path: Path) -> None:
    for name, tag in {'甲': 'cp311-cp311-manylinux_2_17_x86_64', '乙': 'cp311-cp311-manylinux_2_28_x86_64', '丙': 'cp311-cp311-manylinux2014_x86_64'}.items():  # fmt: skip
        info = tmp_path / f'{name}.dist-info'
        info.mkdir()
        (info / 'WHEEL').write_text(f'Tag: {tag}\n')
    assert lowest_glibc(tmp_path) == '2.28'


def test_the_windows_folder_is_unpacked_and_its_scripts_are_what_cmd_reads(tmp_path: Path) -> None:
    made = tmp_path / 'kaohe-1'
    made.mkdir()
    put_texts(made, windows=True)
    for script in made.glob('*.bat'):
        data = script.read_bytes()
        assert data.isascii()
        assert data.count(b'\n') == data.count(b'\r\n') > 0
    pack(made, tmp_path / 'kaohe.zip')
    shutil.rmtree(made)
    unpack(tmp_path / 'kaohe.zip', tmp_path / '考核 目录')
    assert (tmp_path / '考核 目录' / '启动.bat').exists()


@pytest.mark.skipif(shutil.which('wine') is None, reason='wine is not installed')
@pytest.mark.skipif(not list((ROOT / 'dist').glob('kaohe-*-win_amd64.zip')), reason='no folder for Windows was built')
def test_the_windows_folder_runs_under_wine(tmp_path: Path) -> None:
    unpack(sorted((ROOT / 'dist').glob('kaohe-*-win_amd64.zip'))[-1], tmp_path / '考核 目录')
    environment = os.environ | {'WINEPREFIX': str(tmp_path / 'prefix'), 'WINEDEBUG': '-all', 'PYTHONUTF8': '1'}
    told = subprocess.run(
        ['wine', 'python/python.exe', '-m', 'kaohe', '--version'], cwd=tmp_path / '考核 目录', env=environment, capture_output=True, text=True
    )  # fmt: skip
    subprocess.run(['wineserver', '-k'], env=environment, check=False)
    assert told.stdout.startswith('kaohe '), told.stderr


def test_two_catalogues_are_held_against_each_other_row_by_row(folder: Path) -> None:
    import sqlite3
    from contextlib import closing

    for name, value in {'甲.db': 1, '乙.db': 1, '丙.db': 2}.items():
        with closing(sqlite3.connect(folder / name)) as connection:
            connection.execute('CREATE TABLE t (a)')
            connection.execute('CREATE TABLE runs (a)')
            connection.execute('INSERT INTO t VALUES (?)', (value,))
            connection.execute('INSERT INTO runs VALUES (?)', (name,))
            connection.commit()
    assert dump(folder / '甲.db') == dump(folder / '乙.db') != dump(folder / '丙.db')


@pytest.mark.skipif(find_spec('nox') is None, reason='nox is not installed')
def test_nox_knows_the_linters_and_each_python() -> None:
    told = subprocess.run([sys.executable, '-m', 'nox', '--list'], cwd=ROOT, capture_output=True, text=True, check=True)
    assert all(f'tests-3.{minor}' in told.stdout for minor in (11, 12, 13, 14))
    assert 'lint' in told.stdout
