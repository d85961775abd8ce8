"""What is filled in on a PDF form, and what readers wrote on its pages, is read with or without a picture of how it looks."""

from __future__ import annotations

import pytest

from kaohe.extractors.document import Document
from kaohe.extractors.pdf import read
from tests.extractors.pdf_writer import _SHARED, PdfPage
from tools.samples.objects import numbered

PAGE = PdfPage().text(50, 60, '考核细则').text(50, 100, '得分：')
# Behind 得分：, as high as its line.
PLACE = '/Rect[80 735 280 751]'


def form(
    *annotations: str, more: tuple[str, ...] = (), fields: str | None = None, turn: int = 0, page: PdfPage = PAGE
) -> bytes:
    """A page with a form of these annotations (objects from 9 on), and ``more`` objects behind them."""
    content = '\n'.join(page.content).encode()
    numbers = ' '.join(f'{9 + at} 0 R' for at in range(len(annotations)))
    objects = [
        f'<</Type/Catalog/Pages 2 0 R/AcroForm<</NeedAppearances true/DA(/F1 10 Tf)/DR<</Font<</F1 3 0 R>>>>/Fields[{fields or numbers}]>>>>'.encode(),
        b'<</Type/Pages/Count 1/Kids[7 0 R]>>',
        *_SHARED,
        f'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {turn}/Contents 8 0 R/Annots[{numbers}]/Resources<</Font<</F1 3 0 R>>>>>>'.encode(),
        b'<</Length %d>>stream\n%s\nendstream' % (len(content), content),
        *(annotation.encode() for annotation in annotations),
        *(one.encode() for one in more),
    ]
    return numbered(objects)


def widget(rest: str, place: str = PLACE) -> str:
    return f'<</Type/Annot/Subtype/Widget/P 7 0 R{place}/F 4/T(a){rest}>>'


def hexed(text: str) -> str:
    return f'<FEFF{text.encode("utf-16-be").hex()}>'


def texts(document: Document) -> list[str]:
    return [text for text in document.texts() if text]


FILLED = {
    'a text': (widget(f'/FT/Tx/V{hexed("8.5分")}'), '8.5分'),
    'a number': (widget('/FT/Tx/V(95)'), '95'),
    'a text of several lines': (widget(f'/FT/Tx/Ff 4096/V{hexed("8分")}'), '8分'),
    'a list of choices': (widget(f'/FT/Ch/Ff 131072/Opt[{hexed("优秀")}{hexed("良好")}]/V{hexed("良好")}'), '良好'),
    'choices with values of their own': (
        widget(f'/FT/Ch/Ff 131072/Opt[[(1){hexed("优秀")}][(2){hexed("良好")}]]/V(2)'),
        '良好',
    ),
    'a list': (widget(f'/FT/Ch/Opt[{hexed("优秀")}{hexed("良好")}]/V{hexed("优秀")}'), '优秀'),
    'a ticked box': (widget('/FT/Btn/V/Yes/AS/Yes/AP<</N<</Yes 10 0 R/Off 10 0 R>>>>'), '☑'),
    'a box that is not ticked': (widget('/FT/Btn/V/Off/AS/Off/AP<</N<</Yes 10 0 R/Off 10 0 R>>>>'), '☐'),
    'a ticked box without a picture': (widget('/FT/Btn/V/Yes/AS/Yes'), '☑'),
    'text that a reader wrote': (f'<</Type/Annot/Subtype/FreeText{PLACE}/Contents{hexed("核减2分")}>>', '核减2分'),
    'text with a form of its own': (
        f'<</Type/Annot/Subtype/FreeText{PLACE}/RC(<body><p>x</p></body>)/Contents{hexed("核减2分")}>>',
        '核减2分',
    ),
}  # fmt: skip
EMPTY_FORM = '<</Type/XObject/Subtype/Form/BBox[0 0 10 10]/Length 0>>stream\n\nendstream'


@pytest.mark.parametrize('way', FILLED)
def test_what_is_filled_in_is_read_in_its_place(way: str) -> None:
    annotation, shown = FILLED[way]
    assert texts(read(form(annotation, more=(EMPTY_FORM,)))) == ['考核细则', f'得分：{shown}']


def test_the_value_of_a_field_with_several_places_is_read_in_each() -> None:
    first = f'<</Type/Annot/Subtype/Widget/P 7 0 R{PLACE}/F 4/Parent 11 0 R>>'
    second = '<</Type/Annot/Subtype/Widget/P 7 0 R/Rect[50 635 250 651]/F 4/Parent 11 0 R>>'
    data = form(first, second, more=('<</FT/Tx/T(a)/V(95)/Kids[9 0 R 10 0 R]>>',), fields='11 0 R')
    assert texts(read(data)) == ['考核细则', '得分：95', '95']


def test_one_of_several_radio_buttons_is_marked() -> None:
    def button(at: int, state: str) -> str:
        return (
            f'<</Type/Annot/Subtype/Widget/P 7 0 R/Rect[{80 + 40 * at} 735 {92 + 40 * at} 751]/F 4/Parent 11 0 R/AS/{state}'
            f'/AP<</N<</C{at} 12 0 R/Off 12 0 R>>>>>>'
        )

    parent = '<</FT/Btn/Ff 49152/T(a)/V/C1/Kids[9 0 R 10 0 R]>>'
    found = texts(read(form(button(0, 'Off'), button(1, 'C1'), more=(parent, EMPTY_FORM), fields='11 0 R')))
    assert found[1].replace(' ', '') == '得分：☐☑'


@pytest.mark.parametrize('flag', [2, 32])
def test_hidden_fields_are_not_read(flag: int) -> None:
    assert texts(read(form(widget('/FT/Tx/V(95)').replace('/F 4', f'/F {flag}')))) == ['考核细则', '得分：']


def test_a_secret_is_not_read() -> None:
    assert '95' not in ''.join(texts(read(form(widget('/FT/Tx/Ff 8192/V(95)')))))


def test_a_comment_that_only_opens_on_a_click_is_not_read() -> None:
    note = f'<</Type/Annot/Subtype/Text{PLACE}/Contents{hexed("请核对")}>>'
    assert texts(read(form(note))) == ['考核细则', '得分：']


def test_values_stand_in_the_cells_of_a_table() -> None:
    page = PdfPage().text(50, 60, '考核细则').lattice([50, 200, 350], [90, 120, 150])
    page.text(60, 110, '内容').text(210, 110, '分值').text(60, 140, '台账')
    value = widget('/FT/Tx/V(10)', '/Rect[205 695 345 719]')
    (table,) = read(form(value, page=page)).tables
    assert [cell.text for cell in table.cells] == ['内容', '分值', '台账', '10']


def test_what_a_reader_struck_out_is_left_out_and_said() -> None:
    struck = '<</Type/Annot/Subtype/StrikeOut/Rect[48 735 82 755]/QuadPoints[48 755 82 755 48 735 82 735]>>'
    found = read(form(struck))
    assert texts(found) == ['考核细则']
    assert [one.code for one in found.findings] == ['part.hidden']


@pytest.mark.parametrize('kind', ['/FT/Tx', '/FT/Ch/Ff 131072/Opt[(35)(25)]'])
def test_places_of_one_field_that_say_different_things_are_read_each_and_said(kind: str) -> None:
    second = '/Rect[50 635 250 651]'
    found = read(form(widget(f'{kind}/V(35)'), widget(f'{kind}/V(25)', second)))
    assert texts(found) == ['考核细则', '得分：35', '25']
    assert [(one.code, one.page) for one in found.findings] == [('form.differs', 1)]
    assert '“a”' in found.findings[0].message
