"""What is decided about whole notices on a page: samples, notices that are no longer used, two files that may be one notice; comparing them."""

from __future__ import annotations

import json
import re

import httpx

from kaohe.pipeline.decisions.log.log_files import read_log
from kaohe.pipeline.desk.state import Desk
from tests.pipeline.asgi import Asked
from tests.pipeline.desk.conftest import NOTICE
from tests.pipeline.desk.test_review import HERE, PAGE


def told(browser: Asked, path: str, **said: object) -> httpx.Response:
    return browser.post(path, headers=HERE, content=json.dumps({'by': '张三'} | said))


def notice_of(browser: Asked, words: str) -> str:
    found = re.search(rf'<a href="(/notice/d_\w+)">\s*<span class="file">{words}', browser.get('/', headers=PAGE).text)
    assert found is not None, words
    return found[1]


def group_of(browser: Asked, words: str) -> str:
    sections = re.findall(r'<section class="group (\w+)">(.*?)</section>', browser.get('/', headers=PAGE).text, re.S)
    (found,) = [name for name, text in sections if words in text]
    return found


def test_samples_count_when_the_button_says_so_and_stand_last(browser: Asked, desk: Desk) -> None:
    (desk.inbox / '示例').mkdir()
    (desk.inbox / '示例' / '样例.txt').write_text(NOTICE.replace('云岭市', '青川市'), 'utf-8')
    desk.reading.read_now('示例/样例.txt')
    assert group_of(browser, '青川市') == 'samples'
    assert '也算进去' in browser.get('/', headers=PAGE).text
    assert told(browser, '/samples', counted=True).json()['stored']
    text = browser.get('/', headers=PAGE).text
    assert group_of(browser, '青川市') == group_of(browser, '云岭市') == 'check'
    assert text.index('云岭市卫生健康局') < text.index('青川市卫生健康局')  # though it was read first
    assert '不算示例' in text
    choices = re.findall(r'<option value="d_\w+">(.*?)</option>', browser.get('/compare', headers=PAGE).text)
    assert ['（示例）' in choice for choice in choices[:2]] == [False, True]
    assert told(browser, '/samples', counted=False).json()['stored']
    assert group_of(browser, '青川市') == 'samples'


def test_a_notice_is_put_aside_and_used_again(browser: Asked, desk: Desk) -> None:
    notice = notice_of(browser, '云岭市')
    assert '停用' in browser.get(notice, headers=PAGE).text
    assert told(browser, f'{notice}/retire', counted=False).json()['stored']
    assert group_of(browser, '云岭市') == 'retired'
    assert '重新使用' in browser.get(notice, headers=PAGE).text
    assert told(browser, f'{notice}/retire', counted=True).json()['stored']
    assert group_of(browser, '云岭市') == 'check'
    assert [one.field for one in read_log(desk.decisions).decisions] == ['retired', 'retired']


def test_two_files_that_look_like_one_notice_are_settled_by_a_button(browser: Asked, desk: Desk) -> None:
    anonymous = re.sub(r'云岭市卫生健康局', '', NOTICE)
    for name, text in (('甲.txt', anonymous), ('乙.txt', anonymous.replace('每缺一项扣0.5分', '每缺一项扣1分'))):
        (desk.inbox / name).write_text(text, 'utf-8')
        desk.reading.read_now(name)
    notice = notice_of(browser, '2025年度考核细则')
    page = browser.get(notice, headers=PAGE).text
    assert 'kaohe editions' not in page
    found = re.search(r'data-post="(/notice/\w+/edition)" data-body=\'({.*?"same": true})\'>是同一份<', page)
    assert found is not None
    assert told(browser, found[1], **json.loads(found[2])).json()['says'] == ['已定为同一份通知']
    former = [
        one
        for one in (notice, f'/notice/{json.loads(found[2])["other"]}')
        if '旧版或副本' in browser.get(one, headers=PAGE).text
    ]
    assert len(former) == 1
    assert told(browser, found[1], other='d_nothing', same=True).status_code == 422


def test_comparing_shows_what_a_person_corrected_in_a_clause(browser: Asked, desk: Desk) -> None:
    (desk.inbox / '上年.txt').write_text(NOTICE.replace('2025', '2024').replace('未建立', '没有建立'), 'utf-8')
    desk.reading.read_now('上年.txt')
    before, after = notice_of(browser, '云岭市卫生健康局2024'), notice_of(browser, '云岭市卫生健康局2025')

    def compared() -> str:
        sides = f'before={before.split("/")[-1]}&after={after.split("/")[-1]}'
        return browser.get(f'/compare?{sides}', headers=PAGE).text

    def correct(words: str, **values: str) -> None:
        card = next(
            x
            for x in re.findall(r'<article.*?</article>', browser.get(after, headers=PAGE).text, re.S)
            if words in re.sub(r'<.*?>', '', x)
        )
        row = re.search(r'data-form="clauses" data-row="(c_\w+)"', card)
        assert row is not None
        seen = re.search(r'data-seen="(\w*)"', browser.get(after, headers=PAGE).text)
        assert seen is not None
        step = {'do': 'correct', 'owner': 'clauses', 'row': row[1], 'values': values}
        answer = told(browser, f'{after}/decide', steps=[step], seen=seen[1], store=True)
        assert answer.status_code == 200, answer.text

    assert '每缺一项扣0.5分' not in compared()
    correct('满意度', points='1')
    assert (
        '<td>每缺一项扣0.5分（扣分 0.5 分，每 1 项）</td><td>每缺一项扣0.5分（扣分 1 分，每 1 项）</td>' in compared()
    )
    correct('满意度', points='0.5', text='每缺一项扣0.5分（含补交）')
    assert '<td>每缺一项扣0.5分</td><td>每缺一项扣0.5分（含补交）</td>' in compared()
