"""What is made from notices that others may not read is not for others either; rights that people gave stay."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from stat import S_IMODE

import pytest

from tests.pipeline.conftest import Command

pytestmark = pytest.mark.skipif(sys.platform == 'win32', reason='rights are of another kind there')
DATABASE = Path('data/structured/catalogue.db')
LOG = Path('data/decisions/decisions.jsonl')


@pytest.fixture(autouse=True)
def usual_rights() -> Iterator[None]:
    """New files may be read by all, as on most machines."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def closed(inbox: Path, plain_reader: list[str], command: Command) -> Command:
    """An inbox with one notice that only its owner may read, read in."""
    (inbox / 'a.txt').write_text('青川市2025年度考核细则')
    (inbox / 'a.txt').chmod(0o600)
    assert command('ingest').status == 0
    return command


def mode(path: Path) -> int:
    return S_IMODE(path.stat().st_mode)


def made() -> list[Path]:
    return [path for path in Path('data').rglob('*') if path.is_file() and 'raw' not in path.parts]


def decide(command: Command) -> None:
    assert command('sign', '考核细则', '--by', '张三').status == 0
    assert command('parties', '医务处', '医务科', '--by', '张三').status == 0


def test_nothing_is_more_open_than_the_notice(closed: Command) -> None:
    decide(closed)
    assert closed('backup', 'data/备份/a.db').status == 0
    files = {path.name: mode(path) for path in made()}
    assert files.keys() >= {'catalogue.db', 'index.html', 'decisions.jsonl', 'kaohe.log', 'a.db'}
    assert {name for name, rights in files.items() if rights & 0o077} == set()
    doctor = closed('doctor')
    assert '都不比通知更公开' in doctor.out


def test_nothing_is_more_open_than_its_folder(inbox: Path, plain_reader: list[str], command: Command) -> None:
    (inbox / 'a.txt').write_text('青川市2025年度考核细则')
    Path('mine').mkdir(mode=0o700)
    assert command('ingest', '--db', 'mine/x.db').status == 0
    assert command('sign', '考核细则', '--by', '张三', '--db', 'mine/x.db').status == 0
    assert {mode(path) & 0o077 for path in Path('mine').rglob('*')} == {0}


def test_a_database_as_the_program_made_it_is_closed_when_a_closed_notice_comes(
    inbox: Path, plain_reader: list[str], command: Command
) -> None:
    (inbox / 'a.txt').write_text('青川市2025年度考核细则')
    assert command('ingest').status == 0
    assert {mode(path) for path in made()} == {0o644}
    decide(command)
    (inbox / 'b.txt').write_text('广元县2024年度督查办法')
    (inbox / 'b.txt').chmod(0o600)
    assert command('ingest').status == 0
    assert mode(DATABASE) == 0o600
    assert {mode(path) for path in Path('data/structured/receipts').glob('*-*.html')} == {0o644, 0o600}
    assert mode(Path('data/structured/receipts/index.html')) == 0o600


def test_rights_that_people_gave_stay_and_are_told(closed: Command, inbox: Path) -> None:
    decide(closed)
    (receipt,) = Path('data/structured/receipts').glob('*-*.html')
    for path in (DATABASE, LOG, receipt):
        path.chmod(0o640)
    (inbox / 'b.txt').write_text('广元县2024年度督查办法')
    (inbox / 'b.txt').chmod(0o600)
    assert closed('ingest').status == 0
    assert closed('sign', '考核细则', '--by', '李四').status == 0
    assert [mode(path) for path in (DATABASE, LOG, receipt)] == [0o640] * 3
    doctor = closed('doctor')
    assert 'chmod go-rw' in doctor.out
