"""Runs the Windows folder under Wine: ``python -m tools.bundle.wine_check ZIP`` (``make wine``).

The folder is unpacked under a name with Chinese and a blank, and must do what it does on Windows: read the samples, and one in each other kind of file, to the
same catalogue as here, to the letter, check, export, score, watch, and answer as a desk. Each is told with its seconds when it is done. Debian's Wine 8 lacks what three libraries ask of Windows 10: ``ProcessPrng`` of bcryptprimitives
(cryptography, watchfiles, python-calamine) and ``crealf`` of ucrtbase (numpy, and with it pandas). For these the check puts older builds before the folder's own,
which only the check does; spreadsheets, which calamine reads, cannot be tried so (`every_format.files` leaves them out).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from contextlib import closing
from pathlib import Path

from tools.bundle.every_format import files

OLDER = ('numpy==1.26.4', 'pandas==2.2.3', 'pytz==2025.2', 'cryptography==42.0.8', 'watchfiles==0.21.0')
_NOTICE = '河长制'
_PATIENCE = 120
# Seconds that a command may take: Wine beside much else is slow.
_LONGEST = 2400
# Depends on time, or on which optional parts a machine has.
_PASSING = ('runs', 'ingestions')


def main() -> int:
    parser = argparse.ArgumentParser(prog='python -m tools.bundle.wine_check', description=__doc__)
    parser.add_argument('zip', type=Path)
    told = parser.parse_args()
    for program in ('wine', 'uv'):
        if shutil.which(program) is None:
            sys.stdout.write(f'skipped: {program} is not installed\n')
            return 0
    with tempfile.TemporaryDirectory() as scratch:
        prefix = Path(scratch, 'prefix')
        environment = os.environ | {'WINEPREFIX': str(prefix), 'WINEDEBUG': '-all', 'PYTHONUTF8': '1'}
        subprocess.run(['wineboot', '-i'], env=environment, check=True, capture_output=True)
        subprocess.run(['winecfg', '-v', 'win10'], env=environment, check=True, capture_output=True)
        folder = prefix / 'drive_c' / '考核 目录'
        unpack(told.zip, folder)
        put_older(folder)
        check = Check(folder, environment)
        check.reads_as_here(Path(scratch))
        check.exports()
        check.scores_as_here(Path(scratch))
        check.watches()
        check.answers_as_a_desk()
    return 1 if check.failed else 0


def unpack(packed: Path, folder: Path) -> None:
    """The zip's one folder, under another name."""
    with zipfile.ZipFile(packed) as opened:
        opened.extractall(folder.parent)
        (top,) = {name.split('/')[0] for name in opened.namelist()}
    (folder.parent / top).rename(folder)


def put_older(folder: Path) -> None:
    """Lays the older builds before the folder's own."""
    subprocess.run(
        ['uv', 'pip', 'install', '--quiet', '--target', folder / 'older', '--python-platform', 'x86_64-pc-windows-msvc',
         '--python-version', '3.11', '--no-deps', *OLDER],
        check=True,
    )  # fmt: skip
    (path,) = (folder / 'python').glob('python*._pth')
    path.write_text(path.read_text('ascii').replace('..\\lib', '..\\older\n..\\lib'), 'ascii')


class Check:
    """What was tried, and how it went."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder, self._environment = folder, environment
        self.failed = False

    def reads_as_here(self, scratch: Path) -> None:
        """The samples, and one in each other kind of file, give the catalogue that they give here."""
        others = self._folder / 'data' / 'raw' / '各种格式'
        others.mkdir()
        for name, data in files(sheets=False).items():
            (others / name).write_bytes(data)
        began = time.monotonic()
        ran = self._run('ingest', '--jobs', '1')
        taken = time.monotonic() - began
        here = scratch / 'here.db'
        inbox = self._folder / 'data' / 'raw'
        subprocess.run(
            [sys.executable, '-m', 'kaohe', 'ingest', inbox, '--db', here, '--decisions', scratch / 'd', '--no-receipts'],
            check=True, capture_output=True,
        )  # fmt: skip
        there = self._folder / 'data' / 'structured' / 'catalogue.db'
        same = ran == 0 and dump(there) == dump(here)
        read = sorted(path.suffix for path in inbox.rglob('*') if path.is_file())
        rows = sum(map(len, dump(here).values()))
        self._note(
            same,
            f'{len(read)} files ({" ".join(dict.fromkeys(read))}) read in {taken:.0f} s: equal dump under Wine and on Linux, {rows} rows',
        )

    def exports(self) -> None:
        """A workbook and a worksheet are written, and the catalogue is sound."""
        began = time.monotonic()
        self._note(self._run('check') == 0, f'check in {time.monotonic() - began:.0f} s')
        for verb, file in (('export', '目录.xlsx'), ('worksheet', '自评表.xlsx')):
            notice = [_NOTICE] if verb == 'worksheet' else []
            began = time.monotonic()
            self._note(
                self._run(verb, *notice, file) == 0 and (self._folder / file).exists(),
                f'{verb} in {time.monotonic() - began:.0f} s',
            )

    def scores_as_here(self, scratch: Path) -> None:
        """Answers give the points that they give here, with the same sentences."""
        here = scratch / 'here.db'
        with closing(sqlite3.connect(here)) as connection:
            asked = connection.execute(
                'SELECT i.id, i.kind FROM inputs i JOIN documents d ON d.id = i.document_id WHERE instr(d.title, ?)',
                (_NOTICE,),
            ).fetchall()
        answers = {one: True if kind == 'yes_no' else 2 for one, kind in asked}
        told = json.dumps({'assessed': '试行', 'period': '2025', 'answers': answers}, ensure_ascii=False)
        (self._folder / '答案.json').write_text(told, 'utf-8')
        words = ('score', '--answers', '答案.json', '--notice', _NOTICE, '--json')
        began = time.monotonic()
        there = self._answer(self._command(*words))
        taken = time.monotonic() - began
        same = there == self._answer(
            [sys.executable, '-m', 'kaohe', *words, '--db', str(here), '--decisions', str(scratch / 'd')]
        )
        self._note(
            bool(answers) and bool(there) and same, f'{len(answers)} answers scored in {taken:.0f} s as on Linux'
        )

    def watches(self) -> None:
        """A notice that is dropped while it watches is read."""
        database = self._folder / 'data' / 'structured' / 'catalogue.db'
        process = subprocess.Popen(
            self._command('watch', '--jobs', '1'), cwd=self._folder, env=self._environment | {'PYTHONUNBUFFERED': '1'},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert process.stdout is not None
        try:
            process.stdout.readline()  # it watches now
            (self._folder / 'data' / 'raw' / '刚放入.txt').write_text(
                '云岭市考核细则\n\n每缺一项扣1分，扣完为止。\n', 'utf-8'
            )
            began = time.monotonic()
            found = False
            while not found and time.monotonic() - began < _PATIENCE:
                time.sleep(1)
                with closing(sqlite3.connect(f'file:{database}?mode=ro', uri=True)) as connection:
                    found = (
                        connection.execute("SELECT 1 FROM sources WHERE source LIKE '%刚放入.txt'").fetchone()
                        is not None
                    )
            self._note(found, f'a file that is dropped is read after {time.monotonic() - began:.0f} s')
        finally:
            subprocess.run(['wineserver', '-k'], env=self._environment, check=False)
            process.wait(30)

    def answers_as_a_desk(self) -> None:
        """The desk answers on this machine."""
        process = subprocess.Popen(
            self._command('desk', '--no-open', '--port', '0'), cwd=self._folder, env=self._environment | {'PYTHONUNBUFFERED': '1'},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding='utf-8', errors='replace',
        )  # fmt: skip
        assert process.stdout is not None
        try:
            found = re.search(r'http://\S+', process.stdout.readline())
            page = ''
            began = time.monotonic()
            if found:
                browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
                page = browser.open(found[0], timeout=60).read().decode()
            self._note('收件' in page, f'the desk answers in {time.monotonic() - began:.1f} s')
        finally:
            subprocess.run(['wineserver', '-k'], env=self._environment, check=False)
            process.wait(30)

    def _command(self, *arguments: str) -> list[str]:
        return ['wine', str(self._folder / 'python' / 'python.exe'), '-m', 'kaohe', *arguments]

    def _answer(self, command: list[str]) -> str:
        """What a command answers on its output."""
        ran = subprocess.run(
            command, cwd=self._folder, env=self._environment, capture_output=True, timeout=_LONGEST, check=False
        )
        if ran.returncode:
            _tell(ran.stderr.decode('utf-8', 'replace')[-600:])
        return ran.stdout.decode('utf-8').replace('\r\n', '\n')

    def _run(self, *arguments: str) -> int:
        # its output goes through a pipe: Wine's console knows no Chinese
        ran = subprocess.run(
            self._command(*arguments), cwd=self._folder, env=self._environment, capture_output=True, timeout=_LONGEST, check=False
        )  # fmt: skip
        if ran.returncode:
            _tell(ran.stderr.decode('utf-8', 'replace')[-600:])
        return ran.returncode

    def _note(self, well: bool, what: str) -> None:
        self.failed |= not well
        _tell(f'{"ok  " if well else "FAIL"} {what}')


def _tell(line: str) -> None:
    sys.stdout.write(f'{line}\n')
    sys.stdout.flush()


def dump(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows but those that depend on time."""
    with closing(sqlite3.connect(database)) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
        ]
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)  # noqa: S608 names of our own tables
            for name in names
            if name not in _PASSING and not name.startswith('sqlite_')
        }


if __name__ == '__main__':
    sys.exit(main())
