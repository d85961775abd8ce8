"""The rules of the grammar, gathered for people: what each reads, with its examples."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from kaohe.normalizers.grammar.rule import Rule

# Where rules stand, and what they read.
GRAMMARS = {
    'kaohe.normalizers.grammar.rules': '条款',
    'kaohe.normalizers.grammar.targets.target_rules': '目标值',
    'kaohe.normalizers.grammar.facts.reader': '事实',
}


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule with the kind of row that it makes."""

    kind: str
    rule: Rule


def all_rules() -> tuple[ListedRule, ...]:
    """Every rule, in the order of the grammars."""
    return tuple(ListedRule(kind, rule) for module, kind in GRAMMARS.items() for rule in import_module(module).RULES)


def what_it_reads(rule: str) -> str | None:
    """What the rule with this id reads, in Chinese; None where the program no longer has it."""
    return next((found.rule.reads for found in all_rules() if found.rule.id == rule), None)
