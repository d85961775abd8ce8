"""Assessment notices read into a structured catalogue: the one name under which everything of this program is imported and installed.

>>> import kaohe
>>> notice = kaohe.read('考核细则：每缺一项扣0.5分。'.encode(), '通知.txt')
>>> notice.status
'ok'

The names below are the library (docs/library.md); each is loaded when it is first used. The three folders here are links to those at the
top of the source tree, so that an interpreter, an editable install, a type checker and an editor all know each module by the same name; a
wheel holds them as folders.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kaohe.pipeline.assessment.scoring_runs import CollectedAnswers
    from kaohe.pipeline.assessment.worksheet_runs import WrittenWorksheets
    from kaohe.pipeline.ingestion.report import Report
    from kaohe.pipeline.library.doing import ingest, read, score, worksheet
    from kaohe.pipeline.library.doing import open_catalogue as open
    from kaohe.pipeline.library.language_pipeline import nlp, training_data
    from kaohe.pipeline.library.notice_objects import (
        Clause,
        Doubt,
        Duty,
        Fact,
        Notice,
        ScoredLine,
        ScoringTable,
        Target,
    )
    from kaohe.pipeline.library.notice_schema import notice_schema
    from kaohe.pipeline.library.opened_catalogue import Catalogue
    from kaohe.pipeline.refusal import Refusal

__all__ = [
    'Catalogue', 'Clause', 'CollectedAnswers', 'Doubt', 'Duty', 'Fact', 'Notice', 'Refusal', 'Report', 'ScoredLine', 'ScoringTable', 'Target',
    'WrittenWorksheets', 'ingest', 'nlp', 'notice_schema', 'open', 'read', 'score', 'training_data', 'worksheet',
]  # fmt: skip

_OBJECTS = 'kaohe.pipeline.library.notice_objects'
_PLACES = {
    **dict.fromkeys(('Clause', 'Doubt', 'Duty', 'Fact', 'Notice', 'ScoredLine', 'ScoringTable', 'Target'), _OBJECTS),
    'Catalogue': 'kaohe.pipeline.library.opened_catalogue',
    'CollectedAnswers': 'kaohe.pipeline.assessment.scoring_runs',
    'Refusal': 'kaohe.pipeline.refusal',
    'Report': 'kaohe.pipeline.ingestion.report',
    'WrittenWorksheets': 'kaohe.pipeline.assessment.worksheet_runs',
    'ingest': 'kaohe.pipeline.library.doing',
    'nlp': 'kaohe.pipeline.library.language_pipeline',
    'notice_schema': 'kaohe.pipeline.library.notice_schema',
    'read': 'kaohe.pipeline.library.doing',
    'score': 'kaohe.pipeline.library.doing',
    'training_data': 'kaohe.pipeline.library.language_pipeline',
    'worksheet': 'kaohe.pipeline.library.doing',
}


def __getattr__(name: str) -> object:
    if name == 'open':
        return import_module('kaohe.pipeline.library.doing').open_catalogue
    if name not in _PLACES:
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return getattr(import_module(_PLACES[name]), name)


def __dir__() -> list[str]:
    return [*__all__]
