"""Draws a sample as a PDF without any office program: text in a font that is named, not embedded; ruled tables."""

from __future__ import annotations

from tools.samples.model import Sample
from tools.samples.objects import numbered
from tools.samples.page import HEIGHT, WIDTH, Page, lay_out

_FONT = (
    b'<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>',
    b'<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>'
    b' /FontDescriptor 5 0 R /DW 1000 /W [1 95 500 814 939 500] >>',
    b'<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120'
    b' /CapHeight 880 /StemV 93 >>',
)


def _content(page: Page, height: float) -> bytes:
    parts = ['0.5 w']
    parts += [f'{r.x0:.2f} {height - r.y0:.2f} m {r.x1:.2f} {height - r.y1:.2f} l S' for r in page.rules]
    parts.append('BT')
    for text in page.texts:
        code = text.text.encode('utf-16-be').hex()
        parts.append(
            f'/F1 {text.size:g} Tf 1 0 0 1 {text.x:.2f} {height - text.y - 0.88 * text.size:.2f} Tm <{code}> Tj'
        )
    parts.append('ET')
    return '\n'.join(parts).encode('ascii')


def pdf(sample: Sample, height: float = HEIGHT) -> bytes:
    """The sample as a PDF with pages ``height`` points high: the same bytes at every call."""
    pages = lay_out(sample, height)
    kids = ' '.join(f'{6 + 2 * index} 0 R' for index in range(len(pages)))
    objects = [
        b'<< /Type /Catalog /Pages 2 0 R >>',
        f'<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>'.encode(),
        *_FONT,
    ]
    for index, page in enumerate(pages):
        content = _content(page, height)
        objects.append(
            f'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH:g} {height:g}] /Resources << /Font << /F1 3 0 R >> >>'
            f' /Contents {7 + 2 * index} 0 R >>'.encode()
        )
        objects.append(b'<< /Length %d >>\nstream\n%s\nendstream' % (len(content), content))
    return numbered(objects)
