"""科室、比较、查询、帮助."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import docx
import openpyxl
import pytest

from kaohe.pipeline.decisions.choosing import Chooser
from kaohe.pipeline.desk.office_groups import group_of
from kaohe.pipeline.desk.state import Desk
from kaohe.pipeline.language.local_time import on_the_wall
from tests.pipeline.asgi import Asked
from tests.pipeline.desk.conftest import NOTICE
from tests.pipeline.desk.test_review import HERE, PAGE, notice_of, shown


def test_an_office_sees_its_own_lines_and_those_of_every_office(browser: Asked) -> None:
    assert '医务科' in browser.get('/offices', headers=PAGE).text
    text = browser.get('/offices?office=医务科', headers=PAGE).text
    assert '满意度' in text
    assert '建立制度' in text
    assert '（各科室）' in text


def test_the_lists_of_offices_are_a_workbook_with_a_sheet_each(browser: Asked) -> None:
    book = openpyxl.load_workbook(io.BytesIO(browser.get('/offices.xlsx').content))
    assert set(book.sheetnames) == {'医务科', '各科室'}
    rows = [[cell.value for cell in row] for row in book['医务科'].iter_rows(min_row=2, max_row=3)]
    assert {row[6] for row in rows} == {5, 4}
    assert browser.get('/offices.xlsx?office=没有', headers=HERE).status_code == 404


def test_an_offices_list_is_a_word_file(browser: Asked) -> None:
    paper = docx.Document(io.BytesIO(browser.get('/offices.docx?office=医务科').content))
    (table,) = paper.tables
    told = [[cell.text for cell in row.cells] for row in table.rows]
    assert told[0] == ['序号', '通知', '表', '类别', '考核内容', '评分标准', '分值', '职责']
    assert {row[6] for row in told[1:]} == {'5', '4'}
    assert paper.paragraphs[0].text == '医务科任务清单'
    assert '签字' in paper.paragraphs[-1].text
    assert browser.get('/offices.docx?office=没有', headers=HERE).status_code == 404


def test_two_notices_are_compared(browser: Asked, desk: Desk) -> None:
    (desk.inbox / '上年.txt').write_text(NOTICE.replace('2025', '2024').replace('扣0.5分', '扣1分'), 'utf-8')
    desk.reading.read_now('上年.txt')
    ids = re.findall(r'<option value="(d_\w+)"', browser.get('/compare', headers=PAGE).text)
    assert len(set(ids)) == 2
    text = browser.get(f'/compare?before={ids[1]}&after={ids[0]}', headers=PAGE).text
    assert '条款' in text
    assert '没有变化' in text


def test_every_question_is_answered_and_stored_as_a_workbook(browser: Asked) -> None:
    numbers = re.findall(r'/questions/(\d+)"', browser.get('/questions', headers=PAGE).text)
    assert len(numbers) >= 9
    for number in numbers:
        answer = browser.get(f'/questions/{number}?年度=2025', headers=PAGE)
        assert answer.status_code == 200
        assert '<table' in answer.text, number
        assert openpyxl.load_workbook(io.BytesIO(browser.get(f'/questions/{number}.xlsx?年度=2025').content))
    assert browser.get('/questions/999', headers=PAGE).status_code == 404


def test_words_are_found_and_marked(browser: Asked) -> None:
    text = browser.get('/search?q=制度', headers=PAGE).text
    assert '<mark class="hit">' in text
    assert browser.get('/search?q=', headers=PAGE).status_code == 200
    assert browser.get('/search?q=%00"*', headers=PAGE).status_code == 200


def test_help_says_where_files_lie_and_makes_a_backup(browser: Asked, desk: Desk) -> None:
    assert str(desk.inbox.resolve()) in browser.get('/help', headers=PAGE).text
    told = browser.post('/help/backup', headers=HERE)
    assert told.status_code == 200
    assert len(list((desk.database.parent / '备份').glob('*.db'))) == 1


def test_two_names_of_one_office_are_joined_and_parted(browser: Asked, desk: Desk) -> None:
    (desk.inbox / '另一份.txt').write_text(NOTICE.replace('医务科', '医务处').replace('2025', '2024'), 'utf-8')
    desk.reading.read_now('另一份.txt')

    def tiles() -> list[str]:
        return sorted(set(re.findall(r'<b>(医务.)</b>', browser.get('/offices', headers=PAGE).text)))

    assert tiles() == ['医务处', '医务科']
    told = {'alias': '医务处', 'party': '医务科', 'by': '张三'}
    assert browser.post('/offices/join', headers=HERE, content=json.dumps(told)).json()['stored']
    assert tiles() == ['医务科']
    assert '2 条' in browser.get('/offices', headers=PAGE).text
    assert browser.post('/offices/join', headers=HERE, content=json.dumps(told | {'party': ''})).json()['stored']
    assert tiles() == ['医务处', '医务科']
    same = browser.post('/offices/join', headers=HERE, content=json.dumps(told | {'party': '医务处'}))
    assert (same.status_code, same.json()['why']) == (422, '请选两个不同的科室')


def test_the_id_of_a_row_leads_to_where_it_stands(browser: Asked) -> None:
    document = notice_of(browser).removeprefix('/notice/')
    text = shown(browser)
    line, clause = re.search(r'data-line="(i_\w+)"', text), re.search(r'data-row="(c_\w+)"', text)
    assert line is not None
    assert clause is not None
    for row, place in ((document, ''), (line[1], f'#l{line[1]}'), (clause[1], f'#l{line[1]}')):
        assert browser.get(f'/rows/{row}').headers['location'] == f'/notice/{document}{place}'
    assert browser.get('/rows/i_nothing', headers=HERE).status_code == 404


def test_help_names_what_is_read_otherwise_and_the_words_of_the_house(
    browser: Asked, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = browser.get('/help', headers=PAGE).text
    assert '没有读法变了的' in text
    (tmp_path / 'house').mkdir()
    (tmp_path / 'house' / '本单位.toml').write_text('["动词"]\n"扣分" = ["核罚"]\n', 'utf-8')
    monkeypatch.setattr('kaohe.pipeline.desk.pages.help_page.house_folder', lambda: tmp_path / 'house')
    document = notice_of(browser).removeprefix('/notice/')
    with closing(sqlite3.connect(desk.database)) as connection, connection:
        connection.execute(
            "INSERT INTO findings (id, document_id, ordinal, about, severity, code, message) VALUES ('n_x', ?, 900, 'reading', 'warning',"
            " 'reading.changed', '张三 2025-01-02 签字后，“满意度”的读法变了：分值 5 → 6；请核对后再签字')",
            (document,),
        )
    text = browser.get('/help', headers=PAGE).text
    assert f'/notice/{document}">云岭市卫生健康局2025年度考核细则</a>' in text
    assert '分值 5 → 6' in text
    assert '<td>核罚</td>' in text


def test_samples_and_retired_notices_stand_apart_as_they_do_in_answers(browser: Asked, desk: Desk) -> None:
    (desk.inbox / '示例').mkdir()
    (desk.inbox / '示例' / '样例.txt').write_text(NOTICE.replace('云岭市', '青川市'), 'utf-8')
    desk.reading.read_now('示例/样例.txt')

    def group(words: str) -> str:
        sections = re.findall(
            r'<section class="group (\w+)">(.*?)</section>', browser.get('/', headers=PAGE).text, re.S
        )
        (found,) = [name for name, text in sections if words in text]
        return found

    assert (group('青川市'), group('云岭市')) == ('samples', 'check')
    with closing(sqlite3.connect(desk.database)) as connection:
        connection.row_factory = sqlite3.Row
        (document,) = connection.execute("SELECT id FROM documents WHERE title LIKE '云岭市%'").fetchone()
        chooser = Chooser(connection, '张三')
        decision = chooser.retired(document, retired=True)
    desk.decide([decision], chooser.shown)
    assert group('云岭市') == 'retired'
    assert '云岭市' not in browser.get('/offices', headers=PAGE).text


@pytest.mark.parametrize(
    ('name', 'roles', 'group'),
    [
        ('医务科', {'牵头科室'}, '科室'), ('医务科', {'牵头领导'}, '领导和个人'), ('分管领导', {'责任处室'}, '领导和个人'), ('张建国', {'责任处室'}, '领导和个人'),
        ('张建国、李敏', {'牵头科室'}, '领导和个人'), ('党委办公室', {'牵头科室'}, '科室'), ('宣传部（党办）', {'配合科室'}, '科室'), ('护理部', {'牵头科室', '牵头领导'}, '科室'),
        ('工会', {'配合科室'}, '科室'), ('陈家村', {'责任处室'}, '科室'),
    ],
)  # fmt: skip
def test_people_and_posts_stand_apart_from_offices(name: str, roles: set[str], group: str) -> None:
    assert group_of(name, roles, everybody=False) == group
    assert group_of(name, roles, everybody=True) == '各科室都要做的'


@pytest.mark.parametrize(
    ('zone', 'told'),
    [('UTC', ('2026-01-02 07:59', '北京时间')), ('Asia/Shanghai', ('2026-01-02 07:59', '北京时间')), ('Asia/Kathmandu', ('2026-01-02 05:44', 'UTC+5:45'))],
)  # fmt: skip
def test_moments_are_told_in_the_time_of_the_wall(
    zone: str, told: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv('TZ', zone)
    time.tzset()
    try:
        assert on_the_wall('2026-01-01T23:59:30.000001+00:00') == told
    finally:
        monkeypatch.undo()
        time.tzset()
