"""How reports state figures: what is no figure, which verbs count in words. Data only."""

from __future__ import annotations

import re
from typing import Final

from kaohe.normalizers.vocabulary.phrase_words import word_set

NO_FIGURE_UNITS: Final = frozenset(
    {'年', '月', '号', '岁', '周岁', '级', '点', '学年', '学期', '星', '档', '步', '层', '级别', '类', '面', '等', '里', '折', '课', '届', '方', '成', '度', 's', 'd', 'h', 'A', 'B', 'C', 'V', '句', '口', '路'}
)  # fmt: skip
"""Units of dates, levels and sayings."""

RANKED: Final = re.compile(r'排名|排位|名次|位列|位居|居|列|考核|评比|竞赛|成绩|测评|评价')
"""Words that make ``第3位`` a rank."""

COUNTED: Final = re.compile(
    r'(?:新增|增加|引进|聘请|聘用|获批|立项|建成|成立|组建|开展|召开|举办|组织|选派|派出|设立|开设|新建|新设|签约|发表|获得|荣获|完成|减少|授权|申报|编印|制定|出台|修订|招聘|招录|培养|配备|聘任|整改|查处)(?:了)?$'
)
"""After these a Chinese numeral is a figure (``聘请三名法律顾问``)."""

PREDICATES: Final = word_set(
    '受聘 列入 签订 入选 同步 先行 先 往前 往 有序 均衡 均 都 获 获评 获得 荣获 通过 投入 投入使用 完成 达到 实现 成为 评为 被 列为 参加 参与 举办 取得 由 在 为 是 有 已 全部 顺利 成功 分别 共同 '
    '用于 上升 下降 增长 提高 增加 减少 赴 到 与 和 及 向 对 进行 开展 开始 正式 启用 运行 上线 落地 建成 竣工 开工 授予 获批 立项 表彰 晋升 被评为 得到 位居 位列 进入 创 创历史 再 并 且 随 因 免费'
)  # fmt: skip
"""Words at which the noun after a number ends and its predicate begins."""

ENUMERATION: Final = ('等', '等等')


TURNS: Final = ('减少', '增加', '压减', '压缩', '削减', '缩减')
KEPT: Final = re.compile(r'(?:新增|引进|净增)$')
"""Verbs that a counted thing keeps in its name."""

RANKING: Final = re.compile(r'排名|排位|名次|位次$')
FORWARD: Final = frozenset({'进', '升', '前移', '提升', '前进', '上升', '跃升'})
MOVES: Final = re.compile(r'(前进|前移|提升|上升|跃升|进|升|后退|下降|后移|下滑|退|降)了?$')
"""How a rank moves."""

DISTINGUISHED: Final = re.compile(r'(?:列入|入选|获评|评为|被评为|获评为|晋升|通过)')
"""Predicates that say which of the counted are meant."""

PLANNED: Final = re.compile(
    r'力争|预计|明年|下一步|拟(?=[新建增引开于])|计划(?=新增|新建|引进|建设|完成|开展|投入|投资|实施|于)'
)
"""Words that make a sentence a plan."""

OF_LAST: Final = ('为', '占', '相当于')
"""A share that begins so is one of the figure before it."""

NEW: Final = ('新增', '净增')
"""Alone before a number, these are of what the figure before it measures (``设立36个巡护点，其中新增8个``)."""
