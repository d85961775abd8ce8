"""The parts of the page beside unsure figures."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from kaohe.pipeline.desk.state import Desk
from tests.pipeline.asgi import Asked
from tests.pipeline.desk.test_review import PAGE

SAMPLE = next((Path(__file__).parents[3] / 'data' / 'raw' / '示例').glob('*校园安全*.pdf'))
DOUBT = "INSERT INTO findings (id, document_id, ordinal, indicator_id, about, severity, code, message) VALUES ('n_a', ?, 900, ?, 'reading', 'warning', 'ocr.doubtful', '文字识别的结果要核对：分值；请对照')"


def test_each_unsure_cell_of_a_doubted_line_stands_beside_the_doubt(browser: Asked, desk: Desk) -> None:
    shutil.copy(SAMPLE, desk.inbox / '扫描.pdf')
    desk.reading.read_now('扫描.pdf')
    with closing(sqlite3.connect(desk.database)) as connection, connection:
        document, line = connection.execute(
            "SELECT d.id, i.id FROM documents AS d JOIN indicators AS i ON i.document_id = d.id WHERE d.source = '扫描.pdf' ORDER BY i.ordinal LIMIT 1 OFFSET 3"
        ).fetchone()
        connection.execute(DOUBT, (document, line))
        plain = browser.get(f'/notice/{document}', headers=PAGE).text
        connection.execute(
            'UPDATE cells SET confidence = 0.99 WHERE table_id IN (SELECT id FROM tables WHERE document_id = ?)',
            (document,),
        )
        (table, row, col, boxes) = connection.execute(
            'SELECT c.table_id, c.row, c.col, c.boxes FROM origins AS o JOIN cells AS c ON c.table_id = o.table_id AND c.row = o.row AND c.col = o.col'
            " WHERE o.owner_id = ? AND o.field = 'points'",
            (line,),
        ).fetchone()
        connection.execute(
            'UPDATE cells SET confidence = 0.4 WHERE (table_id, row, col) = (?, ?, ?)', (table, row, col)
        )
    assert 'class="cutout"' not in plain
    text = browser.get(f'/notice/{document}', headers=PAGE).text
    (box,) = re.findall(r'class="cutout".*?viewBox="([^"]+)".*?<image data-page="/notice/\w+/page/1.png"', text)
    x, y, width, height = map(float, box.split())
    ((page, left, top, right, bottom),) = json.loads(boxes)
    assert page == 1
    assert (x < left, y < top, x + width > right, y + height > bottom) == (True, True, True, True)
    assert (width < right - left + 10, height < bottom - top + 10) == (True, True)
