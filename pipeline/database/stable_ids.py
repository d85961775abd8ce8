"""Ids that other data may hang on for years: made from what a notice says, equal for every copy and format of it.

An id of `kaohe.pipeline.database.ids` belongs to one file's bytes. A stable id belongs to what stands in the notice: the notice by its number,
title, issuer and year; a table by its title; a line by its key; a clause or target by its words; each by which of several it is.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kaohe.normalizers.text.base32 import base32
from kaohe.normalizers.text.folding import squeeze

if TYPE_CHECKING:  # a run that finds nothing changed makes no catalogue
    from kaohe.normalizers.catalogue import Catalogue

LETTERS: Final = {'documents': 'd', 'tables': 't', 'indicators': 'i', 'clauses': 'c', 'thresholds': 'g'}
"""The letter that follows the ``s`` of a stable id, by table."""

Strength = tuple[int, str, str, str, str]
"""How surely a notice is named (0 is the surest), by what, and what names it."""


@dataclass(frozen=True, slots=True)
class StableIds:
    """The stable ids of a catalogue's elements, by their index."""

    notice: str
    tables: tuple[str, ...]
    indicators: tuple[str, ...]
    clauses: tuple[str, ...]
    thresholds: tuple[str, ...]


def notice_id(
    doc_number: str | None, title: str | None, issuer: str | None, year: int | None, office: str | None, document: str
) -> str:
    """The stable id of a notice that says this of itself.

    ``office`` counts only where neither number nor issuer is printed, ``document`` (the id of its bytes) only where no title is either.
    """
    return id_of(strength(doc_number, title, issuer, year, office, document))


def id_of(name: Strength, *apart: str) -> str:
    """The stable id of the notice of this name; ``apart`` tells it from others that have the same."""
    return _made('documents', *name[1:], *apart)


def strength(
    doc_number: str | None, title: str | None, issuer: str | None, year: int | None, office: str | None, document: str
) -> Strength:
    """How surely these name a notice (0 is the surest), and what its stable id is made of."""
    number, name, by = squeeze(doc_number), squeeze(title), squeeze(issuer)
    if number:
        return 0, 'number', number, name, ''
    if not name:
        return 3, 'bytes', document, '', ''
    if by:
        return 1, 'issuer', by, name, str(year or '')
    return 2, 'office', squeeze(office), name, str(year or '')


class StableMaker:
    """Makes the stable ids of one notice's rows, in the order of the notice. Rows that say the same are told apart by which of them they are."""

    def __init__(self, notice: str) -> None:
        self._notice = notice
        self._seen: defaultdict[tuple[object, ...], int] = defaultdict(int)

    def table(self, kind: str, title: str | None) -> str:
        """The id of the next table of this kind and title."""
        return self._next('tables', kind, squeeze(title))

    def line(self, table_title: str | None, key: str) -> str:
        """The id of the next line with this key in a table of this title."""
        return self._next('indicators', squeeze(table_title), key)

    def clause(self, within: str | None, field: str | None, text: str) -> str:
        """The id of the next clause with this text; ``within`` is the line's id, None outside lines."""
        return self._next('clauses', within, field, squeeze(text))

    def threshold(self, within: str, field: str, text: str) -> str:
        """The id of the next target with this text in the line ``within``."""
        return self._next('thresholds', within, field, squeeze(text))

    def _next(self, table: str, *parts: str | None) -> str:
        content = (table, *parts)
        occurrence = self._seen[content]
        self._seen[content] = occurrence + 1
        return _made(table, self._notice, *parts, occurrence)


def line_id(notice: str, table_title: str | None, key: str, occurrence: int) -> str:
    """The id that `StableMaker.line` gives to a line of this notice."""
    return _made('indicators', notice, squeeze(table_title), key, occurrence)


def topic_of(name: str | None, requirement: str | None, criteria: str | None) -> str:
    """What a line is about, whatever it gives: by this it is found again in the notices of other years."""
    about = squeeze(name) or squeeze(requirement) or squeeze(criteria)
    return hashlib.blake2b(about.encode('utf-8', 'surrogatepass'), digest_size=6, person=b'topic').hexdigest()


def stable_ids(catalogue: Catalogue, document: str, office: str | None) -> StableIds:
    """The stable ids of a catalogue's elements, as far as it alone tells which notice it is: editions are recognised later."""
    said = catalogue.notice
    notice = notice_id(said.doc_number, said.title, said.issuer, said.year, office, document)
    maker = StableMaker(notice)
    titles = [table.title for table in catalogue.tables]
    lines = tuple(maker.line(titles[line.table], line.key) for line in catalogue.indicators)
    return StableIds(
        notice=notice,
        tables=tuple(maker.table(table.kind, table.title) for table in catalogue.tables),
        indicators=lines,
        clauses=tuple(
            maker.clause(None if x.indicator is None else lines[x.indicator], x.field, x.text)
            for x in catalogue.clauses
        ),
        thresholds=tuple(maker.threshold(lines[x.indicator], x.field, x.text) for x in catalogue.thresholds),
    )


def _made(table: str, *parts: object) -> str:
    text = repr((table, *parts)).encode('utf-8', 'surrogatepass')
    made = base32(hashlib.blake2b(text, digest_size=10, person=b'stable').digest())
    return f's{LETTERS[table]}_{made}'
