"""A function called in limits answers within its time, and gets more where its parts need it."""

import time

import pytest

from kaohe.extractors.document import Unreadable
from kaohe.pipeline.system import limited
from kaohe.pipeline.system.limited import in_limits, in_turn
from kaohe.pipeline.system.limits import Limits


def sleeping(common: float, part: int) -> int:
    """A part that takes ``common`` seconds."""
    time.sleep(common)
    return part


def parts(seconds: float, allowed: float) -> list[int]:
    """Three such parts, for each of which ``allowed`` seconds more are asked for."""
    return in_turn(sleeping, seconds, [1, 2, 3], allowed)


@pytest.mark.parametrize('forked', [False, True])
def test_parts_that_need_time_get_it(monkeypatch: pytest.MonkeyPatch, forked: bool) -> None:
    monkeypatch.setattr(limited, '_STARTING', 15.0 if not forked else 0.0)
    assert in_limits(Limits(seconds=0.5), parts, 0.4, 30.0, forked=forked) == [1, 2, 3]


def test_what_takes_longer_than_it_asked_for_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited, '_STARTING', 0.0)
    with pytest.raises(Unreadable) as raised:
        in_limits(Limits(seconds=0.2), parts, 5.0, 0.1, forked=True)
    assert raised.value.finding.code == 'worker.timeout'


def test_outside_of_limits_parts_are_done_all_the_same() -> None:
    assert in_turn(sleeping, 0.0, [1, 2], 30.0) == [1, 2]
