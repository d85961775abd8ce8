"""PDF with a text layer → Document. Values of form fields and annotations are not part of the page and are not read."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.document import Document, Unreadable
from extractors.findings import finding
from extractors.pages import PAGE_LIMIT, PageRead, assemble, read_page
from extractors.pdf_page import read_marks
from extractors.recognition import DPI, MAX_PIXELS
from extractors.scanned import Budget, completed

if TYPE_CHECKING:
    from extractors.recognition import Picture


def read(data: bytes) -> Document:
    """The document in a PDF file. Scanned pages and pages that cannot be read are findings.

    Raises ``Unreadable`` where the file is broken or encrypted (an empty password opens), or no page has text.
    """
    pages = count_pages(data)
    return assemble('pdf', read_pages(data, 0, min(pages, PAGE_LIMIT)), pages)


def count_pages(data: bytes) -> int:
    """How many pages the file has. Raises ``Unreadable``."""
    file = _open(data)
    try:
        return len(file)
    finally:
        file.close()


def read_pages(data: bytes, first: int, last: int) -> tuple[PageRead, ...]:
    """The pages from ``first`` up to, not including, ``last`` (from 0). Pages do not depend on each other: a long file can be spread over processes."""
    file = _open(data)
    try:
        budget = Budget()
        return tuple(_read_page(file, at, budget) for at in range(first, last))
    finally:
        file.close()


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        file = pdfium.PdfDocument(data)
        if not len(file):
            file.close()
            raise Unreadable(finding('file.broken', detail='没有一页'))
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise Unreadable(finding('file.encrypted')) from error
        raise Unreadable(finding('file.broken', detail='不是完整的 PDF')) from error
    return file


def _read_page(file: pdfium.PdfDocument, at: int, budget: Budget) -> PageRead:
    try:
        page = file[at]
        try:
            marks = read_marks(page)
            return read_page(completed(marks, lambda: _picture(page), budget), at + 1)
        finally:
            page.close()
    except pdfium.PdfiumError:
        return PageRead.unreadable(at + 1, '页面损坏')


def _picture(page: pdfium.PdfPage) -> tuple[Picture, float]:
    """(the page as a grey picture, pixels a point)."""
    scale = min(DPI / 72, math.sqrt(MAX_PIXELS / max(page.get_width() * page.get_height(), 1)))
    drawn = page.render(scale=scale, grayscale=True)
    return drawn.to_numpy().reshape(drawn.height, -1, drawn.n_channels)[:, : drawn.width, 0].copy(), scale
