"""What a Word file holds and does not show, and what it writes above the line."""

from __future__ import annotations

import pytest

from kaohe.extractors.document import Document
from kaohe.extractors.docx import read
from kaohe.extractors.raised import raised
from kaohe.extractors.word.fields import equation
from tests.extractors.docx_builder import cell, docx, par, row, run, table

RESTART, CONTINUE, HIDDEN = '<w:vMerge w:val="restart"/>', '<w:vMerge/>', '<w:hidden/>'


def texts(found: Document) -> list[str]:
    return [each.text for each in found.tables[0].cells]


def left_out(found: Document) -> list[str]:
    return [each.message.split('：')[1].split('。')[0] for each in found.findings if each.code == 'part.hidden']


@pytest.mark.parametrize('at', [0, 1, 2])
def test_a_hidden_row_is_left_out_wherever_it_stands_and_said(at: int) -> None:
    rows = [row(cell('甲'), cell('1')), row(cell('乙'), cell('2'))]
    rows.insert(at, row(cell('作废'), cell('99'), properties=HIDDEN))
    found = read(docx(table(*rows)))
    assert texts(found) == ['甲', '1', '乙', '2']
    assert left_out(found) == ['1 行']


def test_a_category_that_a_hidden_row_begins_shows_in_the_rows_below() -> None:
    found = read(
        docx(
            table(
                row(cell('项目'), cell('内容')),
                row(cell('环卫', RESTART), cell('作废'), properties=HIDDEN),
                row(cell('', CONTINUE), cell('清扫')),
                row(cell('', CONTINUE), cell('清运')),
            )
        )
    )
    assert [(each.row, each.row_span, each.text) for each in found.tables[0].cells if each.col == 0] == [
        (0, 1, '项目'),
        (1, 2, '环卫'),
    ]
    assert found.tables[0].doubtful_rows == frozenset()


def test_a_category_merged_over_a_hidden_row_goes_on_below_it() -> None:
    found = read(
        docx(
            table(
                row(cell('环卫', RESTART), cell('清扫')),
                row(cell('', CONTINUE), cell('作废'), properties=HIDDEN),
                row(cell('', CONTINUE), cell('清运')),
            )
        )
    )
    assert texts(found) == ['环卫', '清扫', '清运']


@pytest.mark.parametrize('mark', ['<w:strike/>', '<w:dstrike/>', '<w:strike w:val="true"/>', '<w:vanish/>'])
def test_struck_out_and_hidden_text_is_left_out_and_said(mark: str) -> None:
    found = read(docx(par(run('扣') + run('1', mark) + run('0.5') + run('分'))))
    assert [block.text for block in found.blocks] == ['扣0.5分']
    assert left_out(found) == ['1 处文字']


WHITE, DARK = '<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:color="auto" w:fill="1F497D"/>'


def test_white_text_on_the_bare_page_is_left_out_and_said() -> None:
    found = read(docx(table(row(cell(par(run('扣0.5分') + run('，另扣9分', WHITE))), cell('1')))))
    assert texts(found) == ['扣0.5分', '1']
    assert left_out(found) == ['1 处文字']


TABLE_STYLE = f'<w:style w:type="table" w:styleId="t"><w:tblStylePr w:type="firstRow"><w:tcPr>{DARK}</w:tcPr></w:tblStylePr></w:style>'
SHOWN = {
    'in a dark cell': row(cell(par(run('序号', WHITE)), DARK), cell('1')),
    'in a dark paragraph': row(cell(par(run('序号', WHITE), DARK)), cell('1')),
    'on an automatic ground in a dark paragraph': row(
        cell(par(run('序号', WHITE + '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>'), DARK)), cell('1')
    ),
    'on a ground of its own': row(cell(par(run('序号', WHITE + DARK))), cell('1')),
    'highlighted': row(cell(par(run('序号', WHITE + '<w:highlight w:val="darkBlue"/>'))), cell('1')),
    'in a box': row(
        cell(par(f'<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{par(run("序号", WHITE))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>')),
        cell('1'),
    ),
}  # fmt: skip


@pytest.mark.parametrize('way', SHOWN)
def test_white_text_on_a_dark_ground_is_text(way: str) -> None:
    found = read(docx(table(SHOWN[way])))
    assert texts(found) == ['序号', '1']
    assert not left_out(found)


def test_white_text_in_a_table_whose_style_shades_it_is_text() -> None:
    styled = table(row(cell(par(run('序号', WHITE))), cell('1'))).replace(
        '<w:tblPr/>', '<w:tblPr><w:tblStyle w:val="t"/></w:tblPr>'
    )
    assert texts(read(docx(styled, styles=TABLE_STYLE))) == ['序号', '1']


def shape(style: str, name: str = 's1', inner: str = '<v:textpath string="讨论稿"/>') -> str:
    return f'<w:r><w:pict><v:shape id="{name}" style="{style}">{inner}</v:shape></w:pict></w:r>'


BOX = f'<v:textbox><w:txbxContent>{par("讨论稿")}</w:txbxContent></v:textbox>'
DRAWN = (
    '<w:r><w:drawing><a:graphic><a:graphicData><wps:wsp><wps:spPr><a:xfrm rot="18900000"/></wps:spPr>'
    f'<wps:txbx><w:txbxContent>{par("讨论稿")}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></w:drawing></w:r>'
)


@pytest.mark.parametrize(
    'mark',
    [
        shape('width:9pt', 'PowerPlusWaterMarkObject7'),
        shape('rotation:315;z-index:-1'),
        shape('rotation:-30', inner=BOX),
        DRAWN,
    ],
    ids=['named', 'leaning', 'a box', 'a drawn box'],
)
def test_a_watermark_in_the_body_is_set_apart(mark: str) -> None:
    found = read(docx(par(mark) + par('青禾市考核细则') + table(row(cell(par(mark + run('扣1分')))))))
    assert [(block.kind, block.text) for block in found.blocks if block.text] == [
        ('paragraph', '青禾市考核细则'),
        ('furniture', '讨论稿'),
        ('furniture', '讨论稿'),
    ]
    assert texts(found) == ['扣1分']


def test_a_level_box_is_text() -> None:
    found = read(docx(par(shape('rotation:90', inner=BOX)) + par(shape('width:9pt'))))
    assert [(block.kind, block.text) for block in found.blocks] == [('paragraph', '讨论稿')] * 2


@pytest.mark.parametrize(('size', 'text'), [('14', '800m²'), ('20', '800m2')])
def test_what_is_set_higher_and_smaller_is_raised(size: str, text: str) -> None:
    lifted = run('2', f'<w:position w:val="6"/><w:sz w:val="{size}"/>')
    assert [block.text for block in read(docx(par(run('800m') + lifted))).blocks] == [text]


def test_text_that_a_style_strikes_out_is_left_out() -> None:
    styles = '<w:style w:type="character" w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>'
    body = par(
        run('扣') + run('1', '<w:rStyle w:val="old"/>') + run('2', '<w:rStyle w:val="old"/><w:strike w:val="0"/>')
    )
    assert [block.text for block in read(docx(body, styles=styles)).blocks] == ['扣2']


def test_what_is_not_struck_out_leaves_no_word() -> None:
    assert not left_out(read(docx(par(run('扣1分', '<w:strike w:val="false"/>')))))


@pytest.mark.parametrize(
    ('text', 'shown'),
    [('2', '²'), ('4', '⁴'), ('-3', '⁻³'), ('12', '¹²'), ('(1)', '⁽¹⁾'), ('[1]', '⁽¹⁾'), ('注', '注'), ('th', 'th')],
)
def test_raised_text_is_written_as_such_where_there_are_signs_for_it(text: str, shown: str) -> None:
    assert raised(text) == shown
    body = par(run('面积10') + run(text, '<w:vertAlign w:val="superscript"/>') + run('以上'))
    assert read(docx(body)).blocks[0].text == f'面积10{shown}以上'


def test_lowered_text_stays_as_it_is() -> None:
    body = par(run('PM') + run('2.5', '<w:vertAlign w:val="subscript"/>'))
    assert read(docx(body)).blocks[0].text == 'PM2.5'


@pytest.mark.parametrize(
    ('field', 'shown'),
    [
        (r'\f(1,2)', '1/2'),
        (r'\f(完成数,任务数)', '完成数/任务数'),
        (r'\f(1；2)', '1/2'),
        (r'10\s\up5(4)', '10⁴'),
        (r'm\s\up 6(2)', 'm²'),
        (r'\o\ac(○,12)', '⑫'),
        (r'\r(3,8)', '3√8'),
        (r'\r(2)', '√2'),
        (r'\f(\f(1,2),3)', '1/2/3'),
        (r'\b\lc\((\f(1,2))', '(1/2)'),
        (r'\x\to\bo(甲)', '甲'),
        (r'1\f(1,2', '11/2'),
        ('(a', '(a)'),
    ],
)
def test_equation_fields_are_read_on_one_line(field: str, shown: str) -> None:
    assert equation(field) == shown


@pytest.mark.parametrize(('sign', 'shown'), [('2', '10²'), ('n', '10^n'), ('n+1', '10^(n+1)'), ('-3', '10⁻³')])
def test_powers_of_formulas_are_raised(sign: str, shown: str) -> None:
    power = f'<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>{sign}</m:t></m:r></m:sup></m:sSup></m:oMath>'
    assert read(docx(par(run('达到') + power + run('亩')))).blocks[0].text == f'达到{shown}亩'


def form(inner: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ('stated', 'shown'),
    [
        ('<w:result w:val="2"/>', '15'),
        ('<w:default w:val="1"/>', '10'),
        ('<w:result w:val="0"/><w:default w:val="1"/>', '5'),
        ('', '5'),
        ('<w:result w:val="9"/>', ''),
    ],
)
def test_a_drop_down_list_of_a_form_shows_what_was_chosen(stated: str, shown: str) -> None:
    entries = ''.join(f'<w:listEntry w:val="{each}"/>' for each in (5, 10, 15))
    body = par(run('分值') + form(f'<w:ddList>{stated}{entries}</w:ddList>') + run('分'))
    assert read(docx(body)).blocks[0].text == f'分值{shown}分'


def test_what_a_merged_away_cell_holds_is_told_unless_the_cell_that_shows_says_it_too() -> None:
    rows = [
        row(cell('甲', RESTART), cell('1')),
        row(cell('甲', CONTINUE), cell('2')),
        row(cell('乙', CONTINUE), cell('3')),
    ]
    found = read(docx(table(*rows)))
    assert texts(found) == ['甲', '1', '2', '3']
    assert left_out(found) == ['1 处文字']
    assert left_out(read(docx(table(*rows[:2])))) == []
