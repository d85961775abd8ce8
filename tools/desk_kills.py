"""``python -m tools.desk_kills COUNT`` proves that a desk may be killed at any moment while it stores: it asks a running desk for corrections
and puts files into it, kills the whole process group, and looks whether the database is whole, holds what the log of decisions holds, all
that was answered as stored, and no half file. Ends with 1 where not.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote

import httpx

from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.decisions.log.log_files import read_log
from kaohe.pipeline.refusal import Refusal

_NOTICE = (
    '云岭市卫生健康局2025年度考核细则（10分）\n项目\t考核内容\t评分标准\t分值\t牵头科室\n'
    '安全\t满意度≥90%\t每缺一项扣0.5分，扣完为止\t5\t医务科\n质量\t建立制度\t未建立制度不得分\t5\t各科室\n'
)
_READY = 60.0


@dataclass
class Answered:
    """What the desk answered as stored: reasons of corrections, and the texts of files by their names."""

    reasons: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)


class KilledDesk:
    """A desk over one folder, started anew for each kill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inbox, self.database, self.decisions = folder / 'raw', folder / 'c.db', folder / 'decisions'
        self.inbox.mkdir()
        (self.inbox / '考核细则.txt').write_text(_NOTICE, 'utf-8')
        self.answered = Answered()
        self.serial = 0

    def kill(self, chance: random.Random) -> None:
        """Starts the desk, keeps it storing, and kills it after a random moment."""
        process, address = self._start()
        storing = Event()
        worker = Thread(target=self._store, args=(address, storing), daemon=True)
        worker.start()
        storing.wait(_READY)
        time.sleep(chance.uniform(0, 4.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        worker.join(20)

    def _start(self) -> tuple[subprocess.Popen[str], str]:
        command = [sys.executable, '-m', 'kaohe', 'desk', str(self.inbox), '--db', str(self.database)]
        process = subprocess.Popen(
            [*command, '--decisions', str(self.decisions), '--port', '0', '--no-open'],
            stdout=subprocess.PIPE, encoding='utf-8', env=os.environ | {'PYTHONUNBUFFERED': '1'}, start_new_session=True,
        )  # fmt: skip
        assert process.stdout is not None
        found = re.search(r'http\S+', process.stdout.readline())
        if found is None:
            raise RuntimeError('the desk did not start')
        return process, found[0]

    def _store(self, address: str, storing: Event) -> None:
        """Corrects and drops files, one after the other, until nobody answers."""
        base = address.partition('/?')[0]
        here = {'origin': base, 'accept': 'application/json'}
        with httpx.Client(timeout=15) as client, suppress(httpx.HTTPError, ValueError):
            client.get(address, follow_redirects=True)
            notice, line = self._line(client, base)
            storing.set()
            while True:
                self.serial += 1
                reason, seen = f'第 {self.serial} 次', _attribute(client.get(base + notice, headers={'accept': 'text/html'}).text, 'seen')  # fmt: skip
                step = {'do': 'correct', 'owner': 'indicators', 'row': line, 'values': {'points': str(self.serial % 90 + 1)}}  # fmt: skip
                asked = {'steps': [step], 'by': '张三', 'seen': seen, 'why': reason, 'store': True, 'sure': True}
                if client.post(f'{base}{notice}/decide', headers=here, content=json.dumps(asked)).status_code == 200:
                    self.answered.reasons.append(reason)
                name, text = f'通知{self.serial}.txt', _NOTICE.replace('云岭市', f'云岭市第{self.serial}区')
                if client.post(f'{base}/upload', headers=here | {'x-name': quote(name)}, content=text.encode()).status_code == 200:  # fmt: skip
                    self.answered.files[name] = text

    def _line(self, client: httpx.Client, base: str) -> tuple[str, str]:
        end = time.monotonic() + _READY
        while time.monotonic() < end:
            listed = client.get(base, headers={'accept': 'text/html'}).text
            found = re.search(r'(/notice/d_\w+)"(?:(?!/notice/).)*?　考核细则\.txt', listed, re.DOTALL)
            if found is not None:
                return found[1], _attribute(
                    client.get(base + found[1], headers={'accept': 'text/html'}).text, 'line'
                )  # fmt: skip
            time.sleep(0.1)
        raise ValueError('the notice was not read')

    def faults(self) -> Iterator[str]:
        """What is not as it should be, once the next run has put into force what stands in the log."""
        run = [
            sys.executable,
            '-m',
            'kaohe',
            'ingest',
            str(self.inbox),
            '--db',
            str(self.database),
            '--decisions',
            str(self.decisions),
        ]
        ended = subprocess.run([*run, '--quiet', '--jobs', '1'], capture_output=True, check=False).returncode
        if ended != 0:
            yield f'the run afterwards ended with {ended}'
        log = {decision.id: decision for decision in read_log(self.decisions).decisions}
        told = {decision.why for decision in log.values()}
        yield from (f'{reason} was answered as stored and is not in the log' for reason in self.answered.reasons if reason not in told)  # fmt: skip
        for name, text in self.answered.files.items():
            path = self.inbox / name
            if not path.is_file() or path.read_text('utf-8') != text:
                yield f'{name} was answered as stored and is not in the inbox as it was'
        for path in self.inbox.glob('通知*'):
            if not path.read_text('utf-8').endswith('各科室\n'):
                yield f'{path.name} is half a file'
        if not self.database.exists():
            return
        with closing(open_to_read(self.database)) as connection:
            if connection.execute('PRAGMA integrity_check').fetchone()[0] != 'ok':
                yield 'the database is damaged'
            if connection.execute('PRAGMA foreign_key_check').fetchall():
                yield 'rows refer to rows that are not there'
            stored = {row[0] for row in connection.execute('SELECT id FROM corrections')}
            if stored - log.keys():
                yield 'the database holds decisions that the log does not'
            if log.keys() - stored:
                yield 'the log holds decisions that the database does not'


def _attribute(text: str, name: str) -> str:
    found = re.search(rf'data-{name}="(\w*)"', text)
    if found is None:
        raise ValueError(name)
    return found[1]


def main() -> int:
    """Reports each fault and, at the end, how many kills left how many decisions and files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('count', type=int, nargs='?', default=100)
    parser.add_argument('--seed', type=int, default=1)
    given = parser.parse_args()
    bad = 0
    chance = random.Random(given.seed)  # noqa: S311  # repeatable, not secret
    with tempfile.TemporaryDirectory() as folder:
        desk = KilledDesk(Path(folder))
        for number in range(1, given.count + 1):
            desk.kill(chance)
            try:
                found = list(desk.faults())
            except (sqlite3.Error, Refusal, UnicodeDecodeError) as error:
                found = [f'{type(error).__name__}: {error}']
            bad += bool(found)
            for fault in found:
                sys.stdout.write(f'kill {number}: {fault}\n')
                sys.stdout.flush()
        stored = f'{len(desk.answered.reasons)} corrections and {len(desk.answered.files)} files were stored'
        sys.stdout.write(f'{given.count} kills, {bad} with faults; {stored}\n')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
