"""Whether the log of decisions is as it should be: lines that are set aside, and decisions of the database that the log lacks."""

from __future__ import annotations

from collections.abc import Iterator, Set
from contextlib import closing
from pathlib import Path

from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.decisions.log.known_rows import TABLES, known_states
from kaohe.pipeline.decisions.log.log_files import read_log
from kaohe.pipeline.decisions.log.noted_logs import noted_logs

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
    missing = missing_decisions(database, known)
    with closing(open_to_read(database)) as connection:
        others = [one for one in noted_logs(connection) if one != folder.absolute() and one.is_dir()] if missing else []
    for other in others:
        known |= {decision.id for decision in read_log(other).decisions}
        lacking = missing_decisions(database, known)
        if len(lacking) < len(missing):
            yield (
                f'数据库里有 {len(missing) - len(lacking)} 条更正或核对记在 {other}（用 --decisions 给过的文件夹），不在更正记录 {folder} 里：'
                f'现在仍按数据库里的算；请每次都加 --decisions，或把那里的 .jsonl 文件也放进 {folder}（有同名的先改个名）'
            )
            missing = lacking
    if missing:
        yield (
            f'数据库里有 {len(missing)} 条更正或核对不在更正记录 {folder} 里（记录被删、被换，或给了别的文件夹）：现在仍按数据库里的算，'
            '但重建数据库会丢；请从备份找回更正记录放回这个文件夹（移到了别处的，请移回来），数据库也请先用 kaohe backup 留一份'
        )


def missing_decisions(database: Path, known: Set[str]) -> set[str]:
    """The decisions of the database that are none of those whose ids are ``known``. Raises `Refusal`."""
    with closing(open_to_read(database)) as connection:
        return {one for table in TABLES for one in known_states(connection, table).keys() - known}
