from __future__ import annotations

import pytest

from kaohe.extractors.document import Block, Document
from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import BlockRow
from tests.normalizers.tables import document, draw

TABLE = '序号 | 考核内容 | 分值\n1 | 落实值班制度 | 5\n2 | 按时上报 | 5'


def blocks_of(*lines: str) -> tuple[BlockRow, ...]:
    """The blocks of a paper in which ``table`` stands for a table."""
    return normalize(document(*(draw(TABLE) if line == 'table' else line for line in lines)), 'x.docx').blocks


def test_kinds_of_a_whole_paper() -> None:
    lines = (
        '云河县水利局关于印发考核细则的通知', '各乡镇：', '现印发给你们。', '附件：1.考核方案', '2.考核评分表', '云河县水利局', '2024年3月1日',
        '河长制考核方案', '一、考核对象', '各乡镇人民政府。', '附件 2', '考核评分表', 'table', '注：1.扣完为止。', '2.不出现负分。', '附件 3',
    )  # fmt: skip
    assert [block.kind for block in blocks_of(*lines)] == [
        'title', 'paragraph', 'paragraph', 'paragraph', 'paragraph', 'paragraph', 'paragraph',
        'title', 'heading', 'paragraph', 'heading', 'title', 'table', 'note', 'note', 'heading',
    ]  # fmt: skip


@pytest.mark.parametrize(
    ('text', 'label', 'level'),
    [
        ('第一章  总则', '第一章', 1), ('一、考核对象', '一、', 1), ('（一）组织领导', '（一）', 2), ('1.加强领导', '1.', 3), ('２．加强领导', '２．', 3),
        ('（1）建立台账', '（1）', 4), ('1.2.3 建立台账', '1.2.3', 4), ('①建立台账', '①', 5), ('附件4', '附件4', 1), ('附表二：', '附表二：', 1), ('第二节 考核程序', '第二节', 2),
    ],
)  # fmt: skip
def test_headings_have_the_label_and_level_of_their_style(text: str, label: str, level: int) -> None:
    block = blocks_of('考核办法', text, '内容如下文所述。')[1]
    assert (block.kind, block.label, block.level) == ('heading', label, level)


@pytest.mark.parametrize('text', ['2024年工作', '3.5分以上', '一票否决', '十分重视', '附件材料齐全', '表彰先进'])
def test_words_that_look_like_labels_are_none(text: str) -> None:
    assert blocks_of('考核办法', text + '，应当认真落实。')[1].label is None


def test_a_long_numbered_text_is_a_paragraph() -> None:
    block = blocks_of('考核办法', '（一）组织领导。各单位要成立领导小组，明确职责分工，主要负责人亲自抓。')[1]
    assert (block.kind, block.label, block.level) == ('paragraph', '（一）', None)


def test_numbers_that_go_on_from_the_text_above_a_table_are_no_notes() -> None:
    kinds = [block.kind for block in blocks_of('考核办法', '1.按表考核。', 'table', '2.考核结果予以公布。')]
    assert kinds == ['title', 'paragraph', 'table', 'paragraph']


def test_notes_end_where_a_section_begins() -> None:
    kinds = [
        block.kind
        for block in blocks_of('考核办法', 'table', '1.扣完为止；', '2.不设上限。', '二、结果运用', '予以公布。')
    ]
    assert kinds == ['title', 'table', 'note', 'note', 'heading', 'paragraph']


def test_source_text_furniture_and_the_files_own_level_are_kept() -> None:
    paper = Document(
        'docx',
        (Block('paragraph', ' 考 核　办法 '), Block('paragraph', '考核对象', level=2), Block('furniture', '— 3 —')),
    )
    blocks = normalize(paper, 'x.docx').blocks
    assert [(block.kind, block.text, block.level) for block in blocks] == [
        ('title', ' 考 核　办法 ', None), ('paragraph', '考核对象', 2), ('furniture', '— 3 —', None),
    ]  # fmt: skip
