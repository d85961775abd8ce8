"""What verbs answer to programs: JSON whose first member names its schema and version (docs/json.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping

# A member that is added keeps the version; one that changes its meaning, or goes, makes the next.
VERSIONS = {
    'apply': 1,
    'backup': 1,
    'restore': 1,
    'check': 1,
    'compare': 1,
    'decided': 1,
    'doctor': 1,
    'editions': 1,
    'explain': 1,
    'export': 1,
    'exported': 1,
    'findings': 1,
    'forgotten': 1,
    'formats': 1,
    'ingest': 1,
    'merged': 1,
    'parties': 1,
    'retired': 1,
    'rules': 1,
    'samples': 1,
    'score': 1,
    'score-comparison': 1,
    'score-limits': 1,
    'score-proposals': 1,
    'score-ranking': 1,
    'search': 1,
    'show': 1,
    'stored': 1,
    'words': 1,
    'words-tried': 1,
    'worksheet': 1,
}


def schema(name: str) -> str:
    """What the member ``schema`` of an answer says, such as ``kaohe.findings/1``."""
    return f'kaohe.{name}/{VERSIONS[name]}'


def json_answer(name: str, content: Mapping[str, object], *, indent: int | None = 2) -> str:
    """The answer ``name`` as JSON text, without a line feed at the end; characters as they are."""
    return json.dumps({'schema': schema(name), **content}, ensure_ascii=False, indent=indent)
