"""One table of labels: what every use knows, and what it must not take for a label."""

from __future__ import annotations

import re

import pytest

from kaohe.extractors.labels import FIRST, SECTION, sign_value, style_of
from kaohe.normalizers.grammar.item_labels import labels
from kaohe.normalizers.lines.levels import cut_label, label_rank, read_level
from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.lines.line_numbers import cut_numbers
from kaohe.normalizers.text.cleaning import SourceRun, Text, clean_block
from kaohe.normalizers.text.heading_labels import read_label


@pytest.mark.parametrize(
    ('text', 'level', 'rank'),
    [
        ('一、组织领导', 1, 1),
        ('Ⅱ、组织领导', 1, 1),
        ('（二）组织领导', 2, 2),
        ('㈡组织领导', 2, 2),
        ('3.组织领导', 3, 3),
        ('（4）组织领导', 4, 4),
        ('⑷组织领导', 4, 4),
        ('1.1.2组织领导', 4, 4),
        ('A-1-2组织领导', 4, 4),
        ('⑤组织领导', 5, 5),
        ('A-2型设备', None, None),
        ('A-1-2-3-4组织领导', None, None),
        ('组织领导', None, None),
    ],
)
def test_headings_and_categories_know_the_same_styles(text: str, level: int | None, rank: int | None) -> None:
    label = read_label(text)
    assert (label.level if label else None) == level
    assert label_rank(text) == rank


@pytest.mark.parametrize(
    ('sign', 'value'), [('③', 3), ('❷', 2), ('⑳', 20), ('⑶', 3), ('㈩', 10), ('Ⅳ', 4), ('3', None), ('', None)]
)
def test_signs_count(sign: str, value: int | None) -> None:
    assert sign_value(sign) == value


@pytest.mark.parametrize(
    ('label', 'style'),
    [('③', '①'), ('⑶', '⑴'), ('㈢', '㈠'), ('Ⅲ', 'Ⅰ'), ('十二、', '一.'), ('（二）', '(一)'), ('１２．', '1.'), ('2.13', '1.1'), ('第3条', '第一条'), ('', '')],
)  # fmt: skip
def test_labels_of_one_row_are_of_one_style(label: str, style: str) -> None:
    assert style_of(label) == style


def test_sections_begin_with_labels_in_brackets_of_either_width() -> None:
    assert all(re.match(SECTION, label) for label in ('一、', '（二）', '(三)', '第四章', '第12条'))
    assert not any(re.match(SECTION, text) for text in ('一般要求', '第一名', '1、', '①'))


def test_the_first_label_of_a_row_begins_it() -> None:
    assert all(re.match(FIRST, label) for label in ('1.', '(1)', '①', '⑴', '㈠', '一、', 'Ⅰ'))
    assert not any(re.match(FIRST, label) for label in ('2.', '12.', '(3)', '②', '十一、', '一一'))


def test_items_know_no_roman_and_no_lettered_labels() -> None:
    assert [label.text for label in labels('㈠缺台账扣1分。㈡缺记录扣1分。')] == ['㈠', '㈡']
    assert labels('Ⅱ类切口每例扣1分。A-1-2台账缺失扣1分。') == ()


def test_a_category_stands_without_its_label() -> None:
    title, rank = cut_label(clean_block('A-1-2 组织领导', 0))
    assert (title.text, rank) == ('组织领导', 4)


def test_lines_that_count_on_in_lettered_labels_have_them_as_numbers() -> None:
    texts = ('A-1-1落实制度', 'A-1-2开展培训', 'A-2-1公开信息', 'B-1-1报送材料')
    lines = cut_numbers([Line(0, row, row, name=clean_block(text, row)) for row, text in enumerate(texts)])
    assert [line.number.text for line in lines if line.number] == ['A-1-1', 'A-1-2', 'A-2-1', 'B-1-1']
    assert [line.name.text for line in lines if line.name] == ['落实制度', '开展培训', '公开信息', '报送材料']


@pytest.mark.parametrize(
    ('printed', 'title', 'rank'),
    [
        ('A 入库管理（60分）', '入库管理', 1),
        ('A1 检验环节', '检验环节', 2),
        ('B.结算管理', '结算管理', 1),
        ('T1航站楼', 'T1航站楼', None),
        ('B超室', 'B超室', None),
        ('A 型肉毒素管理', 'A 型肉毒素管理', None),
        ('A 类药品（20分）', 'A 类药品', None),
        ('B 级护理', 'B 级护理', None),
        ('C 反应蛋白检测', 'C 反应蛋白检测', None),
    ],
)
def test_letters_with_a_stop_or_a_space_count_categories(printed: str, title: str, rank: int | None) -> None:
    level = read_level(Text([SourceRun(printed)]))
    assert (level.title.text, level.rank) == (title, rank)
