"""核对: what pages show, and what becomes of what people ask for."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from typing import Any

import httpx
import pytest

from kaohe.pipeline.decisions.log.log_files import read_log
from kaohe.pipeline.desk.inbox_reading import InboxReading
from kaohe.pipeline.desk.source_side.page_pictures import Pictures
from kaohe.pipeline.desk.state import Desk
from tests.pipeline.asgi import Asked
from tests.pipeline.desk.conftest import asking

HERE = {'origin': 'http://127.0.0.1:8010', 'accept': 'application/json'}
PAGE = {'accept': 'text/html'}


def notice_of(browser: Asked) -> str:
    found = re.search(r'/notice/(d_\w+)', browser.get('/', headers=PAGE).text)
    assert found is not None
    return found[0]


def shown(browser: Asked) -> str:
    return browser.get(notice_of(browser), headers=PAGE).text


def line_of(browser: Asked, words: str) -> str:
    """The id of the line that says these words."""
    cards = re.findall(r'<article.*?</article>', shown(browser), re.DOTALL)
    (card,) = [card for card in cards if words in re.sub(r'<[^>]*>', '', card)]
    found = re.search(r'data-line="(\w+)"', card)
    assert found is not None
    return found[1]


def seen(browser: Asked) -> str:
    found = re.search(r'data-seen="(\w*)"', shown(browser))
    assert found is not None
    return found[1]


def ask(browser: Asked, *steps: dict[str, Any], store: bool = True, by: str = '张三', **more: Any) -> httpx.Response:
    told = {'steps': steps, 'by': by, 'seen': seen(browser), 'store': store} | more
    return browser.post(f'{notice_of(browser)}/decide', headers=HERE, content=json.dumps(told))


def points(browser: Asked, words: str, value: str) -> dict[str, Any]:
    return {'do': 'correct', 'owner': 'indicators', 'row': line_of(browser, words), 'values': {'points': value}}


def test_a_notice_is_shown_beside_its_table_with_its_sums(browser: Asked) -> None:
    text = shown(browser)
    assert '2 条合计 9 分' in text
    assert '不相符' in text
    assert '<td class="cell" data-t="0" data-r="1"' in text
    assert '扣分 0.5 分，每 1 项' in text


def test_a_change_says_what_it_does_to_the_sums_before_it_is_kept(browser: Asked, desk: Desk) -> None:
    answer = ask(browser, points(browser, '建立制度', '5'), store=False).json()
    assert answer['sums'] == [
        '《云岭市卫生健康局2025年度考核细则》：2 条合计 9 分 → 2 条合计 10 分（印的总分 10 分，改后相符）'
    ]
    assert read_log(desk.decisions).decisions == ()
    assert '2 条合计 9 分' in shown(browser)


def test_a_stored_change_is_shown_is_in_the_log_and_is_taken_back(browser: Asked, desk: Desk) -> None:
    assert ask(browser, points(browser, '建立制度', '5'), why='原件印的是 5 分').json()['stored']
    (decision,) = read_log(desk.decisions).decisions
    assert (decision.by, decision.field, decision.value, decision.why) == ('张三', 'points', 5, '原件印的是 5 分')
    assert '2 条合计 10 分' in shown(browser)
    history = browser.get(f'{notice_of(browser)}/history', headers=PAGE).text
    assert '原件印的是 5 分' in history
    undone = browser.post(f'{notice_of(browser)}/undo', headers=HERE, content='{"by": "李四"}')
    assert undone.status_code == 200, undone.text
    assert '2 条合计 9 分' in shown(browser)
    assert [decision.by for decision in read_log(desk.decisions).decisions] == ['张三', '李四']


def test_what_a_page_has_not_shown_is_taken_back_only_when_it_is_told(browser: Asked, desk: Desk) -> None:
    first = ask(browser, points(browser, '建立制度', '5')).json()['seen']
    ask(browser, points(browser, '建立制度', '7'))
    undone = browser.post(f'{notice_of(browser)}/undo', headers=HERE, content=json.dumps({'by': '李四', 'seen': first}))
    assert undone.status_code == 409
    assert undone.json()['overtaken']
    assert len(read_log(desk.decisions).decisions) == 2
    again = {'by': '李四', 'seen': undone.json()['seen']}
    assert browser.post(f'{notice_of(browser)}/undo', headers=HERE, content=json.dumps(again)).status_code == 200
    assert '2 条合计 10 分' in shown(browser)


@pytest.mark.parametrize('deed', ['undo', 'sign'])
def test_a_body_that_says_nothing_is_refused(browser: Asked, deed: str) -> None:
    answer = browser.post(f'{notice_of(browser)}/{deed}', headers=HERE, content='[1]')
    assert answer.status_code == 422
    assert '请刷新' in answer.text


def test_the_second_of_two_changes_is_taken_back_to_the_first(browser: Asked) -> None:
    for value in ('5', '7'):
        ask(browser, points(browser, '建立制度', value))
    browser.post(f'{notice_of(browser)}/undo', headers=HERE, content='{"by": "李四"}')
    assert '2 条合计 10 分' in shown(browser)


def test_a_value_out_of_the_ordinary_is_stored_only_when_it_was_looked_at(browser: Asked, desk: Desk) -> None:
    change = points(browser, '建立制度', '2000')
    assert ask(browser, change, store=False).json()['unusual'] == ['“分值”2000 比整张表的总分 10 还多']
    refused = ask(browser, change)
    assert (refused.status_code, '没有存' in refused.json()['why']) == (422, True)
    assert read_log(desk.decisions).decisions == ()
    table = re.search(r'data-form="indicators" data-row="(t_\w+)" data-add', shown(browser))
    assert table is not None
    line = {'kind': 'scored', 'requirement': '开展培训', 'points': '20'}
    added = {'do': 'add', 'owner': 'indicators', 'row': table[1], 'values': line}
    assert ask(browser, added).status_code == 422
    assert ask(browser, change, sure=True).json()['stored']
    undone = browser.post(f'{notice_of(browser)}/undo', headers=HERE, content='{"by": "李四"}')
    assert undone.status_code == 200, undone.text


def test_lines_and_clauses_are_added_and_struck_out(browser: Asked) -> None:
    table = re.search(r'data-form="indicators" data-row="(t_\w+)" data-add', shown(browser))
    assert table is not None
    line = {
        'do': 'add',
        'owner': 'indicators',
        'row': table[1],
        'values': {'kind': 'scored', 'requirement': '开展培训', 'points': '1'},
    }
    assert ask(browser, line).status_code == 200
    assert '3 条合计 10 分' in shown(browser)
    clause = {
        'do': 'add', 'owner': 'clauses', 'row': line_of(browser, '满意度'),
        'values': {'field': 'criteria', 'text': '未签字扣1分', 'effect': 'deduct', 'points': '1', 'condition': '补的'},
    }  # fmt: skip
    assert ask(browser, clause).status_code == 200
    assert '补的' in shown(browser)
    struck = {'do': 'correct', 'owner': 'indicators', 'row': line_of(browser, '开展培训'), 'values': {'dropped': '是'}}
    assert ask(browser, struck).status_code == 200
    assert '2 条合计 9 分' in shown(browser)
    undone = browser.post(f'{notice_of(browser)}/undo', headers=HERE, content='{"by": "李四"}')
    assert undone.status_code == 200, undone.text
    assert '3 条合计 10 分' in shown(browser)


@pytest.mark.parametrize(
    ('value', 'why'), [('五分钟', '要填数'), ('-3', '不能是负数'), ('nan', '要填数')]
)  # fmt: skip
def test_a_value_that_cannot_stand_is_refused_with_the_reason(browser: Asked, desk: Desk, value: str, why: str) -> None:
    answer = ask(browser, points(browser, '建立制度', value))
    assert answer.status_code == 422
    assert why in answer.json()['why']
    assert read_log(desk.decisions).decisions == ()


def test_who_comes_second_is_told_what_the_first_changed(browser: Asked, desk: Desk) -> None:
    before = seen(browser)
    ask(browser, points(browser, '建立制度', '5'))
    answer = ask(browser, points(browser, '满意度', '6'), seen=before)
    assert answer.status_code == 409
    assert answer.json()['overtaken'] == ['张三：质量　分值改为“5”']
    assert len(read_log(desk.decisions).decisions) == 1
    assert ask(browser, points(browser, '满意度', '6'), seen=answer.json()['seen']).status_code == 200


@pytest.mark.parametrize('content', ['', '[]', '{"steps": 3}', '{"steps": [], "by": "x", "seen": ""}', '\x00', '{"steps": [{"do": "drop table"}]}'])  # fmt: skip
def test_what_no_page_sends_is_refused(browser: Asked, desk: Desk, content: str) -> None:
    answer = browser.post(f'{notice_of(browser)}/decide', headers=HERE, content=content)
    assert answer.status_code == 422
    assert read_log(desk.decisions).decisions == ()


def test_nobody_decides_without_a_name(browser: Asked) -> None:
    assert '姓名' in ask(browser, points(browser, '建立制度', '5'), by=' ').json()['why']


def test_a_signature_stands_on_the_first_page_until_something_changes(browser: Asked) -> None:
    assert browser.post(f'{notice_of(browser)}/sign', headers=HERE, content='{"by": "张三"}').status_code == 200
    assert '核对签字' in browser.get('/', headers=PAGE).text
    ask(browser, points(browser, '建立制度', '5'))
    assert '之后有变动' in browser.get('/', headers=PAGE).text


def test_the_notice_prints_in_its_own_shape_with_a_line_for_signatures(browser: Asked) -> None:
    text = browser.get(f'{notice_of(browser)}/print', headers=PAGE).text
    assert '未建立制度不得分' in text
    assert '核对人' in text
    assert '<th class="words">评分标准</th>' in text


def test_a_column_that_the_notice_does_not_have_is_not_printed(browser: Asked, desk: Desk) -> None:
    text = '青川市卫生健康局2025年度考核要点\n项目\t考核内容\t分值\n安全\t满意度≥90%，每缺一项扣0.5分\t5\n'
    (desk.inbox / '要点.txt').write_text(text, 'utf-8')
    desk.reading.read_now('要点.txt')
    found = re.search(r'<a href="(/notice/d_\w+)">\s*<span class="file">青川市', browser.get('/', headers=PAGE).text)
    assert found is not None
    printed = browser.get(f'{found[1]}/print', headers=PAGE).text
    assert '每缺一项扣0.5分' in printed
    assert '评分标准' not in printed
    assert '责任' not in printed


@pytest.mark.parametrize('address', ['/notice/d_nothing', '/notice/d_nothing/print', '/notice/x/page/1.png', '/nowhere', '/static/../app.py'])  # fmt: skip
def test_what_is_not_there_is_said_in_chinese(browser: Asked, address: str) -> None:
    answer = browser.get(address, headers=PAGE)
    assert answer.status_code == 404


def test_what_a_notice_says_is_never_markup(desk: Desk, browser: Asked) -> None:
    hostile = '<script>alert(1)</script><img src=x onerror=alert(1)>'
    (desk.inbox / '恶意.txt').write_text(
        f'{hostile}考核细则\n项目\t考核内容\t评分标准\t分值\n{hostile}\t{hostile}\t每缺一项扣1分\t5\n', 'utf-8'
    )
    desk.reading.read_now('恶意.txt')
    listed = browser.get('/', headers=PAGE).text
    for address in ('/', *re.findall(r'/notice/d_\w+', listed)):
        assert '<script>alert' not in browser.get(address, headers=PAGE).text
        assert '<img src=x' not in browser.get(address, headers=PAGE).text


def test_a_finding_that_was_dealt_with_is_told_with_who_and_how_and_can_be_opened_again(browser: Asked) -> None:
    found = re.search(r'data-doubt="(n_\w+)" data-severity="warning"', shown(browser))
    assert found is not None
    told = {'findings': [found[1]], 'by': '张三', 'remark': '已电话核实', 'undo': False}
    assert browser.post(f'{notice_of(browser)}/tick', headers=HERE, content=json.dumps(told)).status_code == 200
    assert re.search(r'已处理：张三 [\d-]+ 已电话核实', shown(browser))
    assert '待核对 0/' in browser.get('/', headers=PAGE).text
    browser.post(f'{notice_of(browser)}/tick', headers=HERE, content=json.dumps(told | {'undo': True}))
    assert '已处理：' not in shown(browser)
    strange = json.dumps(told | {'findings': ['n_nothing']})
    assert browser.post(f'{notice_of(browser)}/tick', headers=HERE, content=strange).status_code == 422


def test_one_goes_back_change_by_change_and_what_was_stored_together_goes_together(browser: Asked) -> None:
    def undo() -> httpx.Response:
        return browser.post(f'{notice_of(browser)}/undo', headers=HERE, content='{"by": "李四"}')

    ask(browser, points(browser, '建立制度', '5'))
    row = line_of(browser, '满意度')
    table = re.search(r'data-form="indicators" data-row="(t_\w+)" data-add', shown(browser))
    assert table is not None
    halves: list[dict[str, Any]] = [
        {'do': 'add', 'owner': 'indicators', 'row': table[1], 'values': {'kind': 'scored', 'requirement': words, 'points': value}}
        for words, value in (('前半', '1'), ('后半', '3'))
    ]  # fmt: skip
    split = [{'do': 'correct', 'owner': 'indicators', 'row': row, 'values': {'dropped': '是'}}, *halves]
    assert ask(browser, *split).status_code == 200
    assert '3 条合计 9 分' in shown(browser)
    assert undo().status_code == 200
    assert '2 条合计 10 分' in shown(browser)
    assert undo().status_code == 200
    assert '2 条合计 9 分' in shown(browser)
    answer = undo()
    assert (answer.status_code, answer.json()['why']) == (422, '没有可以撤回的更正')
    ask(browser, points(browser, '建立制度', '6'))
    assert undo().status_code == 200
    assert '2 条合计 9 分' in shown(browser)


def test_a_line_that_moves_to_another_category_says_what_both_come_to(browser: Asked) -> None:
    step = {
        'do': 'correct',
        'owner': 'indicators',
        'row': line_of(browser, '建立制度'),
        'values': {'level1': '安全'},
    }
    sums = ask(browser, step, store=False).json()['sums']
    assert sums[1:] == ['　类别“（没有）”：9 分 → 5 分', '　类别“安全”：没有指标 → 4 分']


def test_what_was_struck_out_can_be_written_anew_and_what_is_there_is_not_added_twice(browser: Asked) -> None:
    line = line_of(browser, '建立制度')
    again = {
        'do': 'add', 'owner': 'clauses', 'row': line, 'values': {'field': 'criteria', 'text': '未建立制度不得分', 'effect': 'forfeit'},
    }  # fmt: skip
    answer = ask(browser, again)
    assert (answer.status_code, answer.json()['why']) == (422, '已经有一样的一条，不用再补')
    clause = re.search(r'data-drop="(c_\w+)" data-owner="clauses"', shown(browser).split('建立制度')[-1])
    assert clause is not None
    struck = {'do': 'correct', 'owner': 'clauses', 'row': clause[1], 'values': {'dropped': '是'}}
    assert ask(browser, struck).status_code == 200
    assert '不是条款' not in shown(browser).split('建立制度')[-1]
    assert ask(browser, again).status_code == 200
    assert '人工' in shown(browser).split('建立制度')[-1]


def test_what_a_person_settled_is_taken_back_with_u_and_only_by_that_person(browser: Asked) -> None:
    found = re.search(r'data-doubt="(n_\w+)" data-severity="warning"', shown(browser))
    assert found is not None
    told = {'findings': [found[1]], 'by': '张三', 'remark': '没有读错', 'right': True, 'seen': seen(browser)}
    assert browser.post(f'{notice_of(browser)}/tick', headers=HERE, content=json.dumps(told)).status_code == 200
    assert '已处理：张三' in shown(browser)
    assert browser.post(f'{notice_of(browser)}/undo', headers=HERE, content='{"by": "李四"}').status_code == 422
    back = browser.post(f'{notice_of(browser)}/undo', headers=HERE, content='{"by": "张三"}')
    assert back.status_code == 200
    assert '重新待核对' in back.json()['says'][0]
    assert '已处理：' not in shown(browser)
    assert '撤回 张三 的更正' in browser.get(f'{notice_of(browser)}/history', headers=PAGE).text


def test_a_sum_that_holds_after_a_correction_waits_no_longer_anywhere(browser: Asked) -> None:
    assert '待核对 1/1' in browser.get('/', headers=PAGE).text
    ask(browser, points(browser, '建立制度', '5'))
    assert '改过以后已经没有这个问题' in shown(browser)
    assert '<b id="open">0</b>' in shown(browser)
    assert '待核对 0/1' in browser.get('/', headers=PAGE).text
    browser.post(f'{notice_of(browser)}/undo', headers=HERE, content='{"by": "李四"}')
    assert '<b id="open">1</b>' in shown(browser)


def test_doubts_about_a_line_that_is_struck_out_go_with_it_and_come_back(browser: Asked, desk: Desk) -> None:
    line = line_of(browser, '满意度')
    with closing(sqlite3.connect(desk.database)) as connection, connection:
        connection.execute(
            'INSERT INTO findings (id, document_id, ordinal, indicator_id, about, severity, code, message)'
            " SELECT 'n_x', document_id, 900, id, 'reading', 'warning', 'line.doubtful', '可疑；请对照' FROM indicators WHERE id = ?",
            (line,),
        )
    assert '<b id="open">2</b>' in shown(browser)
    ask(browser, {'do': 'correct', 'owner': 'indicators', 'row': line, 'values': {'dropped': '是'}})
    assert shown(browser).count('data-doubt=') == 2  # the sums that fail now, and those that failed before
    assert '<b id="open">1</b>' in shown(browser)
    browser.post(f'{notice_of(browser)}/undo', headers=HERE, content='{"by": "李四"}')
    assert '<b id="open">2</b>' in shown(browser)


def test_two_desks_on_one_catalogue_see_what_the_other_stores_and_lose_nothing(browser: Asked, desk: Desk) -> None:
    reading = InboxReading(desk.inbox, desk.database, desk.decisions, 1)
    other = asking(Desk(desk.database, desk.inbox, desk.decisions, reading, Pictures()))
    before = seen(other)
    assert ask(browser, points(browser, '建立制度', '5')).json()['stored']
    assert '2 条合计 10 分' in shown(other)
    late = other.post(
        f'{notice_of(other)}/decide', headers=HERE,
        content=json.dumps({'steps': [points(other, '建立制度', '7')], 'by': '李四', 'seen': before, 'store': True}),
    )  # fmt: skip
    assert not late.json().get('stored')
    assert ask(other, points(other, '建立制度', '6'), by='李四').json()['stored']
    assert '2 条合计 11 分' in shown(browser)
    assert [decision.value for decision in read_log(desk.decisions).decisions] == [5, 6]
