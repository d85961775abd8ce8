"""Pictures of pages (png, jpg, tiff, bmp, webp) → Document, by optical character recognition (the optional part ``ocr``)."""

from __future__ import annotations

import io
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError

from kaohe.extractors import optional
from kaohe.extractors.document import Document, Unreadable
from kaohe.extractors.findings import finding
from kaohe.extractors.layout.composition import PageRead, assemble, read_page
from kaohe.extractors.ocr.pixels import DPI, MAX_PIXELS
from kaohe.extractors.ocr.scanned_pages import MOST_PAGES, SECONDS_ALLOWED, time_for
from kaohe.extractors.parallel import Spread, here

if TYPE_CHECKING:
    from kaohe.extractors.ocr.pixels import Picture

_A4_WIDTH = 595.0


def read(data: bytes, spread: Spread = here) -> Document:
    """The document that a picture shows (each frame of a tiff is a page). ``spread`` does the frames of a long one.

    Raises ``Unreadable`` where it is broken, absurdly large, shows no text, or the optional part is missing.
    """
    if not optional.has_recognition():
        raise Unreadable(finding('file.no_text'))
    with _opened(data) as image:
        total: int = getattr(image, 'n_frames', 1)
    frames = range(min(total, MOST_PAGES))
    known = spread(recognise_frame, (data, time_for(len(frames))), frames, SECONDS_ALLOWED)
    pages = (
        page or PageRead(at + 1, 0.0, 0.0).beyond_limit('识别所用的时间太长')
        for at, page in zip(frames, known, strict=True)
    )
    return assemble('picture', tuple(pages), total)


def recognise_frame(common: tuple[bytes, float], at: int) -> PageRead | None:
    """Frame ``at`` (from 0) of a picture. ``common`` is the file and until when frames are recognised: None after that."""
    from kaohe.extractors.ocr import recognition

    data, until = common
    if time.monotonic() > until:
        return None
    try:
        picture, scale = _frame(data, at)
    except Unreadable as why:
        if not at:
            raise
        return PageRead.unreadable(at + 1, why.finding.message)
    return read_page(recognition.recognise(picture, scale), at + 1)


def _frame(data: bytes, at: int) -> tuple[Picture, float]:
    """(grey picture, pixels a point) of a frame."""
    with _opened(data) as image:
        image.seek(at)
        if image.width * image.height > MAX_PIXELS:
            raise Unreadable(finding('file.too_large', detail=f'图片 {image.width} × {image.height} 像素'))
        return grey(ImageOps.exif_transpose(image) or image)


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The picture. Raises ``Unreadable`` for what is found wrong with it as long as it is open."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of large pictures, we refuse them.
            warnings.simplefilter('ignore')
            with Image.open(io.BytesIO(data)) as image:
                yield image
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
