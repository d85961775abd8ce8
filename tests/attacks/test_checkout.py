"""The project works in a folder, and on a database, whose names hold quotes, dollars and blanks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(shutil.which('make') is None or sys.platform == 'win32', reason='needs make')


@pytest.mark.parametrize('name', ['a"b', "a'b", 'a$b', 'a b$(c)`d`'])
def test_make_runs_the_command_of_this_folder_on_the_database_that_is_named(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    (folder / '.venv' / 'bin').mkdir(parents=True)
    (folder / '.venv' / 'bin' / 'python').symlink_to(sys.executable)
    shutil.copy(ROOT / 'Makefile', folder)
    subprocess.run(['sh', '-c', 'pwd -P > .venv/.python'], cwd=folder, check=True)
    for end in ('.ready', 'requirements.lock'):
        (folder / '.venv' / end).touch()
    environment = os.environ | {'PYTHONPATH': os.pathsep.join(sys.path)}
    ran = subprocess.run(
        ['make', '-o', '.venv/.ready', 'check', "DB=it's a \"db\".db"],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert 'it\'s a "db".db' in ran.stderr
    assert (folder / '.venv' / '.ready').exists()  # the folder is known again, and not taken for one that was moved


def test_make_clean_leaves_what_nothing_makes_again(tmp_path: Path) -> None:
    shutil.copy(ROOT / 'Makefile', tmp_path)
    kept = [
        'data/raw/a.docx', 'data/decisions/decisions.jsonl', 'data/decisions/assessments/answers.jsonl', 'data/structured/catalogue.db',
        'data/structured/catalogue.db-wal', 'data/structured/备份.db', 'data/structured/备份.decisions/decisions.jsonl', 'data/其他.decisions/decisions.jsonl',
    ]  # fmt: skip
    made = ['data/structured/receipts/a.html', 'data/structured/logs/kaohe.log', 'build/x']
    for name in (*kept, *made):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('x')
    subprocess.run(['make', 'clean'], cwd=tmp_path, check=True, capture_output=True)
    assert [name for name in (*kept, *made) if (tmp_path / name).exists()] == kept


@pytest.mark.parametrize('beside', [True, False])
def test_text_recognition_beside_its_packages_speaks_of_no_download_and_shows_no_command(
    beside: bool, tmp_path: Path
) -> None:
    shutil.copy(ROOT / 'Makefile', tmp_path)
    (tmp_path / '.venv' / 'bin').mkdir(parents=True)
    (tmp_path / '.venv' / 'bin' / 'python').symlink_to('/bin/true')
    subprocess.run(['sh', '-c', 'pwd -P > .venv/.python'], cwd=tmp_path, check=True)
    for name in ('requirements.lock', 'pyproject.toml', '.venv/.ready'):
        (tmp_path / name).touch()
    if beside:
        (tmp_path / 'wheels').mkdir()
    ran = subprocess.run(
        ['make', 'setup-ocr'], cwd=tmp_path, capture_output=True, text=True, encoding='utf-8', check=True
    )
    assert '文字识别已装好' in ran.stderr
    assert ('下载' in ran.stderr) != beside
    assert 'pip' not in ran.stdout


@pytest.mark.parametrize('scans', [True, False])
def test_a_moved_folder_is_set_up_again_with_what_reads_scans_where_that_was_there(scans: bool, tmp_path: Path) -> None:
    shutil.copy(ROOT / 'Makefile', tmp_path)
    site = tmp_path / '.venv' / 'lib' / 'python3.11' / 'site-packages'
    (site / ('rapidocr' if scans else 'lxml')).mkdir(parents=True)
    (tmp_path / '.venv' / '.python').write_text('/elsewhere\n')
    for name in ('requirements.lock', 'requirements-ocr.lock', 'pyproject.toml'):
        (tmp_path / name).touch()
    # Stands for Python: it makes an environment whose own Python notes what it is asked.
    python = tmp_path / 'python'
    python.write_text(
        '#!/bin/sh\n[ "$2" = venv ] || { echo "$@" >> asked; exit 0; }\nmkdir -p "$3/bin"; cp "$0" "$3/bin/python"\n'
    )
    python.chmod(0o755)
    ran = subprocess.run(
        ['make', '--no-print-directory', 'setup', 'PYTHON=./python'],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding='utf-8',
        check=True,
    )
    assert ran.stdout == '这个文件夹移动过或改过名，正在重新准备运行环境（数据不动）……\n'
    assert ('-r requirements-ocr.lock' in (tmp_path / 'asked').read_text()) is scans
    assert ('-r requirements.lock' in (tmp_path / 'asked').read_text()) is not scans
