"""Text whose font is neither in the PDF nor on the machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.extractors.pdf_writer import PdfPage, pdf

# A machine that has no font at all: the usual source of fonts finds none.
_BARE = """
import ctypes, sys
import pypdfium2.raw as raw
usual = raw.FPDF_GetDefaultSystemFontInfo()
none = dict(raw.FPDF_SYSFONTINFO._fields_)['MapFont'](lambda *asked: None)
usual.contents.MapFont = none
raw.FPDF_GetDefaultSystemFontInfo = lambda: usual
from kaohe.extractors.pdf import read
document = read(open(sys.argv[1], 'rb').read())
sys.stdout.buffer.write('|'.join(cell.text for table in document.tables for cell in table.cells).encode())
"""


def test_a_text_of_one_character_is_read_where_the_machine_has_no_chinese_font(tmp_path: Path) -> None:
    page = PdfPage().lattice([50, 150, 200, 300], [100, 130, 160])
    page.text(60, 120, '项目').text(160, 120, '分').text(210, 120, '备  注')
    page.text(60, 150, '血').text(160, 150, '14').text(210, 150, '无')
    (tmp_path / 'bare.pdf').write_bytes(pdf(page))
    told = subprocess.run([sys.executable, '-c', _BARE, tmp_path / 'bare.pdf'], capture_output=True, check=True)
    assert told.stdout.decode() == '项目|分|备  注|血|14|无'
