"""What a figure is compared with: 同比, 较上年, 比去年同期, 较年初. Data only. To add a basis (较期末), add its noun to ``EARLIER``.

Every text is folded with ``folding.halfwidth`` before it is compared with these words.
"""

from __future__ import annotations

from typing import Final

COMPARED: Final = ('与', '同', '较', '比', '相比', '相较', '对比', '比较')
"""What stands before the noun."""

EARLIER: Final = (
    r'\d{4}(?:年度|年)?',
    '上年度',
    '上一年度',
    '上个年度',
    '上年',
    '去年',
    '前年',
    '上季度',
    '上月',
    '上一年',
    '上期',
    '前一年',
    '前三年',
    '近三年',
    '同期',
    '基期',
    '往年',
    '历史',
    '年初',
    '期初',
    '基准年',
    '考核基数',
    '基数',
    '“?十[二三四]五”?末?',
)
"""What is compared with, as patterns; of two that begin alike the longer stands first."""

NARROWED: Final = ('同期', '全年', '底', '末', '水平', '实际', '平均水平', '平均值', '平均', '均值')
"""What may follow the noun, several times."""

BASIS: Final = (
    '(?:(?:年度|月度|季度)?(?:同比|环比)'
    rf'|(?:{"|".join(COMPARED)})(?:于)?(?:{"|".join(EARLIER)})(?:{"|".join(NARROWED)})*(?:数|值)?(?:相比较|相比|比较|比)?)'
)
"""Pattern of a whole basis."""
