"""帮助: where the files lie, a backup now, how the machine is, which version this is."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kaohe.normalizers.vocabulary.house_vocabulary import house_folder, read_house
from kaohe.pipeline.assessment.answers.answer_state import answer_complaints
from kaohe.pipeline.database.backups.safe_copy import backup
from kaohe.pipeline.decisions.log.log_state import complaints as log_complaints
from kaohe.pipeline.decisions.log.lost_log import lost_log
from kaohe.pipeline.decisions.rereadings import CHANGED
from kaohe.pipeline.desk.rendering import desk_of, page, person_of
from kaohe.pipeline.inspection.machine import examine
from kaohe.pipeline.planning.fingerprint import program_version
from kaohe.pipeline.planning.house_words import contradictions
from kaohe.pipeline.receipts.receipt_words import halves

# What a newer version reads otherwise in what people had signed or corrected, until they have looked at it.
_CHANGED = """
SELECT f.document_id, f.indicator_id, f.message, coalesce(d.title, d.source) AS title FROM findings AS f
JOIN corrected_documents AS d ON d.id = f.document_id WHERE f.code = ? AND f.state = 'open' ORDER BY title, f.ordinal LIMIT 300
"""


def show(request: Request) -> Response:
    """The page."""
    desk = desk_of(request)
    words, problems = read_house(house_folder())
    with desk.catalogue() as connection:
        changed = [] if connection is None else connection.execute(_CHANGED, (CHANGED,)).fetchall()
    lost = lost_log(desk.database, desk.decisions)
    complaints = [] if lost is None else [*log_complaints(lost, desk.database), *answer_complaints(lost, desk.database)]
    return page(
        request, 'help.html', complaints=complaints, inbox=str(desk.inbox.resolve()), database=str(desk.database.resolve()),
        decisions=str(desk.decisions.resolve()), version=program_version(), machine=list(examine(desk.inbox, desk.database)),
        changed=[(row, *halves(row['message'])) for row in changed], words=words, problems=[*problems, *contradictions(words)],
        house=str(house_folder().resolve()),
    )  # fmt: skip


def back_up(request: Request) -> Response:
    """Copies the database beside itself, under the moment's name."""
    person_of(request, '管理')
    desk = desk_of(request)
    folder = desk.database.parent / '备份'
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f'{desk.database.stem}-{datetime.now().astimezone():%Y%m%d-%H%M%S}.db'
    log = backup(desk.database, desk.decisions, target, overwrite=False)
    says = [
        f'已备份到 {target.resolve()}，更正记录在旁边的 {log.name}，请一并复制',
        f'通知的原件不在备份里，请另外复制 {desk.inbox.resolve()}',
    ]
    return JSONResponse({'says': says})
