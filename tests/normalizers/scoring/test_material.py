"""What a rule is made from holds what the catalogue says of a clause and of a target, in the same order: it is copied as it stands."""

from dataclasses import fields

from kaohe.normalizers.catalogue import ClauseTerms, TargetTerms
from kaohe.normalizers.scoring.material import Aim, Said


def test_a_clause_of_a_rule_says_what_the_clause_of_the_catalogue_says() -> None:
    names = tuple(known.name for known in fields(ClauseTerms))
    assert Said._fields == ('id', 'field', *names, 'binds', 'lead')


def test_a_target_of_a_rule_says_what_the_target_of_the_catalogue_says() -> None:
    names = tuple(known.name for known in fields(TargetTerms))
    assert Aim._fields == ('id', *names, 'clause')
