"""What the verbs that decide answer to programs."""

from __future__ import annotations

import json
from collections.abc import Iterable

from kaohe.pipeline.decisions.decision import Decision, as_line
from kaohe.pipeline.language.json_answers import json_answer


def as_json(stored: Iterable[Decision]) -> str:
    """The decisions as they stand in the log, each with its id, as JSON text (``kaohe.decided``)."""
    return json_answer('decided', {'decisions': [{'id': one.id} | json.loads(as_line(one)) for one in stored]})
