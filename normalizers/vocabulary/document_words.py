"""How Chinese official documents speak about themselves: the words by which titles, issuers and reports are told. Data, not code.

Sources: 《党政机关公文格式》 (GB/T 9704-2012) for the parts of a document, and the habits of companies, schools and hospitals.
"""

from __future__ import annotations

import re

# A title that begins with 关于 (or X关于) ends with one of these.
OFFICIAL_ENDS = (
    '通知',
    '通报',
    '公告',
    '通告',
    '公报',
    '决定',
    '决议',
    '命令',
    '意见',
    '请示',
    '批复',
    '议案',
    '函',
    '纪要',
    '报告',
    '公示',
    '规定',
    '说明',
)

# Any title ends with one of these (before a bracket such as （试行）); a line that ends otherwise goes on in the next.
TITLE_ENDS = (
    *OFFICIAL_ENDS,
    '办法', '方案', '细则', '规则', '规范', '制度', '标准', '准则', '守则', '条例', '章程', '预案', '指南', '指引', '导则', '计划', '规划',
    '总结', '汇报', '小结', '述评', '要点', '清单', '表', '书', '手册', '文件', '责任状', '合同', '协议', '指标体系', '评价体系', '考核体系', '分工', '事项', '目录',
    '汇总', '明细', '大纲', '程序', '试题', '体系', '细目', '须知', '简报', '台账', '考核内容', '名单', '一览',
)  # fmt: skip

# The title of a tender says what kind of paper it is; its project gives it a name.
TENDER_TITLES = ('招标文件', '采购文件', '磋商文件', '谈判文件', '询价文件', '比选文件', '遴选文件')

# A title that ends with one of these reports what was done.
REPORT_ENDS = (
    '总结',
    '报告',
    '汇报',
    '小结',
    '述职',
    '回顾',
    '综述',
    '工作情况',
    '完成情况',
    '进展情况',
    '开展情况',
    '落实情况',
)

# What was done, in a title that goes on to what is planned: 2024年工作总结及2025年工作计划.
REPORT_WORDS = ('总结', '工作回顾', '情况汇报', '工作汇报', '述职')
# A title that ends with one of these makes known what was decided or reached; it scores nothing.
MADE_KNOWN = ('通报', '公示', '公告', '通告', '名单', '排名')
# Names that stand for all offices of their kind, not for the one that issues a paper.
COLLECTIVES = (
    '乡镇',
    '基层',
    '公立',
    '各',
    '中小',
    '村',
    '直属',
    '市直',
    '县直',
    '区直',
    '全市',
    '全县',
    '全区',
    '机关',
)

# What a report says about itself, and hardly any assessment does.
REPORT_PHRASES = (
    '一年来', '今年以来', '半年来', '本年度我', '我院', '我局', '我校', '我县', '我市', '我区', '我镇', '我公司', '我们', '取得了',
    '同比增长', '同比增加', '同比下降', '比去年同期', '较去年同期', '较上年增长', '存在的问题', '存在问题', '下一步', '下步', '圆满完成',
    '荣获', '主要做法', '工作成效', '工作回顾',
)  # fmt: skip

# The name of an organisation ends with one of these.
ORGANISATION_ENDS = (
    '委', '委员会', '党组', '总支', '支部', '人大', '政协', '政府', '办公室', '办公厅', '指挥部', '领导小组', '局', '厅', '部', '处', '总署', '审计署', '站', '所', '院', '中心', '公司',
    '集团', '学校', '大学', '中学', '小学', '幼儿园', '学会', '协会', '工会', '联合会', '红十字会', '商会', '基金会', '合作社', '联合社', '供销社', '总社', '残联', '文联', '科协', '工商联', '银行', '街道', '街道办', '办事处', '村委会', '居委会', '海关',
    '支队', '总队', '大队', '厂', '矿', '血站', '图书馆', '博物馆', '妇联', '管理区', '开发区', '农场', '林场',
)  # fmt: skip

# An office inside an organisation that sends its papers out; the organisation is the issuer.
SENDING_OFFICES = (
    '党政综合办公室', '综合办公室', '党政办公室', '党委办公室', '院长办公室', '校长办公室', '行政办公室', '行政办', '院办公室', '办公室', '党政办', '党办', '院办', '综合科', '秘书科', '办公厅',
)  # fmt: skip

# Labels that a cover, a tender or a web page prints before the facts about the paper.
ISSUER_LABELS = (
    '发文机关', '发布机构', '发布机关', '发布单位', '制发机关', '印发机关', '发文单位', '颁布单位', '编制单位', '采购人', '采购方', '采购单位', '招标人', '招标方', '招标单位',
)  # fmt: skip
NUMBER_LABELS = ('发文字号', '文号', '文件编号', '文件号')
DATE_LABELS = ('成文日期', '发文日期', '印发日期', '签发日期', '发布日期', '颁布日期')
TITLE_LABELS = ('标题', '文件标题', '文件名称', '公文名称')
PROJECT_LABELS = ('项目名称', '采购项目名称', '招标项目名称')

# Lines of a paper's head or of a web page's frame that are no part of a title.
HEAD_NOISE = (
    '特急', '加急', '平急', '急件', '机密', '秘密', '绝密', '内部资料', '签发人', '首页', '当前位置', '您的位置', '发布时间', '信息来源', '来源', '浏览次数', '字体', '打印', '分享',
    '索引号', '索 引 号', '主题词', '政务公开', '目录', '前言', '序言', '温馨提示', '总则',
)  # fmt: skip

# 2025年度评价工作…, 2025年度考核办法, 2025年度对…实行月度记分, 考核期间：2025年第三季度: the year of the assessment that the paper is for. What it
# is based on (根据2024年度考核工作…) is another.
_ASSESSING = r'(?:考核|考评|评价|评估|督查|检查|测评|评审|评定|记分|计分|评分|评比|评议)'
_YEAR_BEFORE = r'(?<![\d根据照按合对托依])'
ANNOUNCED_YEAR = re.compile(
    rf'{_YEAR_BEFORE}(20\d\d)\s*年度[\u4e00-\u9fff]{{0,8}}?{_ASSESSING}工作(?!总结|情况|中|的)'
    rf'|{_YEAR_BEFORE}(20\d\d)\s*年(?:度|第[一二三四1-4]季度|[上下]半年)?(?:对[\u4e00-\u9fff]{{2,16}}?)?(?:实行|开展|进行)?[\u4e00-\u9fff]{{0,8}}?{_ASSESSING}(?:工作)?(?:办法|方案|细则|标准|管理|制度)'
    rf'|(?:做好|开展|组织|实施|规范|推进|启动)(?:全[省市州县区校院]|[我本][省市州县区校院])?(20\d\d)\s*年度[\u4e00-\u9fff]{{0,12}}?{_ASSESSING}(?=[,，。;；、]|制定|现将?)'
    rf'|{_YEAR_BEFORE}(20\d\d)\s*年度?(?:的)?{_ASSESSING}(?:工作)?(?:按照?|依照?)本[\u4e00-\u9fff]{{1,6}}(?:执行|实施|进行)'
    rf'|{_ASSESSING}(?:期间?|周期|时段|年度|季度|月份|时间)\s*[:为]\s*(20\d\d)\s*年'
)
