"""Rules that read a share or a multiple, and a choice between ways of scoring."""

from __future__ import annotations

import re
from typing import Final

from kaohe.normalizers.grammar.clauses.amounts import DIGITS
from kaohe.normalizers.grammar.clauses.phrase_rule import PhraseRule

_GIVE = r'(?:扣减|扣除|扣罚|扣|减|得|计算|计|记|给|赋|加|折算|折合|折|评|核算|核|算|递减|递增)(?![发提划件数时折])'
_NUMBER = rf'(?:{DIGITS}[%‰]|百分之[一二三四五六七八九十百]+|[二三四五]分之[一二三四]|一半)'
_PART = r'(?:一半|半数|[二三四五]分之[一二三四])'
_WORTH = r'(?:(?:分值|得分|满分|总分|标准分|基本分|权重分?|分数|应得分|基础分)的?)'
_ROUNDED = re.compile(r'(?:不足|不满|未满|小于|超过)[^,。;\n]{1,8}$')
_SCORE = r'(?:计分|加分|得分|记分|赋分|扣分|计算|奖励|计|加|记|为准)'
_FORMULA = re.compile(r'[×*xX÷/%]')


def _formula(text: str, match: re.Match[str]) -> bool:
    """A formula divides or multiplies; ``得分=`` before a blank is a form."""
    return _FORMULA.search(match.group()) is not None


def _own_statement(text: str, match: re.Match[str]) -> bool:
    """``得分率按百分比计算`` explains a rate; it gives no points."""
    explains = match.group().endswith('算') and text[max(0, match.start() - 1) : match.start()] in ('率', '比')
    return _clear(text, match) and not explains


def _no_rounding(text: str, match: re.Match[str]) -> bool:
    """``不足5%按5%计算`` says how the count is rounded."""
    return _ROUNDED.search(text[max(0, match.start() - 12) : match.start()]) is None


def _clear(text: str, match: re.Match[str]) -> bool:
    """The phrase is the statement, not the condition of the next one."""
    return text[match.end() : match.end() + 1] not in ('的', '率')


SHARES: Final = (
    PhraseRule(
        id='choose.methods',
        effect='choose',
        reads='几种评分方法里选得分较高的',
        pattern=(
            r'(?:以下|下列|上述|以上)?(?:\d|[两二三四五])(?:种|个|项)(?:评分|计分|评价|考核|打分)?(?:方法|方式|办法|标准|情形)[^。;\n]{0,12}?'
            r'(?:选择?|取|择|就|按)[^。;\n]{0,8}?高[^。;:\n]{0,12}'
        ),
        examples=('下列2种计分方式，按得分较高的一种计：投产80%得2分；产值较上年提高得1分 → choose; award 2; award 1',),
        counter_examples=('以下3种情形不得分包',),
    ),
    PhraseRule(
        id='choose.highest',
        effect='choose',
        reads='就高计分、不重复加分',
        pattern=(
            rf'(?:按|取|以)(?:照)?(?:就高|其?中?(?:最高|较高)[^,。;\n\d]{{0,10}}?)(?:的)?(?:原则)?(?:进行)?{_SCORE}(?!项)'
            r'|就高不就低|取(?:其)?(?:中)?(?:最高|较高)(?:分值|得分|分|值|项|者|奖项|一项)?(?=[,。;)\n]|$)'
            rf'|不(?:得|再|予|可|作|做)?(?:重复|累计|累加|叠加)(?:进行)?{_SCORE}(?!的)'
        ),
        examples=(
            '[bonus] 同一事项按最高分计，不重复加分 → choose',
            '[bonus] 省级加2分、市级加1分，就高不就低 → bonus 2; bonus 1; choose',
        ),
        counter_examples=('最高分与最低分相差5分', '不重复统计'),
    ),
    PhraseRule(
        id='multiply',
        effect='multiply',
        reads='加倍扣分、减半计分',
        pattern=(
            r'(?:加倍|双倍|翻倍|成倍|减半|折半)(?:进行|予以)?(?:扣分|扣除|扣减|扣罚|计分|加分|得分|记分|给分|赋分|扣|计算|计|处理|递增)'
            r'|(?:扣分|加分|得分|计分|分值|扣减|按上述标准)(?:加倍|减半|翻倍|翻番|折半)|按(?:\d|[两二三])倍(?:扣分|扣减|扣除|加分|计分|扣)'
        ),
        accept=_clear,
        examples=('再次发生的加倍扣分 → multiply', '逾期完成的减半得分 → multiply'),
        counter_examples=('收入翻倍',),
    ),
    PhraseRule(
        id='proportional.formula',
        effect='proportional',
        reads='公式：得分=实际值/目标值×满分',
        pattern=r'(?:得分|分值|分数|计分|考核分|报价分|价格分)=[^。;,\n]{2,80}',
        accept=_formula,
        examples=('得分=实际完成数/目标数×满分 → proportional',),
        counter_examples=('得分=',),
    ),
    PhraseRule(
        id='proportional.share',
        effect='proportional',
        reads='按百分数得分：按50%得分、得该项分值的60%',
        pattern=(
            rf'按(?:照)?(?:该|本|此)?(?:项|指标)?的?{_WORTH}?{_NUMBER}(?:的(?:比例|标准))?(?:进行|予以)?{_GIVE}(?:分|得分)?(?!\d)'
            rf'|(?:得|扣除|扣减|扣|给|计|记|减|奖)(?:该|本|此|相应)?(?:大|小|单)?(?:项|指标|考核)?(?:目)?(?:的)?{_WORTH}{_NUMBER}(?:的?分值?)?'
            rf'|(?:得|扣|计|给)分值?的?{_NUMBER}'
            rf'|(?:扣除|扣减|扣){_NUMBER}(?=[,。;)\n]|$)'
            rf'|(?:得|扣除|扣减|扣|计|记|给|赋)(?:此|该|本)?(?:项)?的?{_PART}的?(?:分值|分数|得分|分)?(?=[,。;)\n]|$)'
        ),
        accept=_no_rounding,
        examples=(
            '基本完成的，按50%得分 → proportional',
            '整改不到位的，得该项分值的60% → proportional',
            '扣除该项得分的30% → proportional',
            '缺1项扣10% → proportional',
            '整改过半的得一半分 → proportional',
        ),
        counter_examples=('完成率达到60%', '按50%抽查', '扣减10%的绩效工资'),
    ),
    PhraseRule(
        id='proportional.ratio',
        effect='proportional',
        reads='按比例扣分、按完成比例得分、按…折算',
        pattern=(
            rf'按(?:照)?[^,。;\n按]{{0,20}}?比例[^,。;\n\d按]{{0,6}}?{_GIVE}(?:相应)?(?:分值?|得分)?(?!\d)'
            rf'|按(?:照)?[^,。;\n按\d]{{0,16}}?(?:率|占比|比重|百分比|百分数|完成度|进度|完成情况)(?:进行|予以)?{_GIVE}(?:相应)?(?:分值?|得分)?(?!\d)'
            r'|按(?:照)?[^,。;\n按]{0,24}?折算(?:成|为|计入|计)?(?:得分|计分|分数|分值|总分|成绩)?(?!成绩)'
            rf'|按(?:照)?[^,。;\n按]{{0,20}}?[×*]{DIGITS}%?(?:的系数)?(?:计入[^,。;\n]{{0,6}}|{_GIVE}分?|折算)'
            r'|(?:同比例|等比例|成比例)(?:扣|得|计|递减|增减)分?'
            r'|(?:进行|予以)折算(?!成绩)|折算(?:得分|计分|计入[^,。;\n]{0,8})'
            r'|(?:采用|按照?)?线性?(?:插值|内插|插入|内插值)(?:法)?(?:计算|计分|得分|确定|计)?(?:得分)?'
        ),
        accept=_own_statement,
        examples=(
            '未完成的按比例扣分 → proportional',
            '按完成率计分 → proportional',
            '按达标班组占比赋分 → proportional',
            '按施工进度折算得分 → proportional',
            '按实际测评得分进行折算 → proportional',
            '不足1%按线性插入计算 → proportional',
        ),
        counter_examples=('按比例抽查', '按完成比例的高低排名', '按进度报送'),
    ),
)
