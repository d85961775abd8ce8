"""A worksheet of formulas that no program has calculated yet, written without what xlsxwriter looks for in each.

xlsxwriter searches every formula for sixty functions of newer Excels, which no formula here names, and gives it a zero for a result, which
LibreOffice would believe and not calculate.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from kaohe.pipeline.assessment.worksheets.formula_words import Ends

if TYPE_CHECKING:
    from xlsxwriter.format import Format


class FormulaSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter does not say its types
    """A worksheet of xlsxwriter, to be made by ``add_worksheet(title, FormulaSheet)``."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[str] = []

    def put_formula(self, row: int, column: int, formula: str, look: Format) -> None:
        """Writes a formula (without ``=``) into a cell."""
        self._check_dimensions(row, column)
        self.table[row][column] = CellFormulaTuple(formula, look, None)

    def put_ends(self, ends: Sequence[Ends]) -> None:
        """Writes formulas of least and most below the first row, in the first two columns, in no format."""
        for row, (low, high) in enumerate(ends, start=2):
            self._rows.append(
                f'<row r="{row}" spans="1:2"><c r="A{row}"><f>{escape(low, quote=False)}</f></c><c r="B{row}"><f>{escape(high, quote=False)}</f></c></row>'
            )
        if ends:
            self._check_dimensions(len(ends), 1)

    def _write_rows(self) -> None:
        super()._write_rows()
        for row in self._rows:
            self.fh.write(row)

    def _xml_formula_element(self, formula: str, result: object, attributes: Sequence[tuple[str, Any]] = ()) -> None:
        told = ''.join(f' {name}="{value}"' for name, value in attributes)
        self.fh.write(f'<c{told}><f>{escape(formula, quote=False)}</f></c>')
