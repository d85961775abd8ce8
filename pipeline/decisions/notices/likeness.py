"""Says which documents are editions of one notice, on the evidence of what they print, and which only look as if they might be.

What is decided depends on what the documents say, on whose folder they came from and on what people confirmed, never on the order of arrival.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, TypeVar

from kaohe.normalizers.text.folding import squeeze
from kaohe.pipeline.decisions.decision import Identity

Thing = TypeVar('Thing')
Rank = tuple[Any, ...]
Pair = tuple[str, str]
"""Two documents, the smaller id first."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A stored document as it is compared. ``marks`` are the keys of its lines and the texts of its facts (of its paragraphs where it has
    neither), ``offices`` those whose folders it came from."""

    identity: Identity
    marks: frozenset[str]
    offices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What people said of pairs of documents: they are one notice (``joined``), or they are not (``parted``)."""

    joined: frozenset[Pair] = frozenset()
    parted: frozenset[Pair] = frozenset()


@dataclass(frozen=True, slots=True)
class Grouped:
    """``current``: for every document the current one of its notice. ``assumed``: pairs that look like one notice and nobody decided about."""

    current: dict[str, str]
    assumed: tuple[Pair, ...] = field(default=())


def squeezed(text: str | None) -> str | None:
    """``text`` as it is compared: folded, without white space; None where nothing is left."""
    return squeeze(text) or None


def alike(a: Identity, b: Identity) -> bool:
    """Whether two notices name themselves as the same: same document number and title, or same title, issuer and year."""
    if squeezed(a.title) != squeezed(b.title):
        return False
    if a.doc_number and b.doc_number:
        return squeezed(a.doc_number) == squeezed(b.doc_number)
    return bool(a.title and a.issuer and a.year and (squeezed(a.issuer), a.year) == (squeezed(b.issuer), b.year))


def perhaps_alike(a: Identity, b: Identity) -> bool:
    """Whether they have the same title and nothing that is known of both differs."""
    return bool(a.title) and squeezed(a.title) == squeezed(b.title) and not _contradict(a, b)


def perhaps_meant(wanted: Identity, known: Identity) -> bool:
    """Whether a decision about a notice that is gone may be about this one: it is perhaps alike, and it is of the same office wherever
    neither number nor issuer says that the two are one. What came from nobody's folder is not of an office's."""
    if not perhaps_alike(wanted, known):
        return False
    if (wanted.doc_number and known.doc_number) or (wanted.issuer and known.issuer):
        return True
    mine, others = (set(x.office.split('、')) if x.office else {None} for x in (wanted, known))
    return not mine.isdisjoint(others)


def perhaps_same(a: Edition, b: Edition) -> bool:
    """Whether two documents look like one notice, so that a person should say: same title, nothing that differs, and half of the lines of
    one. Never across the folders of offices where neither a number nor an issuer is printed."""
    if not perhaps_alike(a.identity, b.identity):
        return False
    named = any(x.identity.doc_number or x.identity.issuer for x in (a, b))
    if not named and a.offices and b.offices and not a.offices & b.offices:
        return False
    shared = len(a.marks & b.marks)
    return shared > 0 and 2 * shared >= min(len(a.marks), len(b.marks))


def group_editions(
    editions: Iterable[Edition], rank: Callable[[str], Rank], confirmed: Confirmed = Confirmed()
) -> Grouped:
    """Which documents are one notice, and which of them is current: the one with the highest ``rank``, which is asked only where there are
    several."""
    known = {edition.identity.document: edition for edition in editions}
    groups = _Groups(known, confirmed.parted)
    for a_id, b_id in sorted(confirmed.joined):
        if a_id in known and b_id in known:
            groups.join(a_id, b_id)
    for a, b in _evidence(list(known.values()), {document for pair in confirmed.parted for document in pair}):
        groups.join(a.identity.document, b.identity.document)
    assumed = {
        pair_of(a.identity.document, b.identity.document)
        for bucket in _buckets(known.values(), lambda x: squeezed(x.identity.title))
        for a, b, _ in _sharing(bucket)
        if not groups.together(a.identity.document, b.identity.document) and perhaps_same(a, b)
    }
    current = {
        document: now
        for members in groups.members()
        for now in [max(members, key=rank) if len(members) > 1 else members[0]]
        for document in members
    }
    return Grouped(current, tuple(sorted(assumed - confirmed.parted)))


def pair_of(a: str, b: str) -> Pair:
    """The two documents as a pair."""
    return (a, b) if a < b else (b, a)


def _evidence(editions: Sequence[Edition], parted: Container[str]) -> list[tuple[Edition, Edition]]:
    """The pairs that are one notice by what they print, the surest first. ``parted``: documents of which a person said that they are not one with another."""
    found: list[tuple[int, Edition, Edition]] = []
    for bucket in _buckets(editions, _number_and_title):
        loose = any(edition.identity.document in parted for edition in bucket)
        pairs = combinations(bucket, 2) if loose else ((bucket[0], edition) for edition in bucket[1:])
        found += ((-len(a.marks & b.marks), a, b) for a, b in pairs)
    for bucket in _buckets(editions, _full_name):
        found += ((-shared, a, b) for a, b, shared in _mostly_alike(bucket))
    found.sort(key=lambda x: (x[0], x[1].identity.document, x[2].identity.document))
    return [(a, b) for _, a, b in found]


def _mostly_alike(bucket: Sequence[Edition]) -> Iterator[tuple[Edition, Edition, int]]:
    """The pairs of these, which share title, issuer and year, that have most lines in common. One without a number goes with numbered ones
    only where these have one number: else it cannot be both."""
    numbers = {squeezed(x.identity.doc_number) for x in bucket} - {None}
    for a, b, shared in _sharing(bucket):
        of_pair = {squeezed(x.identity.doc_number) for x in (a, b)}
        if 2 * shared > max(len(a.marks), len(b.marks)) and (
            len(of_pair) == 1 or (None in of_pair and len(numbers) == 1)
        ):
            yield a, b, shared


def _sharing(bucket: Sequence[Edition]) -> Iterator[tuple[Edition, Edition, int]]:
    """Pairs that share marks, with how many, without a look at every pair: an office may send thousands of one name. Of those whose marks
    are the same, each is paired with the first only."""
    first: dict[frozenset[str], Edition] = {}
    holders: defaultdict[str, list[Edition]] = defaultdict(list)
    for edition in bucket:
        same = first.get(edition.marks)
        if same is not None and _says_as_much(same, edition):
            yield same, edition, len(edition.marks)
            continue
        first.setdefault(edition.marks, edition)
        counts: Counter[int] = Counter(id(other) for mark in edition.marks for other in holders[mark])
        others = {id(other): other for mark in edition.marks for other in holders[mark]}
        for one, shared in counts.items():
            yield others[one], edition, shared
        for mark in edition.marks:
            holders[mark].append(edition)


def _says_as_much(a: Edition, b: Edition) -> bool:
    """Whether they say the same of themselves, and came from the same folders."""
    return (
        squeezed(a.identity.doc_number), squeezed(a.identity.issuer), a.identity.year, a.offices
    ) == (squeezed(b.identity.doc_number), squeezed(b.identity.issuer), b.identity.year, b.offices)  # fmt: skip


class _Groups:
    """Documents that belong together (union-find), but never two that are ``parted``."""

    def __init__(self, documents: Iterable[str], parted: Iterable[Pair]) -> None:
        self._above = {document: document for document in documents}
        self._parted = [pair for pair in parted if pair[0] in self._above and pair[1] in self._above]

    def join(self, a: str, b: str) -> None:
        """Puts two groups together, unless that would join what is parted."""
        ends = {self._top(a), self._top(b)}
        if len(ends) == 2 and not any({self._top(x), self._top(y)} == ends for x, y in self._parted):
            self._above[self._top(a)] = self._top(b)

    def together(self, a: str, b: str) -> bool:
        return self._top(a) == self._top(b)

    def members(self) -> Iterable[list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for document in self._above:
            found[self._top(document)].append(document)
        return found.values()

    def _top(self, document: str) -> str:
        while (above := self._above[document]) != document:
            self._above[document] = self._above[above]
            document = above
        return document


def _number_and_title(edition: Edition) -> tuple[str, str | None] | None:
    number = squeezed(edition.identity.doc_number)
    return (number, squeezed(edition.identity.title)) if number else None


def _full_name(edition: Edition) -> tuple[str, str, int] | None:
    title, issuer, year = squeezed(edition.identity.title), squeezed(edition.identity.issuer), edition.identity.year
    return (title, issuer, year) if title and issuer and year else None


def _buckets(things: Iterable[Thing], name: Callable[[Thing], object]) -> Iterable[list[Thing]]:
    """Those that have the same name, where there are several."""
    found: defaultdict[object, list[Thing]] = defaultdict(list)
    for thing in things:
        if (told := name(thing)) is not None:
            found[told].append(thing)
    return (bucket for bucket in found.values() if len(bucket) > 1)


def _contradict(a: Identity, b: Identity) -> bool:
    return (
        bool(a.doc_number and b.doc_number and squeezed(a.doc_number) != squeezed(b.doc_number))
        or bool(a.issuer and b.issuer and squeezed(a.issuer) != squeezed(b.issuer))
        or bool(a.year and b.year and a.year != b.year)
    )
