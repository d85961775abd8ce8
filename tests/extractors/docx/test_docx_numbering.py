"""Automatic numbering of Word files, as Word prints it."""

from __future__ import annotations

import pytest

from kaohe.extractors.docx.reader import read
from kaohe.extractors.word.numerals import numeral
from tests.extractors.docx_builder import abstract, cell, docx, level, listed, num, par, row, table


def labels(body: str, numbering: str, **related: str) -> list[str | None]:
    return [block.label for block in read(docx(body, numbering=numbering, **related)).blocks]


@pytest.mark.parametrize(
    ('form', 'number', 'printed'),
    [
        ('decimal', 12, '12'),
        ('decimalZero', 3, '03'),
        ('chineseCounting', 10, '十'),
        ('chineseCounting', 21, '二十一'),
        ('chineseCounting', 105, '一○五'),
        ('chineseCountingThousand', 11, '十一'),
        ('chineseCountingThousand', 110, '一百一十'),
        ('chineseCountingThousand', 1023, '一千零二十三'),
        ('chineseLegalSimplified', 10, '壹拾'),
        ('japaneseCounting', 11, '十一'),
        ('japaneseCounting', 123, '百二十三'),
        ('ideographDigital', 10, '一〇'),
        ('ideographTraditional', 3, '丙'),
        ('ideographZodiac', 12, '亥'),
        ('decimalEnclosedCircle', 1, '①'),
        ('decimalEnclosedCircle', 20, '⑳'),
        ('decimalEnclosedCircle', 21, '㉑'),
        ('decimalEnclosedCircle', 50, '㊿'),
        ('decimalEnclosedCircle', 51, '51'),
        ('decimalEnclosedParen', 2, '⑵'),
        ('decimalFullWidth', 10, '１０'),
        ('upperLetter', 27, 'AA'),
        ('lowerLetter', 2, 'b'),
        ('upperRoman', 1994, 'MCMXCIV'),
        ('lowerRoman', 4, 'iv'),
        ('ordinal', 22, '22nd'),
        ('ordinal', 111, '111th'),
        ('a format of the future', 7, '7'),
    ],
)
def test_a_number_is_printed_in_its_format(form: str, number: int, printed: str) -> None:
    assert numeral(number, form) == printed


def test_a_label_stands_before_the_text_and_beside_it() -> None:
    numbering = abstract(0, level(0, 'chineseCountingThousand', '%1、', '<w:suff w:val="nothing"/>')) + num(1, 0)
    block = read(docx(par('加强领导', listed(1)), numbering=numbering)).blocks[0]
    assert (block.label, block.text) == ('一、', '一、加强领导')


def test_a_tab_after_the_label_is_a_space() -> None:
    numbering = abstract(0, level(0, 'decimal', '%1.')) + num(1, 0)
    assert read(docx(par('建立制度', listed(1)), numbering=numbering)).blocks[0].text == '1. 建立制度'


def test_deeper_levels_restart_after_an_upper_one() -> None:
    numbering = abstract(0, level(0, 'chineseCounting', '（%1）'), level(1, 'decimal', '%1-%2', '<w:isLgl/>')) + num(
        1, 0
    )
    body = ''.join(par('项', listed(1, at)) for at in (0, 1, 1, 0, 1))
    assert labels(body, numbering) == ['（一）', '1-1', '1-2', '（二）', '2-1']


def test_a_level_that_never_restarts_counts_on() -> None:
    second = level(1, 'decimal', '%2.', '<w:lvlRestart w:val="0"/>')
    numbering = abstract(0, level(0, 'upperLetter', '%1'), second) + num(1, 0)
    assert labels(''.join(par('项', listed(1, at)) for at in (0, 1, 0, 1)), numbering) == ['A', '1.', 'B', '2.']


def test_lists_of_one_kind_count_together_unless_one_states_its_start() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract(0, level(0, 'decimal', '%1.')) + num(1, 0) + num(2, 0) + num(3, 0, override)
    body = ''.join(par('项', listed(which)) for which in (1, 2, 3, 3, 1))
    assert labels(body, numbering) == ['1.', '2.', '1.', '2.', '3.']


def test_an_override_replaces_a_level() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "decimalEnclosedCircle", "%1", start=3)}</w:lvlOverride>'
    numbering = abstract(0, level(0, 'decimal', '%1.')) + num(1, 0, override)
    assert labels(par('项', listed(1)) + par('项', listed(1)), numbering) == ['③', '④']


def test_a_skipped_upper_level_prints_its_first_number_and_is_counted() -> None:
    numbering = abstract(0, level(0, 'decimal', '%1', start=5), level(1, 'decimal', '%1.%2')) + num(1, 0)
    assert labels(par('项', listed(1, 1)) + par('项', listed(1, 0)), numbering) == ['5.1', '6']


def test_a_blank_paragraph_that_only_ends_a_section_takes_no_number() -> None:
    numbering = abstract(0, level(0, 'decimal', '%1.')) + num(1, 0)
    body = par('甲', listed(1)) + par('', listed(1) + '<w:sectPr/>') + par('', listed(1)) + par('乙', listed(1))
    assert labels(body, numbering) == ['1.', '2.', '3.']


def test_an_upper_level_that_is_a_bullet_prints_nothing() -> None:
    numbering = abstract(0, level(0, 'bullet', '•'), level(1, 'decimal', '%1%2)')) + num(1, 0)
    assert labels(par('项', listed(1, 0)) + par('项', listed(1, 1)), numbering) == ['•', '1)']


def test_a_bullet_of_a_symbol_font_is_translated() -> None:
    font = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    lvl = f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0d8"/>{font}</w:lvl>'
    assert labels(par('项', listed(1)), abstract(0, lvl) + num(1, 0)) == ['➢']


def test_a_list_comes_from_the_style_and_its_level_from_the_list() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="h1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h3"><w:basedOn w:val="h2"/></w:style>'
    )
    numbering = abstract(
        0,
        level(0, 'decimal', '%1', '<w:pStyle w:val="h1"/>'),
        level(1, 'decimal', '%1.%2', '<w:pStyle w:val="h2"/>'),
    ) + num(1, 0)
    body = ''.join(par('项', f'<w:pStyle w:val="{name}"/>') for name in ('h1', 'h2', 'h3'))
    off = par('项', '<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert labels(body + off, numbering, styles=styles) == ['1', '1.1', '1.2', None]


def test_a_list_that_links_to_a_numbering_style_takes_its_levels() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="s"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    linked = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="s"/></w:abstractNum>'
    numbering = abstract(0, level(0, 'decimal', '第%1条')) + linked + num(1, 0) + num(2, 1)
    assert labels(par('项', listed(2)), numbering, styles=styles) == ['第1条']


def test_numbers_in_cells_are_the_cells_text_and_count_row_by_row() -> None:
    numbering = abstract(0, level(0, 'decimal', '%1')) + num(1, 0)
    rows = [row(cell(par('', listed(1))), cell(text)) for text in ('甲', '乙')]
    found = read(docx(table(*rows) + par('项', listed(1)), numbering=numbering))
    assert [each.text.strip() for each in found.tables[0].cells] == ['1', '甲', '2', '乙']
    assert found.blocks[-1].label == '3'


def test_a_cell_that_a_merge_covers_does_not_count() -> None:
    numbering = abstract(0, level(0, 'decimal', '%1')) + num(1, 0)
    numbered = par('', listed(1))
    rows = [
        row(cell(numbered, '<w:vMerge w:val="restart"/>'), cell('甲')),
        row(cell(numbered, '<w:vMerge/>'), cell('乙')),
        row(cell(numbered), cell('丙')),
    ]
    assert [each.text.strip() for each in read(docx(table(*rows), numbering=numbering)).tables[0].cells] == [
        '1',
        '甲',
        '乙',
        '2',
        '丙',
    ]


def test_a_paragraph_whose_mark_is_deleted_takes_no_number() -> None:
    numbering = abstract(0, level(0, 'decimal', '%1.')) + num(1, 0)
    gone = par(
        '<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>', listed(1) + '<w:rPr><w:del w:id="2"/></w:rPr>'
    )
    assert labels(gone + par('新', listed(1)), numbering) == ['1.']


def test_a_list_that_is_not_defined_prints_nothing() -> None:
    assert labels(
        par('项', listed(9)) + par('项', listed(1, 5)), abstract(0, level(0, 'decimal', '%1')) + num(1, 0)
    ) == [None, None]
