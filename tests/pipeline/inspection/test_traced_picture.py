"""``kaohe explain --picture``: the page on which a row stands, with its cells marked."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from tests.pipeline.conftest import Command

SAMPLES = Path(__file__).parents[3] / 'data' / 'raw' / '示例'
RED = (208, 2, 27)


def reds(file: Path) -> list[tuple[int, int]]:
    with Image.open(file) as image:
        seen = image.convert('RGB')
    return [(x, y) for y in range(seen.height) for x in range(seen.width) if seen.getpixel((x, y)) == RED]


def test_a_lines_cells_are_marked_where_they_stand(command: Command, inbox: Path, in_this_process: None) -> None:
    shutil.copy(SAMPLES / '2024年综合督查细则.pdf', inbox)
    command('ingest', '--no-receipts')
    with closing(sqlite3.connect('data/structured/catalogue.db')) as connection:
        (line,) = connection.execute(
            "SELECT id FROM indicators WHERE points = 8 AND requirement LIKE '加强医院财经%'"
        ).fetchone()
        left, top, right, bottom = connection.execute(
            "SELECT json_extract(boxes, '$[0][1]'), json_extract(boxes, '$[0][2]'), json_extract(boxes, '$[0][3]'), json_extract(boxes, '$[0][4]')"
            " FROM cells WHERE text LIKE '加强医院财经%'"
        ).fetchone()
    assert command('explain', line, '--picture', '出处.png').status == 0
    marked = reds(Path('出处.png'))
    scale = 130 / 72
    assert any(abs(x - left * scale) < 6 and abs(y - top * scale) < 6 for x, y in marked)
    assert any(abs(x - right * scale) < 6 and abs(y - bottom * scale) < 6 for x, y in marked)
    assert not any(y < (top - 40) * scale for _, y in marked)


@pytest.mark.parametrize('changed', [True, False])
def test_what_cannot_be_drawn_says_why(command: Command, inbox: Path, in_this_process: None, changed: bool) -> None:
    file = inbox / '通知.pdf'
    shutil.copy(SAMPLES / '2024年综合督查细则.pdf', file)
    (inbox / '细则.txt').write_text('考核细则\n项目\t评分标准\t分值\n安全\t每缺一项扣0.5分\t5\n', 'utf-8')
    command('ingest', '--no-receipts')
    with closing(sqlite3.connect('data/structured/catalogue.db')) as connection:
        ids = dict(
            connection.execute('SELECT d.format, i.id FROM indicators AS i JOIN documents AS d ON d.id = i.document_id')
        )
    assert '只有 PDF' in command('explain', ids['txt'], '--picture', '出处.png').err
    if changed:
        file.write_bytes(file.read_bytes() + b'\n')
    else:
        file.unlink()
    ran = command('explain', ids['pdf'], '--picture', '出处.png')
    assert ran.status == 1
    assert ('已不是读入时' if changed else '已不在收件夹') in ran.err
    assert not Path('出处.png').exists()
