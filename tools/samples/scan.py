"""Makes a scan of a PDF: its pages as grey pictures, a little turned, without a text layer."""

from __future__ import annotations

import zlib

import pypdfium2
from PIL import Image

from tools.samples.objects import numbered

DPI = 150


def scanned(data: bytes, turn: float = 0.4) -> bytes:
    """The pages of a PDF as a PDF of pictures, turned by ``turn`` degrees: the same bytes at every call."""
    source = pypdfium2.PdfDocument(data)
    pictures = []
    for page in source:
        picture = page.render(scale=DPI / 72).to_pil().convert('L')
        pictures.append(picture.rotate(turn, Image.Resampling.BICUBIC, fillcolor=255))
    source.close()
    return _pictures(pictures)


def _pictures(pictures: list[Image.Image]) -> bytes:
    """A PDF that shows one picture a page. Written here because Pillow would put the date of the day into it."""
    objects = [b'<< /Type /Catalog /Pages 2 0 R >>', b'']
    kids = []
    for picture in pictures:
        number = len(objects) + 1
        kids.append(f'{number} 0 R')
        width, height = (side * 72 / DPI for side in picture.size)
        raw = zlib.compress(picture.quantize(16).convert('L').tobytes(), 9)
        drawn = f'q {width:.2f} 0 0 {height:.2f} 0 0 cm /I Do Q'.encode()
        objects += [
            f'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] /Resources << /XObject << /I {number + 1} 0 R >> >>'
            f' /Contents {number + 2} 0 R >>'.encode(),
            f'<< /Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} /ColorSpace /DeviceGray'
            f' /BitsPerComponent 8 /Filter /FlateDecode /Length {len(raw)} >>\nstream\n'.encode()
            + raw
            + b'\nendstream',
            b'<< /Length %d >>\nstream\n%s\nendstream' % (len(drawn), drawn),
        ]
    objects[1] = f'<< /Type /Pages /Count {len(kids)} /Kids [{" ".join(kids)}] >>'.encode()
    return numbered(objects)
