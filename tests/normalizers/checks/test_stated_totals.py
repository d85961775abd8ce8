"""A total that only the running text states; all places are fictional."""

from __future__ import annotations

import pytest

from kaohe.normalizers import normalize
from tests.normalizers.tables import document, draw

_SCORED = """
    考核项目 | 分值 | 评分标准
    值班 | 40 | 缺一次扣1分
    台账 | {} | 缺一本扣1分
"""
_SECTIONED = """
    考核项目 | < | 分值 | 评分标准
    安全（60分） | 值班 | 40 | 缺一次扣1分
    ^ | 巡查 | 20 | 缺一次扣1分
    台账（30分） | 台账 | 30 | 缺一本扣1分
"""


def _told(text: str, picture: str, *more: str) -> list[tuple[str, str, str]]:
    parts = [draw(picture), *(draw(each) for each in more)]
    found = normalize(document('云溪市环卫考核办法', text, '考核评分表', *parts), '云溪环卫考核.docx')
    assert found.tables[0].total_points is None
    return [(one.about, one.message, str(one.table)) for one in found.findings if one.code == 'total.sum']


@pytest.mark.parametrize(
    'text', ['本办法考核总分100分。', '考核实行计分制，满分为100分，由后勤中心评定。', '总分值：100分，详见下表。']
)
def test_a_total_in_the_text_is_held_against_the_sum(text: str) -> None:
    assert _told(text, _SCORED.format(60)) == []
    ((about, message, table),) = _told(text, _SCORED.format(50))
    assert (about, table) == ('reading', '0')
    assert '100 分，各行合计 90 分' in message
    assert '正文' in message


def test_where_other_sums_prove_the_lines_the_notice_is_asked() -> None:
    ((about, message, _),) = _told('本办法考核总分100分。', _SECTIONED)
    assert about == 'notice'
    assert '发文单位' in message


@pytest.mark.parametrize(
    'text',
    [
        '考核总分100分，按30%折算后计入年度得分。',
        '考核总分100分以上的为优秀。',
        '总分100分（含）以上的为优秀。',
        '每个科室总分100分。',
        '每人单项满分100分。',
        '考核总分100分。附加题满分20分。',
        '由评委打分，取平均分，满分100分。',
    ],
)
def test_a_total_of_something_else_is_held_against_nothing(text: str) -> None:
    assert _told(text, _SCORED.format(50)) == []


def test_a_total_of_several_tables_is_held_against_none() -> None:
    assert _told('本办法考核总分100分。', _SCORED.format(50), _SCORED.format(20)) == []


@pytest.mark.parametrize(
    'text',
    [
        '考核总分100分，由日常考核（80分）和年终考核（20分）组成。',
        '满分100分。另20分由群众测评确定。',
        '总分为100分，其中基础管理80分、满意度20分。',
    ],
)
def test_points_that_the_text_gives_elsewhere_are_not_missing(text: str) -> None:
    assert _told(text, _SCORED.format(40)) == []
