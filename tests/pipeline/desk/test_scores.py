"""自评与得分: filling in, storing, forms out and in, what was lost, two side by side."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import httpx
import openpyxl

from kaohe.pipeline.desk.state import Desk
from tests.pipeline.asgi import Asked
from tests.pipeline.desk.conftest import NOTICE
from tests.pipeline.desk.test_review import HERE, PAGE, notice_of


def document_of(browser: Asked) -> str:
    return notice_of(browser).removeprefix('/notice/')


def questions(browser: Asked) -> dict[str, str]:
    """The ids of the questions by their words."""
    text = browser.get(f'/scores/{document_of(browser)}', headers=PAGE).text
    return {words: one for one, words in re.findall(r'<label for="q([^"]+)">(.*?)</label>', text)}


def fill(browser: Asked, answers: dict[str, object], **more: Any) -> httpx.Response:
    told = {'answers': answers, 'by': '张三'} | more
    return browser.post(f'/scores/{document_of(browser)}/fill', headers=HERE, content=json.dumps(told))


def missing(browser: Asked) -> str:
    """The question about what is missing (每缺一项扣0.5分)."""
    return next(one for words, one in questions(browser).items() if '缺' in words)


def test_the_score_moves_as_one_fills_in_and_nothing_is_stored(browser: Asked, desk: Desk) -> None:
    (empty,) = fill(browser, {}).json()['totals']['tables']
    told = fill(browser, {missing(browser): '3'}).json()
    line = next(line for line in told['lines'] if line['score'] is not None)
    assert (line['score'], line['lost']) == (3.5, 1.5)
    (total,) = told['totals']['tables']
    assert (empty['high'], total['high']) == (9, 7.5)
    assert '还没有存过得分' in browser.get('/scores', headers=PAGE).text


def test_what_is_stored_is_listed_with_what_was_lost_and_why(browser: Asked) -> None:
    answer = fill(browser, {missing(browser): '3'}, assessed='内科', period='2025', store=True)
    assert answer.json()['stored']
    listed = browser.get('/scores', headers=PAGE).text
    assert '内科' in listed
    lost = re.search(r'/assessments/[\w-]+', listed)
    assert lost is not None
    assert '1.5' in browser.get(lost[0], headers=PAGE).text
    again = browser.get(f'/scores/{document_of(browser)}?assessed=内科&period=2025', headers=PAGE).text
    assert 'value="3"' in again


def test_an_answer_that_cannot_be_is_named_and_the_others_hold(browser: Asked) -> None:
    told = fill(browser, {missing(browser): '三个半', 'strange': '1'}).json()
    assert len(told['refused']) == 2
    assert told['lines']


def test_a_form_goes_out_for_an_office_and_comes_back(browser: Asked) -> None:
    data = browser.get(f'/scores/{document_of(browser)}/form.xlsx?office=医务科&period=2025', headers=PAGE).content
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames
    back = browser.post('/scores/sheets', headers=HERE | {'x-name': 'a.xlsx', 'x-by': '%E5%BC%A0'}, content=data)
    assert back.status_code == 422
    assert '一道题也没有答' in back.json()['why']
    content = json.dumps(
        {'notice': document_of(browser), 'assessed': '医务科', 'period': '2025', 'answers': {missing(browser): 1}}
    )
    back = browser.post('/scores/sheets', headers=HERE | {'x-name': 'a.json', 'x-by': '%E5%BC%A0'}, content=content)
    assert back.json()['stored']


def test_a_file_that_is_no_form_is_refused_and_changes_nothing(browser: Asked) -> None:
    for content in (b'', b'PK\x03\x04', b'not a form'):
        back = browser.post('/scores/sheets', headers=HERE | {'x-name': 'a.xlsx', 'x-by': 'x'}, content=content)
        assert back.status_code == 422
    assert '还没有存过得分' in browser.get('/scores', headers=PAGE).text


def test_two_units_are_held_against_each_other(browser: Asked) -> None:
    for unit, count in (('内科', '1'), ('外科', '3')):
        fill(browser, {missing(browser): count}, assessed=unit, period='2025', store=True)
    ids = re.findall(r'name="first" value="([^"]+)"', browser.get('/scores', headers=PAGE).text)
    text = browser.get(f'/scores/compare?first={ids[0]}&second={ids[1]}', headers=PAGE).text
    assert '内科' in text
    assert '外科' in text
    assert re.search(r'>-?1<', text)
    assert re.search(r'<th scope="row">合计</th>(?:<td>[^<]+</td>){3}', text)


def test_answers_of_nobody_are_asked_about_and_not_stored(browser: Asked) -> None:
    told = fill(browser, {missing(browser): '3'}, store=True)
    assert (told.status_code, told.json()['missing']) == (422, ['assessed', 'period'])
    assert fill(browser, {missing(browser): '3'}, assessed=' ', period='2025', store=True).json()['missing'] == [
        'assessed'
    ]
    content = json.dumps({'notice': document_of(browser), 'answers': {missing(browser): 1}})
    sent = HERE | {'x-name': 'a.json', 'x-by': '%E5%BC%A0'}
    assert browser.post('/scores/sheets', headers=sent, content=content).json()['missing'] == ['assessed', 'period']
    assert '还没有存过得分' in browser.get('/scores', headers=PAGE).text
    sent |= {'x-assessed': '%E5%86%85%E7%A7%91', 'x-period': '2025'}
    told = browser.post('/scores/sheets', headers=sent, content=content)
    assert (told.json()['stored'], told.json()['assessed'], told.json()['period']) == (True, '内科', '2025')


def test_an_offices_own_answers_come_to_what_its_form_comes_to(browser: Asked, desk: Desk) -> None:
    text = NOTICE.replace('各科室', '护理部').replace('2025', '2024')
    (desk.inbox / '另一份.txt').write_text(text, 'utf-8')
    desk.reading.read_now('另一份.txt')
    asked = re.search(
        r'<td class="figure">2024</td><td class="figure">2</td><td class="links"><a href="/scores/(d_\w+)"',
        browser.get('/scores', headers=PAGE).text,
    )
    assert asked is not None
    page = browser.get(f'/scores/{asked[1]}?office=医务科', headers=PAGE).text
    (question,) = re.findall(r'<label for="q([^"]+)">', page)
    assert 'id="assessed" value="医务科"' in page
    told = {'answers': {question: '3'}, 'by': '张三', 'assessed': '医务科', 'period': '2024', 'store': True}
    own = browser.post(f'/scores/{asked[1]}/fill', headers=HERE, content=json.dumps(told)).json()
    assert own['office'] == {'name': '医务科', 'lines': 1, 'of_lines': 2}
    (table,) = own['totals']['tables']
    assert (table['possible'], table['score'], table['unanswered']) == (5, 3.5, 0)
    listed = browser.get('/scores', headers=PAGE).text
    part = '只算“医务科”自评表上的1条，整份通知有2条'
    assert f'<td>5 <span class="soft">{part}</span></td><td>3.5</td><td></td>' in listed
    lost = re.search(r'/assessments/[\w-]+', listed)
    assert lost is not None
    text = browser.get(lost[0], headers=PAGE).text
    assert '安全' in text
    assert '质量' not in text
    whole = browser.post(
        f'/scores/{asked[1]}/fill', headers=HERE, content=json.dumps(told | {'assessed': '云岭医院'})
    ).json()
    assert (whole['office'], whole['totals']['tables'][0]['unanswered']) == (None, 1)
