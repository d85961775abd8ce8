"""A sample in each kind of file that the folder for office PCs reads by itself: what Windows is tried with, beside the samples that it brings."""

from __future__ import annotations

import io
import zipfile

import pypdfium2

from tools.samples.conformance import FOLDER
from tools.samples.notices import CLEAN_HOSPITAL, INSPECTION, SAMPLES
from tools.samples.ofd import ofd
from tools.samples.sheet import xlsx
from tools.samples.text import piped
from tools.samples.web import html
from tools.samples.word import word

_SCALE = 150 / 72


def files(*, sheets: bool) -> dict[str, bytes]:
    """Names and contents: Word 97, web page, OFD, archive, table of text, a photograph of a page and, where ``sheets``, a workbook.

    RTF and OpenDocument are left out: they are read where LibreOffice is, which the folder does not bring.
    """
    first, second, third, *_ = (sample for sample in SAMPLES if sample not in (CLEAN_HOSPITAL, INSPECTION))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w') as archive:
        archive.writestr('附件/细则.docx', word(first))
    made = {
        f'{INSPECTION.name}.doc': (FOLDER / f'{INSPECTION.name}.doc').read_bytes(),
        '网页.html': html(second),
        '版式.ofd': ofd(third),
        '压缩包.zip': packed.getvalue(),
        '文本.md': piped(second).encode(),
        '照片.png': photograph((FOLDER / f'{CLEAN_HOSPITAL.name}.pdf').read_bytes()),
    }
    return made | ({'表格.xlsx': xlsx(second)} if sheets else {})


def photograph(paper: bytes) -> bytes:
    """The first page of a PDF as a picture, without a text layer."""
    source = pypdfium2.PdfDocument(paper)
    picture = io.BytesIO()
    source[0].render(scale=_SCALE).to_pil().convert('L').save(picture, 'PNG')
    source.close()
    return picture.getvalue()
