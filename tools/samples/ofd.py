"""Draws a sample as OFD (GB/T 33190): a zip of XML pages with text and path objects, in millimetres."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from tools.samples.model import Sample
from tools.samples.page import HEIGHT, WIDTH, Page, lay_out, width_of

_MM = 25.4 / 72
_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_EPOCH = (1980, 1, 1, 0, 0, 0)


def _page(page: Page, first_id: int) -> str:
    parts = [f'{_HEAD}<ofd:Page {_NS}><ofd:Content><ofd:Layer ID="{first_id}">']
    number = first_id
    for rule in page.rules:
        number += 1
        x, y = rule.x0 * _MM, rule.y0 * _MM
        dx, dy = (rule.x1 - rule.x0) * _MM, (rule.y1 - rule.y0) * _MM
        parts.append(
            f'<ofd:PathObject ID="{number}" Boundary="{x:.3f} {y:.3f} {max(dx, 0.1):.3f} {max(dy, 0.1):.3f}" LineWidth="0.18">'
            f'<ofd:AbbreviatedData>M 0 0 L {dx:.3f} {dy:.3f}</ofd:AbbreviatedData></ofd:PathObject>'
        )
    for text in page.texts:
        number += 1
        size = text.size * _MM
        deltas = ' '.join(f'{width_of(char, text.size) * _MM:.3f}' for char in text.text[:-1])
        delta = f' DeltaX="{deltas}"' if deltas else ''
        parts.append(
            f'<ofd:TextObject ID="{number}" Boundary="{text.x * _MM:.3f} {text.y * _MM:.3f} {width_of(text.text, text.size) * _MM:.3f}'
            f' {size:.3f}" Font="2" Size="{size:.3f}"><ofd:TextCode X="0" Y="{0.88 * size:.3f}"{delta}>{escape(text.text)}</ofd:TextCode>'
            '</ofd:TextObject>'
        )
    parts.append('</ofd:Layer></ofd:Content></ofd:Page>')
    return ''.join(parts)


def ofd(sample: Sample, height: float = HEIGHT) -> bytes:
    """The sample as an .ofd file: the same bytes at every call."""
    pages = lay_out(sample, height)
    listed = ''.join(f'<ofd:Page ID="{10 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    files = {
        'OFD.xml': f'{_HEAD}<ofd:OFD {_NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>'
        '<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        'Doc_0/Document.xml': f'{_HEAD}<ofd:Document {_NS}><ofd:CommonData><ofd:MaxUnitID>1000000</ofd:MaxUnitID><ofd:PageArea>'
        f'<ofd:PhysicalBox>0 0 {WIDTH * _MM:.3f} {height * _MM:.3f}</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml'
        f'</ofd:PublicRes></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>',
        'Doc_0/PublicRes.xml': f'{_HEAD}<ofd:Res {_NS} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="宋体" FamilyName="宋体"/>'
        '</ofd:Fonts></ofd:Res>',
    }
    for number, page in enumerate(pages):
        files[f'Doc_0/Pages/Page_{number}/Content.xml'] = _page(page, 1000 * (number + 1))
    result = io.BytesIO()
    with zipfile.ZipFile(result, 'w') as target:
        for name, text in files.items():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), text.encode(), zipfile.ZIP_DEFLATED)
    return result.getvalue()
