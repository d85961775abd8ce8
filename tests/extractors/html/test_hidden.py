"""What a web page hides or strikes out, by whichever of the ways that pages have, is left out and said."""

from __future__ import annotations

import time

import pytest

from kaohe.extractors.document import Document
from kaohe.extractors.html import read

ROWS = '<tr><td>1</td><td>每处扣0.5分</td></tr>'


def page(row: str, style: str = '') -> Document:
    head = f'<head><meta charset="utf-8"><style>{style}</style></head>'
    return read(f'<html>{head}<body><p>细则</p><table>{ROWS}{row}</table></body></html>'.encode())


def texts(document: Document) -> str:
    return ''.join(document.texts())


HIDDEN = {
    'class': ('<tr class="gone"><td>2</td><td>旧条款扣50分</td></tr>', '.gone{display:none}'),
    'one of several classes': ('<tr class="row gone x"><td>2</td><td>旧条款扣50分</td></tr>', '.gone { display : none ; }'),
    'class of an element': ('<tr><td>2</td><td class="old">旧条款扣50分</td></tr>', 'td.old{visibility:hidden}'),
    'id': ('<tr id="r2"><td>2</td><td>旧条款扣50分</td></tr>', '#r2{display:none !important}'),
    'several selectors': ('<tr class="b"><td>旧条款扣50分</td></tr>', '.a, .b{display:none}'),
    'comment of the sheet': ('<tr class="b"><td>旧条款扣50分</td></tr>', '<!-- .b{display:none} -->'),
    'chinese class': ('<tr class="隐藏"><td>旧条款扣50分</td></tr>', '.隐藏{display:none}'),
    'Word': ('<tr><td><span style="mso-hide:all">旧条款扣50分</span></td></tr>', ''),
    'style': ('<tr style="display:none"><td>旧条款扣50分</td></tr>', ''),
    'attribute': ('<tr hidden><td>旧条款扣50分</td></tr>', ''),
    's': ('<tr><td><s>旧条款扣50分</s></td></tr>', ''),
    'del': ('<tr><td><del>旧条款扣50分</del></td></tr>', ''),
    'strike': ('<tr><td><strike>旧条款扣50分</strike></td></tr>', ''),
    'line through': ('<tr><td><span style="text-decoration: line-through">旧条款扣50分</span></td></tr>', ''),
    'tabs that are not open': ('<tr class="tab"><td>旧条款扣50分</td></tr>', '.tab{display:none} .tab.on{display:table-row}'),
    'inside of something': ('<tr><td class="b">旧条款扣50分</td></tr>', 'table tr .b{display:none}'),
    'more important': ('<tr class="b" style="display:table-row"><td>旧条款扣50分</td></tr>', '.b{display:none!important}'),
    'all but those': ('<tr class="b"><td>旧条款扣50分</td></tr>', '.b:not(.on){display:none}'),
    'on screens': ('<tr class="b"><td>旧条款扣50分</td></tr>', '@media screen{.b{display:none}}'),
    'attribute of a kind': ('<tr data-x="old-1"><td>旧条款扣50分</td></tr>', 'tr[data-x^="old"]{display:none}'),
    'the second': ('<tr><td>旧条款扣50分</td></tr>', 'tr:nth-child(2){display:none}'),
    'the last': ('<tr><td>旧条款扣50分</td></tr>', 'tr:last-child{visibility:collapse}'),
    'beside another': ('<tr><td>旧条款扣50分</td></tr>', 'tr + tr{display:none}'),
    'any of': ('<tr class="b"><td>旧条款扣50分</td></tr>', ':is(.a, .b) td{display:none}'),
    'without ink': ('<tr class="b"><td>旧条款扣50分</td></tr>', '.b{opacity:0}'),
    'without size': ('<tr><td style="font-size:0">旧条款扣50分</td></tr>', ''),
    'every cell of a row struck out': ('<tr><td><s>2</s></td><td style="text-decoration:line-through"><b>旧条款扣50分</b></td></tr>', ''),
    'white on white': ('<tr><td><span style="color:#fff">旧条款扣50分</span></td></tr>', ''),
    'white by a class': ('<tr><td><span class="x">旧条款扣50分</span></td></tr>', '.x{color:rgb(255, 255, 255)}'),
    'white by a font': ('<tr><td bgcolor="white"><font color="#FFFFFF">旧条款扣50分</font></td></tr>', ''),
    'line through by class': ('<tr><td><span class="x">旧条款扣50分</span></td></tr>', '.x{text-decoration:underline line-through}'),
}  # fmt: skip


@pytest.mark.parametrize('way', HIDDEN)
def test_it_is_left_out_and_said(way: str) -> None:
    found = page(*HIDDEN[way])
    assert '旧条款' not in texts(found)
    assert '每处扣0.5分' in texts(found)
    assert [one.code for one in found.findings] == ['part.hidden']


SHOWN = {
    'other class': ('<tr class="on"><td>新条款扣5分</td></tr>', '.gone{display:none}'),
    'a part of a name': ('<tr class="gone2"><td>新条款扣5分</td></tr>', '.gone{display:none}'),
    'on paper only': ('<tr class="b"><td>新条款扣5分</td></tr>', '@media print{.b{display:none}}'),
    'shown again': ('<tr class="b"><td>新条款扣5分</td></tr>', '.b{display:none}.b{display:table-row}'),
    'shown by its own style': ('<tr class="b" style="display:table-row"><td>新条款扣5分</td></tr>', '.b{display:none}'),
    'inside of something': ('<tr class="b"><td>新条款扣5分</td></tr>', '.menu .b{display:none}'),
    'when pointed at': ('<tr class="b"><td>新条款扣5分</td></tr>', '.b:hover{display:none}'),
    'a tab that is open': (
        '<tr class="tab on"><td>新条款扣5分</td></tr>',
        '.tab{display:none} .tab.on{display:table-row}',
    ),
    'a tab that is open, said before': (
        '<tr class="tab on"><td>新条款扣5分</td></tr>',
        '.tab.on{display:table-row} .tab{display:none}',
    ),
    'more important': (
        '<tr class="b"><td>新条款扣5分</td></tr>',
        '.b{display:table-row !important} #x .b, tr.b{display:none}',
    ),
    'an id goes before a class': (
        '<tr class="b" id="x"><td>新条款扣5分</td></tr>',
        '#x{display:table-row} tr.b{display:none}',
    ),
    'not those': ('<tr class="b on"><td>新条款扣5分</td></tr>', '.b:not(.on){display:none}'),
    'another sheet': (
        '<tr class="b"><td>新条款扣5分</td></tr>',
        '.b{display:none}</style><style>.b{display:table-row}',
    ),
    'shown in what is hidden': (
        '<tr style="visibility:hidden"><td style="visibility:visible">新条款扣5分</td></tr>',
        '',
    ),
    'a child only': ('<tr class="b"><td>新条款扣5分</td></tr>', 'div > .b{display:none}'),
    'the next one': ('<tr class="a"><td>3</td></tr><tr><td>新条款扣5分</td></tr>', '.b + tr{display:none}'),
    'white on a dark row': ('<tr style="background:#036;color:#fff"><td>新条款扣5分</td></tr>', ''),
    'white on a picture': (
        '<tr><td style="background-image:linear-gradient(#036,#069);color:#fff">新条款扣5分</td></tr>',
        '',
    ),
    'white on a ground of some screens': (
        '<tr><td>新条款扣5分</td></tr>',
        '@media (min-width:1px){td{background:#036}} td{color:#fff}',
    ),
    'white on a ground of another sheet': ('<tr><td>新条款扣5分</td></tr>', '@import url(a.css);td{color:#fff}'),
    'dark again': ('<tr style="color:#fff"><td style="color:initial">新条款扣5分</td></tr>', ''),
    'white on a dark class': ('<tr class="b"><td>新条款扣5分</td></tr>', '.b{background-color:#036;color:white}'),
    'white where another sheet may say the ground': (
        '<tr style="color:#fff"><td>新条款扣5分</td></tr>',
        '</style><link rel="stylesheet" href="a.css"><style>',
    ),
    'another attribute': ('<tr data-x="1"><td>新条款扣5分</td></tr>', '[data-x="2"]{display:none}'),
    'the marked tab': (
        '<tr><td><input type="radio" id="t1" checked><p>新条款扣5分</p></td></tr>',
        'td p{display:none} #t1:checked ~ p{display:block}',
    ),
    'a sheet for paper': ('<tr class="b"><td>新条款扣5分</td></tr>', '</style><style media="print">.b{display:none}'),
    'a struck-out word taken back': ('<tr><td><s class="b">新条款扣5分</s></td></tr>', 's.b{text-decoration:none}'),
    'a rule nobody understands': (
        '<tr class="b"><td>新条款扣5分</td></tr>',
        'tr.b..x, .b{display:none} }} .b{display:table-row}',
    ),
    'what stands before it': ('<tr class="b"><td>新条款扣5分</td></tr>', '.b::before{display:none}'),
    'hidden, but shown by a style': ('<tr hidden style="display:table-row"><td>新条款扣5分</td></tr>', ''),
    'underlined': ('<tr><td><u>新条款扣5分</u></td></tr>', ''),
}


@pytest.mark.parametrize('way', SHOWN)
def test_what_is_shown_stays(way: str) -> None:
    found = page(*SHOWN[way])
    assert '新条款扣5分' in texts(found)
    assert not found.findings


def test_text_behind_what_is_struck_out_stays() -> None:
    found = page('<tr><td>每次扣<s>5</s>3分</td></tr>')
    assert '每次扣3分' in texts(found)


def test_a_hidden_cell_keeps_its_place() -> None:
    found = page('<tr><td style="visibility:hidden">2</td><td>每次扣5分</td></tr>')
    assert [cell.text for cell in found.tables[0].cells if cell.row == 1] == ['', '每次扣5分']


def test_fields_show_what_was_ticked_and_chosen() -> None:
    row = (
        '<tr><td><input type="checkbox" checked>是<input type="radio">否</td>'
        '<td><select><option>合格<option selected>优秀<option>良好</select></td></tr>'
    )
    assert [cell.text for cell in page(row).tables[0].cells if cell.row == 1] == ['☑是☐否', '优秀']


def test_many_rules_over_many_elements_take_time_in_proportion() -> None:
    """Selectors that ask for ancestors again and again, in a page as deep as a parser allows."""
    style = 'div div div div div div div div div p{display:none}' * 20
    deep = '<div>' * 200 + '<p>甲</p>' * 200 + '</div>' * 200
    start = time.process_time()
    page('<tr><td>新条款扣5分' + deep + '</td></tr>', style)
    assert time.process_time() - start < 20


def test_places_among_many_siblings_take_time_in_proportion() -> None:
    row = '<tr><td>' + '<p>甲</p>' * 8_000 + '</td></tr>'
    style = ''.join(f'p:nth-child({at}){{display:none}}' for at in range(2, 12))
    start = time.process_time()
    found = page(row, style)
    assert time.process_time() - start < 10
    assert texts(found).count('甲') == 7_990


@pytest.mark.parametrize(
    ('style', 'own'),
    [
        ('', 'display:' + '(' * 1_000),
        ('div ' * 1_000 + 'p{display:none}', ''),
        (':not(' * 2_000, ''),
        ('.a' * 3_000 + '{display:none}', ''),
        ('@media screen{' * 2_000, ''),
    ],
)
def test_a_style_that_is_nested_beyond_all_reason_loses_nothing(style: str, own: str) -> None:
    row = f'<tr><td class="a" style="{own}">新条款扣5分</td><td class="gone">旧条款</td></tr>'
    assert '新条款扣5分' in texts(page(row, f'.gone{{display:none}} {style}'))
