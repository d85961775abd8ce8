"""Scoring in prose: which parts of the text become lines, and what they say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kaohe.extractors.document import Block, Document, Table
from kaohe.extractors.findings import finding
from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from tests.normalizers.tables import document, draw


def _read(*parts: str | Table) -> Catalogue:
    return normalize(document(*parts), 'x.docx')


_DORMITORY = (
    '云岭学校寝室管理实施细则',
    '一、评比办法',
    '1、每月评比一次，基础分为100分。',
    '2、考试作弊的，取消该寝室评选资格。',
    '3、评比结果在橱窗公布。',
    '二、评比细则',
    '1、有下列行为的，扣除相应得分。',
    '（1）被子未叠，每人次扣1分。',
    '（2）地面有纸屑扣2分。',
    '2、有下列行为的，奖励相应得分。',
    '（1）拾金不昧加2分。',
)


def test_numbered_paragraphs_that_give_and_take_points_are_lines_under_their_headings() -> None:
    read = _read(*_DORMITORY)
    assert [table.kind for table in read.tables] == ['articles']
    assert [(table.title, table.cells) for table in read.tables] == [('评比细则', ())]
    assert [(line.level1, line.number, line.requirement, line.kind) for line in read.indicators] == [
        ('有下列行为的，扣除相应得分。', '1', '被子未叠，每人次扣1分。', 'penalty'),
        ('有下列行为的，扣除相应得分。', '2', '地面有纸屑扣2分。', 'penalty'),
        ('有下列行为的，奖励相应得分。', '1', '拾金不昧加2分。', 'bonus'),
    ]
    assert [clause.scope for clause in read.clauses if clause.indicator is not None] == ['line'] * 3
    assert read.notice.kind == 'assessment'


def test_general_rules_stay_clauses_of_the_notice() -> None:
    read = _read(*_DORMITORY)
    assert [(clause.scope, clause.effect) for clause in read.clauses if clause.block is not None] == [
        ('notice', 'veto')
    ]


def test_a_name_with_its_points_at_the_head_of_a_paragraph_is_cut_from_it() -> None:
    read = _read(
        '云岭学校档案考评细则',
        '1.制度建设（10分）：制度上墙，内容齐全。缺一项扣2分。',
        '2.档案整理（20分）：分类装订。',
        '3.按时移交档案（15分）。',
    )
    assert [(line.number, line.name, line.requirement, line.criteria, line.points) for line in read.indicators] == [
        ('1', '制度建设', '制度上墙，内容齐全。', '缺一项扣2分。', 10),
        ('2', '档案整理', '分类装订。', None, 20),
        ('3', None, '按时移交档案', None, 15),
    ]
    assert read.tables[0].title == '云岭学校档案考评细则'


def test_a_heading_with_points_over_scoring_paragraphs_is_their_category() -> None:
    read = _read(
        '云岭学校班级考核细则',
        '一、纪律（30分）',
        '1.迟到一人次扣1分。',
        '2.旷课一节扣3分。',
        '二、卫生（20分）',
        '1.地面不洁扣2分。',
    )
    assert [(line.level1, line.level1_points, line.requirement) for line in read.indicators] == [
        ('纪律', 30, '迟到一人次扣1分。'),
        ('纪律', 30, '旷课一节扣3分。'),
        ('卫生', 20, '地面不洁扣2分。'),
    ]


def test_a_paragraph_below_a_bare_heading_is_a_line_with_its_listed_parts_as_items() -> None:
    read = _read(
        '云岭学校教学考评细则',
        '一、备课',
        '分别从目标（10分）、内容（15分）、板书（5分）等三项考评。',
        '二、上课',
        '看师生互动，满分100分，由教研组评定。',
    )
    assert [(line.level1, line.points) for line in read.indicators] == [('备课', None), ('上课', 100)]
    assert [item.points for item in read.items][:2] == [10, 15]


def test_headings_of_tables_and_lines_of_the_contents_are_no_lines() -> None:
    table = draw('考核内容 | 分值 | 评分标准\n按时到岗 | 20 | 迟到一次扣2分\n热情服务 | 30 | 投诉一次扣5分')
    blocks = (
        Block('paragraph', '一、窗口服务（50分）\t1'),
        Block('paragraph', '二、内部管理（50分）\t2'),
        Block('paragraph', '一、窗口服务（50分）'),
        Block('table', table=0),
        Block('paragraph', '二、内部管理（50分）'),
        Block('table', table=1),
    )
    tables = (table, draw('考核内容 | 分值 | 评分标准\n按时交接 | 50 | 缺一次扣5分', 1))
    read = normalize(Document('docx', blocks, tables), 'x.docx')
    assert [table.kind for table in read.tables] == ['scoring', 'scoring']


def test_lines_of_the_text_stand_among_the_tables_in_the_order_of_reading() -> None:
    read = _read(
        '云岭学校考核办法',
        '一、教师考核细则',
        '1.迟到一次扣1分。',
        '2.旷工一天扣5分。',
        '二、学生考核表',
        draw('考核内容 | 分值 | 评分标准\n出勤 | 20 | 缺一次扣2分\n作业 | 30 | 缺一次扣5分'),
    )
    assert [table.kind for table in read.tables] == ['articles', 'scoring']
    assert [line.table for line in read.indicators] == [0, 0, 1, 1]
    assert [block.table for block in read.blocks if block.kind == 'table'] == [1]


def test_a_part_in_which_few_paragraphs_speak_of_points_makes_no_lines() -> None:
    read = _read(
        '云岭学校值班制度',
        '1.值班人员按时到岗。',
        '2.交接班要清楚。',
        '3.迟到一次扣1分。',
        '4.遇有情况及时上报。',
        '5.本制度自公布之日起执行。',
    )
    assert not read.indicators
    assert [clause.effect for clause in read.clauses] == ['deduct']


def test_a_note_amid_numbered_paragraphs_ends_where_they_count_on_or_print_their_points() -> None:
    found = _read(
        '招标评分标准',
        '二、评标标准',
        '评分说明',
        '1.技术响应（12分）：',
        '完全满足得12分，每有一项负偏离扣0.5分。',
        '注：需提供供货清单。',
        '2.进货渠道（8分）：',
        '每提供1家得1分，最高得8分。',
        '注：需提供协议。',
        '1）协议原件；',
        '3.增值服务（4分）：',
        '阐述详细的得4分，粗略的得2分。',
    )
    assert [(line.number, line.name, line.points) for line in found.indicators] == [
        ('1', '技术响应', 12),
        ('2', '进货渠道', 8),
        ('3', '增值服务', 4),
    ]


def test_a_question_has_its_points_and_what_follows_scores_it_and_fields_to_fill_in_belong_to_none() -> None:
    read = _read(
        '云岭镇图书分馆自评',
        '一、读者活动（25分）',
        '1. 年举办讲座是否不少于20场？（15分）每少1场扣0.5分，扣完为止。',
        '2. 读者满意率是否达到90%以上？（10分）',
        '填表人：          馆长：          填表日期：',
    )
    first, second = read.indicators
    assert (first.requirement, first.criteria, first.points) == (
        '年举办讲座是否不少于20场？',
        '每少1场扣0.5分，扣完为止。',
        15,
    )
    assert (second.requirement, second.criteria, second.points) == ('读者满意率是否达到90%以上？', None, 10)
    assert [(goal.metric, goal.value) for goal in read.thresholds] == [('讲座', 20), ('读者满意率', 90)]


def test_several_sentences_that_only_score_are_criteria() -> None:
    read = _read(
        '白沙市供水服务考核办法',
        '一、抢修（15分）。接到报告后，城区1小时内到达现场。每超时30分钟扣0.5分；造成大面积停水的，每起扣3分。',
        '二、抄表（8分）。估抄的每户扣0.5分；多收水费的每户扣2分。',
    )
    first, second = read.indicators
    assert (first.requirement, first.criteria) == (
        '接到报告后，城区1小时内到达现场。',
        '每超时30分钟扣0.5分；造成大面积停水的，每起扣3分。',
    )
    assert (second.requirement, second.criteria) == ('估抄的每户扣0.5分；多收水费的每户扣2分。', None)


def test_questions_in_prose_are_parted_from_what_they_are_worth() -> None:
    read = _read(
        '白鹭湿地观鸟点自查表',
        '一、设施（6分）',
        '1. 观鸟屋是否有护栏？（分数 是：2分；否：0分）',
        '2. 望远镜是否每月校准？（分数 是：4分；否：0分）',
        '二、讲解（3分）',
        '1. 是否配有讲解牌？（分数 是：3分；否：0分）',
    )
    assert [(line.level1, line.requirement, line.points) for line in read.indicators] == [
        ('设施', '观鸟屋是否有护栏？', 2),
        ('设施', '望远镜是否每月校准？', 4),
        ('讲解', '是否配有讲解牌？', 3),
    ]
    assert [table.proof for table in read.tables] == ['proved']


def test_what_the_whole_comes_to_is_no_category() -> None:
    read = _read(
        '青岩养蜂社评比办法',
        '第一条 评比实行百分制。',
        '一、蜂场（30分）',
        '（一）蜂箱清洁（30分）：蜂箱有污渍的，每箱扣1分。',
        '二、蜂蜜（70分）',
        '（一）抽检合格（70分）：不合格每批次扣10分。',
    )
    assert [(line.level1, line.level2, line.name) for line in read.indicators] == [
        ('蜂场', None, '蜂箱清洁'),
        ('蜂蜜', None, '抽检合格'),
    ]


def test_how_the_whole_is_assessed_is_no_line_beside_a_single_reward() -> None:
    rules = _read(
        '青岩码头服务考核细则',
        '一、考核方式',
        '采取月度检查和年度评定相结合的方式，按月计分，满分100分。',
        '二、奖励',
        '获评省级文明码头的，加5分。',
    )
    assert [table.kind for table in rules.tables] == []
    assert [(clause.scope, clause.effect, clause.points) for clause in rules.clauses] == [('notice', 'bonus', 5)]
    parts = _read(
        '青岩码头服务考核细则',
        '1.日常考核采取随机抽查方式，满分40分。缆绳乱放每处扣1分。',
        '2.年终考核采取集中评审方式，满分60分。资料缺失每份扣2分。',
    )
    assert [line.points for line in parts.indicators] == [40, 60]


def test_a_category_that_prints_its_points_in_a_sentence_is_named_without_them() -> None:
    read = _read(
        '云台福利院护理评分标准',
        '（一）日常护理，满分40分。',
        '1．未按时喂食，每次扣2分；',
        '2．床铺不整洁，每床扣1分。',
        '（二）安全看护，满分60分。',
        '1．人员走失，不得分；',
        '2．看护脱岗，每次扣10分。',
    )
    assert [(line.level1, line.level1_points, line.requirement) for line in read.indicators] == [
        ('日常护理', 40, '未按时喂食，每次扣2分；'),
        ('日常护理', 40, '床铺不整洁，每床扣1分。'),
        ('安全看护', 60, '人员走失，不得分；'),
        ('安全看护', 60, '看护脱岗，每次扣10分。'),
    ]


def test_paragraphs_with_bullets_that_print_their_points_are_lines() -> None:
    read = _read('平川公证处评分要点', '● 首问负责，未落实每次扣2分（20分）', '● 限时办结，超时一件扣1分（30分）')
    assert [(line.requirement, line.points) for line in read.indicators] == [
        ('首问负责，未落实每次扣2分', 20),
        ('限时办结，超时一件扣1分', 30),
    ]


def test_names_without_a_number_that_print_their_points_head_what_follows() -> None:
    read = _read(
        '青川志愿站评定',
        '场地建设（20分）',
        '有独立场所，得10分。',
        '标识清晰，得10分。',
        '活动开展（50分）',
        '每月活动2次，每少1次扣5分。',
    )
    assert [(line.name, line.points, line.requirement) for line in read.indicators] == [
        ('场地建设', 20, '有独立场所，得10分。\n标识清晰，得10分。'),
        ('活动开展', 50, '每月活动2次，每少1次扣5分。'),
    ]


def test_a_dash_between_a_name_and_its_points_belongs_to_neither() -> None:
    read = _read('青川邮所考核', '1. 投递服务——40分', '延误每件扣2分。', '2. 窗口服务——30分', '投诉每件扣5分。')
    assert [(line.name, line.points) for line in read.indicators] == [('投递服务', 40), ('窗口服务', 30)]


_FOREST = (
    '一、评价方式',
    '由县林业局组织专家核验。',
    '二、计分项目（100分）',
    '（一）苗木管理（60分）',
    '1.苗木建账（20分）：账物相符。每发现1处不符扣0.5分。',
    '2.苗圃环境（40分）：保持清洁。每次不合格扣2分。',
    '（二）林区防火（40分）',
    '3.防火演练（40分）：每年演练2次。每少1次扣10分。',
    '三、加分项目（10分）',
    '1.获评省级示范林场的加5分。',
    '2.承担课题，每项加1.5分。',
    '四、结果运用',
    '评价结果与补助资金挂钩。',
)


@pytest.mark.parametrize('letter', [(), ('关于印发《国有林场计分办法》的通知', '各国有林场：', '请认真执行。')])
@pytest.mark.parametrize('numbered', [True, False])
@pytest.mark.parametrize('called', ['计分项目', '考核内容及评分'])
def test_sections_called_by_how_they_score_are_parts_below_any_title(
    letter: tuple[str, ...], numbered: bool, called: str
) -> None:
    paragraphs = _FOREST if numbered else [re.sub(r'^(?:[一二三四]、|（[一二]）)', '', text) for text in _FOREST[2:-2]]
    read = _read(*letter, '国有林场年度运行计分办法', *(text.replace('计分项目', called) for text in paragraphs))
    assert [(table.title, table.total_points) for table in read.tables] == [(called, 100), ('加分项目', 10)]
    assert [(line.table, line.level1, line.level1_points, line.level2, line.kind) for line in read.indicators] == [
        (0, '苗木管理', 60, None, 'scored'),
        (0, '苗木管理', 60, None, 'scored'),
        (0, '林区防火', 40, None, 'scored'),
        (1, None, None, None, 'bonus'),
        (1, None, None, None, 'bonus'),
    ]


def test_a_section_called_by_how_it_scores_is_a_category_beside_those_that_name_a_matter() -> None:
    read = _read(
        '国有林场考核评分细则',
        '一、苗木管理（90分）',
        '1.账物相符（50分）：每发现1处不符扣0.5分。',
        '2.保持清洁（40分）：每次不合格扣2分。',
        '二、加分项目（10分）',
        '1.获评省级示范林场的加5分。',
        '2.承担课题，每项加1.5分。',
    )
    assert len(read.tables) == 1
    assert [line.level1 for line in read.indicators] == ['苗木管理', '苗木管理', '加分项目', '加分项目']


def test_a_title_that_prints_the_total_begins_a_part_wherever_it_stands() -> None:
    read = _read(
        '关于开展2024年度质量考核的通知',
        '各学校：',
        '考核工作自5月开始。',
        '附件：',
        '质量考核评分细则（100分）',
        '一、教学（60分）',
        '1.学时（60分）：弄虚作假的，每人次扣2分。',
        '二、安全（40分）',
        '2.车辆（40分）：每少1%扣1分。',
    )
    assert [(table.title, table.total_points) for table in read.tables] == [('质量考核评分细则', 100)]
    assert [line.level1 for line in read.indicators] == ['教学', '安全']


def test_a_line_that_only_says_that_what_follows_adds_heads_its_lines() -> None:
    read = _read(
        '2025年云岭公园保洁评比标准', draw('序号 | 项目 | 评分标准 | 分值\n1 | 地面 | 污渍每处扣1分 | 100'), '附加分',
        '1、被表扬的每次加2分，每月最高加4分。', '2、设置母婴间的加3分。',
    )  # fmt: skip
    assert [(table.kind, table.title) for table in read.tables[1:]] == [('articles', '附加分')]
    assert [line.kind for line in read.indicators] == ['scored', 'bonus', 'bonus']


def test_a_last_sentence_by_which_all_is_lost_is_how_it_is_scored() -> None:
    read = _read(
        '云岭驾校考核办法', '一、基本条件（30分）', '1．教练车（20分）：车龄不超过10年。超龄的每辆扣1分。',
        '2．训练场（10分）：每车不少于80平方米。不达标的不得分。',
    )  # fmt: skip
    assert [(line.requirement, line.criteria) for line in read.indicators] == [
        ('车龄不超过10年。', '超龄的每辆扣1分。'), ('每车不少于80平方米。', '不达标的不得分。')
    ]  # fmt: skip


def test_a_finding_keeps_its_table_where_scoring_prose_stands_before_it() -> None:
    scored = draw('序号 | 项目 | 评分标准 | 分值\n1 | 地面 | 污渍每处扣1分 | 100')
    paper = document(
        '云岭公园考核办法', '一、日常（20分）', '1、迟到每次扣1分。', '2、缺岗每次扣2分。', '二、现场', scored
    )
    read = normalize(replace(paper, findings=(finding('column.doubtful', table=0, col=0, header='序号'),)), 'x.docx')
    assert [table.kind for table in read.tables] == ['articles', 'scoring']
    assert [one.table for one in read.findings if one.code == 'column.doubtful'] == [1]


def test_amounts_behind_a_comma_are_the_points_of_paragraphs_that_say_nothing_else() -> None:
    read = _read(
        '柳溪村文明家庭积分评分标准',
        '一、遵纪守法（20分）',
        '1. 家庭成员无违法犯罪行为，10分；',
        '2. 不参与赌博、封建迷信活动，10分；',
        '二、环境卫生（40分）',
        '1. 房前屋后整洁，25分；',
        '2. 垃圾分类投放，15分。',
    )
    assert [(line.level1, line.requirement, line.points) for line in read.indicators] == [
        ('遵纪守法', '家庭成员无违法犯罪行为', 10),
        ('遵纪守法', '不参与赌博、封建迷信活动', 10),
        ('环境卫生', '房前屋后整洁', 25),
        ('环境卫生', '垃圾分类投放', 15),
    ]
    assert not read.clauses


def test_faults_with_an_amount_behind_a_comma_are_rules_where_the_amounts_do_not_add_up() -> None:
    read = _read('寝室评分细则', '一、内务（20分）', '1. 未叠被子，2分；', '2. 地面不洁，1分；')
    assert [(line.requirement, line.points) for line in read.indicators] == [
        ('未叠被子，2分；', None),
        ('地面不洁，1分；', None),
    ]
    assert len(read.clauses) == 2


def test_a_name_may_hold_a_word_of_giving_and_points_may_stand_amid_a_paragraph() -> None:
    read = _read(
        '文物安全巡查考核细则',
        '一、评分标准',
        '（一）巡查记录，30分。记录真实完整，缺一次扣3分。',
        '（二）巡查频次，40分。少1次扣5分。',
        '（三）每月召开1次例会（30分），少一次扣5分。',
    )
    assert [(line.name, line.requirement, line.points) for line in read.indicators] == [
        ('巡查记录', '记录真实完整，缺一次扣3分。', 30),
        ('巡查频次', '少1次扣5分。', 40),
        (None, '每月召开1次例会，少一次扣5分。', 30),
    ]


def test_names_in_frames_with_points_behind_head_what_follows() -> None:
    read = _read(
        '智慧农场计分规则',
        '【基础设施】40分',
        '1、设备覆盖率80%以上得20分；',
        '2、平台停运一次扣5分。',
        '【生产管理】（60分）',
        '3、缺一批记录扣5分；',
        '4、合格率每低1个百分点扣10分。',
    )
    assert [(line.level1, line.level1_points, line.number) for line in read.indicators] == [
        ('基础设施', 40, '1'),
        ('基础设施', 40, '2'),
        ('生产管理', 60, '3'),
        ('生产管理', 60, '4'),
    ]


def test_marks_to_begin_with_and_marks_for_merit_are_parts_of_their_own() -> None:
    read = _read(
        '窗口人员管理细则',
        '一、基础积分（100分）',
        '1.考勤纪律（60分）。迟到每次扣2分。',
        '2.业务能力（40分）。差错一件扣2分。',
        '二、奖励积分',
        '1.收到表扬信的，每封加2分。',
        '2.获市级荣誉的，每次加5分。',
    )
    assert [(table.title, table.total_points) for table in read.tables] == [('基础积分', 100), ('奖励积分', None)]
    assert [(line.level1, line.kind) for line in read.indicators] == [
        (None, 'scored'), (None, 'scored'), (None, 'bonus'), (None, 'bonus')
    ]  # fmt: skip


def test_what_breaches_cost_is_no_name_with_points_of_its_own() -> None:
    read = _read('云岭医院护理考核细则', '一、违规扣分', '1.发生跌倒，2分；', '2.迟到早退，3分；', '3.脱岗一次扣5分。')
    assert [line.points for line in read.indicators] == [None] * len(read.indicators)


def test_numbered_rules_count_beyond_ninety_nine() -> None:
    rules = [f'{at}.第{at}号台账未登记的，扣0.5分。' for at in range(1, 121)]
    read = _read('云岭医院台账管理考核细则', *rules)
    assert [line.number for line in read.indicators] == [str(at) for at in range(1, 121)]


def test_parts_called_by_how_they_score_are_tables_of_their_own_also_where_one_is_called_both_ways() -> None:
    read = _read(
        '青石镇体育场馆评估办法',
        '一、评分标准',
        '（一）开放（60分）。每周开放不少于30小时，每少1小时扣2分。',
        '（二）安全（40分）。设施不合格的每处扣2分。',
        '二、加分和扣分',
        '（一）承办赛事的，每次加3分。',
        '（二）被投诉的，每次扣2分。',
    )
    assert [table.title for table in read.tables] == ['评分标准', '加分和扣分']
    assert [(line.table, line.level1, line.kind) for line in read.indicators] == [
        (0, None, 'scored'), (0, None, 'scored'), (1, None, 'bonus'), (1, None, 'penalty'),
    ]  # fmt: skip


def test_a_name_with_a_colon_below_a_table_heads_a_part() -> None:
    read = _read(
        '青石林场督查评分标准',
        draw('序号 | 督查内容 | 分值 | 评分标准\n1 | 巡山 | 60 | 少一次扣1分\n2 | 防火 | 40 | 起火扣10分'),
        '加分项目：',
        '1.被通报表扬的，每次加2分。',
        '2.信息被采用的，每篇加1分。',
        '扣分项目：',
        '1.被通报批评的，每次扣2分。',
        '2.材料弄虚作假的，每次扣3分。',
    )
    assert [table.title for table in read.tables][1:] == ['加分项目', '扣分项目']
    assert [(line.kind, line.requirement) for line in read.indicators][2:] == [
        ('bonus', '被通报表扬的，每次加2分。'), ('bonus', '信息被采用的，每篇加1分。'),
        ('penalty', '被通报批评的，每次扣2分。'), ('penalty', '材料弄虚作假的，每次扣3分。'),
    ]  # fmt: skip
