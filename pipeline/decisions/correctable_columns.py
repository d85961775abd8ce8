"""Which values people may correct, what they are called in Chinese, and what may stand there.

The one list that the workbook, ``kaohe correct`` and ``kaohe apply`` share. To make a column correctable, add it here and to its view.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from kaohe.pipeline.language.terms import EFFECT, FIELD, INDICATOR_KIND, ROLE

Kind = Literal['text', 'points', 'number', 'year', 'date', 'parties', 'flag', 'choice']
# A corrected value as it is stored, as JSON: a text, a number, a list of parties, or None for “nothing stands here”.
Value = str | int | float | list[str] | None

COMPARATOR = {'>=': '不低于', '>': '高于', '<=': '不超过', '<': '低于', '=': '等于', 'between': '介于'}
CHANGE = {'up': '增', 'down': '减'}
DIRECTION = {'below': '低于', 'above': '高于'}
YES, NO = '是', '否'
DROPPED = 'dropped'
CHECKED = frozenset({'checked_by', 'checked_on'})


class Unusable(ValueError):
    """A value that cannot stand in its field; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Field:
    """A correctable column: ``name`` in the database, ``title`` in Chinese. ``required``: it cannot be emptied."""

    name: str
    title: str
    kind: Kind = 'text'
    choices: Mapping[str, str] | None = None
    required: bool = False

    def parse(self, written: object) -> Value:
        """The value of what a person wrote in a cell or on the command line. Raises `Unusable`."""
        if isinstance(written, str):
            written = written.replace('\r\n', '\n').replace('\r', '\n').strip() or None
        if written is None:
            if self.required:
                raise Unusable(f'“{self.title}”不能空着')
            return None
        match self.kind:
            case 'text':
                return _text(written)
            case 'points' | 'number':
                return _number(written, self)
            case 'year':
                return _year(written)
            case 'date':
                return _date(written)
            case 'parties':
                return [party for party in re.split(r'[、，,；;\n]+\s*', _text(written)) if party.strip()]
            case 'flag':
                return _flag(written, self)
            case 'choice':
                return self._choice(written)

    def show(self, value: Value) -> str | int | float | None:
        """How a value is written for people; `parse` reads it back."""
        if self.kind == 'flag':
            return YES if value else None
        if isinstance(value, list):
            return '、'.join(value) or None
        if self.choices is not None and isinstance(value, str):
            return self.choices[value]
        return value

    def _choice(self, written: object) -> str:
        assert self.choices is not None
        spelt = _SPELT.get(unicodedata.normalize('NFKC', written).strip()) if isinstance(written, str) else None
        for name, word in self.choices.items():
            if written in (word, name) or spelt in (word, name):
                return name
        raise Unusable(f'“{self.title}”只能是：{"、".join(self.choices.values())}；写的是“{_text(written)}”')


# How people write a choice otherwise: the word or name that is meant.
_SPELT = {
    '≥': '>=', '＞=': '>=', '大于等于': '>=', '不少于': '>=', '达到': '>=', '>': '>', '大于': '>', '超过': '>',
    '≤': '<=', '小于等于': '<=', '不高于': '<=', '不大于': '<=', '<': '<', '小于': '<', '=': '=', '==': '=',
    '减分': '扣分', '扣减': '扣分', '奖励': '加分', '记分': '得分', '计': '得分', '满分': '得满分', '一票否优': '一票否决', '封顶': '上限',
}  # fmt: skip

_STANDS_IN = {name: FIELD[name] for name in ('requirement', 'criteria', 'name', 'points_text')}

FIELDS: dict[str, tuple[Field, ...]] = {
    'documents': (
        Field('title', '标题'),
        Field('issuer', '发文机关'),
        Field('doc_number', '发文字号'),
        Field('issued_on', '成文日期', 'date'),
        Field('year', '年度', 'year'),
    ),
    'indicators': (
        Field('kind', '类别', 'choice', INDICATOR_KIND, required=True),
        Field('level1', '一级'),
        Field('level1_points', '一级分值', 'points'),
        Field('level2', '二级'),
        Field('level2_points', '二级分值', 'points'),
        Field('number', '序号'),
        Field('name', '名称'),
        Field('requirement', '考核内容'),
        Field('criteria', '评分标准'),
        Field('points', '分值', 'points'),
        Field('points_text', '分值原文'),
        *(Field(name, title, 'parties') for name, title in ROLE.items()),
        Field(DROPPED, '这不是指标', 'flag'),
        Field('checked_by', '核对人'),
        Field('checked_on', '核对日期', 'date'),
    ),
    'clauses': (
        Field('text', '条款原文', required=True),
        Field('effect', '效果', 'choice', EFFECT, required=True),
        Field('points', '分值', 'points'),
        Field('per_quantity', '每数量', 'points'),
        Field('per_unit', '每单位'),
        Field('condition', '条件'),
        Field('cap', '最多', 'points'),
        Field('share', '比例', 'points'),
        Field('base', '起算数', 'number'),
        Field('direction', '方向', 'choice', DIRECTION),
        Field(DROPPED, '这不是条款', 'flag'),
    ),
    'thresholds': (
        Field('text', '原文', required=True),
        Field('metric', '衡量内容'),
        Field('comparator', '比较', 'choice', COMPARATOR, required=True),
        Field('value', '数值', 'number', required=True),
        Field('value_high', '至', 'number'),
        Field('unit', '单位'),
        Field('basis', '对比基础'),
        Field('period', '周期'),
        Field(DROPPED, '这不是目标值', 'flag'),
    ),
    'facts': (
        Field('metric', '衡量内容'),
        Field('value', '数值', 'number', required=True),
        Field('unit', '单位'),
        Field('approximate', '约数', 'flag'),
        Field('change', '增减', 'choice', CHANGE),
        Field('change_value', '增减数值', 'number'),
        Field('change_unit', '增减单位'),
        Field('basis', '对比基础'),
        Field('period', '期间'),
        Field(DROPPED, '这不是事实', 'flag'),
    ),
}
# Said once, of an added clause or target only: the column of the line in which it stands.
STANDS_IN = Field('field', '所在栏', 'choice', _STANDS_IN, required=True)


def find_field(owner: str, written: str) -> Field | None:
    """The field of ``owner`` (a table's name) that is called so in English or Chinese; None where it cannot be corrected."""
    return next((field for field in FIELDS[owner] if written in (field.name, field.title)), None)


def same_value(a: Value, b: Value) -> bool:
    """Whether two values say the same; no parties is as much as none known."""
    return a == b or (a in (None, []) and b in (None, []))


def contradiction(owner: str, values: Mapping[str, Value]) -> str | None:
    """Why these values of one row cannot stand together; None where they can."""
    if owner == 'thresholds' and (values['comparator'] == 'between') != (values['value_high'] is not None):
        return '“比较”写“介于”时“至”要填数，其他时候“至”要空着'
    if owner == 'clauses' and values['per_unit'] is not None and values['per_quantity'] is None:
        return '填了“每单位”就要填“每数量”（每一项就填 1）'
    return None


def _text(written: object) -> str:
    if isinstance(written, float) and written.is_integer():
        return str(int(written))
    if isinstance(written, datetime):
        return written.date().isoformat()
    return str(written)


def _number(written: object, field: Field) -> float:
    if isinstance(written, bool) or not isinstance(written, (int, float, str)):
        raise Unusable(f'“{field.title}”要填数，写的是“{_text(written)}”')
    try:
        value = float(_bare(written, field) if isinstance(written, str) else written)
    except (ValueError, OverflowError):
        raise Unusable(f'“{field.title}”要填数，写的是“{_text(written)}”') from None
    if not math.isfinite(value):
        raise Unusable(f'“{field.title}”要填数，写的是“{_text(written)}”')
    if field.kind == 'points' and value < 0:
        raise Unusable(f'“{field.title}”不能是负数；扣分也写正数')
    return value


def _bare(written: str, field: Field) -> str:
    """The number that is written, without the unit that people put behind it: 分 behind points, 分, % or ‰ behind another value."""
    text = unicodedata.normalize('NFKC', written).strip()
    return re.sub(r'\s*分$' if field.kind == 'points' else r'\s*(?:分|%|‰)$', '', text)


def _year(written: object) -> int:
    found = re.fullmatch(r'((?:19|20)\d\d)(?:\.0)?年?(?:度)?', unicodedata.normalize('NFKC', _text(written)))
    if not found:
        raise Unusable(f'“年度”要写四位数，如 2025；写的是“{_text(written)}”')
    return int(found[1])


def _date(written: object) -> str:
    if isinstance(written, datetime):
        return written.date().isoformat()
    if isinstance(written, date):
        return written.isoformat()
    text = unicodedata.normalize('NFKC', _text(written))
    found = re.fullmatch(r'(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?', text)
    try:
        if not found:
            raise ValueError
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        raise Unusable(f'日期要写成 2025-03-01 这样；写的是“{_text(written)}”') from None


def _flag(written: object, field: Field) -> int:
    if written in (True, YES, 'yes', 'true', 1, '1', '√', 'x', 'X', '对'):
        return 1
    if written in (False, NO, 'no', 'false', 0, '0'):
        return 0
    raise Unusable(f'“{field.title}”只能写“是”或空着；写的是“{_text(written)}”')
