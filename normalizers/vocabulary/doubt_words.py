"""Words by which a reading is put in doubt: they move points, or say more than a clause of one effect can mean. Data only."""

from __future__ import annotations

from typing import Final

CONSEQUENCES: Final = (
    '清零', '归零', '零分', '减完', '扣完', '扣光', '减半', '折半', '加倍', '双倍', '翻倍', '加罚', '满分', '一票否', '否决', '取消', '终止合同', '解除', '辞退', '调离', '解聘', '清退', '不予评', '不予测', '降级', '降档', '降等',
    '降一', '得权重分', '打出', '扣减', '扣除', '核减', '倒扣', '酌情', '酌扣', '折算', '视情', '不得分', '不计分', '不给分', '记为', '定为', '直接评为', '封顶',
    '为限', '扣罚', '绩效分', '判定为', '不合格”', '为“不合格', '倍',
)  # fmt: skip
"""What points or grades depend on: where no clause holds one of them, something was passed over."""

FAULTS: Final = (
    '未', '缺', '漏', '擅自', '不规范', '不合格', '不到位', '不及时', '不达标', '不整洁', '不符合', '不齐', '不全', '不清', '违反', '违规', '脱岗', '迟到', '失实', '虚假', '逾期', '滞后', '超期', '拖欠',
)  # fmt: skip
"""What goes wrong: points beside it are taken."""

JUDGED: Final = ('酌情', '视情', '视具体', '酌', '视程度', '视影响')
"""Words that leave the amount to who judges."""
