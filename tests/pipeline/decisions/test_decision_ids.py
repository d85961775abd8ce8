"""The ids of decisions never change: added rows are named by them in other decisions."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kaohe.pipeline.decisions.decision import Decision, RowPlace, as_line
from kaohe.pipeline.decisions.log.log_lines import of_line

# A log of the first form, with the ids that its decisions had then. It is never edited, only added to.
GOLDEN = [json.loads(line) for line in Path(__file__).with_name('decision_ids.jsonl').read_text('utf-8').splitlines()]


@dataclass(frozen=True, slots=True)
class LaterPlace(RowPlace):
    """A place with a field that comes later."""

    half: int = 0


@dataclass(frozen=True, slots=True)
class LaterDecision(Decision):
    """A decision with a field that comes later."""

    seen_in: str | None = None


def later(decision: Decision, place: RowPlace, seen_in: str | None = None) -> LaterDecision:
    known = {name: getattr(decision, name) for name in Decision.__dataclass_fields__}
    return LaterDecision(**{**known, 'place': place}, seen_in=seen_in)


@pytest.mark.parametrize('told', GOLDEN, ids=lambda told: told['id'])
def test_decisions_of_the_first_form_keep_their_ids_and_their_lines(told: dict[str, str]) -> None:
    decision = of_line(told['line'])
    assert (decision.id, as_line(decision)) == (told['id'], told['line'])


@pytest.mark.parametrize('told', GOLDEN, ids=lambda told: told['id'])
def test_a_later_field_changes_an_id_only_where_it_says_something(told: dict[str, str]) -> None:
    decision = of_line(told['line'])
    known = {name: getattr(decision.place, name) for name in RowPlace.__dataclass_fields__}
    assert later(decision, LaterPlace(**known)).id == told['id']
    ids = {
        told['id'],
        later(decision, LaterPlace(**known), '桌面').id,
        later(decision, LaterPlace(**known, half=1)).id,
    }
    assert len(ids) == 3


def test_each_field_is_part_of_the_id() -> None:
    decision = of_line(GOLDEN[0]['line'])
    others = [
        replace(decision, by='赵六'),
        replace(decision, why=None),
        replace(decision, value=6),
        replace(decision, before=None),
        replace(decision, row=(('points', 1),)),
        replace(decision, notice=replace(decision.notice, year=2024)),
        replace(decision, place=replace(decision.place, line=1)),
    ]
    assert len({decision.id, *(other.id for other in others)}) == 1 + len(others)
