"""A desk over an inbox with one notice whose points do not add up."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaohe.pipeline.browser.door import Door
from kaohe.pipeline.desk.accounts import Accounts
from kaohe.pipeline.desk.app import make_app
from kaohe.pipeline.desk.inbox_reading import InboxReading
from kaohe.pipeline.desk.source_side.page_pictures import Pictures
from kaohe.pipeline.desk.state import Desk
from tests.pipeline.asgi import Asked

HOST = '127.0.0.1:8010'
NOTICE = (
    '云岭市卫生健康局2025年度考核细则（10分）\n'
    '项目\t考核内容\t评分标准\t分值\t牵头科室\n'
    '安全\t满意度≥90%\t每缺一项扣0.5分，扣完为止\t5\t医务科\n'
    '质量\t建立制度\t未建立制度不得分\t4\t各科室\n'
)


@pytest.fixture
def desk(inbox: Path, tmp_path: Path, in_this_process: None) -> Desk:
    """The desk; the notice is read."""
    (inbox / '考核细则.txt').write_text(NOTICE, 'utf-8')
    database, decisions = tmp_path / 'data' / 'structured' / 'catalogue.db', tmp_path / 'data' / 'decisions'
    reading = InboxReading(Path('data/raw'), database, decisions, 1)
    reading.read_now('考核细则.txt')
    return Desk(database, inbox, decisions, reading, Pictures())


@pytest.fixture
def browser(desk: Desk) -> Asked:
    """Asks the desk as its own pages would."""
    return asking(desk)


def asking(desk: Desk, accounts: Accounts | None = None) -> Asked:
    """A browser before the desk's door."""
    desk.accounts = accounts
    return Asked(Door(make_app(desk), hosts=[HOST], token=None), f'http://{HOST}')
