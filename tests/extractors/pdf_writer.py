"""A PDF file drawn by hand, for tests: text at a place, lines, a picture. Lengths in points from the page's top left corner.

The font is named, not embedded (STSong-Light, UniGB-UCS2-H): Chinese takes one em, ASCII half an em.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tools.samples.objects import numbered


@dataclass
class PdfPage:
    """What is drawn on one page, as a content stream. ``turn`` is the page's /Rotate."""

    width: float = 595
    height: float = 842
    turn: int = 0
    content: list[str] = field(default_factory=list)

    def text(
        self, x: float, baseline: float, text: str, size: float = 10, *, mode: int = 0, matrix: str = '1 0 0 1'
    ) -> PdfPage:
        """A line of text. ``mode`` 3 is invisible, as in the text layer over a scan; ``matrix`` turns the writing."""
        code = text.encode('utf-16-be').hex()
        place = f'{x:.3f} {self.height - baseline:.3f}'
        self.content.append(f'BT /F1 {size} Tf {mode} Tr {matrix} {place} Tm <{code}> Tj ET')
        return self

    def column(self, x: float, baseline: float, *lines: str, size: float = 10, pitch: float = 14) -> PdfPage:
        """Lines of text, one under the other."""
        for at, line in enumerate(lines):
            self.text(x, baseline + at * pitch, line, size)
        return self

    def line(self, x0: float, top: float, x1: float, bottom: float) -> PdfPage:
        self.content.append(f'0.5 w {x0:.3f} {self.height - top:.3f} m {x1:.3f} {self.height - bottom:.3f} l S')
        return self

    def box(self, x0: float, top: float, x1: float, bottom: float, paint: str = 'S') -> PdfPage:
        """A rectangle; ``paint`` is S for its outline, f to fill it."""
        self.content.append(f'0.5 w {x0:.3f} {self.height - bottom:.3f} {x1 - x0:.3f} {bottom - top:.3f} re {paint}')
        return self

    def lattice(self, xs: list[float], ys: list[float]) -> PdfPage:
        """The lines of a table without merged cells."""
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        return self

    def image(self) -> PdfPage:
        self.content.append('q 100 0 0 100 50 50 cm /I1 Do Q')
        return self


_SHARED = (
    b'<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>',
    b'<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>'
    b'/DW 1000/W[1 95 500 814 939 500]/FontDescriptor 5 0 R>>',
    b'<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120'
    b'/CapHeight 880/StemV 93>>',
    b'<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\x80\nendstream',
)


def pdf(*pages: PdfPage) -> bytes:
    """The file."""
    first = 3 + len(_SHARED)
    kids = ' '.join(f'{first + 2 * at} 0 R' for at in range(len(pages)))
    objects = [b'<</Type/Catalog/Pages 2 0 R>>', f'<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>'.encode(), *_SHARED]
    for at, page in enumerate(pages):
        stream = '\n'.join(page.content).encode()
        objects.append(
            f'<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.width:g} {page.height:g}]/Rotate {page.turn}'
            f'/Contents {first + 2 * at + 1} 0 R/Resources<</Font<</F1 3 0 R>>/XObject<</I1 6 0 R>>>>>>'.encode()
        )
        objects.append(b'<</Length %d>>stream\n%s\nendstream' % (len(stream), stream))
    return numbered(objects)
