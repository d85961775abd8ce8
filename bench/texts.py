"""What the notices to measure say: phrases of a fictional county, put together anew for every line, so that no cache of texts flatters us.

Which phrases a line gets follows from the number of its notice and its own: the same on every machine, and a longer notice begins with
the lines of the shorter one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from string import Template
from typing import TypeVar

SUBJECTS = (
    '安全生产', '环境保护', '教育教学', '社会治安', '档案管理', '信访维稳', '队伍建设', '财务管理', '医疗质量', '药品管理',
    '消防安全', '食品安全', '河长制工作', '防汛抗旱', '森林防火', '公共卫生', '妇幼保健', '养老服务', '就业培训', '招商引资',
    '项目建设', '政务公开', '数据治理', '网络安全', '机关党建', '廉政建设', '精神文明', '志愿服务', '市容环卫', '道路养护',
)  # fmt: skip
_THINGS = (
    '年度目标责任书', '隐患整改台账', '值班值守制度', '应急预案', '督查通报', '重点任务清单', '公开事项目录', '设施维护记录',
    '物资储备清单', '巡查日志', '培训教材', '服务承诺', '风险评估报告', '满意度调查表', '整改销号单', '工作简报', '会议纪要',
    '岗位说明书', '信息报送材料', '群众来信登记簿', '采购合同', '项目进度表', '固定资产账目', '病历文书', '检验报告', '处方点评记录',
    '感染监测报表', '随访档案', '教学计划', '学籍材料', '排污口标识', '河道巡护记录', '防火隔离带图', '救灾款物发放表', '停车泊位台账',
    '绿化养护记录', '垃圾分类宣传栏', '食堂留样记录', '电梯检验标志', '危化品存放登记', '网络等级保护材料', '数据共享目录',
)  # fmt: skip
_ACTIONS = ('建立', '完善', '更新', '公示', '整理', '核对', '归档', '审核', '上报', '规范填写')
_DONE = (
    '未建立', '未更新', '未公示', '未归档', '未按要求上报', '填写不规范', '内容不全', '弄虚作假', '缺少签字', '数据不一致',
)  # fmt: skip
_RATES = (
    '档案电子化率', '重点任务完成率', '隐患整改率', '参训人员覆盖率', '投诉按期办结率', '群众满意率', '设施完好率', '疫苗接种率',
    '持证上岗率', '病历甲级率', '垃圾清运率', '水质达标率', '合同履约率', '巡查覆盖率', '信息准确率', '预算执行率', '随访规范率',
    '学生体质合格率', '就业安置率', '执法文书合格率',
)  # fmt: skip
_MEETINGS = ('专题研究', '应急演练', '业务培训', '现场督导', '联合检查', '集中宣传', '警示教育', '座谈走访')
_WHEN = ('每季度', '每半年', '全年', '每月', '汛期', '节假日期间', '上半年', '第四季度')

_REQUIREMENTS = tuple(map(Template, (
    '$action$subject方面的$thing，$when开展$meeting不少于${few}次',
    '$subject工作中$rate达到$high%以上，$other$low%',
    '加强$subject宣传，$when组织$meeting${few}次，$rate不低于$high%',
    '$rate≥$high%，$other较上年提高${few}个百分点',
    '落实$thing和$second，$subject信息报送及时、准确、完整',
    '$when$action$thing，${days}个工作日内报$subject专班备案',
    '$subject专项经费足额到位，$rate不低于$low%，$when接受$meeting',
    '$action$thing、$second和$third，责任到人，$when核查${few}次',
    '分管领导$when听取$subject汇报${few}次以上，$meeting有记录、有照片',
    '对$thing实行动态管理，$rate控制在$high%以上',
)))  # fmt: skip
_CRITERIA = tuple(map(Template, (
    '$thing$done的不得分；$second$done2的，每缺1项扣$small分，扣完为止',
    '$rate每降低1个百分点扣$small分，低于$low%不得分',
    '$meeting每少1次扣${less}分；无$thing的，每次扣$small分，最多扣${points}分',
    '$rate达到$high%得${points}分，每下降1%扣$small分；受到上级通报批评的，每次扣${less}分',
    '发现1处$thing$done扣$small分；迟报、漏报$subject信息的，每次扣$small分',
    '$thing$done的，每发现1份扣$small分；$rate未达到$high%的，扣${points}分',
    '未开展$meeting的，扣${points}分；$second$done的，每项扣$small分，扣完为止',
    '$subject工作被市级及以上表彰的，每次加$small分，最多加${less}分；$thing$done的，每处扣$small分',
    '$rate在$high%以上得${points}分，$low%以上得${less}分，其余不得分',
    '逾期${days}个工作日以上未报$thing的，每次扣$small分；$second$done的，扣${points}分',
)))  # fmt: skip

Thing = TypeVar('Thing')


class Choice:
    """Chooses among things: which, follows from what it was made of alone."""

    def __init__(self, *made_of: int) -> None:
        self._left = int.from_bytes(hashlib.blake2b(repr(made_of).encode()).digest())

    def of(self, things: Sequence[Thing]) -> Thing:
        """One of the things."""
        self._left, at = divmod(self._left, len(things))
        return things[at]

    def number(self, least: int, most: int) -> int:
        """A number from ``least`` to ``most``."""
        self._left, at = divmod(self._left, most - least + 1)
        return least + at


def texts_of(notice: int, line: int) -> tuple[str, str, int]:
    """What this line of this notice asks for, how it is scored, and its points."""
    choice = Choice(notice, line)
    high, points = choice.number(70, 99), choice.number(2, 9)
    words = {
        'subject': choice.of(SUBJECTS),
        'thing': choice.of(_THINGS),
        'second': choice.of(_THINGS),
        'third': choice.of(_THINGS),
        'action': choice.of(_ACTIONS),
        'done': choice.of(_DONE),
        'done2': choice.of(_DONE),
        'rate': choice.of(_RATES),
        'other': choice.of(_RATES),
        'meeting': choice.of(_MEETINGS),
        'when': choice.of(_WHEN),
        'few': choice.number(2, 12),
        'days': choice.number(3, 20),
        'high': high,
        'low': high - choice.number(5, 20),
        'points': points,
        'less': points - 1,
        'small': f'0.{choice.number(1, 9)}',
    }
    return choice.of(_REQUIREMENTS).substitute(words), choice.of(_CRITERIA).substitute(words), points
