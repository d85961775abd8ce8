"""Desk, workbook and command line write one log: what each of them decided is seen by the others, and a rebuild shows the same."""

from __future__ import annotations

import json
import re
from pathlib import Path

from kaohe.pipeline.decisions.log.log_files import read_log
from kaohe.pipeline.desk.state import Desk
from tests.pipeline.asgi import Asked
from tests.pipeline.conftest import Command
from tests.pipeline.desk.test_review import HERE, PAGE, ask, line_of, notice_of, points, shown
from tests.pipeline.edited_workbook import Edited


def test_what_three_ways_decided_is_one_log_and_a_rebuild_shows_the_same(
    browser: Asked, desk: Desk, command: Command, tmp_path: Path
) -> None:
    where = ('--db', str(desk.database), '--decisions', str(desk.decisions))
    doubt = re.search(r'data-doubt="(n_\w+)" data-severity="warning"', shown(browser))
    assert doubt is not None
    ask(browser, points(browser, '建立制度', '4.5'), why='电话问过', settles=[doubt[1]])
    command('correct', line_of(browser, '满意度'), '分值', '5.5', '--by', '李四', *where)
    assert '5.5 分' in shown(browser)
    book = tmp_path / 'book.xlsx'
    command('export', str(book), '--db', str(desk.database))
    edited = Edited(book)
    assert sorted(str(edited.get('指标', row, '分值')) for row in (0, 1)) == ['4.5', '5.5']
    row = next(row for row in (0, 1) if edited.get('指标', row, '分值') == 4.5)
    edited.set('指标', row, '牵头科室', '护理部')
    edited.book.save(book)
    command('apply', str(book), '--by', '王五', '--yes', *where)
    assert '护理部' in shown(browser)
    assert browser.post(f'{notice_of(browser)}/undo', headers=HERE, content='{"by": "王五"}').status_code == 200
    assert '护理部' not in shown(browser)
    command('apply', str(book), '--by', '王五', '--yes', *where)
    browser.post(f'{notice_of(browser)}/sign', headers=HERE, content=json.dumps({'by': '张三'}))
    told = read_log(desk.decisions).decisions
    assert [one.by for one in told] == ['张三', '张三', '李四', '王五', '王五', '王五', '张三']
    pages = ('', '/print', '/history')
    before = [browser.get(notice_of(browser) + page, headers=PAGE).text for page in pages]
    first = browser.get('/', headers=PAGE).text

    desk.database.unlink()
    desk.reading.read_now('考核细则.txt')
    assert [browser.get(notice_of(browser) + page, headers=PAGE).text for page in pages] == before
    version = re.compile(r'data-version="\d+"')
    assert version.sub('', browser.get('/', headers=PAGE).text) == version.sub('', first)
    assert read_log(desk.decisions).decisions == told
