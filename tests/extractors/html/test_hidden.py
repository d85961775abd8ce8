"""What a web page hides or strikes out, by whichever of the ways that pages have, is left out and said."""

from __future__ import annotations

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
