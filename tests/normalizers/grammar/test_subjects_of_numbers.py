"""What a number speaks of where its own part of the sentence does not say it, and numbers that only tell when or how often."""

from __future__ import annotations

import pytest

from kaohe.normalizers.grammar.clauses.reader import read_clauses
from kaohe.normalizers.grammar.targets.reader import read_thresholds


def _targets(text: str, subject: str | None = '某项工作落实情况') -> list[str]:
    clauses = read_clauses(text).matches
    return [
        f'{one.metric} {one.comparator} {one.value.normalize():f}{f"-{one.value_high:f}" if one.value_high is not None else ""}{one.unit or ""}'
        for one in read_thresholds(text, field='criteria', clauses=clauses, subject=subject)
    ]


@pytest.mark.parametrize(
    ('text', 'last'),
    [
        ('按到账资金兑付率计分；低于80%的不得分', '到账资金兑付率 < 80%'),
        ('调研文章被市局采用的每篇得2分，被区局采用的每篇得1分；全年少于6篇的扣1分', '调研文章 < 6篇'),
        ('过期食品在架，每件扣2分，同月3件以上的取消示范店资格', '过期食品在架 >= 3件'),
        ('索要财物被查实的每人次扣3分；累计三人次的，本项分值清零', '索要财物 >= 3人次'),
        ('报价得分=基准价/报价×30；★参数偏离1项扣1分，累计3项以上不得分', '参数偏离 >= 3项'),
        ('电话汇报每缺1次扣1分；当月无故两次以上未汇报的，酌情扣分', '未汇报 >= 2次'),
        ('初访超60日未办结的每件扣1分', '初访办结 > 60日'),
        ('垃圾滞留超过15分钟未清理的扣1分', '垃圾滞留 > 15分钟'),
        ('夏季巡查每日不少于2次、其他时段每周不少于3次，每缺1次扣0.2分', '其他时段巡查 >= 3次'),
        ('库房温度夏季不高于28℃、冬季不低于18℃，不达标的每次扣0.5分', '库房温度冬季 >= 18℃'),
        ('人员流失率控制在5%以内，每增加1个百分点扣1.5分；单月超过15%的，解除合同', '人员流失率 > 15%'),
        ('合格率不低于99%，每低0.1%扣1分，低于95%当月质量奖全免', '合格率 < 95%'),
        ('评估得分率90%以上为优秀，得该项分值的100%；80%—90%为良好，得该项分值的80%', '评估得分率 between 80-90%'),
        ('任一指标超标一次扣1分，全年超标三次的该项清零', '超标 >= 3次'),
        ('安全事件未在发现之日起5个工作日内上报的扣1分', '安全事件上报 > 5工作日'),
        ('未达账项挂账满3个月的，每笔扣1分', '账项挂账 >= 3月'),
        ('24小时后仍未修复的，每处扣1分', '仍未修复 > 24小时'),
        ('报告出具时限为10个工作日，每超1日扣0.5分', '报告出具时限 <= 10工作日'),
        ('节资率5%以上10%以下的，计2分', '节资率 between 5-10%'),
        ('综合利用率以92%为目标值，完成得5分，每差1个百分点扣0.5分；低于85%得0分', '综合利用率 < 85%'),
        ('政策知晓率：抽样调查95%以上知晓的得2分，其他不得分', '政策知晓率 >= 95%'),
        ('救护人员配备每2万平方米雪道不少于3人，缺1人扣2分', '救护人员配备 >= 3人'),
        ('向未成年人售彩的，每次扣5分，两次以上的关停网点并不得分', '未成年人售彩 >= 2次'),
        ('故障报修到场：城区超45分钟、农村超90分钟的，每次扣1分', '故障报修到场 > 90分钟'),
        ('证件申领率每季度环比提升1%以上的加1分', '证件申领率提升 >= 1%'),
        ('到课率连续两周低于85%的班级扣1分', '到课率 < 85%'),
        ('抽检批次达到4批次/千人得4分', '抽检批次 >= 4批次/千人'),
        ('主城区回访满意率≥92%，乡镇≥88%', '乡镇回访满意率 >= 88%'),
        ('城镇供水普及率≥96%，农村≥85%', '农村供水普及率 >= 85%'),
        ('城市绿化率≥40%，乡村≥30%', '乡村绿化率 >= 30%'),
        ('日间巡逻不少于5次，夜间不少于3次，少1次扣0.2分', '夜间巡逻 >= 3次'),
        ('夏季机房室温不高于24℃，冬季不低于16℃', '冬季机房室温 >= 16℃'),
        ('电话回访知晓率≥90%，入户调查≥80%', '入户调查知晓率 >= 80%'),
        ('城区保洁率≥98%，夜间≥90%', '夜间 >= 90%'),
        ('平均候诊时间不超过3天；低于65%的扣1分', '情况 < 65%'),
        ('接警出动白天超45秒、夜间超60秒的，每次扣0.5分', '接警出动夜间 > 60秒'),
        ('浓度不达标扣3分，同比改善10%以上的扣分减半', '改善 >= 10%'),
        ('护栏不完好，超过3天未修复的一次性扣1分', '未修复 > 3天'),
        ('交易额完成10亿元的得10分，每超1亿元加0.5分，每欠1亿元减1分', '交易额 = 10亿元'),
        ('群众满意度：问卷调查90%以上得3分，电话回访95%以上得2分', '电话回访群众满意度 >= 95%'),
        ('群众满意度：问卷调查90%以上得3分', '问卷调查群众满意度 >= 90%'),
        ('安全感达到95%，其中城区达到96%', '城区安全感 >= 96%'),
        ('城市管理考核得分90分以上得5分，农村85分以上得4分', '农村城市管理考核得分 >= 85分'),
        ('卷烟规范率：城网95%、农网90%', '农网卷烟规范率 = 90%'),
        ('就业率：本科≥90%，专科≥85%，投诉办结率≥99%', '投诉办结率 >= 99%'),
        ('出水水质：氨氮≤5mg/L，总磷≤0.5mg/L', '出水水质总磷 <= 0.5mg/L'),
        ('空气质量：PM2.5≤35微克/立方米', 'PM2.5 <= 35微克/立方米'),
        ('成活率乔木95%、灌木90%，每低1%扣0.5分', '成活率灌木 = 90%'),
        ('合格率（目标值≥99.5%，权重10分），每低0.1个百分点扣1分', '合格率 >= 99.5%'),
        ('投诉次数（目标值≤2次/月），每超1次扣2分', '投诉次数 <= 2次/月'),
        ('评分标准：城区90%以上得5分', '情况 >= 90%'),
        ('接种率：城区95%以上得5分；投诉3件以上扣1分', '投诉 >= 3件'),
    ],
)
def test_what_a_number_speaks_of(text: str, last: str) -> None:
    assert _targets(text)[-1] == last


@pytest.mark.parametrize(
    ('text', 'names'),
    [
        ('满意度：城区≥90%，农村≥85%', ['城区满意度', '农村满意度']),
        ('污水处理率：县城95%，建制镇75%，行政村45%', ['县城污水处理率', '建制镇污水处理率', '行政村污水处理率']),
        ('师生比小学1:19、初中1:13.5', ['师生比小学', '师生比初中']),
        ('群众满意度（城区≥90%，镇区≥85%）', ['城区群众满意度', '镇区群众满意度']),
        ('响应时限：紧急事项2小时内，一般事项24小时内', ['紧急事项响应时限', '一般事项响应时限']),
    ],
)
def test_what_heads_a_list_holds_for_each_of_its_members(text: str, names: list[str]) -> None:
    assert [target.split(' ')[0] for target in _targets(text)] == names


@pytest.mark.parametrize(
    ('text', 'names'),
    [
        ('安全责任事故为0得5分', ['安全责任事故 = 0']),
        ('有规划得2分，其他情况为0', []),
        ('残疾人就业120人，完成的得3分；完成不足60%的不得分', ['残疾人就业 = 120人', '残疾人就业完成 < 60%']),
        ('培训2000人，按完成比例得分', ['培训 = 2000人']),
        ('有效投诉每发生1件扣0.5分，超过20件的不得分', ['投诉 > 20件']),
        ('响应时间：一级故障15分钟，二级故障30分钟', ['一级故障响应时间 <= 15分钟', '二级故障响应时间 <= 30分钟']),
        ('响应时间：一级故障扣2分，每超15分钟扣1分', []),
        ('平均住院日≤8天，低于70%的扣1分', ['平均住院日 <= 8天', '情况 < 70%']),
        ('比例增加10%或达85%得2分', ['比例增加 = 10%', '比例 >= 85%']),
        ('达到3项及以上的得5分，达到2项的得3分，只达到1项的得1分', []),
        ('办结180件以上得5分，150件以上得3分', ['办结 >= 180件', '办结 >= 150件']),
        ('累计2次不合格的停止运维资格', ['不合格 >= 2次']),
        ('护患满意度以护理部月度测评为准，95分以上不扣分，90分以下扣2分', ['护患满意度 >= 95分', '护患满意度 <= 90分']),
        ('一个考核周期内记满20分的，停运培训3天', ['记分 >= 20分']),
        ('培训3天得2分，新职工培训5天', ['新职工培训 = 5天']),
        ('笔试、面试成绩分别占40%、60%', []),
        ('平均成绩占比不低于30%', ['平均成绩占比 >= 30%']),
        ('到达时限城区45分钟、农村90分钟', ['到达时限城区 <= 45分钟', '到达时限农村 <= 90分钟']),
        ('响应时间每超5分钟扣1分', []),
        ('提前3天完成任务', ['提前 = 3天']),
        ('处理时限为3天，逾期1天扣0.5分', ['处理时限 <= 3天']),
        ('办理时限5个工作日，公示7天', ['办理时限 <= 5工作日', '公示 = 7天']),
        ('响应时间15分钟，录像留存90天', ['响应时间 <= 15分钟', '录像留存 = 90天']),
        ('到场时间30分钟，备用发电8小时', ['到场时间 <= 30分钟']),
        ('完成时间30天，有效期180天', ['时间 <= 30天']),
        ('评分低于4.0分的降级处理', ['评分 < 4分']),
        ('外出须提前3日申请，未履行手续的扣0.5分', ['外出申请 = 3日']),
        ('供应商报价低于平均价20%以上的作无效投标处理', ['供应商报价 >= 20%']),
        ('发稿量完成40篇得满分，完成1篇简讯得1分', ['发稿量 = 40篇']),
        ('网络时延不高于40毫秒', ['网络时延 <= 40毫秒']),
        ('申诉率低于15人次/百万用户', ['申诉率 < 15人次/百万用户']),
        ('迟报1天扣0.1分，超过3天视为未报', ['迟报 > 3天']),
        ('连续两个季度排名末三位的约谈并扣2分', ['排名末三位 >= 2季度']),
        ('公厕开放时间每天不少于16小时，每座每日检查不少于2次', ['公厕开放时间 >= 16小时', '检查 >= 2次']),
        ('办结时限：A类5个工作日、B类10个工作日', ['A类办结时限 <= 5工作日', 'B类办结时限 <= 10工作日']),
    ],
)
def test_numbers_that_are_targets_and_numbers_that_are_none(text: str, names: list[str]) -> None:
    assert _targets(text) == names


@pytest.mark.parametrize('name', ['及时率', '及格率', '产前筛查率', '餐前消毒率', '贷后检查率'])
def test_a_rate_that_begins_like_a_word_that_joins_keeps_it(name: str) -> None:
    assert _targets(f'{name}≥95%') == [f'{name} >= 95%']


@pytest.mark.parametrize(
    ('text', 'per'),
    [
        ('三项全部完成得10分，完成两项得6分，完成一项得3分', [None, None, None]),
        ('承办省级活动2次得3分，承办市级活动1次得1分', [None, '次']),
        ('建成高产示范片每千亩加1分', ['千亩']),
        ('深松作业每百亩得0.5分', ['亩']),
    ],
)
def test_what_steps_that_go_down_and_sizes_are_counted_by(text: str, per: list[str | None]) -> None:
    assert [one.per_unit for one in read_clauses(text).matches] == per


@pytest.mark.parametrize(
    ('text', 'spans'),
    [
        ('准时率≥98%：10分；90%以下：0分', ['准时率≥98%：10分', '90%以下：0分']),
        ('处理时间1小时内：得5分；2小时以上：不得分', ['处理时间1小时内：得5分', '2小时以上：不得分']),
        ('批示：国家级5分，省级3分', ['国家级5分', '省级3分']),
        ('是：2分；否：0分', ['2分', '0分']),
    ],
)
def test_a_number_before_a_colon_is_the_condition_of_the_amount_behind_it(text: str, spans: list[str]) -> None:
    assert [text[one.start : one.end] for one in read_clauses(text).matches] == spans


def test_the_weight_of_a_part_whose_own_clauses_follow_is_no_award() -> None:
    assert [one.effect for one in read_clauses('合格率（目标值≥99%，权重10分），每低1%扣1分').matches] == ['deduct']
    assert [one.effect for one in read_clauses('满意度（权重5分）；办结率（权重5分）').matches] == ['award', 'award']
    assert [one.points for one in read_clauses('权重10分，完成90%以上得5分，完成100%得10分').matches] == [5, 10]


def test_a_basis_that_begins_a_statement_is_no_part_of_what_is_measured() -> None:
    (one,) = read_thresholds('与上年同期相比增长不低于8%')
    assert (one.metric, one.basis) == ('增长', '与上年同期相比')


def test_how_much_of_a_task_is_done_by_when_is_named_by_the_task() -> None:
    found = read_thresholds('投资3.5亿元，其中一季度完成20%，上半年完成55%')
    assert [one.metric for one in found] == ['投资', '投资完成', '投资完成']


def test_a_target_value_stands_for_what_the_line_is_about() -> None:
    assert _targets('目标值：城区≥90%，农村≥85%', '群众满意度') == ['城区群众满意度 >= 90%', '农村群众满意度 >= 85%']


@pytest.mark.parametrize(
    ('text', 'targets'),
    [
        ('一个月内谈话教育不足2次的，每人扣0.3分', ['一个月内谈话教育 < 2次']),
        ('粮仓15日内至少检测1次，缺1次扣0.5分', ['检测 >= 1次']),
        ('任务未完成90%的扣1分', ['任务 < 90%']),
        ('开会前20分钟完成布置', ['完成布置 = 20分钟']),
        ('每月前5天完成报送', ['完成报送 <= 5天']),
        ('目前30天办结', ['办结 <= 30天']),
        ('未完成90%以上的扣1分', ['情况 < 90%']),
        ('未完成3项任务的扣1分', []),
        ('引进投资3亿元、5亿元以上项目，每个分别加1、2分', []),
        ('术后随访48小时内不少于2次，少1次扣0.2分', ['术后随访48小时 >= 2次']),
        ('投诉48小时办结率为100%，未办结的每单扣0.5分', ['投诉48小时办结率 = 100%']),
        ('工资发放迟于每月15日的，每迟1天扣1分', []),
        ('全年错报1次扣0.5分', []),
        ('当月误报一例的，扣2分', []),
        ('累计返工1处扣1分', []),
        ('全年错报3次扣5分', ['错报 >= 3次']),
        ('缺1次扣0.5分、缺2次扣1.5分、缺3次及以上扣3分', []),
        ('每高1%奖1分，每低1%扣1分，奖扣均不超过5分', []),
        ('志愿者占比每达到常住人口的5%得0.5分', []),
        ('超过5分的按5分计，低于0分的按0分计', []),
        ('普通话未达三级甲等的每人扣0.2分', []),
        ('每低1%扣0.3分，不足1%的按直线内插法计算', []),
        ('采集不足500条计0分', ['采集 < 500条']),
        ('第二、第三完成人分别按60%、40%计分', []),
        ('大于3‰小于5‰扣1分', ['情况 > 3‰', '情况 < 5‰']),
    ],
)
def test_numbers_that_only_tell_when_how_often_or_how_much(text: str, targets: list[str]) -> None:
    assert _targets(text) == targets


@pytest.mark.parametrize(
    ('text', 'read'),
    [
        ('良好、合格的分别得该项分值的80%、60%', [('proportional', None, 0.8), ('proportional', None, 0.6)]),
        (
            '国赛加10分，省赛、市赛分别按国赛的50%、20%计分',
            [('bonus', 10, None), ('multiply', 0.5, None), ('multiply', 0.2, None)],
        ),
        ('每高1%加1分，每低1%扣1分，上下浮动不超过5分', [('bonus', 1, None), ('deduct', 1, None), ('cap', 5, None)]),
        (
            '漏报一次扣3分，空报一次扣1分，漏报两次及以上的，评为不合格',
            [('deduct', 3, None), ('deduct', 1, None), ('downgrade', None, None)],
        ),
    ],
)
def test_lists_of_shares_and_limits(text: str, read: list[tuple[str, float | None, float | None]]) -> None:
    found = read_clauses(text).matches
    assert [
        (one.effect, None if one.points is None else float(one.points), None if one.share is None else float(one.share))
        for one in found
    ] == read


@pytest.mark.parametrize('text', ['错误率每千笔超5笔的扣1分', '证件申领率每季度环比提升1%以上的加1分'])
def test_a_bound_behind_each_is_not_what_is_counted(text: str) -> None:
    (one,) = read_clauses(text).matches
    assert one.per_quantity is None


def test_a_word_that_begins_like_a_verb_of_giving_ends_no_task() -> None:
    found = read_thresholds('惠及居民6500户，加装电梯不少于40台')
    assert [(one.metric, int(one.value)) for one in found] == [('惠及居民', 6500), ('加装电梯', 40)]


def test_what_another_fault_costs_twice_does_not_turn_the_count_before_it() -> None:
    """``漏报`` and ``空报`` are two faults, although 漏 alone is a word for what is counted."""
    one, other, _ = read_clauses('漏报一次扣3分，空报一次扣1分，漏报两次及以上的，评为不合格').matches
    assert (one.per_unit, other.per_unit) == ('次', '次')


def test_what_each_of_several_parts_has_is_given_also_where_the_fault_of_one_is_taken_from_it() -> None:
    worth, lost = read_clauses('标识、保洁、游客投诉三项每项2分，有一项不合格扣1分').matches
    assert (worth.effect, worth.points, worth.per_unit, lost.effect) == ('award', 2, '项', 'deduct')
    (taken,) = read_clauses('漏报、错报两项每项2分').matches
    assert taken.effect == 'deduct'
