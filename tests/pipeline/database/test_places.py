"""Values are bound to places as every supported Python does it: numbered places (``?1``) with a sequence are deprecated from 3.12 and refused from 3.14."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PIPELINE = Path(__file__).parents[3] / 'pipeline'


@pytest.mark.parametrize('module', sorted(PIPELINE.rglob('*.py')), ids=lambda module: str(module.relative_to(PIPELINE)))
def test_no_place_is_numbered(module: Path) -> None:
    found = re.findall(
        r'(?:[=(,><]|\b(?:IS|IN|NOT|OR|AND|SELECT|WHERE|VALUES|LIMIT)) ?\?[1-9]', module.read_text('utf-8')
    )
    assert found == [], 'name the place (:document) and bind a mapping'
