"""Papers for the tests of the checks: a table of fictional lines, and the findings that it gives."""

from __future__ import annotations

from kaohe.extractors.findings import Finding
from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from tests.normalizers.tables import document, draw


def catalogue_of(picture: str, title: str = '2024年度考核评分表') -> Catalogue:
    """The catalogue of a paper that is one table under a title."""
    return normalize(document(title, draw(picture)), 'x.docx')


def findings_of(picture: str, title: str = '2024年度考核评分表', *, code: str) -> list[Finding]:
    """The findings of one code that the paper gives."""
    return [found for found in catalogue_of(picture, title).findings if found.code == code]
