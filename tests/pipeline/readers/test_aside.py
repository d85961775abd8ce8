"""What a copy of the process does is what the process would have done; where it cannot, the process does it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kaohe.pipeline.readers.aside import in_a_copy, later

pytestmark = pytest.mark.skipif(sys.platform != 'linux', reason='elsewhere nothing is copied')


def here_or(elsewhere: Callable[[], str]) -> Callable[[], str]:
    """What says `here` in this process, and does something else in any other."""
    me = os.getpid()
    return lambda: 'here' if os.getpid() == me else elsewhere()


def test_a_copy_does_it_and_hands_over_what_came_of_it() -> None:
    with in_a_copy(here_or(lambda: 'there' * 100_000)) as result:
        assert result() == 'there' * 100_000
    with later(here_or(lambda: 'there')) as result:
        assert result() == 'here'


def fail() -> str:
    raise ValueError('only there')


def die() -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return 'dead'


@pytest.mark.parametrize('cannot', [fail, die, lambda: lambda: 'is not pickled'])
def test_what_a_copy_cannot_do_is_done_here(cannot: Callable[[], str]) -> None:
    with in_a_copy(here_or(cannot)) as result:
        assert result() == 'here'


def test_where_no_copy_can_be_made_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError

    before = len(list(Path('/proc/self/fd').iterdir()))
    monkeypatch.setattr(os, 'fork', refused)
    with in_a_copy(here_or(lambda: 'there')) as result:
        assert result() == 'here'
    assert len(list(Path('/proc/self/fd').iterdir())) == before


def test_a_copy_that_nobody_asks_is_ended(tmp_path: Path) -> None:
    def write_and_wait() -> None:
        (tmp_path / 'pid').write_text(str(os.getpid()))
        (tmp_path / 'pid').rename(tmp_path / 'copy')
        time.sleep(3600)

    with in_a_copy(write_and_wait):
        wait_for(tmp_path / 'copy')
    assert not Path('/proc', (tmp_path / 'copy').read_text()).exists()


def test_a_copy_takes_no_longer_than_the_process_may() -> None:
    with in_a_copy(lambda: signal.getitimer(signal.ITIMER_REAL)[0]) as result:
        assert result() == 0
    signal.setitimer(signal.ITIMER_REAL, 1000)
    try:
        with in_a_copy(lambda: signal.getitimer(signal.ITIMER_REAL)[0]) as result:
            assert 900 < result() < 1000
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def test_a_copy_ends_with_the_process_that_made_it(tmp_path: Path) -> None:
    program = (
        'import os, sys, time; from pathlib import Path; from kaohe.pipeline.readers.aside import in_a_copy\n'
        'def wait(): Path(sys.argv[1], "pid").write_text(str(os.getpid())); Path(sys.argv[1], "pid").rename(Path(sys.argv[1], "copy")); time.sleep(3600)\n'
        'with in_a_copy(wait): time.sleep(3600)\n'
    )
    with subprocess.Popen([sys.executable, '-c', program, str(tmp_path)]) as maker:
        wait_for(tmp_path / 'copy')
        maker.kill()
    copy = Path('/proc', (tmp_path / 'copy').read_text(), 'stat')
    until = time.monotonic() + 20
    while (
        copy.exists() and copy.read_text().rpartition(')')[2].split()[0] != 'Z'
    ):  # one that nobody waits for stays as a Z
        assert time.monotonic() < until
        time.sleep(0.01)


def wait_for(file: Path) -> None:
    until = time.monotonic() + 20
    while not file.exists():
        assert time.monotonic() < until
        time.sleep(0.01)
