"""The clause rules, in order of precedence where two would begin at the same character."""

from __future__ import annotations

from typing import Final

from normalizers.grammar.phrase_rule import PhraseRule
from normalizers.grammar.rules.amounts import AMOUNTS
from normalizers.grammar.rules.caps import CAPS
from normalizers.grammar.rules.judged import JUDGED
from normalizers.grammar.rules.outcomes import OUTCOMES
from normalizers.grammar.rules.shares import SHARES

RULES: Final[tuple[PhraseRule, ...]] = (*CAPS, *SHARES, *JUDGED, *OUTCOMES, *AMOUNTS)
