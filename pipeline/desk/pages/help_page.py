"""帮助: where the files lie, a backup now, how the machine is, which version this is."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kaohe.pipeline.database.backups.safe_copy import backup
from kaohe.pipeline.desk.rendering import desk_of, page, person_of
from kaohe.pipeline.inspection.machine import examine
from kaohe.pipeline.planning.fingerprint import program_version


def show(request: Request) -> Response:
    """The page."""
    desk = desk_of(request)
    return page(
        request, 'help.html', inbox=str(desk.inbox.resolve()), database=str(desk.database.resolve()),
        decisions=str(desk.decisions.resolve()), version=program_version(), machine=list(examine(desk.inbox, desk.database)),
    )  # fmt: skip


def back_up(request: Request) -> Response:
    """Copies the database beside itself, under the moment's name."""
    person_of(request, '管理')
    desk = desk_of(request)
    folder = desk.database.parent / '备份'
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f'{desk.database.stem}-{datetime.now().astimezone():%Y%m%d-%H%M%S}.db'
    log = backup(desk.database, desk.decisions, target, overwrite=False)
    return JSONResponse({'says': [f'已备份到 {target.resolve()}，更正记录在旁边的 {log.name}，请一并复制']})
