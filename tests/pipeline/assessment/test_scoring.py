"""Scores as people use them: worksheets made, filled in, handed in, scored, compared; answers that survive a rebuild; rules that follow corrections."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kaohe.pipeline.assessment.answers.answer_files import read_answers_of
from kaohe.pipeline.assessment.answers.answer_log import read_answers
from kaohe.pipeline.assessment.answers.application import apply_answers, score_notice
from kaohe.pipeline.assessment.answers.submission import submit
from kaohe.pipeline.database.rule_rows import read_rules
from kaohe.pipeline.database.schema import open_to_read
from tests.pipeline.conftest import Command

ROOT = Path(__file__).parents[3]
DATABASE = Path('data/structured/catalogue.db')
NOTICE = """青川市2025年度护理考核细则

| 项目 | 考核内容 | 评分标准 | 分值 | 牵头科室 |
| --- | --- | --- | --- | --- |
| 管理 | 落实查房制度 | 未建立制度的，不得分。未按时查房的，每缺一次扣1分，最高扣3分。 | 6 | 护理部 |
| 管理 | 提高满意度 | 满意度低于90%的，每低1%扣0.5分。 | 4 | 医务科 |
| 质量 | 开展培训 | 培训有计划得1分，有总结得1分。 | 2 | 护理部 |
"""


@pytest.fixture
def command(command: Command, inbox: Path, in_this_process: None) -> Command:
    """The command, where one notice of our own has been read."""
    (inbox / '青川市2025年度护理考核细则.md').write_text(NOTICE, 'utf-8')
    assert command('ingest').status == 0
    return command


def query(sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(DATABASE)) as connection:
        return connection.execute(sql).fetchall()


def questions() -> dict[str, tuple[str, str]]:
    """Id and kind of each question, by a word of it."""
    rows = query('SELECT question, id, kind FROM inputs ORDER BY indicator_id, ordinal')
    return {question: (one, kind) for question, one, kind in rows}


def asked(word: str) -> str:
    (found,) = [one for question, (one, _) in questions().items() if word in question]
    return found


def answers(path: str = '答案.json', **about: object) -> Path:
    told = {
        asked('未建立'): False,
        asked('查房：'): 2,
        asked('满意度'): 88.5,
        asked('计划'): True,
        asked('总结'): False,
    }
    Path(path).write_text(json.dumps({'notice': '护理考核', 'answers': told, **about}, ensure_ascii=False), 'utf-8')
    return Path(path)


def test_answers_give_the_score_of_every_line_with_its_sentence(command: Command) -> None:
    ran = command('score', '--answers', str(answers()), '--json')
    assert ran.status == 0
    told = json.loads(ran.out)
    assert [line['score'] for line in told['lines']] == [4, 3.5, 1]
    assert [line['lost'] for line in told['lines']] == [2, 0.5, 1]
    assert '每缺一次扣1分' in told['lines'][0]['reasons'][0]['says']
    assert told['lines'][0]['reasons'][0]['points'] == -2
    (table,) = told['totals']['tables']
    assert (table['possible'], table['score'], table['unanswered']) == (12, 8.5, 0)
    assert [one['score'] for one in told['totals']['categories']] == [7.5, 1]


def test_a_choice_that_a_rule_took_is_a_finding_at_its_clause(command: Command, inbox: Path) -> None:
    assert query("SELECT count(*) FROM findings WHERE code LIKE 'score.%'") == [(0,)]
    text = NOTICE.replace('培训有计划得1分，有总结得1分。', '有计划得1分，有总结得1分。记录不全的，每次扣0.5分。')
    (inbox / '青川市2025年度护理考核细则.md').write_text(text, 'utf-8')
    assert command('ingest').status == 0
    ((severity, about, message, clause, line),) = query(
        'SELECT f.severity, f.about, f.message, c.text, i.requirement FROM findings AS f JOIN clauses AS c ON c.id = f.clause_id'
        " JOIN indicators AS i ON i.id = f.indicator_id WHERE f.code = 'score.choice'"
    )
    assert (severity, about) == ('info', 'notice')
    assert '扣分从得到的分里扣' in message
    assert '每次扣0.5分' in clause
    assert line == '开展培训'
    assert '扣分从得到的分里扣' in command('findings').out


def test_findings_about_a_rule_follow_corrections_and_come_back(command: Command, inbox: Path) -> None:
    def told() -> list[tuple[Any, ...]]:
        return query("SELECT id, ordinal, state, message FROM findings WHERE code = 'score.choice' ORDER BY ordinal")

    text = NOTICE.replace('培训有计划得1分，有总结得1分。', '有计划得1分，有总结得1分。记录不全的，每次扣0.5分。')
    (inbox / '青川市2025年度护理考核细则.md').write_text(text, 'utf-8')
    assert command('ingest').status == 0
    ((_, _, state, _),) = before = told()
    assert state == 'open'
    ((line,),) = query("SELECT id FROM indicators WHERE requirement = '开展培训'")
    assert command('correct', line, 'points', '4', '--by', '张三').status == 0
    assert [row[2] for row in told()] == ['outdated']  # two points are left, from which the deduction takes
    assert '扣分从得到的分里扣' not in command('findings').out
    ((award,),) = query("SELECT id FROM clauses WHERE text LIKE '%有计划得1分'")
    assert command('correct', award, 'points', '3', '--by', '张三').status == 0
    assert [row[2] for row in told()] == ['open']  # three and one fill the line again
    assert told() == before
    ((early,),) = query("SELECT id FROM clauses WHERE effect = 'deduct' AND text LIKE '%每缺一次扣1分'")
    assert command('correct', early, 'cap', '3', '--by', '张三').status == 0
    assert command('correct', early, 'per_quantity', '', '--by', '张三').status == 2
    assert command('correct', early, 'per_unit', '', '--by', '张三').status == 0
    assert command('correct', early, 'per_quantity', '', '--by', '张三').status == 0
    first, second = told()
    assert first == before[0]
    assert '上限 3 分大于一次的 1 分' in second[3]
    assert '护理考核细则”第 1 条（落实查房制度）' in second[3]
    DATABASE.unlink()
    assert command('ingest').status == 0
    assert told() == [first, second]


def test_share_base_and_direction_of_a_clause_can_be_corrected(command: Command) -> None:
    assert command('score', '--answers', str(answers()), '--assessed', '内科').status == 0
    ((clause,),) = query("SELECT id FROM clauses WHERE text LIKE '%每低1%扣0.5分'")
    assert query("SELECT 得分 FROM 得分明细 WHERE 指标 = '提高满意度'") == [(3.5,)]
    assert command('correct', clause, '起算数', '92', '--by', '张三').status == 0
    assert query("SELECT 得分 FROM 得分明细 WHERE 指标 = '提高满意度'") == [(2.5,)]
    assert command('correct', clause, '方向', '高于', '--by', '张三').status == 0
    assert query("SELECT 得分 FROM 得分明细 WHERE 指标 = '提高满意度'") == [(4,)]
    assert query(f"SELECT 起算数, 方向 FROM 条款明细 WHERE 编号 = '{clause}'") == [(92, '高于')]  # noqa: S608


def test_a_notice_is_named_by_its_document_or_by_what_it_says_of_itself(command: Command) -> None:
    ((document, stable),) = query('SELECT id, stable_id FROM documents')
    for name in (document, stable):
        told = json.loads(answers().read_text('utf-8'))
        Path('答案.json').write_text(json.dumps(told | {'notice': name}), 'utf-8')
        ran = command('score', '--answers', '答案.json', '--json')
        assert ran.status == 0
        assert json.loads(ran.out)['totals']['tables'][0]['score'] == 8.5


def test_what_cannot_be_used_is_named_and_the_rest_holds(command: Command) -> None:
    path = answers()
    told = json.loads(path.read_text('utf-8'))
    told['answers'][asked('查房：')] = -1
    told['answers'][asked('满意度')] = '很高'
    told['answers']['q_unheard'] = 3
    path.write_text(json.dumps(told), 'utf-8')
    ran = command('score', '--answers', str(path))
    assert ran.status == 1
    assert '不能小于 0' in ran.err
    assert '要填数字，填的是“很高”' in ran.err
    assert '没有这道题' in ran.err
    assert '收到 3 个答案' in ran.out


def test_answers_are_applied_again_when_the_database_is_made_anew(command: Command) -> None:
    assert command('score', '--answers', str(answers()), '--assessed', '内科', '--period', '2025').status == 0
    before = {name: query(f'SELECT * FROM {name}') for name in ('assessments', 'answers', 'scores', '失分清单')}  # noqa: S608
    assert len(before['answers']) == 5
    DATABASE.unlink()
    assert command('ingest').status == 0
    assert {name: query(f'SELECT * FROM {name}') for name in before} == before  # noqa: S608


def test_a_later_sheet_of_the_same_unit_and_period_takes_the_place_of_the_earlier(command: Command) -> None:
    assert command('score', '--answers', str(answers()), '--assessed', '内科').status == 0
    Path('b.json').write_text(json.dumps({'notice': '护理考核', 'answers': {asked('总结'): True}}), 'utf-8')
    assert command('score', '--answers', 'b.json', '--assessed', '内科').status == 0
    assert query('SELECT count(*) FROM answers') == [(1,)]
    assert len(Path('data/decisions/assessments/answers.jsonl').read_text('utf-8').splitlines()) == 2


def test_a_correction_changes_the_rule_and_the_score_at_once(command: Command) -> None:
    assert command('score', '--answers', str(answers()), '--assessed', '内科').status == 0
    ((clause,),) = query("SELECT id FROM clauses WHERE text LIKE '%每缺一次扣1分%' AND effect = 'deduct'")
    assert command('correct', clause, 'points', '0.5', '--by', '张三').status == 0
    assert query("SELECT 得分 FROM 得分明细 WHERE 指标 = '落实查房制度'") == [(5,)]
    assert command('correct', clause, 'points', '1', '--by', '张三').status == 0
    assert query('SELECT score FROM scores ORDER BY lost DESC LIMIT 1') == [(4,)]


def test_rules_from_the_database_are_those_of_the_reading(command: Command) -> None:
    from kaohe.normalizers.scoring.making.rules import make_rule
    from kaohe.pipeline.assessment.stored_lines import read_lines

    with closing(open_to_read(DATABASE)) as connection:
        (document,) = connection.execute('SELECT id FROM documents').fetchone()
        made = {rule.indicator: rule for rule in map(make_rule, read_lines(connection, document))}
        stored = {rule.indicator: rule for rule in read_rules(connection, document)}
    assert made.keys() == stored.keys()
    for line, rule in made.items():
        assert (rule.expression, rule.inputs, rule.says) == (
            stored[line].expression,
            stored[line].inputs,
            stored[line].says,
        )


def filled(path: str, change: Callable[[Any], None] = lambda page: None, **values: object) -> Path:
    """The worksheet at ``path`` with these answers, by a word of the question."""
    book = load_workbook(path)
    page = book['自评表']
    column = {str(cell.value): cell.column for cell in page[5] if cell.value}
    for row in range(6, page.max_row + 1):
        question = page.cell(row, column['问题']).value
        for word, value in values.items():
            if question and word in question:
                page.cell(row, column['填写']).value = value
    change(page)
    book.save(path)
    return Path(path)


def test_a_filled_worksheet_scores_as_the_same_answers_do(command: Command) -> None:
    assert command('worksheet', '护理考核', '表.xlsx', '--assessed', '全院', '--period', '2025').status == 0
    # 复核人 signs below the questions, in their columns: that is no answer
    filled('表.xlsx', 未建立='否', 查房='2', 满意度=88.5, 计划='是', 总结='否', 复核人='王五')
    ran = command('score', '--answers', '表.xlsx')
    assert (ran.status, '王五' in ran.out) == (0, False)
    assert '8.5' in ran.out
    assert query('SELECT assessed, period FROM assessments') == [('全院', '2025')]


def test_a_worksheet_with_moved_columns_and_lost_rows_is_used_as_far_as_it_goes(command: Command) -> None:
    assert command('worksheet', '护理考核', '表.xlsx').status == 0

    def spoil(page: Any) -> None:
        for merged in list(page.merged_cells.ranges):
            page.unmerge_cells(str(merged))
        page.insert_cols(3)
        rows = [row for row in range(7, page.max_row + 1) if page.cell(row, 8).value]
        page.cell(rows[1], 9).value = '两次'
        page.delete_rows(rows[-1])

    filled('表.xlsx', spoil, 未建立='否', 满意度=88.5, 计划='是')
    ran = command('score', '--answers', '表.xlsx')
    assert ran.status == 1
    assert '要填数字，填的是“两次”' in ran.err
    assert '收到 3 个答案' in ran.out


def test_a_worksheet_of_another_edition_is_used_as_far_as_its_questions_are_the_same(
    command: Command, inbox: Path
) -> None:
    assert command('worksheet', '护理考核', '旧表.xlsx').status == 0
    (inbox / '青川市2025年度护理考核细则.md').write_text(NOTICE.replace('每低1%扣0.5分', '每低1%扣0.8分'), 'utf-8')
    assert command('ingest').status == 0
    filled('旧表.xlsx', 未建立='否', 查房=1, 满意度=88.5, 计划='是', 总结='是')
    ran = command('score', '--answers', '旧表.xlsx')
    assert ran.status == 1
    assert '满意度' in ran.err
    assert '可能是另一版的自评表' in ran.err
    assert '收到 4 个答案' in ran.out


def test_the_worksheet_is_protected_and_prints_on_a4_with_its_head_on_each_page(command: Command) -> None:
    assert command('worksheet', '护理考核', '表.xlsx').status == 0
    book = load_workbook('表.xlsx')
    page = book['自评表']
    assert page.protection.sheet
    column = {str(cell.value): cell.column for cell in page[5] if cell.value}
    asked = [row for row in range(6, page.max_row + 1) if page.cell(row, column['题目编号']).value]
    assert all(not page.cell(row, column['填写']).protection.locked for row in asked)
    assert page.cell(asked[0], column['自评得分']).protection.locked
    assert str(page.cell(asked[0], column['自评得分']).value).startswith('=')
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, 'landscape')
    assert page.print_title_rows == '$5:$5'
    assert book['计算'].sheet_state == 'hidden'
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert [text for text in texts if '签字' in text] == [
        '填表人（签字）：',
        '科室负责人（签字）：',
        '复核人（签字）：',
    ]


def test_each_office_gets_its_own_lines_and_the_folder_says_who_has_not_sent(command: Command) -> None:
    assert command('worksheet', '护理考核', '各科室', '--each-office').status == 0
    assert sorted(path.name for path in Path('各科室').iterdir()) == ['医务科自评表.xlsx', '护理部自评表.xlsx']
    page = load_workbook('各科室/医务科自评表.xlsx')['自评表']
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert any('满意度' in text for text in texts)
    assert not any('查房' in text for text in texts)
    filled('各科室/护理部自评表.xlsx', 未建立='否', 查房=1, 计划='是', 总结='是')
    Path('各科室/医务科自评表.xlsx').unlink()
    ran = command('score', '--answers', '各科室')
    assert ran.status == 0
    assert '还没有交的：医务科' in ran.out
    assert query('SELECT assessed FROM assessments') == [('护理部',)]


def test_two_offices_that_disagree_are_named(command: Command) -> None:
    Path('收').mkdir()
    answers('收/甲.json', assessed='甲')
    told = json.loads(answers('收/乙.json', assessed='乙').read_text('utf-8'))
    told['answers'][asked('总结')] = True
    Path('收/乙.json').write_text(json.dumps(told), 'utf-8')
    ran = command('score', '--answers', '收')
    assert '说法不一' in ran.out
    assert '甲填“否”' in ran.out
    assert '乙填“是”' in ran.out
    assert '；这一题暂按没有答算，请商定后改好表再算一次\n' in ran.out
    refused = command('score', '--answers', '收', '--assessed', '甲')
    assert (refused.status, '不能再写 --assessed' in refused.err) == (2, True)


def test_two_periods_are_compared_and_units_ranked(command: Command) -> None:
    assert command('score', '--answers', str(answers()), '--assessed', '内科', '--period', '2024').status == 0
    Path('b.json').write_text(json.dumps({'notice': '护理考核', 'answers': {
        **json.loads(Path('答案.json').read_text('utf-8'))['answers'], asked('查房：'): 0,
    }}), 'utf-8')  # fmt: skip
    assert command('score', '--answers', 'b.json', '--assessed', '内科', '--period', '2025').status == 0
    ran = command('score', '--compare', '2024', '2025')
    assert '+2 分  落实查房制度：4 → 6' in ran.out
    ran = command('score', '--rank')
    assert ran.out.index('内科 2025：10.5') < ran.out.index('内科 2024：8.5')
    assert command('score', '--compare', '2024', '2030').status == 2


def test_what_can_be_lost_is_shown_without_answers(command: Command) -> None:
    ran = command('score', '--notice', '护理考核')
    assert ran.status == 0
    assert '3 条里有 3 条' in ran.out
    assert '一项不合格全失：落实查房制度' in ran.out


@pytest.mark.skipif(shutil.which('soffice') is None, reason='LibreOffice（soffice）没有安装，公式不能重新计算')
def test_the_formulas_agree_with_the_engine_on_random_sheets(command: Command, tmp_path: Path) -> None:
    assert command('worksheet', '护理考核', 'blank.xlsx').status == 0
    dice = random.Random(5)  # noqa: S311 no secret
    made = []
    kinds = dict(questions().values())
    for number in range(6):
        book = load_workbook('blank.xlsx')
        page = book['自评表']
        for row in range(6, page.max_row + 1):
            kind = kinds.get(str(page.cell(row, 13).value))
            if kind is None or (number % 2 and dice.random() < 0.4):
                continue
            value: object = {'yes_no': dice.choice('是否'), 'count': dice.randint(0, 6)}.get(
                kind, round(dice.uniform(80, 95), 1)
            )
            page.cell(row, 8).value = value  # type: ignore[assignment]
        made.append(tmp_path / f's{number}.xlsx')
        book.save(made[-1])
    out = tmp_path / 'out'
    subprocess.run(
        ['soffice', f'-env:UserInstallation={(tmp_path / "profile").as_uri()}', '--headless', '--convert-to', 'xlsx', '--outdir', str(out),
         *map(str, made)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    with closing(open_to_read(DATABASE)) as connection:
        for path in made:
            submission = submit(connection, read_answers_of(path), None, None, None)
            assert not submission.refused
            scored = score_notice(connection, submission.document, submission.values)
            book = load_workbook(out / path.name, data_only=True)
            rows = {str(row[12].value): row for row in book['自评表'].iter_rows() if row[12].value}
            for rule, score in zip(scored.rules, scored.scores, strict=True):
                shown = rows[rule.inputs[0].id][9].value
                assert (None if shown in (None, '') else shown) == (
                    None if score.score is None else pytest.approx(float(score.score), abs=1e-9)
                )
            for at, total in enumerate(scored.totals, start=2):
                shown = book['汇总'].cell(at, 4).value
                assert (None if shown in (None, '') else shown) == (
                    None if total.score is None else pytest.approx(float(total.score), abs=1e-9)
                )


def test_figures_of_a_report_are_proposed_and_taken_only_with_a_yes(command: Command, inbox: Path) -> None:
    (inbox / '青川市人民医院2025年工作总结.txt').write_text(
        '青川市人民医院2025年工作总结\n\n一、主要工作\n2025年，医院坚持以病人为中心，患者满意度88.5%，门诊量120万人次。\n2024年度患者满意度为97%。\n开展护理专项培训40次。\n',
        'utf-8',
    )
    assert command('ingest').status == 0
    assert query("SELECT kind FROM documents WHERE source LIKE '%总结%'") == [('summary',)]
    ran = command('score', '--notice', '护理考核', '--report', '工作总结', '--json')
    assert ran.status == 0
    (proposal,) = json.loads(ran.out)['proposals']
    assert (proposal['value'], proposal['input_id']) == (88.5, asked('满意度'))
    assert '患者满意度88.5%' in proposal['sentence']
    assert query('SELECT count(*) FROM answers') == [(0,)]
    log = Path('data/decisions/assessments/answers.jsonl')
    log.parent.mkdir(parents=True)
    log.write_text('坏了的一行\n', 'utf-8')
    ran = command('score', '--notice', '护理考核', '--report', '工作总结', '--accept', '--assessed', '全院')
    assert (ran.status, '这一行不完整' in ran.err) == (0, True)
    assert query('SELECT value FROM answers') == [('88.5',)]


def test_a_line_that_itself_lowers_the_grade_is_asked_and_counted(command: Command, inbox: Path) -> None:
    sample = next((Path(__file__).parents[3] / 'data' / 'raw').rglob('青一医*责任分工.docx'))
    shutil.copy(sample, inbox)
    command('ingest', '--no-receipts')
    ((question, words),) = query("SELECT q.id, q.question FROM inputs AS q JOIN indicators AS i ON i.id = q.indicator_id WHERE i.kind = 'downgrade'")  # fmt: skip
    assert words == '有没有这种情况：发生负主要责任的一级医疗事故？'
    for held, counted in ((True, 1), (False, 0)):
        Path('降档.json').write_text(json.dumps({'answers': {question: held}}), 'utf-8')
        ran = command('score', '--answers', '降档.json', '--notice', '责任分工', '--assessed', '内科', '--json')
        assert json.loads(ran.out)['totals']['notice']['downgrades'] == counted
        said = command('score', '--answers', '降档.json', '--notice', '责任分工', '--assessed', '内科').out
        assert ('已触发：\n  发生负主要责任的一级医疗事故' in said) is held


def test_records_of_before_and_after_the_office_was_kept_are_one_assessment(command: Command, inbox: Path) -> None:
    """Of a notice that prints neither number nor issuer, older records do not say whose it is."""
    file = inbox / '甲医院' / '青川市2025年度护理考核细则.md'
    file.parent.mkdir()
    (inbox / file.name).rename(file)
    DATABASE.unlink()
    assert command('ingest').status == 0
    assert query('SELECT issuer, doc_number FROM documents') == [(None, None)]
    told = answers(assessed='内科', period='2025')
    assert command('score', '--answers', told).status == 0
    log = Path('data/decisions/assessments/answers.jsonl')
    record = json.loads(log.read_text('utf-8'))
    assert record['notice'].pop('office') == '甲医院'
    log.write_text(json.dumps(record, ensure_ascii=False) + '\n', 'utf-8')
    DATABASE.unlink()
    assert command('ingest').status == 0
    (first,) = query('SELECT id FROM assessments')
    assert command('score', '--answers', told).status == 0
    assert query('SELECT id, json_array_length(records) FROM assessments') == [(first[0], 2)]
    ran = command('ingest')
    assert (ran.status, '不在评分记录' in ran.err) == (0, False)


def test_what_is_stored_of_a_unit_is_shown_and_what_is_not_is_said(command: Command) -> None:
    assert command('score', '--answers', str(answers(assessed='内科', period='2024'))).status == 0
    shown = command('score', '--notice', '护理考核', '--assessed', '内科')
    assert shown.status == 0
    assert '8.5' in shown.out
    assert '存下的 5 个答案' in shown.out
    told = json.loads(command('score', '--notice', '护理考核', '--period', '2024', '--json').out)
    assert (told['schema'], told['assessed'], told['totals']['tables'][0]['score']) == ('kaohe.score/1', '内科', 8.5)
    ran = command('score', '--notice', '护理考核', '--assessed', '外科')
    assert ran.status == 2
    assert '没有存下“外科”的答案；存下的有：“内科 2024”' in ran.err


def test_two_periods_of_several_units_are_asked_about(command: Command) -> None:
    for unit in ('内科', '外科'):
        for period in ('2024', '2025'):
            assert command('score', '--answers', str(answers(assessed=unit, period=period))).status == 0
    ran = command('score', '--compare', '2024', '2025')
    assert ran.status == 2
    assert '“内科 2024”' in ran.err
    assert '--assessed 单位' in ran.err
    assert command('score', '--assessed', '外科', '--compare', '2024', '2025').status == 0


def test_answers_about_a_notice_that_can_be_read_no_longer_wait(command: Command) -> None:
    assert command('score', '--answers', str(answers(assessed='内科', period='2025'))).status == 0
    log = Path('data/decisions/assessments/answers.jsonl')
    record = json.loads(log.read_text('utf-8'))
    record['notice'].pop('office', None)
    log.write_text(json.dumps(record, ensure_ascii=False) + '\n', 'utf-8')
    with closing(sqlite3.connect(DATABASE, isolation_level=None)) as connection:
        connection.execute('PRAGMA foreign_keys = ON')
        connection.execute('DELETE FROM assessments')
        connection.execute("UPDATE documents SET status = 'failed', message = '打不开'")
    with closing(sqlite3.connect(DATABASE)) as connection, connection:
        connection.row_factory = sqlite3.Row
        apply_answers(connection, read_answers(Path('data/decisions')).records)
    assert query('SELECT assessed, json_array_length(records) FROM assessments') == [('内科', 1)]


def test_what_is_stored_is_shown_with_the_rounding_that_it_was_scored_with(command: Command) -> None:
    Path('a.json').write_text(
        json.dumps({'notice': '护理考核', 'assessed': '内科', 'answers': {asked('满意度'): 88.5}}), 'utf-8'
    )
    for rounding in ('舍', '入', '不取整'):
        told = json.loads(command('score', '--answers', 'a.json', '--rounding', rounding, '--json').out)
        shown = json.loads(command('score', '--notice', '护理考核', '--assessed', '内科', '--json').out)
        assert (rounding, shown['lines'][1]['score']) == (rounding, told['lines'][1]['score'])
    assert shown['lines'][1]['score'] == 3.25
