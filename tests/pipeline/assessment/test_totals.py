"""What several tables come to together: weights and grades, where the notice prints them."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from kaohe.normalizers.scoring.score_totals import ScoreTotal, totals
from kaohe.pipeline.assessment.answers.application import score_notice
from kaohe.pipeline.assessment.grades import grade_of, grades_in
from kaohe.pipeline.assessment.stored_lines import read_places
from kaohe.pipeline.assessment.table_weights import weights_in
from kaohe.pipeline.database.schema import open_to_read
from tests.pipeline.conftest import Command

ROOT = Path(__file__).parents[3]
SAMPLES = (
    '青禾市河长制考核评分细则.txt',
    '清廉医院建设评价标准.docx',
    '云岭医院2023年度绩效考核工作任务要点.txt',
    '青一医〔2025〕18号 2025年重点工作目标责任制考核内容及责任分工.docx',
)
NOTICE = """青川市2025年度绩效考核办法

{weights}

考核总分90分（含）以上为优秀，80（含）-90分为良好，60（含）-80分为合格，60分以下为不合格。

## 日常考核评分表（100分）

| 项目 | 考核内容 | 评分标准 | 分值 |
| --- | --- | --- | --- |
| 管理 | 落实制度 | 未建立制度的扣20分。 | 60 |
| 质量 | 开展培训 | 未开展培训的扣10分。 | 40 |

## 年终考核评分表（100分）

| 项目 | 考核内容 | 评分标准 | 分值 |
| --- | --- | --- | --- |
| 任务 | 完成任务 | 未完成任务的扣30分。 | 100 |

## 加分项

| 序号 | 加分事项 | 加分标准 |
| --- | --- | --- |
| 1 | 获得表彰 | 获得市级表彰加2分。 |
"""


def scored(command: Command, inbox: Path, weights: str, **answers: object) -> dict[str, object]:
    (inbox / '青川市2025年度绩效考核办法.md').write_text(NOTICE.format(weights=weights), 'utf-8')
    assert command('ingest').status == 0
    told = json.loads(command('score', '--notice', '绩效考核', '--json').out)
    questions = {line['indicator_id']: line['unanswered'] for line in told['lines']}
    (one, two, three, four) = [names[0] for names in questions.values()]
    given = dict(zip((one, two, three, four), answers.values(), strict=True))
    Path('答案.json').write_text(json.dumps({'notice': '绩效考核', 'answers': given}), 'utf-8')
    ran = command('score', '--answers', '答案.json', '--json')
    assert ran.status == 0, ran.err
    return json.loads(ran.out)['totals']  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    'weights',
    [
        '总分＝日常考核得分×60%＋年终考核得分×40%。',
        '考核总分＝A×60%＋B×40%，其中A为日常考核得分，B为年终考核得分。',
        '日常考核占60%，年终考核占40%。',
    ],
)
@pytest.mark.usefixtures('in_this_process')
def test_tables_are_weighted_as_printed_and_bonus_comes_on_top(command: Command, inbox: Path, weights: str) -> None:
    totals = scored(command, inbox, weights, a=True, b=False, c=True, d=2)
    assert [table['score'] for table in totals['tables']] == [80, 70, 4]  # type: ignore[attr-defined]
    whole = totals['notice']
    assert (whole['possible'], whole['score'], whole['bonus']) == (100, 80, 4)  # type: ignore[index]
    assert whole['grade'] == '良好'  # type: ignore[index]
    assert str(totals['weighted_by']).startswith(weights.replace('＝', '=').replace('＋', '+').replace('，', ',')[:6])


@pytest.mark.usefixtures('in_this_process')
def test_weights_that_name_no_table_are_not_applied(command: Command, inbox: Path) -> None:
    totals = scored(command, inbox, '总分＝过程评价×60%＋结果评价×40%。', a=True, b=False, c=True, d=0)
    assert totals['notice'] is None
    assert totals['weighted_by'] is None


@pytest.mark.parametrize(
    ('text', 'weights'),
    [
        ('总分＝A×70%＋B×30%', {'A': '0.7', 'B': '0.3'}),
        ('最终得分=0.6×月度考核得分+0.4×年度考核得分', {'月度考核得分': '0.6', '年度考核得分': '0.4'}),
        ('月度考核得分按60%计入总分，年终考核得分按40%计入总分。', {'月度考核': '0.6', '年终考核': '0.4'}),
        ('临床指标权重为60%、管理指标权重为40%', {'临床指标': '0.6', '管理指标': '0.4'}),
        ('满意度达到90%以上得5分', {}),
    ],
)
def test_weights_in_a_sentence(text: str, weights: dict[str, str]) -> None:
    assert weights_in(text) == {name: Decimal(share) for name, share in weights.items()}


@pytest.mark.parametrize(
    ('score', 'grade'),
    [
        ('95', '优秀'),
        ('90', '优秀'),
        ('89.5', '良好'),
        ('80', '良好'),
        ('79.9', '合格'),
        ('60', '合格'),
        ('59.99', '不合格'),
    ],
)
@pytest.mark.parametrize(
    'text',
    [
        '考核总分90分（含）以上为优秀，80（含）-90分为良好，60（含）-80分为合格，60分以下为不合格。',
        '≥90分为优秀，80-89分为良好，60-79分为合格，<60分为不合格。',
        '优秀（90分以上）、良好（80～89分）、合格（60～79分）、不合格（60分以下）',
        '得分在90分及以上的为优秀；80分至90分（不含）的为良好；60分至80分（不含）的为合格；低于60分的为不合格。',
    ],
)
def test_the_grade_of_a_total(text: str, score: str, grade: str) -> None:
    one = Decimal(score)
    total = ScoreTotal(None, None, Decimal(100), one, one, one, None, None, 0, 0, 0)
    assert grade_of(grades_in(text), total) == grade


def test_an_open_total_has_no_grade() -> None:
    bands = grades_in('90分以上为优秀，60分以下为不合格')
    assert grade_of(bands, ScoreTotal(None, None, None, Decimal(80), Decimal(95), None, None, None, 0, 0, 2)) is None


@pytest.mark.usefixtures('in_this_process')
def test_all_that_is_asked_fulfilled_is_what_the_scored_lines_of_each_table_print(
    command: Command, inbox: Path
) -> None:
    for name in SAMPLES:
        shutil.copy(ROOT / 'data' / 'raw' / '示例' / name, inbox)
    assert command('ingest').status == 0
    compared = []
    with closing(open_to_read(Path('data/structured/catalogue.db'))) as connection:
        doubted = {row[0] for row in connection.execute("SELECT table_id FROM findings WHERE code = 'total.sum'")}
        for (document,) in connection.execute("SELECT id FROM documents WHERE kind = 'assessment'").fetchall():
            scores = {score.indicator: score for score in score_notice(connection, document, {}).scores}
            placed, sheets, limits = read_places(connection, document)
            scored = [line for line in placed if line.kind == 'scored' or line.counts]
            for total in totals(scored, scores, sheets, limits):
                if total.table is None or total.category is not None or total.table in doubted:
                    continue
                compared.append(total.possible)
                assert total.high == total.possible
    assert len(compared) >= 3, compared
