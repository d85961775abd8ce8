"""Writes current notices, corrections applied, to files for people and other programs."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from kaohe.pipeline.language.system_words import cause, what_to_do
from kaohe.pipeline.language.terms import plain
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.written_files import write_files
from kaohe.pipeline.workbook.data_files import as_csv, as_json, as_parquet
from kaohe.pipeline.workbook.sheets import read_sheets

Format = Literal['xlsx', 'csv', 'json', 'parquet']
# Of 255 bytes that Linux allows: the sheet's title, the suffix and what a file has while it is written come to it.
_LONGEST_NAME = 190
# So much of an id says which notice is meant; fewer characters begin many.
_LEAST_OF_ID = 4


def find_notices(connection: sqlite3.Connection, wanted: Sequence[str]) -> dict[str, str]:
    """The current documents whose file name, title or document number holds one of ``wanted``, or whose id begins so (all where it is empty),
    with their titles.

    Raises `Refusal` where one of ``wanted`` finds none.
    """
    known = [
        tuple(row)
        for row in connection.execute(
            "SELECT id, source, title, doc_number FROM corrected_documents WHERE edition_of IS NULL AND status <> 'failed'"
            ' AND (in_answers OR ?) ORDER BY title, source, id',
            (bool(wanted),),  # what is asked for by name is given even where it counts in no answer
        )
    ]
    found = {}
    for word in wanted or ('',):
        ids = word if len(word) > _LEAST_OF_ID else ' '
        hits = [row for row in known if row[0].startswith(ids) or any(word in text for text in row[1:] if text)]
        if not hits:
            raise Refusal(
                f'没有找到已读入的通知“{plain(word)}”；文件名写一部分就行，没有读入的原因见 kaohe findings'
                if word
                else '数据库里还没有通知，请先运行 kaohe ingest',
                2,
            )
        found.update({row[0]: row[2] or Path(row[1]).stem for row in hits})
    return found


def export(
    connection: sqlite3.Connection, path: Path, documents: Sequence[str], form: Format, *, overwrite: bool = False
) -> list[Path]:
    """Writes these current documents to ``path``; returns the files that were written. Raises `Refusal`, also where one stands there that
    people wrote or changed, unless ``overwrite``."""
    return write_files(_files(connection, path, documents, form), overwrite=overwrite)


def exported(connection: sqlite3.Connection, documents: Sequence[str], form: Format) -> bytes:
    """These documents as one file; as CSV and Parquet, which hold one sheet, their lines."""
    whole = Path(f'x.{form}')
    return next(data for file, data in _files(connection, whole, documents, form) if file == whole)


def _files(
    connection: sqlite3.Connection, path: Path, documents: Sequence[str], form: Format
) -> list[tuple[Path, bytes]]:
    sheets = read_sheets(connection, documents)
    if form == 'csv':
        return as_csv(path, sheets)
    if form == 'json':
        return [(path, as_json(sheets))]
    if form == 'parquet':
        return as_parquet(path, sheets)
    from kaohe.pipeline.workbook.drawing import as_workbook

    return [(path, as_workbook(sheets))]


def export_each(
    connection: sqlite3.Connection, folder: Path, notices: dict[str, str], form: Format, *, overwrite: bool = False
) -> list[Path]:
    """Writes one file a notice into ``folder``, named by its title; returns the files. Raises `Refusal` as `export` does."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f'建不了文件夹 {folder}（{cause(error)}），{what_to_do(error, "请换一个位置")}') from error
    files: list[tuple[Path, bytes]] = []
    used: set[str] = set()
    for document, title in notices.items():
        name = _fitting(re.sub(r'[\\/:*?"<>|\x00-\x1f]', '_', plain(title)).strip(' .'), '') or document
        if name.casefold() in used:
            name = _fitting(name, f'-{document}')
        used.add(name.casefold())
        files += _files(connection, folder / f'{name}.{form}', [document], form)
    return write_files(files, overwrite=overwrite)


def _fitting(name: str, end: str) -> str:
    """The name, cut so that with this end, and what is added to it for each sheet, it is not too long for a file system."""
    return name.encode()[: _LONGEST_NAME - len(end.encode())].decode(errors='ignore').rstrip(' .') + end
