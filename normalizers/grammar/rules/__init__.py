"""The clause rules, in order of precedence where two would begin at the same character."""

from __future__ import annotations

from typing import Final

from kaohe.normalizers.grammar.clauses.phrase_rule import PhraseRule
from kaohe.normalizers.grammar.rule import Rule
from kaohe.normalizers.grammar.rules.amount_rules import AMOUNTS
from kaohe.normalizers.grammar.rules.bare_amount_rules import BARE_AMOUNTS
from kaohe.normalizers.grammar.rules.cap_rules import CAPS
from kaohe.normalizers.grammar.rules.choice_rules import CHOICES
from kaohe.normalizers.grammar.rules.judged_rules import JUDGED
from kaohe.normalizers.grammar.rules.outcome_rules import OUTCOMES
from kaohe.normalizers.grammar.rules.share_rules import SHARES
from kaohe.normalizers.grammar.rules.whole_text_rules import WHOLE_TEXTS

PHRASES: Final[tuple[PhraseRule, ...]] = (*CAPS, *CHOICES, *SHARES, *JUDGED, *OUTCOMES, *AMOUNTS, *BARE_AMOUNTS)
RULES: Final[tuple[Rule, ...]] = (*PHRASES, *WHOLE_TEXTS)
