"""One table of scored lines in the forms in which offices send it: whatever the form, the same lines, points and clauses."""

from __future__ import annotations

import base64
import itertools
import quopri
from collections.abc import Callable, Sequence

import pytest

from kaohe.extractors.formats import read
from kaohe.normalizers import normalize
from tests.extractors.docx_builder import cell, docx, par, row, run, table
from tests.extractors.pdf_writer import PdfPage, pdf

TITLE = '青禾县2025年安全生产考核细则'
HEAD = ('序号', '考核内容', '评分标准', '分值')
ROWS = (
    ('1', '台账建立', '未建立台账的扣5分，每缺1项扣1分，扣完为止', '20'),
    ('2', '巡查整改', '发现1处问题未整改扣0.5分', '30'),
    ('3', '培训演练', '每少1次扣2分，最多扣10分', '50'),
)
ALL = (HEAD, *ROWS)
EDGES = (50, 90, 200, 440, 520)


def lines(data: bytes, name: str) -> list[tuple[float | None, list[tuple[str, float | None]]]]:
    """The points of each line, and its clauses."""
    found = normalize(read(data, name), name)
    return [
        (
            None if line.points is None else float(line.points),
            [
                (clause.effect, None if clause.points is None else float(clause.points))
                for clause in found.clauses
                if clause.indicator == at
            ],
        )
        for at, line in enumerate(found.indicators)
    ]


EXPECTED = [
    (20.0, [('deduct', 5.0), ('deduct', 1.0), ('cap', None)]),
    (30.0, [('deduct', 0.5)]),
    (50.0, [('deduct', 2.0), ('cap', 10.0)]),
]


def drawn(
    page: PdfPage,
    top: float,
    rows: Sequence[Sequence[str]],
    edges: Sequence[float] = EDGES,
    *,
    ruled: bool = True,
    high: float = 30,
) -> PdfPage:
    if ruled:
        page.lattice(list(edges), [top + high * at for at in range(len(rows) + 1)])
    for at, texts in enumerate(rows):
        for x, text in zip(edges[:-1], texts, strict=True):
            page.text(x + 4, top + high * at + 19, text, 9)
    return page


def titled(**size: float) -> PdfPage:
    return PdfPage(**size).text(150, 50, TITLE, 16)  # type: ignore[arg-type]


def around(page: PdfPage, place: str, number: int) -> PdfPage:
    """A small table at the head or the foot of a page."""
    top = 8 if place == 'head' else 805
    page.lattice([50, 200, 400, 520], [top, top + 20])
    return (
        page.text(60, top + 13, '青禾县应急局', 9)
        .text(210, top + 13, '编号：QH-01', 9)
        .text(410, top + 13, f'第{number}页', 9)
    )


def two_pages(place: str, *, repeated: bool) -> bytes:
    rest = (HEAD, *ALL[3:]) if repeated else ALL[3:]
    return pdf(around(drawn(titled(), 680, ALL[:3]), place, 1), around(drawn(PdfPage(), 60, rest), place, 2))


def shaded(page: PdfPage, *, cells: bool) -> PdfPage:
    for at in range(4):
        page.content.append(f'{0.85 if at % 2 else 0.93} g')
        if cells:
            for left, right in itertools.pairwise(EDGES):
                page.box(left + 1, 81 + 30 * at, right - 1, 109 + 30 * at, 'f')
        else:
            page.box(50, 80 + 30 * at, 520, 110 + 30 * at, 'f')
    page.content.append('0 g')
    return drawn(page, 80, ALL, ruled=False)


def only_lines(ys: Sequence[float]) -> PdfPage:
    page = titled()
    for y in ys:
        page.line(50, y, 520, y)
    return drawn(page, 80, ALL, ruled=False)


def dashed() -> PdfPage:
    page = titled()
    page.content.append('[3 2] 0 d')
    return drawn(page, 80, ALL)


def doubled() -> PdfPage:
    page = drawn(titled(), 80, ALL)
    for at in range(5):
        page.line(50, 82 + 30 * at, 520, 82 + 30 * at)
    return page


def barred() -> PdfPage:
    page = titled()
    for at in range(5):
        page.box(50, 79.6 + 30 * at, 520, 80.4 + 30 * at, 'f')
    for x in EDGES:
        page.box(x - 0.4, 80, x + 0.4, 200, 'f')
    return drawn(page, 80, ALL, ruled=False)


def boxed() -> PdfPage:
    page = titled()
    for at in range(4):
        for left, right in itertools.pairwise(EDGES):
            page.box(left + 1, 81 + 30 * at, right - 1, 109 + 30 * at)
    return drawn(page, 80, ALL, ruled=False)


def marked(
    grey: float, size: float, matrix: str, at: tuple[int, int], text: str = '征求意见稿', *, over: bool = False
) -> bytes:
    page = drawn(titled(), 80, ALL)
    code = text.encode('utf-16-be').hex()
    mark = f'{grey} g BT /F1 {size} Tf {matrix} {at[0]} {at[1]} Tm <{code}> Tj ET 0 g'
    page.content.insert(len(page.content) if over else 0, mark)
    return pdf(page)


def tiled() -> bytes:
    page = titled()
    code = '内部资料'.encode('utf-16-be').hex()
    for y in range(80, 800, 60):
        for x in range(40, 560, 120):
            page.content.insert(0, f'0.85 g BT /F1 10 Tf 1 0 0 1 {x} {y} Tm <{code}> Tj ET 0 g')
    return pdf(drawn(page, 80, ALL))


def printed(page: PdfPage, number: int) -> PdfPage:
    """What a browser prints around a page."""
    page.text(20, 15, '2025/3/1 10:20', 8).text(300, 15, '青禾县人民政府网', 8)
    return page.text(20, 835, 'https://qinghe.example.cn/a.html', 8).text(560, 835, f'{number}/2', 8)


def with_more(draw: Callable[[PdfPage], object]) -> bytes:
    page = drawn(titled(), 80, ALL)
    draw(page)
    return pdf(page)


def unseen(page: PdfPage) -> None:
    page.text(300, 140, '旧条款扣99分', 9, mode=3)
    page.content.append('1 g')
    page.text(300, 190, '旧条款扣98分', 9)
    page.content.append('0 g')


def struck(page: PdfPage) -> None:
    page.text(345, 159, '另扣9分', 9).line(345, 155.8, 376.5, 155.8)


def numbered_lines(page: PdfPage) -> None:
    for at in range(40):
        page.text(20, 80 + 18 * at, str(at + 1), 7)


def separated(delimiter: str, title: str = f'{TITLE}\n', end: str = '\n') -> str:
    return title + end.join(delimiter.join(texts) for texts in ALL)


def paged(attributes: str = '', style: str = '', charset: str = 'utf-8', rows: Sequence[Sequence[str]] = ALL) -> str:
    body = ''.join(f'<tr>{"".join(f"<td>{text}</td>" for text in texts)}</tr>' for texts in rows)
    return f'<html><head><meta charset="{charset}"><style>{style}</style></head><body><h1>{TITLE}</h1><table {attributes}>{body}</table></body></html>'


def mailed(kind: str) -> bytes:
    page = paged(charset='gb2312').encode('gb2312')
    coded = base64.encodebytes(page) if kind == 'base64' else quopri.encodestring(page)
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: {kind}\r\n\r\n'
    return head.encode() + coded + b'\r\n--x--\r\n'


def worded(*rows: str) -> bytes:
    return docx(par(TITLE) + table(row(*map(cell, HEAD)), *rows) + par('完'))


PLAIN = [row(*map(cell, texts)) for texts in ROWS]


def changed(texts: Sequence[str]) -> str:
    revised = (
        run(texts[2][:3])
        + f'<w:del w:id="1"><w:r><w:delText>旧扣9分</w:delText></w:r></w:del><w:ins w:id="2">{run(texts[2][3:])}</w:ins>'
    )
    return row(cell(texts[0]), cell(texts[1]), cell(par(revised)), cell(texts[3]))


def struck_words(texts: Sequence[str], mark: str) -> str:
    return row(cell(texts[0]), cell(texts[1]), cell(par(run(texts[2]) + run('，另扣9分', mark))), cell(texts[3]))


def broken(texts: Sequence[str], by: str) -> str:
    parts = [texts[2][at : at + 6] for at in range(0, len(texts[2]), 6)]
    inner = ''.join(map(par, parts)) if by == 'p' else f'<w:p>{"<w:r><w:br/></w:r>".join(map(run, parts))}</w:p>'
    return row(cell(texts[0]), cell(texts[1]), cell(inner), cell(texts[3]))


GONE = '<w:del w:id="9"><w:r><w:delText>扣9分</w:delText></w:r></w:del>'
BOX = f'<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{table(row(*map(cell, HEAD)), *PLAIN)}{par()}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>'
LEAN = '0.866 0.5 -0.5 0.866'
WIDE = (70, 130, 300, 660, 780)

VARIANTS: dict[str, tuple[str, bytes]] = {
    'page numbers of figures': ('a.pdf', pdf(drawn(titled(), 700, ALL[:3]).text(250, 830, '- 1 -', 9), drawn(PdfPage(), 60, ALL[3:]).text(250, 830, '- 2 -', 9))),
    'dots around them': ('a.pdf', pdf(drawn(titled(), 700, ALL[:3]).text(250, 830, '·1·', 9), drawn(PdfPage(), 60, ALL[3:]).text(250, 830, '·2·', 9))),
    'a table at the head': ('a.pdf', two_pages('head', repeated=False)),
    'a table at the head, heads repeated': ('a.pdf', two_pages('head', repeated=True)),
    'a table at the foot': ('a.pdf', two_pages('foot', repeated=False)),
    'a wider second page': ('a.pdf', pdf(drawn(titled(), 700, ALL[:3]), drawn(PdfPage(width=842, height=595), 60, (HEAD, *ALL[3:]), WIDE))),
    'three pages of two sizes': ('a.pdf', pdf(drawn(titled(), 740, ALL[:2]), drawn(PdfPage(width=842, height=595), 60, (HEAD, ALL[2]), WIDE), drawn(PdfPage(), 60, (HEAD, ALL[3])))),
    'a row cut by the page': ('a.pdf', pdf(drawn(titled(), 720, (HEAD, ('1', '台账建立', '未建立台账的扣5分，', '20'))), drawn(PdfPage(), 60, (('', '', '每缺1项扣1分，扣完为止', ''), *ALL[2:])))),
    'pages of a browser': ('a.pdf', pdf(printed(drawn(titled(), 640, ALL[:3]), 1), printed(drawn(PdfPage(), 40, ALL[3:]), 2))),
    'a cropped page': ('a.pdf', with_more(lambda page: page.text(60, 835, '裁切线外扣99分', 9)).replace(b'/MediaBox[0 0 595 842]', b'/MediaBox[0 0 595 842]/CropBox[0 30 595 842]')),
    'numbers of lines': ('a.pdf', with_more(numbered_lines)),
    'unseen and white writing': ('a.pdf', with_more(unseen)),
    'struck out by a line': ('a.pdf', with_more(struck)),
    'a leaning watermark': ('a.pdf', marked(0.8, 40, LEAN, (100, 300))),
    'a level watermark': ('a.pdf', marked(0.9, 80, '1 0 0 1', (100, 500))),
    'a dark leaning watermark': ('a.pdf', marked(0.5, 30, '0.97 0.26 -0.26 0.97', (100, 600))),
    'a watermark over the text': ('a.pdf', marked(0.85, 60, LEAN, (150, 500), '草稿', over=True)),
    'tiled watermarks': ('a.pdf', tiled()),
    'shaded rows': ('a.pdf', pdf(shaded(titled(), cells=False))),
    'shaded cells': ('a.pdf', pdf(shaded(titled(), cells=True))),
    'no lines': ('a.pdf', pdf(only_lines(()))),
    'three level lines': ('a.pdf', pdf(only_lines((80, 110, 200)))),
    'level lines': ('a.pdf', pdf(only_lines((80, 110, 140, 170, 200)))),
    'dashed lines': ('a.pdf', pdf(dashed())),
    'double lines': ('a.pdf', pdf(doubled())),
    'bars for lines': ('a.pdf', pdf(barred())),
    'a box for each cell': ('a.pdf', pdf(boxed())),
    'commas': ('a.csv', separated(',').encode('gb18030')),
    'semicolons': ('a.csv', separated(';').encode()),
    'semicolons, named': ('a.csv', f'sep=;\n{separated(";", "")}'.encode()),
    'quoted values': ('a.csv', '\n'.join(','.join(f'"{text}"' for text in texts) for texts in ALL).encode()),
    'carets': ('a.csv', separated('^').encode()),
    'strokes': ('a.txt', separated('|').encode()),
    'wide strokes': ('a.txt', separated('｜').encode()),
    'tabs': ('a.tsv', separated('\t').encode('utf-16')),
    'tabs in HZ': ('a.txt', separated('\t').encode('hz')),
    'old line ends': ('a.txt', separated('\t', f'{TITLE}\r', '\r').encode()),
    'a drawn table': ('a.txt', f'{TITLE}\n┌─┬─┬─┬─┐\n{chr(10).join("│" + "│".join(texts) + "│" for texts in ALL)}\n└─┴─┴─┴─┘\n'.encode()),
    'a page': ('a.html', paged().encode()),
    'a page in gb18030': ('a.html', paged(charset='gb18030').encode('gb18030')),
    'a page in utf-16': ('a.html', paged(charset='utf-16').encode('utf-16')),
    'a page in base64': ('a.mht', mailed('base64')),
    'a page in quoted signs': ('a.mht', mailed('quoted-printable')),
    'paragraphs in cells': ('a.html', paged(rows=[HEAD, *((a, b, ''.join(f'<p>{c[at : at + 5]}</p>' for at in range(0, len(c), 5)), d) for a, b, c, d in ROWS)]).encode()),
    'shown in something hidden': ('a.html', paged('class="a"', '.a{visibility:hidden}.a td{visibility:visible}').encode()),
    'an open tab': ('a.html', paged('class="tab on"', '.tab{display:none}.tab.on{display:table}').encode()),
    'tracked changes': ('a.docx', worded(*map(changed, ROWS))),
    'a deleted row': ('a.docx', worded(*PLAIN, row(*[cell(par(GONE))] * 4, properties='<w:del w:id="8"/>'))),
    'an inserted row': ('a.docx', worded(*PLAIN[:2], row(*(cell(par(f'<w:ins w:id="3">{run(text)}</w:ins>')) for text in ROWS[2]), properties='<w:ins w:id="4"/>'))),
    'struck-out words': ('a.docx', worded(*(struck_words(texts, '<w:strike/>') for texts in ROWS))),
    'words struck out twice': ('a.docx', worded(*(struck_words(texts, '<w:dstrike/>') for texts in ROWS))),
    'hidden words': ('a.docx', worded(*(struck_words(texts, '<w:vanish/>') for texts in ROWS))),
    'sentences in paragraphs': ('a.docx', worded(*(broken(texts, 'p') for texts in ROWS))),
    'sentences with feeds': ('a.docx', worded(*(broken(texts, 'br') for texts in ROWS))),
    'rows in content controls': ('a.docx', worded(*(f'<w:sdt><w:sdtPr/><w:sdtContent>{one}</w:sdtContent></w:sdt>' for one in PLAIN))),
    'a row that begins later': ('a.docx', worded(PLAIN[0], row(*map(cell, ROWS[1][1:]), properties='<w:gridBefore w:val="1"/>'), PLAIN[2])),
    'a table in a text box': ('a.docx', docx(par(TITLE) + par(BOX) + par('完'))),
    'two tables': ('a.docx', docx(par(TITLE) + table(row(*map(cell, HEAD)), *PLAIN[:2]) + par() + table(row(*map(cell, HEAD)), PLAIN[2]) + par('完'))),
    'a row of totals': ('a.docx', worded(*PLAIN, row(cell('合计', '<w:gridSpan w:val="3"/>'), cell('100')))),
}  # fmt: skip


@pytest.mark.parametrize('form', VARIANTS)
def test_the_table_is_read_alike_in_every_form(form: str) -> None:
    name, data = VARIANTS[form]
    assert lines(data, name) == EXPECTED
