"""What is forgotten is gone from the file, and only what was named is meant."""

from __future__ import annotations

from pathlib import Path

from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import scope_of
from tests.pipeline.conftest import Command

DATABASE = Path('catalogue.db')


def read_in(inbox: Path, *titles: str) -> None:
    for title in titles:
        (inbox / f'{title}.txt').write_text(title)
    ingest([scope_of(inbox)], DATABASE, jobs=1)


def test_signs_of_patterns_mean_themselves(inbox: Path, plain_reader: list[str], command: Command) -> None:
    read_in(inbox, '青川市考核细则')
    for wanted in ('%', '_', 'd%'):
        assert command('sign', wanted, '--by', '张三', '--db', DATABASE).status == 2
        assert command('forget', wanted, '--yes', '--db', DATABASE).status == 2


def test_no_word_of_a_forgotten_notice_stays_in_the_file(
    inbox: Path, plain_reader: list[str], command: Command
) -> None:
    read_in(inbox, '青川市考核细则', '饕餮魑魅办法')
    assert '饕餮'.encode() in DATABASE.read_bytes()
    (inbox / '饕餮魑魅办法.txt').unlink()
    ingest([scope_of(inbox)], DATABASE, jobs=1)
    assert command('forget', '饕餮魑魅', '--yes', '--db', DATABASE).status == 0
    left = DATABASE.read_bytes().replace('饕餮魑魅办法.txt'.encode(), b'')  # the runs keep the names of files
    assert '饕餮'.encode() not in left
    assert '青川市'.encode() in left
