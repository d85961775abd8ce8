"""Rules that read a share or a multiple."""

from __future__ import annotations

import re
from typing import Final

from kaohe.normalizers.grammar.clauses.amounts import DIGITS
from kaohe.normalizers.grammar.clauses.formulas import RATIO
from kaohe.normalizers.grammar.clauses.phrase_rule import PhraseRule
from kaohe.normalizers.grammar.clauses.verbs import MOVE, TAKE, VERB_END, is_verb
from kaohe.normalizers.text.numbers import SHARE, SHARE_LIST

_GIVE = rf'(?:{MOVE}|计算|折算|折合|折|核算|核|算|递减|递增){VERB_END}'
_VERB = re.compile(MOVE)
_PART = r'(?:一半|半数|[二三四五]分之[一二三四])'
_WORTHS = r'(?:分值|(?:已|实|所|实际|原)?得分|满分|总分|标准分|基本分|权重分?|分数|应得分|基础分|基准分|配分|(?:合同|绩效|考核|服务)分)'
_WORTH = rf'(?:{_WORTHS}的?)'
_OWN = r'(?:该|本|此|相应|其)?(?:大|小|单)?(?:项|指标|条|款|批次|部分|环节|科目|类)?(?:考核)?(?:目)?(?:的)?'
_LEFT_OVER = r'(?:失分|差额|缺口|扣分|超额部分|超出部分|超额|超出|不足部分|未完成部分|欠额)'
_TIMES = r'(?:[×*xX]|乘以|乘)'
_ROUNDED = re.compile(r'(?:不足|不满|未满|小于|超过)[^,。;\n]{1,8}$')
_SCORED = r'(?:得分|评分|分值|分数|计分|考核分|报价分|价格分|进度分|质量分|技术分|商务分|服务分|业绩分)'
_FORMULA = re.compile(r'[×*xX÷/%]|乘')
_STATED = re.compile(rf'{_SCORED}为')
_RATE = re.compile('率|比例|[占百]比|程度|完成度|进度')
_DIVIDED, _TIMED = re.compile('[/÷]'), re.compile(r'[×*xX]')
_OF_ALL = re.compile('(?:总|最终|最后|综合|部门|科室|单位)$')
_SUM = re.compile(r'[×*xX][^+]*\+[^+]*[×*xX]')
_SCORES = r'(?:计算得分|折算得分|计得分|[计得赋记评给]分|计算|折算|计|得)'
_BY = r'(?:按(?:照)?|根据|依据|以(?=[“"]))'
_AMOUNT = re.compile(r'\d分|[+-]\d|扣|加\d')
_POINTS_NAMED = re.compile('[加扣得计记]分|分值|分数')
_CLAUSE_NOUN = re.compile(
    r'级|奖|赛|等|上述|上款|上条|前款|原|同类|主持|主导|主办|承办|独著|主编|第一|标准|主要|牵头|正职|一类|甲|负责人|论文|项目|课题|单位|作者|个人|正式|专职|独立|单独'
)
_FEE = '(?:费用?|款|金|价款?|酬|薪|工资|绩效)'
_MONEY_BEFORE = re.compile(
    rf'{TAKE}(?:[^,。;\d分]{{0,10}}{_FEE}(?:总额)?的?[\d.]+%|[\d.]+%的?[^,。;\d分]{{0,8}}{_FEE})[^。\n]{{0,20}}$'
)


def _formula(text: str, match: re.Match[str]) -> bool:
    """A formula divides or multiplies; ``得分=`` before a blank is a form, and one that adds up weighted parts gives the total."""
    said = match.group()
    if _STATED.match(said) and (
        not (_RATE.search(said) or (_DIVIDED.search(said) and _TIMED.search(said)))
        or _OF_ALL.search(text, max(0, match.start() - 6), match.start())
    ):
        return False  # 最终得分为（A+B+C）÷3
    return _FORMULA.search(said) is not None and _SUM.search(said) is None


def _ratio_times_points(text: str, match: re.Match[str]) -> bool:
    """The points are multiplied with a ratio (``按完成率×10计分``), and not a sum with its weight (``按得分×0.3计入``)."""
    of = match['of'] or match['of2']
    return '+' not in of and RATIO.search(of) is not None


def _of_a_ratio(text: str, match: re.Match[str]) -> bool:
    """The product of points with a ratio, and no longer sum."""
    before = re.split(r'[,。;:\n]', text[max(0, match.start() - 40) : match.start()])[-1]
    return '+' not in before and (not (match['points'] or match['whole']) or RATIO.search(before) is not None)


def _of_another(text: str, match: re.Match[str]) -> bool:
    """What is doubled are points: they stand in the phrase, or an amount stands before it."""
    if text[match.end() : match.end() + 1] in ('的', '率', '后'):
        return False
    phrase = match.group()
    said = re.search(r'[扣得奖赋罚]|[计记给加减]分|分值|标准', phrase.replace('加倍', '').replace('减半', ''))
    return (
        said is not None
        or _POINTS_NAMED.search(text, max(0, match.start() - 14), match.start()) is not None
        or _AMOUNT.search(text, max(0, match.start() - 120), match.start()) is not None
    )


def _compares_clauses(text: str, match: re.Match[str]) -> bool:
    """What the share is of is another matter that gives points (国赛, 省级), not what is measured."""
    return _CLAUSE_NOUN.search(match['of']) is not None and _no_rounding(text, match)


def _own_statement(text: str, match: re.Match[str]) -> bool:
    """``得分率按百分比计算`` explains a rate; it gives no points."""
    explains = match.group().endswith('算') and text[max(0, match.start() - 1) : match.start()] in ('率', '比')
    return _clear(text, match) and not explains


def _no_rounding(text: str, match: re.Match[str]) -> bool:
    """``不足5%按5%计算`` says how the count is rounded."""
    taken = _VERB.match(text, match.start())
    if taken is not None and not is_verb(text, match.start(), taken.group()):
        return False  # 同比压减20%
    return text[match.start()] != '按' or _ROUNDED.search(text[max(0, match.start() - 12) : match.start()]) is None


def _of_points(text: str, match: re.Match[str]) -> bool:
    """Not a share of money that the band before names: ``80-90分扣减服务费的5%；70-80分扣减10%``."""
    bare = match['share5'] is not None and _MONEY_BEFORE.search(text, max(0, match.start() - 60), match.start())
    return not bare and _no_rounding(text, match)


def _clear(text: str, match: re.Match[str]) -> bool:
    """The phrase is the statement, not the condition of the next one."""
    return text[match.end() : match.end() + 1] not in ('的', '率')


SHARES: Final = (
    PhraseRule(
        id='multiply',
        effect='multiply',
        reads='加倍扣分、减半计分、按2倍扣、上浮50%：把别的条款的分数乘上几',
        pattern=(
            rf'(?:按|以)?(?:(?P<factor>\d(?:\.\d+)?|[一二两三四五])倍|加倍|双倍|翻倍|成倍|翻番|翻一番|减半|折半)(?:的标准)?(?:进行|予以|给予)?(?:{MOVE}(?:分(?!值))?|计算|处理|递增){VERB_END}(?!\d)'
            rf'|{MOVE}(?:分|分值)?(?:加倍|双倍|翻倍|翻番|减半|折半)|(?:分值|按上述标准)(?:加倍|减半|翻倍|翻番|折半)'
            r'|(?:加倍|双倍|翻倍|翻番|翻一番|减半|折半)(?=[,。;、)\n]|$)'
            rf'|(?<!每)(?:上浮|上调|下浮|下调)(?P<share>{SHARE})(?:的?(?:标准)?(?:进行|予以)?{MOVE}?分?)?|(?:加扣|多扣|增扣|加罚|另加扣|再加扣)(?:原?扣分的)?(?![½¼¾⅓⅔]分)(?P<share2>{SHARE})|少扣(?:原?扣分的)?(?![½¼¾⅓⅔]分)(?P<share3>{SHARE})(?=的?分(?!值)|[,。;、)\n]|$)'
        ),
        accept=_of_another,
        examples=(
            '每起扣2分，再次发生的加倍扣分 → deduct 2 /1 起; multiply 2',
            '每篇加2分，逾期上报的减半得分 → bonus 2 /1 篇; multiply 0.5',
            '对同一人重复违章的，按2倍扣分 → multiply 2',
            '国家级加4分；省级减半 → bonus 4; multiply 0.5',
            '未闭环的每一项加扣20% → multiply 1.2 /1 项',
            '每起扣2分，被省级通报的上浮50%扣分 → deduct 2 /1 起; multiply 1.5',
            '通报1处扣1分，24小时内整改到位的可少扣一半 → deduct 1 /1 处; multiply 0.5',
            '每起扣2分，主动报告的少扣30% → deduct 2 /1 起; multiply 0.7',
            '[bonus] 省级加2分，国家级翻一番 → bonus 2; multiply 2',
            '[bonus] 连续两年获评的，在当年加分基础上再上浮20% → multiply 1.2',
        ),
        counter_examples=('收入翻倍', '事故起数减半', '经费上浮50%'),
    ),
    PhraseRule(
        id='multiply.of',
        effect='multiply',
        reads='“省赛按国赛的30%计”：按别的条款的几成',
        pattern=rf'按(?:照)?(?!{_OWN}{_WORTHS}|{_LEFT_OVER})(?P<of>[^,。;:、\d按与比超扣失]{{2,12}})的(?P<share>{SHARE_LIST})(?:{MOVE}|计算|折算){VERB_END}(?:分)?',
        accept=_compares_clauses,
        examples=(
            '国赛一等奖加10分，省赛按国赛同等级的30%计分 → bonus 10; multiply 0.3',
            '国赛一等奖加10分，省赛、市赛分别按国赛的50%、20%计分 → bonus 10; multiply 0.5; multiply 0.2',
        ),
        counter_examples=('按该项分值的50%计分', '按实际天数的50%扣分'),
    ),
    PhraseRule(
        id='proportional.formula',
        effect='proportional',
        reads='公式：得分=实际值/目标值×满分；乘上比率的数、减去其余的数是满分',
        pattern=(
            rf'{_SCORED}(?:=|为(?=[^。;,\n%]{{1,30}}[×÷*]))(?P<formula>[^。;,\n]{{2,80}}?{_TIMES}{DIGITS}分?)(?=[。;,)”"\n]|$)'
            rf'|{_SCORED}(?:=|为(?=[^。;,\n%]{{1,30}}[×÷*]))(?P<formula2>[^。;,\n]{{2,80}})'
            rf'|(?:得|计|记)(?P<formula3>{DIGITS}分?{_TIMES}\([^。;\n()]{{3,40}}\)|{DIGITS}分?{_TIMES}[^。;,\n()]{{2,20}}率)分(?=[。;,)\n]|$)'
        ),
        accept=_formula,
        examples=(
            '得分=实际完成数/目标数×满分 → proportional',
            '报价得分=（评标基准价/投标报价）×30 → proportional 30',
            '达标不足九成的，得分=6分×达标率 → proportional 6',
            '报表评分=10×（1-差错率×2） → proportional 10',
            '本项得分为5-迟报率×2 → proportional 5',
            '进度分=20×实际页数/计划页数 → proportional 20',
            '未办结的得8×（1-未办结率）分 → proportional 8',
            '得分=60+完成率×40 → proportional',
            '得分=获奖次数×2 → proportional',
        ),
        counter_examples=('得分=', '考核得分=业务得分×70%+管理得分×30%', '总得分=A+B'),
    ),
    PhraseRule(
        id='proportional.times',
        effect='proportional',
        reads='按“回收率×8”计分、按兑现比例乘以6计分、按5×上座率计算：比率乘上满分，有无引号一样',
        pattern=(
            rf'{_BY}[“"]?(?P<formula>(?P<of>[^,。;:\n按“”"]{{2,60}}?){_TIMES}{DIGITS})(?:分?[”"]?(?:的?(?:公式|办法|方法|方式|结果))?{_SCORES}|分[”"]?)(?=[,。;)\n]|$)'
            rf'|{_BY}[“"]?(?P<formula2>{DIGITS}分?{_TIMES}(?P<of2>[^,。;:\n按“”"]{{2,40}}?))[”"]?(?:的?(?:公式|办法|方法|方式|结果))?{_SCORES}(?=[,。;)\n]|$)'
        ),
        accept=_ratio_times_points,
        examples=(
            '按“实际回收率×8”计分 → proportional 8',
            '按照“达标户数÷总户数×5分”计算 → proportional 5',
            '未全部到位的按实际到位比例乘以6计分 → proportional 6',
            '达不到的按实际好评率÷90%×8计分 → proportional 8',
            '低于95%的，按5×实际率/95%计分 → proportional 5',
            '按5-迟报率×2计分 → proportional 5',
        ),
        counter_examples=('按获奖次数×2组织复评', '按“三率×一度”开展'),
    ),
    PhraseRule(
        id='proportional.product',
        effect='proportional',
        reads='“完成数/总数×20分”“权重分×完成比例”：没有写“得分=”的公式',
        pattern=(
            rf'{_TIMES}(?P<points>{DIGITS})分(?=[。;,)\n]|$)'
            rf'|{_TIMES}(?P<points2>{DIGITS})分?(?:即为|作为|即|为)(?:本项|该项|此项|最终|最后)?(?:得分|分值)(?=[。;,)\n]|$)'
            rf'|(?:得|计|记|按)(?:该项|本项|此项)?(?:的)?{_WORTHS}{_TIMES}[^,。;\n+]{{2,20}}(?=[。;,)\n]|$)'
            rf'|(?P<whole>{_TIMES}{_OWN}(?:权重分?|分值|标准分|满分|基本分|基础分)值?)(?:来)?(?:计算|计|核算|为)?(?:得分|分)?(?=[。;,)\n]|$)'
        ),
        accept=_of_a_ratio,
        fields=frozenset({'criteria'}),
        prose=False,
        examples=(
            '通过数量/总数×50分 → proportional 50',
            '督办件办结率×10为本项得分 → proportional 10',
            '完成90%以上的，得权重分×完成比例 → proportional',
            '入户率×权重计分 → proportional',
        ),
        counter_examples=('面积20×30分', '每人×2分', '各科室得分×权重'),
    ),
    PhraseRule(
        id='proportional.share',
        effect='proportional',
        reads='按百分数得分：按50%得分、得该项分值的60%、扣50%的分值',
        pattern=(
            rf'按(?:照)?{_OWN}{_WORTH}?(?P<share>{SHARE_LIST})(?:的(?:比例|标准))?(?:进行|予以)?{_GIVE}(?:分|得分)?(?!\d)'
            rf'|按(?:照)?{_LEFT_OVER}的?(?P<share2>{SHARE})(?:的比例)?(?:进行|予以)?{_GIVE}(?:分)?(?!\d)'
            rf'|{MOVE}{_OWN}{_WORTH}(?P<share3>{SHARE_LIST})(?:的?分值?)?'
            rf'|{MOVE}(?![½¼¾⅓⅔]分)(?P<share4>{SHARE_LIST})的?{_OWN}(?:分值|分数|得分|满分|标准分|权重分|分)(?![包散别])'
            rf'|(?:{TAKE}|(?<![获取所求测考核值懂使应均评查检试价率度票比例数])得)(?P<share5>{SHARE})(?=[,。;、)\n]|$)'
            rf'|(?:得|计|记|给|赋){_OWN}(?P<share6>{_PART})(?:的)?(?:分值|分数|得分|分)?(?=[,。;、)\n]|$)'
        ),
        accept=_of_points,
        examples=(
            '基本完成的，按50%得分 → proportional 50%',
            '整改不到位的，得该项分值的60% → proportional 60%',
            '项目停工半年以上的，按已得分的40%计 → proportional 40%',
            '扣除该项得分的30% → proportional 30%',
            '缺1项扣10% → proportional 10% /1 项',
            '延期1天扣合同分的5% → proportional 5% /1 天',
            '节约率1%～3%得50% → proportional 50%',
            '节约率1%以下得50% → proportional 50%',
            '创建成功的得满分，通过初验得70% → full; proportional 70%',
            '整改过半的得一半分 → proportional 50%',
            '未经会议通过的扣50%的分值 → proportional 50%',
            '每超一个百分点加权重分的2% → proportional 2% /1 百分点',
            '演练失分的，按失分的10%扣减 → proportional 10%',
            '超出部分按50%折算 → proportional 50%',
            '第二、第三完成人分别按60%、40%计分 → proportional 60%; proportional 40%',
            '良好、合格的分别得该项分值的80%、60% → proportional 80%; proportional 60%',
        ),
        counter_examples=(
            '完成率达到60%',
            '测评平均得90%',
            '满意率得95%',
            '按50%抽查',
            '扣减10%的绩效工资',
            '80-90分扣减当月服务费的5%；70-80分扣减10%',
        ),
    ),
    PhraseRule(
        id='proportional.ratio',
        effect='proportional',
        reads='按比例扣分、按完成比例得分、按…折算',
        pattern=(
            rf'按(?:照)?[^,。;\n按]{{0,20}}?比例[^,。;\n\d按]{{0,6}}?{_GIVE}(?:相应)?(?:分值?|得分)?(?!\d)'
            rf'|按(?:照)?[^,。;\n按\d]{{0,16}}?(?:率|占比|比重|百分比|百分数|完成度|进度|完成情况)(?:进行|予以)?{_GIVE}(?:相应)?(?:分值?|得分)?(?!\d)'
            r'|按(?:照)?[^,。;\n按]{0,24}?折算(?:成|为|计入|计)?(?:[本该此]项)?(?:得分|计分|分数|分值|总分|成绩)?(?!成绩)'
            rf'|按(?:照)?[^,。;\n按\d]{{2,30}}?(?:之比|的?比值)(?:进行|予以)?{_GIVE}(?:相应)?(?:分值?|得分)?(?!\d)'
            rf'|按(?:照)?[^,。;\n按]{{0,20}}?[×*]{DIGITS}%?(?:的系数)?(?:计入[^,。;\n]{{0,6}}|{_GIVE}分?|折算)'
            rf'|按(?:照)?[“"]?[^,。;\n按“”"]{{1,30}}?{_TIMES}{_OWN}(?:权重|分值|标准分|满分|系数|基本分|得分)(?:值)?[”"]?(?:来)?(?:计算|计|算|确定|得|折算)(?:得分|分值|分)?'
            rf'|按(?:照)?\([^()\n]{{2,40}}\){_TIMES}(?:本项|该项)?(?:权重分?|分值|标准分|满分|系数|基本分)(?:计算|计|算|折算|得|确定)*(?:得分|分值|分)?'
            r'|(?:同比例|等比例|成比例)(?:扣减|扣除|核减|折减|折算|折扣|核算|计算|扣|得|加|减|计|递减|增减)(?:得分|分)?'
            r'|(?:进行|予以)折算(?!成绩)|折算(?:得分|计分|计入[^,。;\n]{0,8})'
            r'|(?:采用|按照?)?线性?(?:插值|内插|插入|内插值)(?:法)?(?:计算|计分|得分|确定|计)?(?:得分)?'
            r'|(?:采用|按照?|以)(?:直线)?(?:插值|内插|插入|内插值)法(?:计算|计分|得分|确定|取值|计)(?:得分)?'
        ),
        accept=_own_statement,
        examples=(
            '未完成的按比例扣分 → proportional',
            '按完成率计分 → proportional',
            '按实际提取额与应提额之比计分 → proportional',
            '按达标班组占比赋分 → proportional',
            '未达到的按实际到馆量÷6×分值计算 → proportional',
            '按培训覆盖率×本项分值得分 → proportional',
            '按施工进度折算得分 → proportional',
            '按完成率×权重计算得分 → proportional',
            '低于98%按（合格率÷98%）×分值计算得分 → proportional',
            '按实际测评得分进行折算 → proportional',
            '不足1%按线性插入计算 → proportional',
            '介于两者之间按内插法得分 → proportional',
            '完成率与得分同比例折算 → proportional',
        ),
        counter_examples=('按比例抽查', '按插值法检查', '按完成比例的高低排名', '按进度报送'),
    ),
)
