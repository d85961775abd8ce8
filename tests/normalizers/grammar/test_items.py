from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.normalizers.grammar.items import read_items


def _read(text: str) -> list[tuple[str | None, str, float | None]]:
    return [
        (item.label, text[item.text_start : item.text_end], None if item.points is None else float(item.points))
        for item in read_items(text)
    ]


def test_items_are_told_by_their_labels_with_the_points_behind_them() -> None:
    assert _read('1.健全组织（1分）\n2.完成任务，按期上报（0.5 分）') == [
        ('1', '健全组织', 1.0),
        ('2', '完成任务，按期上报', 0.5),
    ]


@pytest.mark.parametrize(
    ('text', 'labels'),
    [
        ('1.甲项；2.乙项；3.丙项', ['1', '2', '3']),
        ('1、甲项。2、乙项。', ['1', '2']),
        ('（1）甲项；（2）乙项', ['（1）', '（2）']),
        ('①甲项；②乙项', ['①', '②']),
        ('（一）甲项\n（二）乙项', ['（一）', '（二）']),
        ('指标：(1)甲≥80%；(2)乙≥95％', ['(1)', '(2)']),
    ],
)
def test_every_style_of_label_is_read(text: str, labels: list[str]) -> None:
    assert [item.label for item in read_items(text)] == labels


def test_points_behind_a_text_make_an_item_without_a_label() -> None:
    assert _read('列入省级项目3项（3分）\n人均经费45万元以上（1分）\n3.考核进入全省前四（1分）') == [
        (None, '列入省级项目3项', 3.0),
        (None, '人均经费45万元以上', 1.0),
        ('3', '考核进入全省前四', 1.0),
    ]


def test_the_points_of_an_item_may_stand_on_a_line_of_their_own() -> None:
    assert _read('1.成功率≥3%\n（2分）') == [('1', '成功率≥3%', 2.0)]


@pytest.mark.parametrize(
    'text', ['', '加强领导，落实责任。', '修满25个学分（国家级5分、省级5分）', '完成率达1.5倍', '每次加2、1、0.5分']
)
def test_a_text_that_is_not_divided_has_no_items(text: str) -> None:
    assert read_items(text) == ()


@given(st.text(alphabet='12.、（）()①②一二。；\n 甲乙分', max_size=50))
def test_items_stand_in_order_inside_the_text(text: str) -> None:
    end = 0
    for item in read_items(text):
        assert end <= item.start <= item.text_start < item.text_end <= item.end <= len(text)
        end = item.end


def test_the_last_of_a_list_that_goes_on_with_etcetera_is_an_item_too() -> None:
    assert [points for _, _, points in _read('作业总量（20分）、改错（30分）、书写（50分）等三大项满分100分')] == [
        20,
        30,
        50,
    ]
