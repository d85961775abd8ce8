"""Words inside a phrase that say when, how far or for whom, and are no part of what a number measures. Data only.

Every text is folded with ``folding.halfwidth`` and freed of white space before it is compared with these patterns.
"""

from __future__ import annotations

from typing import Final

from kaohe.normalizers.vocabulary.basis_words import BASIS
from kaohe.normalizers.vocabulary.phrase_words import PER_UNITS
from kaohe.normalizers.vocabulary.target_words import PERIOD

EXCUSES: Final = ('(?:无|没有)(?:正当|合理|特殊)(?:理由|原因)',)
"""``无正当理由``: says of what happens that nothing excuses it."""

AT_ONCE: Final = ('(?:(?<=发生)|^)一次(?:性)?(?=死亡|伤亡|重伤)',)
"""``发生一次死亡3人以上``: in one accident."""

YEARS: Final = (r'\d{4}-?(?:\d{4})?年度?', r'到?\d{4}年(?:底|末)')
"""``2024年度``, ``到2025年底``."""

RANGES: Final = (r'(?:由|从)[^,。;]*\d[^,。;\d]*$',)
"""``从去年的3%``: what a change begins with."""

TASKS: Final = (
    r'(?<=[\u4e00-\u9fff]{3})(?:实际)?(?:完成|达到)(?:了)?(?:全年|年度|上级|当年|本年|年|月|季度|市|县|省|下达)*(?:的)?(?:目标)?(?:任务|目标|计划|指标)(?:数|值)?的?$',
)
"""``税收收入完成年度任务``: the task of which the number is a share."""

ORDERS: Final = (
    '以[^,。;]{1,4}为单位',
    '(?:按[^,。;]{1,10})?由[高低大小多少]到[高低大小多少](?:依次)?(?:排序|排列|排名)?',
)
"""``以乡镇为单位``, ``按得分由高到低排序``."""

MOMENTS: Final = (
    '(?:须|应|要|必须|应当)?(?:在|自|于|从)[^,。;在自于从]{1,12}(?:后|起|前|时)的?$',
    r'在[\u4e00-\u9fff]{1,6}?(?:中|内|里)?(?=(?:得|获|获得|排|排名|列|位列|居|位居)$)',
    r'近[\d一二两三四五六七八九十]{1,2}年内?',
)
"""``须在接报后``, ``在全市中`` before a rank, ``近三年内``."""

HOLDERS: Final = (
    '每[名位个户家所](?![百千万])',
    '每(?:村|镇|乡|街道|社区|县|区|市|校|园|班|站|店|网点|支部|党支部|企业|单位|科室)(?=每|不|至|均|应|须|需)',
)
"""``每名``, ``每村`` before what is asked of each."""

DATES: Final = (
    '(?:评选|考核|考评|本)?年度?内',
    '第?[一二三四1-4]季度(?:前|末|底)?',
    r'[\d一二三四五六七八九十]{1,2}月(?:底|末|份|中旬|上旬|下旬)?(?:\d{1,2}日)?[前内]?',
    '[上下]半年',
    '年底前?',
)
"""``考核年度内``, ``一季度末``, ``6月底``, ``上半年``."""

_UNITS: Final = '|'.join(sorted(PER_UNITS, key=len, reverse=True))
MEASURED_PER: Final = (
    rf'每[\d一十百千万]*(?:{_UNITS})(?=[均应都要]*(?:每[年月季周日天](?:度)?)?$)',
    rf'每[\d十百千万][\d.十百千万]*(?:{_UNITS})[\u4e00-\u9fff]{{0,2}}(?=[均应都要]*$)',
    r'(?:是否)?每[样份批件餐盒袋瓶间处台套盘栋](?=[均应都要]*$)',
)
"""``每百张床位``, ``每2万平方米雪道``, ``每餐`` right before the number."""

ASIDE: Final = '|'.join(
    (*EXCUSES, *AT_ONCE, PERIOD, BASIS, *YEARS, *RANGES, *TASKS, *ORDERS, *MOMENTS, *HOLDERS, *DATES, *MEASURED_PER)
)
"""Pattern of one aside; where several could begin, the first named here is taken."""
