"""Rules that leave the amount to someone: a judge's discretion, another office's score."""

from __future__ import annotations

import re
from typing import Final

from kaohe.normalizers.catalogue import Field
from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.clauses.amounts import POINTS, SIGNED
from kaohe.normalizers.grammar.clauses.phrase_rule import PhraseRule
from kaohe.normalizers.grammar.clauses.verbs import MOVE
from kaohe.normalizers.vocabulary import point_words as words
from kaohe.normalizers.vocabulary.house_vocabulary import own

_OWN_SOURCES = own('计分来源', 'names')
_FROM_OWN = (
    rf'|{either(_OWN_SOURCES)}[^,。;\n\d]{{0,12}}?(?:为准|提供|打分|评分|计分|赋分|推送|通报|公布|得分|分数|数据|结果)(?=[,。;)\n]|$)'
    if _OWN_SOURCES
    else ''
)
_LEAVE = either(words.DISCRETION)
_JUDGE = r'(?:专家组?|评委会?|评审(?:组|小组|委员会|专家)?|考评组|考核组|检查组|评议组|观摩专家|委员会|教?评会|评议会|评定会|小组会议)'
_JUDGED = r'(?:打出|给出|评出|评判|打分|评分|赋分|计分|给分|核分|评定(?:分数|得分)?|核定(?:分数|得分)?|核分)'
# the last character of an office's name, not of a word that begins with it: 科学, 部分, 处理, 院感
_OFFICE = (
    '(?:部(?![分件位署级落族])|局(?![部面势限])|办(?![法理学事])|科(?![学技研普目幻])|处(?![理置罚方境分])|委(?![托派婉])|院(?![感前内外士])|所(?![有得需属在述示报列])'
    '|站(?![点位前])|[大支]队|厅|中心(?![思工任])|公司|机构|小组|系统|平台|第三方)'
)
# 由科室提供数据，未提供的扣1分: what the office has to do
_ASKED_OF_IT = re.compile(r'[,;](?:凡|如)?(?:未|不|没有?|逾期|迟|拒)[^,。;\n]{0,6}提供')
_SENTENCE_START = re.compile(
    r'(?:^|[。;:,\n)]|具体|方法|标准|办法|细则|要求|内容|情况|指标|评分|考核|考评|详|\d[.、])$'
)
_CRITERIA: Final[frozenset[Field]] = frozenset({'criteria'})


def _refers(text: str, match: re.Match[str]) -> bool:
    """``见…表`` that is a statement: at its head, and not in a bracket that only names the evidence."""
    before = text[max(0, match.start() - 2) : match.start()]
    if _SENTENCE_START.search(before) is None and match.start() != 0:
        return False
    opened = text.rfind('(', 0, match.start())
    return opened < 0 or text.find(')', opened, match.start()) >= 0 or match.start() - opened > 60


def _is_source(text: str, match: re.Match[str]) -> bool:
    """Not what those who are assessed have to provide."""
    return _ASKED_OF_IT.match(text, match.end()) is None


def _not_discretion(text: str, match: re.Match[str]) -> bool:
    return re.search(_LEAVE, match.group()) is None


JUDGED: Final = (
    PhraseRule(
        id='discretionary.between',
        effect='discretionary',
        reads='在几分之间打分、酌情给0-3分',
        pattern=rf'在(?P<points>{POINTS})(?:之间|范围内?|区间|以内|内)(?:内)?[^,。;\n\d]{{0,4}}?(?:打分|评分|赋分|给分|计分|扣分|加分|评定)',
        examples=('由专家组在0-5分之间打分 → discretionary 5',),
        counter_examples=('得分在80-89分之间的为良好',),
    ),
    PhraseRule(
        id='discretionary.points',
        effect='discretionary',
        reads='酌情、视情扣加若干分',
        pattern=rf'{_LEAVE}[^,。;\n\d]{{0,12}}?{MOVE}(?:分)?[^,。;\n\d]{{0,6}}?(?P<points>{SIGNED})(?:以内|之内|以下)?',
        examples=(
            '制度不健全酌扣0.5分 → discretionary 0.5',
            '视情节轻重扣1-3分 → discretionary 3',
            '效果较好的酌情给予1-2分 → discretionary 2',
            '好人好事视具体情况加0.5-2分 → discretionary 2',
            '落实不到位酌情扣0.5分以内 → discretionary 0.5',
        ),
        counter_examples=('酌情处理后20分钟内上报',),
    ),
    PhraseRule(
        id='discretionary',
        effect='discretionary',
        reads='酌情扣分、视情扣分、据实扣分、酌情加分',
        pattern=rf'{_LEAVE}[^,。;\n\d]{{0,12}}?{MOVE}(?:(?:相应)?(?:加|扣)?分(?:值|数)?|(?=[,。;、)\n]|$))(?!\d)|酌(?:情)?(?:扣|减|加|给|计)(?:分|减)?(?![\d分])',
        examples=(
            '资料不全酌情扣分 → discretionary',
            '[bonus] 每项酌情奖励加分 → discretionary',
            '未完成的据实扣分 → discretionary',
            '保管不善的视情核减 → discretionary',
        ),
        counter_examples=('酌情处理',),
    ),
    PhraseRule(
        id='external.provided',
        effect='external',
        reads='由某部门提供分数、数据，由谁打分',
        pattern=(
            r'由(?:(?!酌情|视情|适当)[^,。;\n()\d]){1,40}?(?:提供(?:分数|得分|考核分|评分|成绩|考核得分|考核结果|考评结果|(?:[统测考评监抽][^,。;\n()\d]{1,3}|相关|有关)?数据)|打分|评分|赋分|计分|给分|评定(?:分数|得分)|核定(?:分数|得分))(?![^,。;\n)\]])'
            r'|由(?:(?!酌情|视情|适当)[^,。;\n()\d]){1,40}?(?:现场)?(?:打出|给出|评出)(?=[,。;)\n]|$)'
            r'|由(?:(?!酌情|视情|适当)[^,。;\n()\d]){1,40}?(?:提供|评定|核定|认定打分)(?=[。;)]|$)'
            r'|(?:得分|分数|评分|分值|成绩)由[^,。;\n()\d]{2,20}?(?:反馈|通报|公布|推送)(?=[,。;)\n]|$)'
            r'|(?:得分|评分|分数|成绩|数据|[结成]果|满意[度率])由[^,。;\n()\d]{1,40}?提供(?=[,。;)]|$)' + _FROM_OWN
        ),
        accept=_is_source,
        fields=_CRITERIA,
        prose=False,
        examples=(
            '演练得分由观摩专家现场打出 → external',
            '由镇安监办提供分数。 → external',
            '由局办公室、督查室提供。 → external',
            '由县邮政中心提供数据，每降1个百分点扣1分 → external; deduct 1 /1 百分点',
            '满意度由县统计中心提供测评数据 → external',
            '验收评分由县验收组提供，按验收得分折算为本项得分 → external; proportional',
            '由评委打分 → external',
        ),
        counter_examples=(
            '由街道提供场地，未落实的',
            '由专人负责',
            '由街道提供数据终端的',
            '由科室提供相关数据，未提供的扣1分',
        ),
    ),
    PhraseRule(
        id='external.judges',
        effect='external',
        reads='专家评定、评委打分取平均',
        pattern=rf'(?:由|经)?{_JUDGE}[^,。;\n()\d]{{0,8}}?{_JUDGED}(?:[,，]?[^,。;\n\d]{{0,4}}(?:取|求)[^,。;\n\d]{{0,4}}平均[^,。;\n\d]{{0,4}})?(?=[,。;)\n]|$)',
        accept=_not_discretion,
        fields=_CRITERIA,
        prose=False,
        examples=(
            '专家评定取平均 → external',
            '经评审委员会评定 → external',
            '经人事处召集小组会议研议核分 → external',
        ),
        counter_examples=('专家组酌情给分', '评委打分表留存备查'),
    ),
    PhraseRule(
        id='external.settled',
        effect='external',
        reads='分数由某人、某会研究后确定',
        pattern=(
            r'(?:评定|具体|最终|最后|加|扣|奖励|所得)?(?:分数|分值|得分|加分|扣分)(?:的?多少)?由[^,。;\n()\d]{1,24}?(?:研究|讨论|审议|商议|商定|综合|集体|会议)'
            r'[^,。;\n()\d]{0,6}?(?:确定|决定|认定|核定|审定|评定)(?=[,。;)\n]|$)'
        ),
        fields=_CRITERIA,
        prose=False,
        examples=(
            '评定分数由领导班子研究后确定 → external',
            '具体加分由考评小组集体讨论决定，最高5分 → external; cap 5',
        ),
        counter_examples=('加分项目由领导小组研究确定后公布', '考核方案由班子研究确定'),
    ),
    PhraseRule(
        id='external.by_table',
        effect='external',
        reads='按某考核表扣罚、按《…记分标准》执行：分怎么算写在别处',
        pattern=(
            rf'按(?:照)?(?:《[^》\n]{{2,40}}》|[^,。;\n\d《]{{2,20}}?(?:考核表|评分表|考评表|打分表|记分表|计分表))(?:的?(?:规定|标准|要求|内容))?(?:进行|予以)?'
            rf'(?:执行|计算|考核|{MOVE}(?:分)?)(?=[,。;)\n]|$)'
        ),
        fields=_CRITERIA,
        prose=False,
        examples=('违规的按绩效考核表扣罚 → external', '按《驾驶员记分标准》执行 → external'),
        counter_examples=('按《档案法》归档', '按评分表逐项检查'),
    ),
    PhraseRule(
        id='external.scored',
        effect='external',
        reads='某科室统一打分',
        pattern=r'(?:统一|负责|直接|集中)(?:打分|评分|赋分|计分|考核打分)(?=[,。;)\n]|$)',
        fields=_CRITERIA,
        prose=False,
        examples=('综合执法科统一打分 → external',),
        counter_examples=('统一评分标准',),
    ),
    PhraseRule(
        id='external.reference',
        effect='external',
        reads='见某考评表、见通报、见《…》',
        pattern=(
            r'(?:详见|参见|见)(?:[^,。;\n()]{0,40}?(?:考评表|考核表|评分表|测评表|评价表|打分表|明细表|汇总表|统计表|得分表|成绩表|计分表|记分表|赋分表|通报|附件\d*|附表\d*|考核细则|考评细则|评分细则|考核办法|考评办法)'
            r'|《[^》\n]{2,60}》[^,。;\n]{0,30}?)(?=[。;,)\n]|$)'
        ),
        accept=_refers,
        fields=_CRITERIA,
        prose=False,
        examples=(
            '见镇综治办考评表。 → external',
            '见测评汇总表 → external',
            '见《基层党建工作考核体系》 → external',
            '见通报。 → external',
        ),
        counter_examples=('有工作小结（见办公室汇总）得分', '随处可见垃圾'),
    ),
    PhraseRule(
        id='external.accepted',
        effect='external',
        reads='以某部门的考核得分为准',
        pattern=(
            r'(?:得分|分数|成绩)?以[^,。;\n]{2,30}?(?:考核|测评|评价|考评)?(?:得分|分数|成绩|评分)为准'
            r'|(?:得分|分数|成绩)以[^,。;\n]{2,30}?(?:通报|公布|反馈|排名)为准'
            rf'|以(?!下)[^,。;\n]{{0,12}}?{_OFFICE}[^,。;\n]{{0,8}}?(?:考核|测评|评价|考评|统计|公布|通报|反馈|提供|导出|记录|显示|抓取|采集|调查|审定|审计|核查|抽查|暗访|督查|监测)的?(?:结果|数据|数|情况)?为准'
        ),
        fields=_CRITERIA,
        prose=False,
        examples=(
            '以市应急局考核得分为准 → external',
            '案卷得分以省厅抽查通报为准 → external',
            '患者满意度以护理部月度测评结果为准 → external',
            '观众满意度以第三方测评结果为准 → external',
            '办结数以工单系统导出数据为准 → external',
            '以市局第三方调查结果为准，每低1分扣0.5分 → external; deduct 0.5 /1 分',
            '数据以审计部门审定结果为准 → external',
        ),
        counter_examples=(
            '以下发简报为准',
            '成绩以现场测试数据为准',
            '以抽查结果为准',
            '以科学考核结果为准',
            '以处理情况通报为准',
        ),
    ),
)
