"""The sheets as CSV or JSON, for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.workbook.sheets import INDICATORS, Sheet

if TYPE_CHECKING:
    from pandas import DataFrame

# What Excel may take for a formula when it opens a CSV file, the full-width forms included (it does so in Chinese editions).
_FORMULA = ('=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r')


def as_csv(path: Path, sheets: Mapping[Sheet, DataFrame]) -> list[tuple[Path, bytes]]:
    """The lines as a file at ``path`` and every other sheet as one beside it (``名-条款.csv``).

    UTF-8 with a signature, so that Excel shows Chinese. A text that looks like a formula gets an apostrophe before it.
    """
    from pandas import DataFrame

    written = []
    for sheet, rows in sheets.items():
        file = path if sheet is INDICATORS else path.with_stem(f'{path.stem}-{sheet.title}')
        guarded = DataFrame({title: [_guarded(value) for value in rows[title]] for title in rows}, dtype=object)
        written.append((file, guarded.to_csv(index=False, lineterminator='\r\n').encode('utf-8-sig')))
    return written


def as_json(sheets: Mapping[Sheet, DataFrame]) -> bytes:
    """``{schema, sheet: [{column: value}]}`` in UTF-8."""
    told = {sheet.title: rows.to_dict('records') for sheet, rows in sheets.items()}
    return (json_answer('export', told, indent=1) + '\n').encode()


def as_parquet(path: Path, sheets: Mapping[Sheet, DataFrame]) -> list[tuple[Path, bytes]]:
    """The lines for ``path`` and every other sheet for a file beside it (``名-条款.parquet``), for analysis. Raises `Refusal`."""
    written = []
    for sheet, rows in sheets.items():
        file = path if sheet is INDICATORS else path.with_stem(f'{path.stem}-{sheet.title}')
        typed = rows.infer_objects().convert_dtypes()
        for title in typed.select_dtypes('object'):  # numbers among texts are texts
            typed[title] = typed[title].map(lambda value: None if value is None else str(value)).astype('string')
        try:
            data: bytes = typed.to_parquet(None, index=False)
        except ImportError as error:
            raise Refusal('写 Parquet 要另装部件：请运行 pip install "kaohe[parquet]"，或导出成 csv') from error
        written.append((file, data))
    return written


def _guarded(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
