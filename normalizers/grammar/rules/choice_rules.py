"""Rules that say which of several amounts counts: the better of two ways, the highest prize, one of several."""

from __future__ import annotations

from typing import Final

from kaohe.normalizers.grammar.clauses.phrase_rule import PhraseRule

_SCORE = r'(?:计分|加分|得分|记分|赋分|扣分|计算|奖励|计|加|记|为准)'

CHOICES: Final = (
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
            rf'|(?:[择就从]高|择优(?=[计记加得])|取高(?=[计记]))(?:不就低)?(?:[计记加得取]分?|{_SCORE})(?:一次|1次|一项)?(?!的)|不(?:累加|累计|叠加)(?=[,。;)\n]|$)'
            r'|就高不就低|取(?:其)?(?:中)?(?:最高|较高|高)(?:分值|得分|分|值|项|者|奖项|一项|一档|档次?|级别?|等次)(?=[,。;)\n]|$)|取(?:其)?(?:中)?(?:最高|较高)(?=[,。;)\n]|$)|(?:取|按|以)(?:其)?(?:中)?最低(?:得)?(?:分|值|一次|者|档)(?:值)?(?:[计记算](?:分)?)?(?=[,。;)\n]|$)'
            rf'|不(?:得|再|予|可|作|做)?(?:与[^,。;\n不]{{1,10}})?(?:重复|累计|累加|叠加)(?:进行)?(?:{_SCORE}|享受)(?!的)'
            r'|(?:只|仅)[计记加奖扣算取](?:分)?(?:一次|1次|最高(?:的)?(?:一项|项|分)?|一项|1项)(?!的)|取其一(?=[,。;)\n]|$)|(?:多项|同时|兼有|两者|同一)[^,。;\n]{0,12}?(?:不(?:累计|累加|叠加|重复)|就高)(?=[,。;)\n]|$)'
        ),
        examples=(
            '[bonus] 同一事项按最高分计，不重复加分 → choose',
            '[bonus] 省级加2分、市级加1分，就高不就低 → bonus 2; bonus 1; choose',
            '[bonus] 获评市级标兵加1分，同一集体多项荣誉不累计 → bonus 1; choose',
            '[bonus] 省级加2分、市级加1分，两项兼得的取高者 → bonus 2; bonus 1; choose',
            '服务态度90分以上得5分，多次测评的取最低分 → award 5; choose',
            '[bonus] 入选国家级每名加3分，不与前款重复加分 → bonus 3 /1 名; choose',
            '5分钟以上每列扣0.5分，15分钟以上每列扣2分，同时符合多档的，取最高档 → deduct 0.5 /1 列; deduct 2 /1 列; choose',
        ),
        counter_examples=('去掉最高分和最低分', '最高分与最低分相差5分', '不重复统计', '多项工作不累计工时'),
    ),
)
