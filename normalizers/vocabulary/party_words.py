"""How names of people and of their posts read, among the offices that answer for lines."""

from __future__ import annotations

from typing import Final

POSTS: Final = (
    '领导', '院长', '书记', '局长', '处长', '科长', '股长', '主任', '部长', '校长', '厂长', '站长', '所长', '队长', '护士长', '经理', '主管', '主席',
    '委员', '组长', '秘书长', '负责人', '责任人', '联系人', '经办人', '联络员', '班子成员',
)  # fmt: skip
"""A party whose name ends so is a person in that post (分管领导, 办公室主任), not an office."""

SURNAMES: Final = frozenset(
    '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖韦贾夏付邹熊孟邱侯尹薛闫段雷黎史陶贺郝顾龚邵覃钱戴严莫孔汤'
)
"""The most common family names, without those with which offices and places begin as well (高, 金, 石, 江, 白, 方, 武, 万 …)."""

OFFICE_ENDS: Final = frozenset('科处室部办局院所站队组委会厅司股班区县市镇乡村庄街里校库房店厂心台')
"""The last character of what is an office or a place, whatever it begins with."""

SAME_OFFICES: Final = (
    ('质控', '质管', '质量控制', '质量管理'),
    ('院感', '感控', '感染管理', '感染控制', '医院感染管理'),
    ('医保', '医疗保险', '医疗保障'),
    ('党', '党委'),
    ('院', '医院'),
    ('人事', '人力', '人力资源'),
    ('公卫', '公共卫生'),
    ('防保', '预防保健'),
    ('科教', '科研教学', '科技教育'),
    ('保卫', '安保', '安全保卫'),
    ('纪检', '纪检监察'),
)
"""What offices of one kind (科, 处, 办) are called in short, in full and after they were renamed: each row may mean one office."""
