"""Importing this loads what reading any notice needs, once, in the process of which the readers are copies."""

from __future__ import annotations

import sys

from kaohe.extractors.plugins import has_plugins
from kaohe.normalizers.text.kept_patterns import kept
from kaohe.pipeline.readers.reading import read_bytes

# The dictionary and the patterns are made when the first table is read, and those of the rules when its rows are made; what only some texts need
# is made for these. Each copy would make it for itself.
_NOTICE = """云河县2025年度考核细则
一、考核内容（100分）
序号\t考核项目\t考核内容\t评分标准\t分值\t责任单位
1\t安全生产\t隐患整改率达到95%以上\t每低于1个百分点扣0.5分，每发现1处隐患未整改扣1分，扣完为止\t10\t安全科（牵头）、各科室
2\t档案管理\t6月底前完成归档，归档不少于30份\t每缺1份扣0.2分，每逾期1天扣0.1分，最多扣2分\t5\t办公室
3\t信息报送\t每月报送信息不少于2篇\t每少1篇扣1分；被市级采用的每篇加0.5分，累计不超过3分\t8\t宣传科
4\t群众满意度\t满意度≥90%，按期办结率100%\t得分=完成率×权重；低于80%的不得分，80%至90%的得5分\t12\t监督科、服务中心
5\t廉洁自律\t无违纪违法案件\t发生一起重大案件的一票否决；受到通报批评的每次扣2分，情节严重的酌情扣分\t10\t纪检组
6\t培训会议\t组织培训4次，人均学时达到40小时\t未组织的扣3分，每缺席1人次扣0.5分，由考核组综合评分\t5\t人事科
备注：加分不超过5分。
云河县人民政府办公室
2025年3月1日
"""
# Plugins are loaded by each reader for itself: a copy has no thread that one started, and a reader alone is kept to limits.
if not has_plugins():
    with kept():
        read_bytes(_NOTICE.encode(), '考核细则.txt')
        # Kept patterns are at hand at once; to compile all takes longer than to compile those of a short notice.
        if not sys.dont_write_bytecode:
            from kaohe.normalizers.grammar.clauses.scan import compile_all

            compile_all()
