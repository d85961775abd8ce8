"""Shapes of input that may grow: some once took squares and cubes. The tests hold their growth, the benchmark fits it."""

from __future__ import annotations

import io
import json
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kaohe.extractors.pdf.layers import layered
from kaohe.extractors.zip.archive import list_members, read_member
from kaohe.pipeline.decisions.log.log_files import FILE, read_log
from kaohe.pipeline.readers.reading import catalogue_of
from kaohe.pipeline.workbook.sheet_cells import read_grids
from tools.samples.raw_workbook import cell, workbook

HEAD = '考核细则\n项目\t考核内容\t评分标准\t分值\n'
ROW = '安全\t按时报告\t迟报1次扣1分\t5\n'
_CELLS = ('安全', '按时报告', '迟报1次扣1分', '5')
_WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
_PACKAGE = 'http://schemas.microsoft.com/office/2006/xmlPackage'
_RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'


_PDF_PAGE = (
    b'1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R'
    b'/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n4 0 obj<</Length 40>>stream\n'
    b'BT /F1 12 Tf 50 700 Td (deduct 1) Tj ET  \nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n'
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What grows; the input of so many parts; how many parts a small one has; how it is read (the input, a folder for it)."""

    what: str
    make: Callable[[int], bytes]
    parts: int
    work: Callable[[bytes, Path], None]

    def seconds(self, parts: int, folder: Path, repeats: int = 2) -> float:
        """Processor time for an input of so many parts, the least of some runs."""
        data = self.make(parts)
        return min(self._once(data, folder) for _ in range(repeats))

    def _once(self, data: bytes, folder: Path) -> float:
        started = time.process_time()
        self.work(data, folder)
        return time.process_time() - started


def _read(name: str) -> Callable[[bytes, Path], None]:
    return lambda data, folder: catalogue_of(data, name) and None


def _read_packed(data: bytes, folder: Path) -> None:
    layered.cache_clear()
    catalogue_of(data, 'a.pdf')


def _read_archive(data: bytes, folder: Path) -> None:
    path = folder / f'{len(data)}.zip'
    path.write_bytes(data)
    for names in list_members(path):
        read_member(path, names)


def _read_log(data: bytes, folder: Path) -> None:
    (folder / FILE).write_bytes(data)
    read_log(folder)


def _read_edited(data: bytes, folder: Path) -> None:
    path = folder / f'{len(data)}.xlsx'
    path.write_bytes(data)
    read_grids(path)


def _archive(names: list[str], data: bytes = b'x') -> bytes:
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, 'w') as target:
        warnings.simplefilter('ignore')  # equal names
        for name in names:
            target.writestr(name, data)
    return made.getvalue()


def _page(body: str) -> bytes:
    return f'<html><head><meta charset="utf-8"></head><body><h1>考核细则</h1>{body}</body></html>'.encode()


def _html_row(cells: tuple[str, ...], span: str = '') -> str:
    return f'<tr>{"".join(f"<td{span}>{text}</td>" for text in cells)}</tr>'


def _word(body: str) -> bytes:
    """A Word document in one XML text."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><pkg:package xmlns:pkg="{_PACKAGE}"><pkg:part pkg:name="/_rels/.rels" '
        'pkg:contentType="application/vnd.openxmlformats-package.relationships+xml"><pkg:xmlData>'
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships></pkg:xmlData></pkg:part><pkg:part pkg:name="/word/document.xml" '
        'pkg:contentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"><pkg:xmlData>'
        f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document></pkg:xmlData></pkg:part></pkg:package>'
    ).encode()


def _run(text: str) -> str:
    return f'<w:r><w:t>{text}</w:t></w:r>'


def _word_row(cells: tuple[str, ...]) -> str:
    return f'<w:tr>{"".join(f"<w:tc><w:p>{_run(text)}</w:p></w:tc>" for text in cells)}</w:tr>'


def _log(count: int) -> bytes:
    notice = {'document': 'd_x', 'doc_number': None, 'title': '细则', 'issuer': None, 'year': 2025}
    place = {'table': '细则', 'key': 'k', 'line': 0, 'field': None, 'text': None, 'nth': 0}
    record = {'kind': 'correct', 'by': '张三', 'why': None, 'notice': notice, 'owner': 'indicators', 'place': place, 'label': '党建',
              'field': 'points', 'value': 7.0, 'before': 5.0, 'row': []}  # fmt: skip
    lines = (json.dumps({'at': f'2025-03-01T08:02:00.{number:06}+00:00'} | record) for number in range(count))
    return '\n'.join(lines).encode()


def _packed_objects(count: int) -> bytes:
    """A PDF whose objects are packed into so many streams."""
    packed = zlib.compress(b'9 0 <</A 1>>' * 20)
    stream = b'8 0 obj<</Type/ObjStm/N 1/First 4/Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n' % (
        len(packed),
        packed,
    )
    return b'%PDF-1.7\n' + _PDF_PAGE + stream * count + b'trailer<</Root 1 0 R>>\n'


def _sheet_rows(count: int) -> str:
    return ''.join(
        f'<row r="{at}">{"".join(cell(f"{letter}{at}", text) for letter, text in zip("ABCD", _CELLS, strict=True))}</row>'
        for at in range(4, count + 4)
    )


SHAPES = (
    Shape('members of an archive', lambda n: _archive([f'{at}.bin' for at in range(n)]), 500, _read_archive),
    Shape('equal names in an archive', lambda n: _archive(['a.bin'] * n), 500, _read_archive),
    Shape('archives in an archive', lambda n: _archive([f'{at}.zip' for at in range(n)], _archive(['a.bin'] * 5)), 200, _read_archive),
    Shape('a stray text far down a sheet', lambda n: workbook({f'A{n}': 'x'}), 4000, _read('a.xlsx')),
    Shape('a stray blank far down a sheet', lambda n: workbook({f'A{n}': ' '}), 4000, _read('a.xlsx')),
    Shape('a note below a gap of a sheet', lambda n: workbook({f'A{n}': '备注：由考核办解释'}), 4000, _read('a.xlsx')),
    Shape('titles in a sheet, one below the other', lambda n: workbook({f'A{at + 10}': f'标题{at}' for at in range(n)}), 500, _read('a.xlsx')),
    Shape('labels in a sheet, one below the other', lambda n: workbook({f'A{at + 10}': '填报单位：' for at in range(n)}), 500, _read('a.xlsx')),
    Shape('rows of a sheet', lambda n: workbook(extra=_sheet_rows(n)), 60, _read('a.xlsx')),
    Shape('a stray blank far down an edited workbook', lambda n: workbook({f'A{n}': ' '}), 4000, _read_edited),
    Shape('blanks in a text', lambda n: (HEAD + ROW + '总结' + ' ' * n + '完').encode(), 8000, _read('a.txt')),
    Shape('signs of LaTeX in a text', lambda n: ('满意度$\\leq' * n).encode(), 2000, _read('a.txt')),
    Shape('blanks in a cell', lambda n: (HEAD + ROW.replace('迟报', '迟报' + ' ' * n) + ROW).encode(), 8000, _read('a.txt')),
    Shape('blanks in a title', lambda n: ('考核' + ' ' * n + HEAD + ROW * 2).encode(), 8000, _read('a.txt')),
    Shape('clauses in one paragraph', lambda n: ('考核细则\n' + '扣1分' * n).encode(), 1000, _read('a.txt')),
    Shape('numbered rules, a line each', lambda n: ('考核细则\n' + ''.join(f'{at}.每少1项扣0.5分。\n' for at in range(1, n + 1))).encode(), 150, _read('a.txt')),
    Shape('words far apart in one line', lambda n: ('考核细则\n' + '报   ' * n).encode(), 1000, _read('a.txt')),
    Shape('rows of a text', lambda n: (HEAD + ROW * n).encode(), 60, _read('a.txt')),
    Shape('rows of a web page', lambda n: _page(f'<table>{_html_row(("项目", "考核内容", "评分标准", "分值"))}{_html_row(_CELLS) * n}</table>'), 60, _read('a.html')),
    Shape('comments without end in a web page', lambda n: _page('<p>细则</p>' + '<!--' * n), 4000, _read('a.html')),
    Shape('pieces of a Word paragraph', lambda n: _word(f'<w:p>{_run("考核细则")}</w:p><w:p>{_run("报") * n}</w:p>'), 2000, _read('a.docx')),
    Shape('rows of a Word table', lambda n: _word(f'<w:p>{_run("考核细则")}</w:p><w:tbl>{_word_row(("项目", "考核内容", "评分标准", "分值"))}{_word_row(_CELLS) * n}</w:tbl>'), 60, _read('a.docx')),
    Shape('streams of packed objects in a PDF', _packed_objects, 6000, _read_packed),
    Shape('records of a log of decisions', _log, 500, _read_log),
)  # fmt: skip
