"""Whether the log of decisions is as it should be: lines that are set aside, and decisions of the database that the log lacks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.decisions.log.known_rows import TABLES, known_states
from kaohe.pipeline.decisions.log.log_files import read_log

_SHOWN = 5


def complaints(folder: Path, database: Path) -> Iterator[str]:
    """What a person must know of the log in the folder, in Chinese, with what to do. Raises `Refusal`."""
    log = read_log(folder)
    yield from (str(spoiled) for spoiled in log.spoiled[:_SHOWN])
    if len(log.spoiled) > _SHOWN:
        yield f'更正记录里没有用上的共 {len(log.spoiled)} 行，以上是前 {_SHOWN} 行'
    if not database.exists():
        return
    known = {decision.id for decision in log.decisions}
    with closing(open_to_read(database)) as connection:
        missing = sum(len(known_states(connection, table).keys() - known) for table in TABLES)
    if missing:
        yield (
            f'数据库里有 {missing} 条更正或核对不在更正记录 {folder} 里（记录被删、被换，或给了别的文件夹）：现在仍按数据库里的算，'
            '但重建数据库会丢；请从备份找回更正记录放回这个文件夹（移到了别处的，请移回来），数据库也请先用 kaohe backup 留一份'
        )
