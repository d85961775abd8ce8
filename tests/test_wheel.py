"""The wheel holds kaohe alone, all of it, and works where nothing but it and what it declares is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
TREES = ('extractors', 'normalizers', 'pipeline')
NOTICE = '青禾市考核细则\n\n项目\t评分标准\t分值\n党建\t每缺一项扣0.5分，扣完为止\t5\n安全\t每起扣1分，扣完为止\t10\n'

pytestmark = [
    pytest.mark.skipif(find_spec('setuptools') is None, reason='setuptools, which builds the wheel, is not installed'),
    pytest.mark.skipif(sys.platform == 'win32', reason='the links of src/kaohe need rights on Windows'),
]


@pytest.fixture(scope='module')
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing of an earlier build gets into it."""
    folder = tmp_path_factory.mktemp('wheel')
    copy = folder / 'house'
    skip = shutil.ignore_patterns('__pycache__', '*.egg-info')
    for name in (*TREES, 'src', 'docs'):
        shutil.copytree(HOUSE / name, copy / name, symlinks=True, ignore=skip)
    for name in ('pyproject.toml', 'README.md', 'LICENSE'):
        shutil.copy(HOUSE / name, copy)
    subprocess.run(
        [sys.executable, '-m', 'pip', 'wheel', str(copy), '--no-deps', '--no-build-isolation', '--no-index', '-q', '-w', str(folder)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    (built,) = folder.glob('*.whl')
    return built


@pytest.fixture(scope='module')
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that holds the wheel and nothing else."""
    folder = tmp_path_factory.mktemp('empty') / 'environment'
    venv.create(folder, with_pip=False, symlinks=True)
    site = next(folder.glob('lib/python*/site-packages'))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return folder / 'bin' / 'python'


def said(python: Path, *arguments: str, cwd: Path) -> str:
    ran = subprocess.run([python, '-I', *arguments], cwd=cwd, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_it_holds_kaohe_and_its_own_description_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split('/')[0] for name in archive.namelist()}
    assert tops == {'kaohe', f'{"-".join(wheel.name.split("-")[:2])}.dist-info'}


def test_it_holds_every_file_of_the_three_trees(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    ours = {
        f'kaohe/{file.relative_to(HOUSE).as_posix()}'
        for tree in TREES
        for file in (HOUSE / tree).rglob('*')
        if file.is_file() and '__pycache__' not in file.parts and not file.name.startswith('.')
    }
    assert sorted(ours - held) == []


def test_where_nothing_else_is_installed_it_is_imported_and_has_its_data(python: Path, tmp_path: Path) -> None:
    told = said(
        python, '-c',
        'import kaohe, kaohe.extractors.document, kaohe.normalizers.catalogue\n'
        'from kaohe.pipeline.browser.questions import questions\n'
        'print(len(questions()), kaohe.__file__)',
        cwd=tmp_path,
    )  # fmt: skip
    count, place = told.split(' ', 1)
    assert int(count) >= 15
    assert Path(place).is_relative_to(python.parents[1])


def test_with_what_it_declares_it_reads_a_notice_and_answers(python: Path, tmp_path: Path) -> None:
    # Plain paths: the editable install of this tree, which stands there too, is not followed.
    declared = [path for path in sys.path if Path(path).name in ('site-packages', 'dist-packages')]
    (next(python.parents[1].glob('lib/python*/site-packages')) / 'declared.pth').write_text('\n'.join(declared) + '\n')
    (tmp_path / 'inbox').mkdir()
    (tmp_path / 'inbox' / '考核细则.txt').write_text(NOTICE, encoding='utf-8')
    said(
        python,
        '-m',
        'kaohe',
        'ingest',
        'inbox',
        '--db',
        'a.db',
        '--decisions',
        'decisions',
        '--jobs',
        '1',
        cwd=tmp_path,
    )
    assert Path(said(python, '-c', 'import kaohe; print(kaohe.__file__)', cwd=tmp_path)).is_relative_to(
        python.parents[1]
    )
    found = said(python, '-m', 'kaohe', 'search', '扣完为止', '--db', 'a.db', cwd=tmp_path)
    assert '考核细则' in found
