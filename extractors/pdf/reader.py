"""PDF with a text layer → Document. Values of form fields and text written on a page are read as if they stood there."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kaohe.extractors import optional
from kaohe.extractors.document import Document, Unreadable
from kaohe.extractors.findings import finding
from kaohe.extractors.layout.composition import PAGE_LIMIT, PageMarks, PageRead, assemble, read_page
from kaohe.extractors.ocr.layer_check import checked, has_figures
from kaohe.extractors.ocr.pixels import DPI, MAX_PIXELS
from kaohe.extractors.ocr.scanned_pages import (
    MOST_PAGES,
    SECONDS_ALLOWED,
    looked_at,
    recognised,
    time_for,
    with_drawn_rules,
)
from kaohe.extractors.parallel import Spread, here
from kaohe.extractors.pdf import last_resort
from kaohe.extractors.pdf.layers import layered
from kaohe.extractors.pdf.page import read_marks
from kaohe.extractors.pdf.tight_memory import at_most

if TYPE_CHECKING:
    from kaohe.extractors.ocr.pixels import Picture

# Pages that are read at a time: opening a file and loading its fonts takes a quarter of the time of a page.
_TOGETHER = 10
# What opening a file and reading ten of its pages may take: a page that draws itself, or packs a gigabyte, takes whatever there is; the pages of
# long notices (176 pages, 0.9 MB) take 30 MB.
_MEMORY = 800 << 20
_MEMORY_PER_BYTE = 16


def read(data: bytes, spread: Spread = here) -> Document:
    """The document in a PDF file. Scanned pages and pages that cannot be read are findings. ``spread`` does the pages of a long one.

    Raises ``Unreadable`` where the file is broken or encrypted (an empty password opens), or no page has text.
    """
    total = count_pages(data)
    last = min(total, PAGE_LIMIT)
    spans = [(first, min(first + _TOGETHER, last)) for first in range(0, last, _TOGETHER)]
    pages = [page for some in spread(read_pages, data, spans) for page in some]
    if optional.has_recognition():
        scanned = [at for at, page in enumerate(pages) if page.unread]
        scanned += [at for at, page in enumerate(pages) if page.layered and not page.unread]
        chosen, beyond = scanned[:MOST_PAGES], scanned[MOST_PAGES:]
        known = spread(recognise_page, (data, time_for(len(chosen))), chosen, SECONDS_ALLOWED)
        for at, page in zip(chosen, known, strict=True):
            pages[at] = page or pages[at].beyond_limit('识别所用的时间太长')
        for at in beyond:
            pages[at] = pages[at].beyond_limit('一份文件识别的页数有限')
    document = assemble('pdf', pages, total)
    unchecked = [page.page for page in pages if page.layered]
    return document.complain(finding('layer.unchecked', pages=_numbers(unchecked))) if unchecked else document


def _numbers(pages: Sequence[int]) -> str:
    """Page numbers, runs of them joined: 1–3、7."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return '、'.join(f'{run[0]}–{run[-1]}' if len(run) > 1 else str(run[0]) for run in runs)


def count_pages(data: bytes) -> int:
    """How many pages the file has. Raises ``Unreadable``."""
    with _bounded(data), closing(_open(data)) as file:
        return len(file)


def read_pages(data: bytes, span: tuple[int, int]) -> tuple[PageRead, ...]:
    """The pages from the first up to, not including, the last of ``span`` (from 0), as they are written: nothing is recognised."""
    with _bounded(data):
        data, off = layered(data)
        with closing(_open(data)) as file:
            return tuple(_page(file, at, lambda page: _as_written(page, off)) for at in range(*span))


def recognise_page(common: tuple[bytes, float], at: int) -> PageRead | None:
    """Page ``at`` (from 0), with what its pictures say. ``common`` is the file and until when pages are recognised: None after that."""
    data, until = common
    if time.monotonic() > until:
        return None
    data, off = layered(data)
    with closing(_open(data)) as file:
        return _page(file, at, lambda page: _as_shown(page, off, at + 1))


def _bounded(data: bytes) -> AbstractContextManager[None]:
    return at_most(_MEMORY + _MEMORY_PER_BYTE * len(data))


def _open(data: bytes) -> pdfium.PdfDocument:
    last_resort.install()
    try:
        file = pdfium.PdfDocument(data)
        if not len(file):
            file.close()
            raise Unreadable(finding('file.broken', detail='没有一页'))
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise Unreadable(finding('file.encrypted')) from error
        raise Unreadable(finding('file.broken', detail='不是完整的 PDF')) from error
    if file.get_formtype() != raw.FORMTYPE_NONE:
        file.init_forms()
    return file


def _as_written(page: pdfium.PdfPage, off: frozenset[str]) -> PageMarks:
    """What is written on the page; where the text is laid unseen over a scan, with the lines that the scan shows."""
    marks = looked_at(read_marks(page, off))
    if marks.layered and not marks.rules and optional.has_recognition():
        marks = with_drawn_rules(marks, *_picture(page))
    return marks._replace(layered=has_figures(marks))


def _as_shown(page: pdfium.PdfPage, off: frozenset[str], number: int) -> PageMarks:
    """What the page shows: its pictures recognised; where text is laid unseen over a scan, its figures held against that."""
    marks = looked_at(read_marks(page, off))
    picture = _picture(page)
    if marks.layered and not marks.rules:
        marks = with_drawn_rules(marks, *picture)
    if has_figures(marks):
        marks = checked(marks, *picture, number)
    return recognised(marks, *picture) if marks.unread or marks.garbled else marks._replace(layered=False)


def _page(file: pdfium.PdfDocument, at: int, marks_of: Callable[[pdfium.PdfPage], PageMarks]) -> PageRead:
    try:
        with closing(file[at]) as page:
            return read_page(marks_of(page), at + 1)
    except pdfium.PdfiumError:
        return PageRead.unreadable(at + 1, '页面损坏')


def _picture(page: pdfium.PdfPage) -> tuple[Picture, float]:
    """(the page as a grey picture, pixels a point)."""
    scale = min(DPI / 72, math.sqrt(MAX_PIXELS / max(page.get_width() * page.get_height(), 1)))
    drawn = page.render(scale=scale, grayscale=True)
    return drawn.to_numpy().reshape(drawn.height, -1, drawn.n_channels)[:, : drawn.width, 0].copy(), scale
