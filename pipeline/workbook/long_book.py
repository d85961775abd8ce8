"""A workbook of tens of thousands of different texts: those in which nothing is to be escaped or kept are written as they stand.

xlsxwriter searches each text five times, 4 µs a text; a workbook of 20,000 lines has half a million.
"""

from __future__ import annotations

from html import escape
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings

_CONTROLS: Final = bytes((*range(9), *range(11, 32)))
_NO_CHARACTERS: Final = ('\ufffe', '\uffff')


class LongBook(Workbook):  # type: ignore[misc]  # xlsxwriter does not say its types
    """A workbook of xlsxwriter."""

    def _get_packager(self) -> Any:
        return _Packager()


class _Packager(Packager):  # type: ignore[misc]
    def _write_shared_strings_file(self) -> None:
        if self.workbook.str_table.count:
            texts = _Texts()
            texts.string_table = self.workbook.str_table
            texts._set_xml_writer(self._filename('xl/sharedStrings.xml'))
            texts._assemble_xml_file()


class _Texts(SharedStrings):  # type: ignore[misc]
    def _write_sst_strings(self) -> None:
        texts: list[str] = self.string_table.string_array
        whole = ''.join(texts)
        written = whole.encode(errors='surrogatepass')
        if len(written.translate(None, _CONTROLS)) < len(written) or any(one in whole for one in _NO_CHARACTERS):
            super()._write_sst_strings()
            return
        write = self.fh.write
        for text in texts:
            if '_x' in text or text.startswith('<r>') or text[:1].isspace() or text[-1:].isspace():
                self._write_si(text)
            else:
                write(f'<si><t>{escape(text, quote=False)}</t></si>')
