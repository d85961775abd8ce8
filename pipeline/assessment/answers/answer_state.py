"""Whether the log of answers is as it should be: lines that are set aside, and assessments of the database that the log lacks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from kaohe.pipeline.assessment.answers.answer_log import FOLDER, read_answers, record_of_line
from kaohe.pipeline.database.schema import open_to_read

_SHOWN = 5


def answer_complaints(folder: Path, database: Path) -> Iterator[str]:
    """What a person must know of the log of answers below the folder, in Chinese, with what to do. Raises `Refusal`."""
    log = read_answers(folder)
    yield from (str(spoiled) for spoiled in log.spoiled[:_SHOWN])
    if len(log.spoiled) > _SHOWN:
        yield f'评分记录里没有用上的共 {len(log.spoiled)} 行，以上是前 {_SHOWN} 行'
    if not database.exists():
        return
    known, named = {*log.records}, {record.about for record in log.records}
    with closing(open_to_read(database)) as connection:
        rows = connection.execute('SELECT id, records FROM assessments').fetchall()
    missing = sum(
        one not in named if told is None else not known.issuperset(map(record_of_line, json.loads(told)))
        for one, told in rows
    )
    if missing:
        yield (
            f'数据库里有 {missing} 份自评不在评分记录 {folder / FOLDER} 里（记录被删、被换，或给了别的文件夹）：现在仍按数据库里的算，'
            '但重建数据库会丢；请从备份找回评分记录放回这个文件夹，数据库也请先用 kaohe backup 留一份'
        )
