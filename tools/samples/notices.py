"""The sample notices: a fictional city (青禾市), its health commission, its hospitals and its schools."""

from __future__ import annotations

from tools.samples.layouts import columns, sections
from tools.samples.model import Category, Line, Paragraph, Sample, TableTruth
from tools.samples.model import ClauseTruth as C


def _duties(office: str, leader: str, lead: str, support: str) -> dict[str, tuple[str, ...]]:
    roles = ('responsible_office', 'lead_leader', 'lead_department', 'supporting_department')
    return {
        role: tuple(text.split()) for role, text in zip(roles, (office, leader, lead, support), strict=True) if text
    }


# 1. A responsibility list: merged first level with points, points behind the name, four columns of duties; bonus and penalty annex.
_CITY = Category('市级目标任务', 12)
_WARD = Category('区级重点工作', 8)
_RESPONSIBILITY = (
    Line(_CITY, '二级以上医院绩效考核位次不低于上一年度', '绩效考核降等次扣1分，每降5名扣0.2分', 4, name='公立医院绩效考核',
         duties=_duties('医政处', '周启明', '质控科', '各职能科'),
         clauses=(C('deduct', 1), C('deduct', 0.2, (5, '名')))),
    Line(_CITY, '1.管理费用占比≤8%\n2.医疗费用增幅≤6.5%\n3.预算执行率≥92%', '第1-2项指标未达到目标值的，各扣1分\n3.每少5%扣0.1分', 5,
         name='运行效率', duties=_duties('计财处 医政处', '周启明 林若水', '财务科', '医务科 信息科'),
         clauses=(C('deduct', 1, (1, '项')), C('deduct', 0.1, (5, '%')))),
    Line(_CITY, '完成健康档案数据归集任务', '未完成不得分', 3, name='数字健康',
         duties=_duties('信息中心', '林若水', '信息科', '门诊办'), clauses=(C('forfeit'),)),
    Line(_WARD, '年度投诉办结率达到95%以上', '办结率每下降1个百分点扣0.2分，扣完为止', 3, name='群众满意度',
         duties=_duties('办公室', '何静', '医患办', '各临床科室'),
         clauses=(C('deduct', 0.2, (1, '百分点')), C('cap'))),
    Line(_WARD, '组织医疗安全检查，全年不少于4次', '检查每少1次扣0.5分；未开展检查不得分', 3, name='医疗安全',
         duties=_duties('医政处', '林若水', '医务科', '护理部'),
         clauses=(C('deduct', 0.5, (1, '次')), C('forfeit'))),
    Line(_WARD, '按要求公开政务信息', '由局办公室提供分数', 2, name='政务公开',
         duties=_duties('办公室', '何静', '党政办', ''), clauses=(C('external'),)),
)  # fmt: skip
_PLUS = Category('加分事项', kind='bonus')
_MINUS = Category('减分事项', kind='penalty')
_DOWN = Category('降低考核档次事项', kind='downgrade')
_ANNEX = (
    Line(_PLUS, criteria='工作经验获省级推广的加2分，获市级推广的加1分', number='1',
         duties=_duties('', '周启明', '党政办', '各职能科'), clauses=(C('bonus', 2), C('bonus', 1))),
    Line(_PLUS, criteria='承担省级试点任务并通过验收的，每项加0.5分', number='2',
         duties=_duties('', '林若水', '医务科', '各职能科'), clauses=(C('bonus', 0.5, (1, '项')),)),
    Line(_MINUS, criteria='重大事项未按规定时间报告的，每起扣1分', number='1',
         duties=_duties('', '何静', '党政办', '各职能科'), clauses=(C('deduct', 1, (1, '起')),)),
    Line(_MINUS, criteria='审计发现问题未按期整改的，每项扣0.5分', number='2',
         duties=_duties('', '何静', '财务科', '各职能科'), clauses=(C('deduct', 0.5, (1, '项')),)),
    Line(_DOWN, criteria='发生负主要责任的一级医疗事故', number='1',
         duties=_duties('', '林若水', '医务科', '各职能科')),
)  # fmt: skip
_DUTY_FIELDS = (
    ('牵头\n领导', 'lead_leader', 1.0),
    ('牵头\n科室', 'lead_department', 1.1),
    ('配合\n科室', 'supporting_department', 1.1),
)
RESPONSIBILITY = Sample(
    name='青一医〔2025〕18号 2025年重点工作目标责任制考核内容及责任分工',
    kind='assessment',
    title='青禾市第一人民医院关于印发2025年重点工作目标责任制考核内容及责任分工的通知',
    issuer='青禾市第一人民医院',
    doc_number='青一医〔2025〕18号',
    issued_on='2025-04-09',
    year=2025,
    body=(
        Paragraph('青一医〔2025〕18号', 'number'),
        Paragraph('青禾市第一人民医院关于印发2025年重点工作目标责任制考核内容及责任分工的通知', 'title'),
        Paragraph('各科室：'),
        Paragraph('根据青禾市卫生健康委员会年度目标责任制考核要求，现将各项考核指标的责任分工印发给你们，请对照执行，做好日常管理和迎检工作。'),
        Paragraph('附件：1.2025年重点工作考核清单责任分工'),
        Paragraph('2.加分、减分和降低考核档次事项'),
        Paragraph('青禾市第一人民医院', 'signature'),
        Paragraph('2025年4月9日', 'signature'),
        Paragraph('附件1', 'heading'),
        Paragraph('2025年重点工作考核清单责任分工', 'table_title'),
        columns(
            _RESPONSIBILITY,
            [('项目类别', 'plain', 1.2)],
            [('项目\n（分值）', 'name_points', 1.4), ('清单内容', 'requirement', 2.6), ('考核标准', 'criteria', 2.6),
             ('责任\n处室', 'responsible_office', 1.1), *_DUTY_FIELDS],
        ),
        Paragraph('说明：1.表中“责任处室”为市卫生健康委员会的归口处室。'),
        Paragraph('2.牵头科室负责资料汇总和自评，配合科室按要求提供资料。'),
        Paragraph('附件2', 'heading'),
        Paragraph('加分、减分和降低考核档次事项', 'table_title'),
        columns(_ANNEX, [('项目', 'letters', 0.8)], [('序号', 'number', 0.7), ('事项及分值', 'criteria', 4.0), *_DUTY_FIELDS]),
        Paragraph('注：加分总分不超过3分。'),
    ),
    tables=(
        TableTruth('2025年重点工作考核清单责任分工', _RESPONSIBILITY),
        TableTruth('加分、减分和降低考核档次事项', _ANNEX),
    ),
)  # fmt: skip

# 2. Section rows across the table, numbered requirements, circled items in the criteria, a bonus section inside the hundred and a penalty section.
_LEAD = Category('加强组织领导', 30)
_OPEN = Category('推进阳光用药', 65)
_BEST = Category('创先争优', 5, 'bonus')
_BACK = Category('反向扣分', 10, 'penalty')
_CLEAN = (
    Line(_LEAD, '落实主体责任，签订责任书', '① 未签订责任书的，不得分；责任书内容不全的，扣2分。 ② 年度重点任务未落实的，每项扣1分。', 20,
         Category('压实责任', 20), '1', clauses=(C('forfeit'), C('deduct', 2), C('deduct', 1, (1, '项')))),
    Line(_LEAD, '开展警示教育', '① 未开展每年至少两次警示教育的，每缺一次扣2分。 ② 未将警示教育纳入入职培训的，扣1分。', 10,
         Category('廉洁文化', 10), '2', clauses=(C('deduct', 2, (1, '次')), C('deduct', 1))),
    Line(_OPEN, '落实处方点评制度', '① 未建立制度的，不得分。 ② 处方点评合格率<95%的，扣5分。 ③ 对发现的问题未整改的，每项扣2分，最高扣10分。', 35,
         Category('合理用药', 65), '3',
         clauses=(C('forfeit'), C('deduct', 5), C('deduct', 2, (1, '项')), C('cap', 10))),
    Line(_OPEN, '控制门诊次均药品费用增幅', '增幅≤5%，得30分；以5%为基数，每超过0.1个百分点扣1分。', 30,
         Category('合理用药', 65), '4', clauses=(C('award', 30), C('deduct', 1, (0.1, '百分点')))),
    Line(_BEST, '工作经验得到推广', '获国家级、省级、市级推广的，每次分别加5分、3分、1分。', 5,
         Category('荣誉奖励', 5), '5',
         clauses=(C('bonus', 5, (1, '次')), C('bonus', 3, (1, '次')), C('bonus', 1, (1, '次')))),
    Line(_BACK, '工作人员违反廉洁规定', '职工受政务处分的，每例扣5分；受组织处理的，每例扣3分（自查发现并已处理的，不扣分）。', 10,
         Category('违规违纪', 10), '6', clauses=(C('deduct', 5, (1, '例')), C('deduct', 3, (1, '例')), C('full'))),
)  # fmt: skip
CLEAN_HOSPITAL = Sample(
    name='清廉医院建设评价标准',
    kind='assessment',
    title='关于印发《青禾市清廉医院建设评价标准》的通知',
    issuer='青禾市卫生健康委员会',
    doc_number='青卫发〔2025〕31号',
    issued_on='2025-06-20',
    year=2025,
    body=(
        Paragraph('青禾市卫生健康委员会文件', 'letterhead'),
        Paragraph('青卫发〔2025〕31号', 'number'),
        Paragraph('关于印发《青禾市清廉医院建设评价标准》的通知', 'title'),
        Paragraph('各县（市、区）卫生健康局，委属各单位：'),
        Paragraph('现将《青禾市清廉医院建设评价标准》印发给你们，请结合实际认真贯彻执行。2025年度评价工作于12月底前完成。'),
        Paragraph('青禾市卫生健康委员会', 'signature'),
        Paragraph('2025年6月20日', 'signature'),
        Paragraph('附件', 'heading'),
        Paragraph('青禾市清廉医院建设评价标准（100分）', 'table_title'),
        sections(_CLEAN, ('项目', 1.2),
                 [('评价要点', 'numbered_requirement', 2.2), ('评分方法', 'criteria', 4.6), ('分值', 'points', 0.8)]),
        Paragraph('注：1.本标准中累计扣分的，直到该考评内容分数扣完为止，不出现负分。'),
    ),
    tables=(TableTruth('青禾市清廉医院建设评价标准', _CLEAN, 100),),
)  # fmt: skip

# 3. Inspection rules for several kinds of units: one table each with its total, categories letter by letter, columns left blank for the inspector.
_STAFF = Category('人事', 6)
_MONEY = Category('财务', 14)
_COUNTY = (
    Line(_STAFF, '落实绩效工资制度，完善绩效考核办法。', '有绩效工资分配方案1分、考核办法1分，本年度按照文件具体实施1分（抽查2份工资发放表）', 3,
         clauses=(C('award', 1), C('award', 1), C('award', 1))),
    Line(_STAFF, '完成年度医德考评工作。', '有考评方案、考评档案、考评总结，以上3项，每项1分，缺1项扣1分，未开展此项工作的此项分全扣。', 3,
         clauses=(C('award', 1, (1, '项')), C('deduct', 1, (1, '项')), C('forfeit'))),
    Line(_MONEY, '加强医院财经管理，资产负债率控制在合理范围内。', '查资产负债率，未超过50％，则记8分，未超过60％，则记4分，超过60％，则不得分。', 8,
         clauses=(C('award', 8), C('award', 4), C('forfeit'))),
    Line(_MONEY, '严格按照医疗收费标准收费，无乱收费现象。', '抽查出院收费清单5份，无乱收费现象记6分，发现1例扣2分，扣完为止。', 6,
         clauses=(C('award', 6), C('deduct', 2, (1, '例')), C('cap'))),
)  # fmt: skip
_BLOOD = Category('采供血', 14)
_SAFE = Category('安全', 6)
_STATION = (
    Line(_BLOOD, '完成年度采血任务。', '完成任务得8分，每少1％扣0.5分，扣完为止。', 8,
         clauses=(C('award', 8), C('deduct', 0.5, (1, '%')), C('cap'))),
    Line(_BLOOD, '血液检测合格率达到100%。', '发现一例不合格血液出库不得分。', 6, clauses=(C('forfeit'),)),
    Line(_SAFE, '安全生产', '见委安全生产办考评表。', 3, clauses=(C('external'),)),
    Line(_SAFE, '落实值班制度。', '资料不全酌情扣分，无资料不给分。', 3, clauses=(C('discretionary'), C('forfeit'))),
)  # fmt: skip
_INSPECTION_FIELDS = (
    ('考 评 内 容', 'requirement', 3.0), ('分值', 'points', 0.7), ('考 评 办 法', 'criteria', 4.0),
    ('扣分原因', 'blank', 0.9), ('实际\n得分', 'blank', 0.8),
)  # fmt: skip
INSPECTION = Sample(
    name='2024年综合督查细则',
    kind='assessment',
    title='2024年县区综合督查细则',
    issuer='',
    doc_number=None,
    issued_on=None,
    year=2024,
    body=(
        Paragraph('2024年县区综合督查细则（20分）', 'table_title'),
        columns(_COUNTY, [('项目', 'letters', 0.7)], _INSPECTION_FIELDS),
        Paragraph('注：加粗为现场检查项目。'),
        Paragraph('2024年市中心血站综合督查细则（20分）', 'table_title'),
        columns(_STATION, [('项目', 'letters', 0.7)], _INSPECTION_FIELDS),
    ),
    tables=(
        TableTruth('2024年县区综合督查细则', _COUNTY, 20),
        TableTruth('2024年市中心血站综合督查细则', _STATION, 20),
    ),
    formats=('pdf',),
)

# 4. Work items with yearly targets: two merged levels with points, the requirement says how points are lost; a veto in the points cell.
_MAIN = Category('履职尽责', 100)
_TASKS = (
    Line(_MAIN, '按时完成年度人才引进计划。未完成的酌情扣分。', None, 30, Category('重点工作', 80), name='人才引进',
         clauses=(C('discretionary'),)),
    Line(_MAIN, '守牢安全底线，全年不发生生产安全事故。', None, 30, Category('重点工作', 80), name='安全生产'),
    Line(_MAIN, '1、按时办理热线反馈问题，办结及时率100%；\n2、回访满意率95%以上，每低1个百分点扣2分。', None, 20, Category('重点工作', 80),
         name='热线办理', clauses=(C('deduct', 2, (1, '百分点')),)),
    Line(_MAIN, '完成信息化建设任务。任一项未完成，该项不得分。', None, 20, Category('专项考核', 20), name='信息化建设',
         clauses=(C('forfeit'),)),
)  # fmt: skip
TASKS = Sample(
    name='云岭医院2023年度绩效考核工作任务要点',
    kind='assessment',
    title='青禾市云岭医院2023年度绩效考核工作任务要点',
    issuer='青禾市云岭医院',
    doc_number=None,
    issued_on=None,
    year=2023,
    body=(
        Paragraph('青禾市云岭医院', 'title'),
        Paragraph('2023年度绩效考核工作任务要点', 'title'),
        columns(_TASKS, [('一级指标', 'plain', 1.0), ('二级指标', 'plain', 1.0)],
                [('任务要点名称', 'name', 1.6), ('年度目标', 'requirement', 4.0), ('分值权重', 'points', 0.9)]),
    ),
    tables=(TableTruth('2023年度绩效考核工作任务要点', _TASKS),),
    formats=('txt',),
)  # fmt: skip

# 5. Another field: a school's safety inspection, long enough to run over pages.
_FIELDS = (
    ('消防设施', '灭火器'),
    ('校车管理', '校车'),
    ('食堂卫生', '留样盒'),
    ('实验室', '危化品柜'),
    ('门卫', '登记簿'),
)
_SCHOOL = tuple(
    Line(Category(f'{area}管理', 20), f'{area}第{step}类检查：{thing}完好，台账齐全，每月检查不少于{step + 1}次。',
         f'台账每缺1份扣{step}分；未检查的不得分。', 5, number=str(4 * place + step), name=None,
         clauses=(C('deduct', step, (1, '份')), C('forfeit')))
    for place, (area, thing) in enumerate(_FIELDS)
    for step in range(1, 5)
)  # fmt: skip
SCHOOL = Sample(
    name='青禾市中小学校园安全考核评分表',
    kind='assessment',
    title='2025年青禾市中小学校园安全考核评分表',
    issuer='青禾市教育局',
    doc_number=None,
    issued_on='2025-03-03',
    year=2025,
    body=(
        Paragraph('2025年青禾市中小学校园安全考核评分表', 'title'),
        Paragraph('（满分100分）'),
        columns(_SCHOOL, [('考核项目', 'feed', 1.2)],
                [('序号', 'number', 0.7), ('考核内容', 'requirement', 3.4), ('评分标准', 'criteria', 3.4), ('分值', 'points', 0.8),
                 ('得分', 'blank', 0.8)]),
        Paragraph('青禾市教育局', 'signature'),
        Paragraph('2025年3月3日', 'signature'),
    ),
    tables=(TableTruth('2025年青禾市中小学校园安全考核评分表', _SCHOOL, 100),),
    formats=('pdf',),
)  # fmt: skip

# 6. A report in prose: no table, figures in sentences.
REPORT = Sample(
    name='青禾市第一人民医院2024年工作总结',
    kind='summary',
    title='青禾市第一人民医院2024年工作总结',
    issuer='青禾市第一人民医院',
    doc_number=None,
    issued_on='2025-01-15',
    year=2024,
    body=(
        Paragraph('青禾市第一人民医院2024年工作总结', 'title'),
        Paragraph('2024年，全院职工团结一心，较好完成了各项任务，现将有关情况总结如下。'),
        Paragraph('一、主要指标', 'heading'),
        Paragraph('医疗业务收入31260.5万元、门急诊人次512300人次，比去年同期分别增长4.20%、3.15%。平均住院日7.1天，同比下降5.3%。'),
        Paragraph('二、学科建设', 'heading'),
        Paragraph('全年开展新技术12项，新增省级重点专科2个，发表论文60余篇。'),
        Paragraph('青禾市第一人民医院', 'signature'),
        Paragraph('2025年1月15日', 'signature'),
    ),
)  # fmt: skip

# 7. A notice with faults of its own: a category that does not add up, a line that stands twice, a misprint. They must be found.
_FAULTY_A = Category('日常管理', 10)
_FAULTY_B = Category('应急处置', 8)
_FAULTY = (
    Line(_FAULTY_A, '建立巡河制度', '未建立制度不得分', 4, number='1', clauses=(C('forfeit'),)),
    Line(_FAULTY_A, '每周巡河不少于2次', '每少1次扣0.5分', 5, number='2', clauses=(C('deduct', 0.5, (1, '次')),)),
    Line(_FAULTY_B, '及时处置水面漂浮物', '每发现1处扣0..2分，扣完为止', 4, number='3', clauses=(C('deduct', 0.2, (1, '处')), C('cap'))),
    Line(_FAULTY_B, '及时处置水面漂浮物', '每发现1处扣0..2分，扣完为止', 4, number='3', clauses=(C('deduct', 0.2, (1, '处')), C('cap'))),
)  # fmt: skip
FAULTY = Sample(
    name='青禾市河长制考核评分细则',
    kind='assessment',
    title='青禾市2025年度河长制考核评分细则',
    issuer='',
    doc_number=None,
    issued_on=None,
    year=2025,
    body=(
        Paragraph('青禾市2025年度河长制考核评分细则（18分）', 'table_title'),
        columns(_FAULTY, [('考核项目', 'plain', 1.4)],
                [('序号', 'number', 0.7), ('考核内容', 'requirement', 3.0), ('评分标准', 'criteria', 3.2), ('分值', 'points', 0.8)]),
    ),
    tables=(TableTruth('青禾市2025年度河长制考核评分细则', _FAULTY, 18),),
    formats=('txt',),
)  # fmt: skip

SAMPLES: tuple[Sample, ...] = (RESPONSIBILITY, CLEAN_HOSPITAL, INSPECTION, TASKS, SCHOOL, REPORT, FAULTY)
