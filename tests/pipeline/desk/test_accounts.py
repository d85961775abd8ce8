"""Who may use a shared desk, and for what."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaohe.pipeline.desk.accounts import IDLE, LONGEST, MOST_ATTEMPTS, WINDOW, Accounts, add_account
from kaohe.pipeline.desk.state import Desk
from kaohe.pipeline.refusal import Refusal
from tests.pipeline.asgi import Asked
from tests.pipeline.desk.conftest import asking
from tests.pipeline.desk.test_review import HERE, PAGE, notice_of


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Accounts:
    file = tmp_path / '账号.json'
    add_account(file, '张三', '核对', 'long enough')
    add_account(file, '李四', '查看', 'another one!')
    assert file.stat().st_mode & 0o077 == 0
    assert 'long enough' not in file.read_text('utf-8')
    return Accounts(file, clock)


def test_a_session_ends_when_it_is_not_used_and_when_it_is_old(accounts: Accounts, clock: Clock) -> None:
    key = accounts.sign_in('张三', 'long enough', 'a')
    clock.now += IDLE - 1
    assert accounts.who(key) is not None
    clock.now += IDLE + 1
    assert accounts.who(key) is None
    key = accounts.sign_in('张三', 'long enough', 'a')
    for _ in range(int(LONGEST // (IDLE - 1)) + 1):
        clock.now += IDLE - 1
        last = accounts.who(key)
    assert last is None


def test_guessing_is_slowed_for_the_name_and_the_address(accounts: Accounts, clock: Clock) -> None:
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(Refusal, match='不对'):
            accounts.sign_in('张三', 'wrong', 'a')
    with pytest.raises(Refusal, match='分钟后'):
        accounts.sign_in('张三', 'long enough', 'b')
    with pytest.raises(Refusal, match='分钟后'):
        accounts.sign_in('李四', 'another one!', 'a')
    clock.now += WINDOW + 1
    assert accounts.sign_in('张三', 'long enough', 'a')


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / '账号.json'
    file.write_text('{"not": "a list"}')
    with pytest.raises(Refusal, match='写得不对'):
        Accounts(file)


def test_passwords_are_not_too_short(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match='密码至少'):
        add_account(tmp_path / 'a.json', '张三', '核对', 'short')


def signed_in(desk: Desk, accounts: Accounts, name: str, password: str) -> Asked:
    browser = asking(desk, accounts)
    assert browser.get('/', headers=PAGE).status_code == 303
    assert browser.get('/state', headers=HERE).status_code == 401
    answer = browser.post('/sign-in', headers=HERE, data={'name': name, 'password': password})
    assert answer.status_code == 303
    return browser


def test_who_may_only_look_changes_nothing(desk: Desk, accounts: Accounts) -> None:
    browser = signed_in(desk, accounts, '李四', 'another one!')
    assert browser.post('/upload', headers=HERE | {'x-name': 'a.txt'}, content=b'x').status_code == 403
    assert browser.post(f'{notice_of(browser)}/sign', headers=HERE, content='{}').status_code == 403
    assert browser.post('/help/backup', headers=HERE).status_code == 403


def test_decisions_stand_in_the_name_of_who_signed_in(desk: Desk, accounts: Accounts) -> None:
    browser = signed_in(desk, accounts, '张三', 'long enough')
    answer = browser.post(f'{notice_of(browser)}/sign', headers=HERE, content='{"by": "李四"}')
    assert answer.json()['says'] == ['张三 已核对签字']
    browser.post('/sign-out', headers=HERE)
    assert browser.get('/', headers=PAGE).status_code == 303
