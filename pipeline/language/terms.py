"""The words that people read: the catalogue's terms in Chinese, and text made safe for a terminal."""

from __future__ import annotations

import re
import unicodedata

STATUS = {'ok': '已读入', 'partial': '部分读入', 'failed': '没有读入'}
NOTICE_KIND = {'assessment': '考核通知', 'summary': '工作总结', 'other': '其他'}
TABLE_KIND = {'scoring': '评分表', 'articles': '条文', 'form': '表单', 'list': '清单'}
# What the printed sums say of how a table was read, and what to do.
PROOF = {
    'proved': '印出的合计都对得上：分值和类别是按原件读的。',
    'consistent': '没有印合计可以对，读法也没有矛盾之处：用前抽看几条即可。',
    'open': '还不能证明读得对：请对照原件看上面列出的疑点，没有疑点的抽看几条。',
}
SEVERITY = {'error': '错误', 'warning': '警告', 'info': '提示'}
ABOUT = {'reading': '读取', 'notice': '通知本身'}
INDICATOR_KIND = {'scored': '计分', 'bonus': '加分', 'penalty': '扣分', 'downgrade': '降档'}
FIELD = {
    'level1': '一级',
    'level1_points': '一级分值',
    'level2': '二级',
    'level2_points': '二级分值',
    'number': '序号',
    'name': '名称',
    'requirement': '考核内容',
    'criteria': '评分标准',
    'points': '分值',
    'points_text': '分值原文',
    'title': '标题',
    'issuer': '发文机关',
    'doc_number': '发文字号',
    'issued_on': '成文日期',
    'year': '年度',
    'total_points': '总分',
}
EFFECT = {
    'award': '得分',
    'deduct': '扣分',
    'bonus': '加分',
    'forfeit': '不得分',
    'full': '得满分',
    'proportional': '按比例',
    'discretionary': '酌情',
    'external': '由他处评分',
    'veto': '一票否决',
    'downgrade': '降档',
    'cap': '上限',
    'choose': '择一',
    'multiply': '加倍',
}
SCOPE = {'line': '本条', 'category': '本类', 'table': '全表', 'notice': '整份通知'}
ROLE = {
    'responsible_office': '责任处室',
    'lead_leader': '牵头领导',
    'lead_department': '牵头科室',
    'supporting_department': '配合科室',
}

# What a column of a table is read as, beside the fields of a line and the roles of a duty; the steps of categories are named by `column_role`.
_COLUMN = (
    FIELD
    | ROLE
    | {
        'grade': '等级',
        'grade_points': '等级的分值',
        'level_number': '类别的序号',
        'group_points': '几条共有的分值',
        'flag': '是或否',
        'method': '考核方式',
        'score': '得分',
        'remark': '备注',
        'person': '人',
        'source': '来源',
        'other': '别的',
    }
)
_STEPS = '一二三四五六七八九'


def column_role(role: str | None) -> str:
    """What the catalogue calls a column (``points``, ``level3_points``), in words; ``？`` where it fits none."""
    if role is None:
        return '？'
    depth = re.fullmatch(r'level([1-9])(_points)?', role)
    if depth is None:
        return _COLUMN.get(role, role)
    return f'{_STEPS[int(depth[1]) - 1]}级' + ('分值' if depth[2] else '')


def plain(text: str) -> str:
    """One line without control and direction-changing characters, which a file name or a text could use to deceive a terminal."""
    return ''.join(
        ' ' if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in ('Cc', 'Cf', 'Cs')
    )


def shortened(text: str, length: int) -> str:
    """`plain` text, cut to ``length`` characters."""
    line = plain(text)
    return line if len(line) <= length else f'{line[: length - 1]}…'
