"""The PDF files beside the project: nothing visible is lost, and the cells are those of the Word file."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from kaohe.extractors import docx, pdf
from kaohe.extractors.document import Document, Table

SHARED = Path(__file__).parents[3].parent / 'shared' / 'notices'
NOTICES = sorted((SHARED / 'pdf').glob('*.pdf'))

pytestmark = pytest.mark.skipif(not NOTICES, reason='no notices beside the project')


def squeezed(text: str) -> str:
    return re.sub(r'\s', '', text)


def visible(document: Document) -> Counter[str]:
    return Counter(squeezed(''.join(document.texts())))


def cells(tables: tuple[Table, ...]) -> list[str]:
    return [squeezed(cell.text) for table in tables for cell in table.cells if squeezed(cell.text)]


@pytest.mark.parametrize('path', NOTICES, ids=lambda path: path.stem[:8])
def test_every_visible_character_is_read(path: Path) -> None:
    data = path.read_bytes()
    file = pdfium.PdfDocument(data)
    expected: Counter[str] = Counter()
    for at in range(len(file)):
        page = file[at]
        expected += Counter(squeezed(page.get_textpage().get_text_range()))
        page.close()
    file.close()
    assert visible(pdf.read(data)) == expected


@pytest.mark.parametrize('path', NOTICES, ids=lambda path: path.stem[:8])
def test_the_cells_are_those_of_the_word_file(path: Path) -> None:
    expected = cells(docx.read((SHARED / 'docx' / f'{path.stem}.docx').read_bytes()).tables)
    found = set(cells(pdf.read(path.read_bytes()).tables))
    # A cell that a page break cut stands in two pieces, one at the foot of a page and one at the head of the next.
    lost = [
        text
        for text in expected
        if text not in found and not any(text[:at] in found and text[at:] in found for at in range(1, len(text)))
    ]
    assert len(lost) <= 0.005 * len(expected), lost
