"""The parties that answer for lines in groups: offices, people and their posts, everybody."""

from __future__ import annotations

import re
from collections.abc import Collection

from kaohe.normalizers.vocabulary.party_words import OFFICE_ENDS, POSTS, SURNAMES
from kaohe.pipeline.language import terms

OFFICES, PEOPLE, EVERYBODY = '科室', '领导和个人', '各科室都要做的'
GROUPS = (OFFICES, EVERYBODY, PEOPLE)
_BESIDES = re.compile(r'[（(].*?[)）]|等$')


def group_of(name: str, roles: Collection[str], *, everybody: bool) -> str:
    """The group of a party, by the ``roles`` (in Chinese) in which it was read and by its name."""
    if everybody:
        return EVERYBODY
    plain = _BESIDES.sub('', name).strip()
    if set(roles) == {terms.ROLE['lead_leader']} or plain.endswith(POSTS) or _is_person(plain):
        return PEOPLE
    return OFFICES


def _is_person(name: str) -> bool:
    """Whether each of the names reads as a person's."""
    parts = [part for part in re.split(r'[、，,；;\s/]+', name) if part]
    return bool(parts) and all(
        2 <= len(one) <= 3 and one[0] in SURNAMES and one[-1] not in OFFICE_ENDS for one in parts
    )
