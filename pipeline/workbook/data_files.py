"""Writes the sheets as CSV or JSON, for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.workbook.sheets import INDICATORS, Sheet

if TYPE_CHECKING:
    from pandas import DataFrame

# What Excel may take for a formula when it opens a CSV file, the full-width forms included (it does so in Chinese editions).
_FORMULA = ('=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r')


def write_csv(path: Path, sheets: Mapping[Sheet, DataFrame]) -> list[Path]:
    """Writes the lines to ``path`` and every other sheet beside it (``名-条款.csv``); returns the files. Raises `Refusal`.

    UTF-8 with a signature, so that Excel shows Chinese. A text that looks like a formula gets an apostrophe before it.
    """
    from pandas import DataFrame

    written = []
    for sheet, rows in sheets.items():
        file = path if sheet is INDICATORS else path.with_stem(f'{path.stem}-{sheet.title}')
        guarded = DataFrame({title: [_guarded(value) for value in rows[title]] for title in rows}, dtype=object)
        _write(file, guarded.to_csv(index=False, lineterminator='\r\n'), 'utf-8-sig')
        written.append(file)
    return written


def write_json(path: Path, sheets: Mapping[Sheet, DataFrame]) -> list[Path]:
    """Writes ``{sheet: [{column: value}]}`` in UTF-8; returns the file. Raises `Refusal`."""
    told = {sheet.title: rows.to_dict('records') for sheet, rows in sheets.items()}
    _write(path, json.dumps(told, ensure_ascii=False, indent=1) + '\n', 'utf-8')
    return [path]


def _guarded(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _write(path: Path, text: str, encoding: str) -> None:
    try:
        path.write_text(text, encoding=encoding, newline='')
    except OSError as error:
        raise Refusal(
            f'写不了 {path}（{error.strerror}），请检查文件夹和权限；如果正在别的程序里打开，请先关闭'
        ) from error
