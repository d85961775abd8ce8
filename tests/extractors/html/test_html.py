import re
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.extractors.document import Document, Table, Unreadable
from kaohe.extractors.html import grid
from kaohe.extractors.html.reader import read


def page(body: str, encoding: str = 'utf-8') -> Document:
    return read(f'<html><head><title>t</title></head><body>{body}</body></html>'.encode(encoding))


def order(document: Document) -> list[str]:
    return [f'<{block.table}>' if block.kind == 'table' else block.text for block in document.blocks]


def drawn(table: Table) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.col, cell.row_span, cell.col_span, cell.text) for cell in table.cells]


DATA = '<table><tr><th>项目</th><th>分值</th></tr><tr><td>党建</td><td>5</td></tr></table>'


def test_paragraphs_and_tables_stand_in_order() -> None:
    document = page(f'<h1>考核细则</h1><p>各科室：</p>{DATA}<div>附件<br>另发</div>')
    assert order(document) == ['考核细则', '各科室：', '<0>', '附件', '另发']
    assert document.blocks[0].level == 1


def test_what_a_browser_does_not_show_is_dropped() -> None:
    hidden = (
        '<script>var a="坏"</script><style>p{}</style><!-- 注释 --><p style="display: none">隐</p><p hidden>藏</p>'
        '<input type="hidden" value="密"><template><p>模板</p></template>'
    )
    assert order(page(f'甲{hidden}乙')) == ['甲乙']


def test_text_behind_a_comment_or_script_is_kept() -> None:
    assert order(page('得<!--[if x]>坏<![endif]-->1<script>x</script>分')) == ['得1分']


def test_entities_and_white_space_read_as_shown() -> None:
    assert order(page('<p>资产&nbsp;负债率&le;11%，  每\n   超过1个   百分点</p>')) == [
        '资产\xa0负债率≤11%， 每超过1个 百分点'
    ]


def test_preformatted_text_keeps_its_lines() -> None:
    assert order(page('<pre>一、党建\n二、人事</pre>')) == ['一、党建', '二、人事']


def test_ordered_lists_print_their_numbers() -> None:
    document = page(
        '<ol start="3"><li>甲</li><li>乙</li></ol><ol style="list-style:none"><li>1.丙</li></ol><ul><li>丁</li></ul>'
    )
    assert order(document) == ['3. 甲', '4. 乙', '1.丙', '丁']
    assert document.blocks[0].label == '3.'


def test_centered_paragraphs_are_known() -> None:
    document = page(
        '<p align="center">标题</p><div style="text-align:center"><p>副题</p><p style="text-align:left">正文</p></div>'
    )
    assert [block.centered for block in document.blocks] == [True, True, False]


def test_spans_are_merged_cells() -> None:
    rows = (
        '<thead><tr><td colspan="2">项目</td><td>分值</td></tr></thead>'
        '<tr><td rowspan="2">党建</td><td>学习</td><td>2</td></tr><tr><td>换届</td><td>3</td></tr>'
    )
    table = page(f'<table>{rows}</table>').tables[0]
    assert drawn(table) == [
        *((0, 0, 1, 2, '项目'), (0, 2, 1, 1, '分值')),
        *((1, 0, 2, 1, '党建'), (1, 1, 1, 1, '学习'), (1, 2, 1, 1, '2')),
        *((2, 1, 1, 1, '换届'), (2, 2, 1, 1, '3')),
    ]
    assert table.header_rows == 1


@pytest.mark.parametrize('span', ['1000', '99999999999', '0', '-3', 'viele', ''])
def test_absurd_spans_are_cut_to_what_is_there(span: str) -> None:
    rows = f'<tr><td rowspan="{span}" colspan="{span}">一</td></tr><tr><td>二</td><td>三</td></tr><tr><td>四</td><td>五</td></tr>'
    table = page(f'<table>{rows}</table>').tables[0]
    assert table.rows <= 3
    assert table.cols <= 3
    table.grid()
    assert {cell.text for cell in table.cells} >= set('一二三四五')


def test_overlapping_spans_lose_no_cell() -> None:
    rows = '<tr><td>一</td><td rowspan="2">二</td></tr><tr><td colspan="2">三</td><td>四</td></tr>'
    table = page(f'<table>{rows}</table>').tables[0]
    table.grid()
    assert [cell.text for cell in table.cells if cell.text] == list('一二三四')


def test_a_table_that_arranges_the_page_is_taken_apart() -> None:
    menu = '<td>首页<br>新闻</td>'
    document = page(
        f'<table><tr>{menu}<td><table><tr><td><p>通知</p>{DATA}<p>注：略</p></td></tr></table></td></tr></table>'
    )
    assert order(document) == ['首页', '新闻', '通知', '<0>', '注：略']
    assert document.tables[0].parent is None


def test_a_table_in_a_cell_of_a_table_knows_its_cell() -> None:
    rows = ''.join(f'<tr><td>第{n}项考核内容应当按照本细则逐条对照落实</td><td>{n}</td></tr>' for n in range(4))
    document = page(f'<table>{rows}<tr><td>分档{DATA}</td><td>9</td></tr></table>')
    assert order(document) == ['<0>']
    outer, inner = document.tables
    assert inner.parent == (0, 4, 0)
    assert outer.cells[8].text == '分档'
    assert inner.cells[0].text == '项目'


@pytest.mark.parametrize('rows', [1, 2, 5])
def test_a_short_table_with_a_head_keeps_the_tables_in_its_cells(rows: int) -> None:
    head = '<tr><th>序号</th><td>考核内容</td><td><b>评分标准</b></td><td>分值</td></tr>'
    inner = '<table><tr><td>每闭馆1天</td><td>扣2分</td></tr><tr><td>收取费用的</td><td>不得分</td></tr></table>'
    document = page(f'<table>{head}{f"<tr><td>1</td><td>免费开放</td><td>{inner}</td><td>50</td></tr>" * rows}</table>')
    assert [table.parent for table in document.tables] == [None, *((0, row + 1, 2) for row in range(rows))]


@pytest.mark.parametrize(
    ('written', 'text'),
    [
        ('达到10<sup>4</sup>m<sup>3</sup>', '达到10⁴m³'),
        ('5×10<sup><b>-2</b></sup>次', '5×10⁻²次'),
        ('600m<span style="mso-x:1; vertical-align: super">2</span>以上', '600m²以上'),
        ('扣0.2<sup>[1]</sup>分', '扣0.2⁽¹⁾分'),
        ('扣0.2<sup>①</sup>分', '扣0.2⁽¹⁾分'),
        ('第4<sup>th</sup>项①', '第4th项①'),
    ],
)
def test_raised_characters_stay_raised(written: str, text: str) -> None:
    assert order(page(f'<p>{written}</p>')) == [text]


def test_a_cell_keeps_its_paragraphs() -> None:
    document = page(
        '<table><tr><td>1.学习<br/>2.换届</td><td>5</td></tr><tr><td><p>甲</p><p>乙</p></td><td>3</td></tr></table>'
    )
    assert [cell.text for cell in document.tables[0].cells] == ['1.学习\n2.换届', '5', '甲\n乙', '3']


def test_a_gbk_page_that_says_so_is_read() -> None:
    data = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><p>镕基㈠考核</p></html>'
    assert order(read(data.encode('gb18030'))) == ['镕基㈠考核']


def test_a_gbk_page_that_says_nothing_is_read() -> None:
    assert order(page('<p>考核内容与评分标准</p>', 'gb18030')) == ['考核内容与评分标准']


def test_an_archived_page_is_unpacked() -> None:
    import base64

    inner = base64.encodebytes(f'<html><body><p>考核细则</p>{DATA}</body></html>'.encode('gb18030')).decode()
    message = (
        'From: <Saved by Browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----b"\r\n\r\n'
        '------b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n'
        '------b\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f'{inner}\r\n------b--\r\n'
    )
    assert order(read(message.encode())) == ['考核细则', '<0>']


def test_a_quoted_printable_archive_is_unpacked() -> None:
    message = (
        'MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n'
        '<p>=E8=80=83=\n=E6=A0=B8</p>\n'
    )
    assert order(read(message.encode())) == ['考核']


@pytest.mark.parametrize('body', ['', '<script>1</script>', '<table><tr><td></td></tr></table>'])
def test_a_page_that_shows_nothing_is_refused(body: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        page(body)
    assert refusal.value.finding.code == 'file.no_text'


@pytest.mark.parametrize('tag', ['div', 'table><tr><td', 'ol><li', 'b'])
def test_deep_nesting_is_read(tag: str) -> None:
    assert '底' in ''.join(page(f'<{tag}>' * 500 + '底').texts())


def test_what_lies_too_deep_is_reported() -> None:
    assert [finding.code for finding in page('甲' + '<b>' * 3000 + '底').findings] == ['part.unreadable']
    with pytest.raises(Unreadable) as refusal:
        page('<b>' * 3000 + '底')
    assert refusal.value.finding.code == 'file.broken'


TAGS = [
    '<table>',
    '</table>',
    '<tr>',
    '<td>',
    '<td rowspan=3>',
    '<td colspan=2>',
    '</td>',
    '<p>',
    '<br>',
    '<ol>',
    '<li>',
    '</div>',
    '考核',
    '1分',
]


@given(st.lists(st.sampled_from(TAGS), max_size=40))
def test_any_markup_keeps_its_text_and_tiles_its_tables(parts: list[str]) -> None:
    try:
        document = page(''.join(parts))
    except Unreadable:
        assert '考核' not in parts
        assert '1分' not in parts
        return
    for table in document.tables:
        table.grid()
    shown = ''.join(document.texts())
    assert [len(re.findall(word, shown)) for word in ('考核', '1分')] == [parts.count('考核'), parts.count('1分')]


def test_spans_without_end_take_bounded_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, 'MAX_GRID', 400)
    document = page('<table>' + '<tr><td rowspan="65534">一</td><td>二</td></tr>' * 200 + '</table>')
    table = document.tables[0]
    table.grid()
    assert table.rows * table.cols <= 400
    assert [finding.code for finding in document.findings] == ['table.large']


_DRAWN_BY_STYLE = (
    '<style>.t{display:table}.r{display:table-row}.c{display:table-cell}</style>'
    '<div class="t"><div class="r"><div class="c">项目</div><div class="c">分值</div></div>'
    '<div class="r"><div class="c">党建<p>工作</p></div><div class="c">5</div></div></div>'
)


def test_elements_that_a_style_makes_cells_of_rows_are_a_table() -> None:
    document = page(f'前{_DRAWN_BY_STYLE}后')
    assert order(document) == ['前', '<0>', '后']
    assert [cell.text for cell in document.tables[0].cells] == ['项目', '分值', '党建\n工作', '5']


def test_cells_without_rows_only_arrange_the_page() -> None:
    document = page(
        '<div style="display:table"><div style="display:table-cell">甲</div><div style="display:table-cell">乙</div></div>'
    )
    assert not document.tables
    assert order(document) == ['甲', '乙']


def test_columns_of_preformatted_text_stay_apart() -> None:
    assert order(page('<pre>  项目\t分值\n党建  5</pre>')) == ['项目\u3000\u3000分值', '党建\u3000\u30005']


def test_what_a_mail_message_carries_beside_its_text_is_told() -> None:
    mail = EmailMessage()
    mail['Subject'] = '考核细则'
    mail.set_content('各单位：细则见附件。')
    mail.add_attachment(b'PK', maintype='application', subtype='zip', filename='细则.docx')
    found = read(mail.as_bytes())
    assert [block.text for block in found.blocks] == ['各单位：细则见附件。']
    assert [(one.code, '细则.docx' in one.message) for one in found.findings] == [('part.unreadable', True)]
    related = EmailMessage()
    related.set_content('<p>细则如下</p>', subtype='html')
    related.add_related(b'GIF', maintype='image', subtype='gif', cid='<logo>')
    assert read(related.as_bytes()).findings == ()
