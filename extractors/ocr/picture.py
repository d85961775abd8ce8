"""Pictures of pages (png, jpg, tiff, bmp, webp) → Document, by optical character recognition (the optional part ``ocr``)."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError

from kaohe.extractors import optional
from kaohe.extractors.document import Document, Unreadable
from kaohe.extractors.findings import finding
from kaohe.extractors.layout.composition import PageRead, assemble, read_page
from kaohe.extractors.ocr.pixels import DPI, MAX_PIXELS
from kaohe.extractors.ocr.scanned_pages import MOST_PAGES

if TYPE_CHECKING:
    from kaohe.extractors.ocr.pixels import Picture

_A4_WIDTH = 595.0


def read(data: bytes) -> Document:
    """The document that a picture shows (each frame of a tiff is a page).

    Raises ``Unreadable`` where it is broken, absurdly large, shows no text, or the optional part is missing.
    """
    if not optional.has_recognition():
        raise Unreadable(finding('file.no_text'))
    pages: list[PageRead] = []
    total = 0
    for picture, scale, total in _frames(data):  # noqa: B007 - the last one counts
        pages.append(_page(picture, scale, len(pages) + 1))
    return assemble('picture', tuple(pages), total)


def _page(picture: Picture, scale: float, number: int) -> PageRead:
    from kaohe.extractors.ocr import recognition

    return read_page(recognition.recognise(picture, scale), number)


def _frames(data: bytes) -> Iterator[tuple[Picture, float, int]]:
    """(grey picture, pixels a point, how many frames there are) of each frame that is to be recognised."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of large pictures, we refuse them.
            warnings.simplefilter('ignore')
            with Image.open(io.BytesIO(data)) as image:
                frames = getattr(image, 'n_frames', 1)
                for frame in range(min(frames, MOST_PAGES)):
                    image.seek(frame)
                    if image.width * image.height > MAX_PIXELS:
                        raise Unreadable(finding('file.too_large', detail=f'图片 {image.width} × {image.height} 像素'))
                    yield *grey(ImageOps.exif_transpose(image) or image), frames
    except Image.DecompressionBombError as bomb:
        raise Unreadable(finding('file.too_large', detail='图片的像素太多')) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as fault:
        raise Unreadable(finding('file.broken', detail='图片不完整')) from fault


def grey(image: Image.Image) -> tuple[Picture, float]:
    """(the picture in grey at ``DPI``, pixels a point). A picture that states no size is taken for a sheet of A4."""
    import numpy as np

    stated = image.info.get('dpi', (0, 0))[0]
    dpi = float(stated) if stated and stated >= 72 else image.width / _A4_WIDTH * 72
    if image.mode in ('RGBA', 'LA', 'PA', 'P'):
        # What is transparent shows the paper.
        paper = Image.new('RGBA', image.size, 'white')
        image = Image.alpha_composite(paper, image.convert('RGBA'))
    image = image.convert('L')
    if dpi > DPI:
        share = DPI / dpi
        image = image.resize(
            (max(1, round(image.width * share)), max(1, round(image.height * share))), Image.Resampling.LANCZOS
        )
        dpi = DPI
    return np.asarray(image), dpi / 72
