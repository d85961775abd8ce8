"""``u``: what is taken back is a whole change, of whom it may be, and nobody takes back or signs what they have not seen."""

from __future__ import annotations

import json
import re

import httpx
import pytest

from kaohe.pipeline.decisions.log.log_files import read_log
from kaohe.pipeline.desk.state import Desk
from tests.pipeline.asgi import Asked
from tests.pipeline.desk.conftest import NOTICE
from tests.pipeline.desk.test_review import HERE, PAGE, ask, points, seen

DOUBTFUL = NOTICE.replace('云岭市', '青川市').replace('未建立制度不得分', '未建立制度不得分；每少一次扣0..3分')


@pytest.fixture
def doubtful(desk: Desk, browser: Asked) -> Asked:
    """Asks a desk whose one notice has a doubtful place in its second line."""
    (desk.inbox / '考核细则.txt').write_text(DOUBTFUL, 'utf-8')
    desk.reading.read_now('考核细则.txt')
    return browser


def notice_of(browser: Asked) -> str:
    found = re.search(r'<a href="(/notice/d_\w+)">\s*<span class="file">青川市', browser.get('/', headers=PAGE).text)
    assert found is not None
    return found[1]


def deed(browser: Asked, what: str, by: str, **more: object) -> httpx.Response:
    return browser.post(f'{notice_of(browser)}/{what}', headers=HERE, content=json.dumps({'by': by} | more))


def card(browser: Asked) -> str:
    """The second line, as the page shows it."""
    cards = re.findall(r'<article.*?</article>', browser.get(notice_of(browser), headers=PAGE).text, re.DOTALL)
    (found,) = [one for one in cards if '建立制度' in re.sub(r'<[^>]*>', '', one)]
    return found


def settle(browser: Asked, by: str) -> None:
    """This person says that the doubtful place is no mistake: with it the line is checked."""
    (doubt,) = re.findall(r'data-doubt="(n_\w+)" data-severity="warning"', card(browser))
    last = re.search(r'data-seen="(\w*)"', browser.get(notice_of(browser), headers=PAGE).text)
    assert last is not None
    answer = deed(browser, 'tick', by, findings=[doubt], remark='没有读错', right=True, seen=last[1])
    assert answer.json()['line']
    assert f'{by} ' in card(browser).split('checked')[-1]


def test_nobody_takes_back_half_of_what_a_colleague_has_looked_at(doubtful: Asked, desk: Desk) -> None:
    settle(doubtful, '张三')
    answer = deed(doubtful, 'undo', '李四')
    assert (answer.status_code, answer.json()['why']) == (422, '没有可以撤回的更正')
    assert 'checked' in card(doubtful)
    assert '已处理：张三' in card(doubtful)
    assert deed(doubtful, 'undo', '张三').status_code == 200
    assert 'checked' not in card(doubtful)
    assert '已处理' not in card(doubtful)


def test_what_a_colleague_has_looked_at_is_stepped_over(doubtful: Asked) -> None:
    assert deed(doubtful, 'tick', '李四', findings=_sum_of(doubtful), remark='属实').status_code == 200
    settle(doubtful, '张三')
    back = deed(doubtful, 'undo', '李四')
    assert back.status_code == 200, back.text
    assert 'checked' in card(doubtful)
    assert deed(doubtful, 'undo', '李四').status_code == 422
    assert deed(doubtful, 'undo', '张三').status_code == 200
    assert 'checked' not in card(doubtful)
    assert deed(doubtful, 'undo', '张三').status_code == 422


def _sum_of(browser: Asked) -> list[str]:
    """The doubt of the whole table."""
    alone = browser.get(notice_of(browser), headers=PAGE).text.split('class="alone"')[1].split('</ul>')[0]
    return re.findall(r'data-doubt="(n_\w+)" data-severity="warning"', alone)


def test_who_looked_at_a_line_after_somebody_else_keeps_the_line_checked(doubtful: Asked) -> None:
    line = re.search(r'data-line="(\w+)"', card(doubtful))
    assert line is not None
    for by, day in (('张三', '2026-01-02'), ('李四', '2026-01-03')):
        last = re.search(r'data-seen="(\w*)"', doubtful.get(notice_of(doubtful), headers=PAGE).text)
        assert last is not None
        step = {'do': 'correct', 'owner': 'indicators', 'row': line[1], 'values': {'checked_by': by, 'checked_on': day}}
        told = {'steps': [step], 'seen': last[1], 'store': True}
        assert deed(doubtful, 'decide', by, **told).status_code == 200
    answer = deed(doubtful, 'undo', '张三')
    assert (answer.status_code, answer.json()['why']) == (422, '这一条后来又有人核对过，没有撤回')
    assert '李四 2026-01-03 核对过' in card(doubtful)


def test_who_has_seen_no_change_yet_is_told_of_the_first(browser: Asked, desk: Desk) -> None:
    assert seen(browser) == ''
    ask(browser, points(browser, '建立制度', '5'))
    notice = re.search(r'/notice/d_\w+', browser.get('/', headers=PAGE).text)
    assert notice is not None
    answer = browser.post(f'{notice[0]}/undo', headers=HERE, content=json.dumps({'by': '李四', 'seen': ''}))
    assert answer.status_code == 409
    assert answer.json()['overtaken'] == ['张三：质量　分值改为“5”']
    assert '“5” → “4”' in answer.json()['takes'][0]
    assert len(read_log(desk.decisions).decisions) == 1


def test_taking_back_a_tick_tells_of_what_the_page_has_not_shown(doubtful: Asked, desk: Desk) -> None:
    assert deed(doubtful, 'tick', '张三', findings=_sum_of(doubtful), remark='属实').status_code == 200
    assert deed(doubtful, 'sign', '李四', seen='').status_code == 200
    answer = deed(doubtful, 'undo', '张三', seen='')
    assert answer.status_code == 409
    assert answer.json()['overtaken'] == ['有人刚刚核对签字']
    assert '重新待核对' in answer.json()['takes'][0]
    assert len(read_log(desk.decisions).decisions) == 2
    assert deed(doubtful, 'undo', '张三', seen=answer.json()['seen']).status_code == 200


def test_nobody_signs_what_they_have_not_seen(browser: Asked, desk: Desk) -> None:
    ask(browser, points(browser, '建立制度', '5'))
    notice = re.search(r'/notice/d_\w+', browser.get('/', headers=PAGE).text)
    assert notice is not None
    told = {'by': '李四', 'seen': ''}
    answer = browser.post(f'{notice[0]}/sign', headers=HERE, content=json.dumps(told))
    assert (answer.status_code, answer.json()['overtaken']) == (409, ['张三：质量　分值改为“5”'])
    assert '核对签字' not in browser.get('/', headers=PAGE).text
    again = told | {'seen': answer.json()['seen']}
    assert browser.post(f'{notice[0]}/sign', headers=HERE, content=json.dumps(again)).status_code == 200


def test_a_correction_settles_the_doubt_that_it_puts_right_and_both_are_taken_back_together(doubtful: Asked) -> None:
    (doubt,) = re.findall(r'data-doubt="(n_\w+)" data-severity="warning"', card(doubtful))
    line = re.search(r'data-line="(\w+)"', card(doubtful))
    assert line is not None
    form = doubtful.get(f'{notice_of(doubtful)}/form?owner=indicators&row={line[1]}', headers=PAGE).text
    assert f'data-settles="{doubt}"' in form
    clause = re.search(r'data-form="clauses" data-row="(c_\w+)"', card(doubtful))
    assert clause is not None
    of_clause = doubtful.get(f'{notice_of(doubtful)}/form?owner=clauses&row={clause[1]}', headers=PAGE).text
    assert f'data-settles="{doubt}"' in of_clause
    step = {'do': 'correct', 'owner': 'indicators', 'row': line[1], 'values': {'points': '5'}}
    asked = {'steps': [step], 'seen': '', 'settles': [doubt, 'n_nothing']}
    shown = deed(doubtful, 'decide', '张三', **asked, store=False).json()
    assert shown['says'][-1].startswith('疑点已改正：')
    assert '>警告</b>' in card(doubtful)
    assert deed(doubtful, 'decide', '张三', **asked, store=True).json()['stored']
    assert '>已改正</b>' in card(doubtful)
    assert '>警告</b>' not in card(doubtful)
    form = doubtful.get(f'{notice_of(doubtful)}/form?owner=indicators&row={line[1]}', headers=PAGE).text
    assert 'data-settles' not in form
    assert deed(doubtful, 'undo', '李四').status_code == 200
    assert '>警告</b>' in card(doubtful)
    assert '4 分' in card(doubtful)
