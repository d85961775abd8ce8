"""Forms of all offices out, who sent them back and where they disagree, answers out of a report."""

from __future__ import annotations

import io
import json
import re
import zipfile

import openpyxl

from kaohe.pipeline.assessment.answers.answer_log import read_answers
from kaohe.pipeline.desk.state import Desk
from tests.pipeline.asgi import Asked
from tests.pipeline.desk.test_review import HERE, PAGE
from tests.pipeline.desk.test_scores import document_of, fill, missing

REPORT = '云岭市卫生健康局2025年工作总结\n2025年，各项工作有序推进。患者满意度为93%。全年门诊量12万人次。\n'
ASKED = (
    '云岭市卫生健康局2025年度考核细则（10分）\n'
    '项目\t考核内容\t评分标准\t分值\t牵头科室\n'
    '服务\t患者满意度≥90%\t每低1个百分点扣1分，扣完为止\t10\t医务科\n'
)


def test_the_forms_of_all_offices_go_out_in_one_archive(browser: Asked) -> None:
    answer = browser.get(f'/scores/{document_of(browser)}/forms.zip?period=2025', headers=PAGE)
    assert answer.headers['content-type'] == 'application/zip'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ['医务科自评表.xlsx']
        book = openpyxl.load_workbook(io.BytesIO(archive.read('医务科自评表.xlsx')))
    assert '2025' in str([cell.value for row in book['自评表'].iter_rows(max_row=6) for cell in row])


def test_who_has_not_sent_and_who_disagrees_is_named(browser: Asked) -> None:
    page = f'/scores/{document_of(browser)}/returned'
    assert '还没有交的：医务科' in browser.get(page, headers=PAGE).text
    fill(browser, {missing(browser): '1'}, assessed='护理部', period='2025', store=True)
    assert '还没有交的：医务科' in browser.get(page, headers=PAGE).text
    fill(browser, {missing(browser): '2'}, assessed='医务科', period='2025', store=True)
    text = browser.get(page, headers=PAGE).text
    assert '各科室都交了' in text
    assert '说法不一的 1 题' in text
    assert '医务科：2；护理部：1' in text
    fill(browser, {missing(browser): '1'}, assessed='医务科', period='2025', store=True)
    text = browser.get(page, headers=PAGE).text
    assert '没有说法不一的地方' in text
    assert re.search(r'合起来：得 .* ～ 8\.5 分', text)


def test_a_figure_of_a_report_is_stored_only_where_a_person_said_yes(browser: Asked, desk: Desk) -> None:
    for name, text in (('考核细则.txt', ASKED), ('2025年工作总结.txt', REPORT)):
        (desk.inbox / name).write_text(text, 'utf-8')
        desk.reading.read_now(name)
    asked = re.search(r'/scores/d_\w+', browser.get('/scores', headers=PAGE).text)
    assert asked is not None
    page = f'{asked[0]}/report'
    text = browser.get(page, headers=PAGE).text
    found = re.search(r'<option value="(d_\w+)"', text)
    assert found is not None
    text = browser.get(f'{page}?report={found[1]}&assessed=医务科&period=2025', headers=PAGE).text
    assert '患者满意度为93%' in text
    assert '患者满意度≥90%　每低1个百分点扣1分' in text
    assert ' checked' not in text
    wanted = re.findall(r'data-input="([^"]+)"', text)
    assert len(wanted) == 1
    told = {'report': found[1], 'inputs': [], 'assessed': '医务科', 'period': '2025', 'by': '张三'}
    refused = browser.post(page, headers=HERE, content=json.dumps(told))
    assert (refused.status_code, read_answers(desk.decisions).records) == (422, ())
    assert browser.post(page, headers=HERE, content=json.dumps(told | {'inputs': wanted})).json()['stored']
    (record,) = read_answers(desk.decisions).records
    assert [(one.input, one.value, one.evidence) for one in record.answers] == [(wanted[0], '93', '患者满意度为93%')]
    again = browser.get(f'{asked[0]}?assessed=医务科&period=2025', headers=PAGE).text
    assert 'value="93"' in again
