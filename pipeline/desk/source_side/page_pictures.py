"""Pictures of the pages of a stored notice, drawn from its file in a process of their own: a file that crashes the drawing costs a picture.

Only a file that still holds the very bytes that were read is drawn: boxes would stand at wrong places on any other.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from threading import Lock
from typing import Any, TypeVar

from kaohe.pipeline.desk.source_side.office_pages import OfficePages
from kaohe.pipeline.inspection.stored_file import PageFile, stored_bytes
from kaohe.pipeline.system.limits import Limits, kept

# Formats whose cells have boxes on pages that can be drawn.
DRAWN = ('pdf', 'picture')
_LIMITS = Limits(seconds=20.0, seconds_per_megabyte=2.0, memory=1 << 30)
# Pixels a page is wide: two for each of a laptop's half screen.
_WIDTH = 1300
_MOST_PIXELS = 12_000_000
Drawn = TypeVar('Drawn')


class Pictures:
    """Draws pages, one at a time. ``office`` makes the pages of notices that have none."""

    def __init__(self) -> None:
        self.office = OfficePages()
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None

    def sizes(self, file: PageFile) -> tuple[tuple[float, float], ...]:
        """Width and height of each page in points; none where the file cannot be drawn."""
        return self._ask(page_sizes, file) or ()

    def page(self, file: PageFile, page: int) -> bytes | None:
        """The page (from 1) as PNG; None where it cannot be drawn."""
        return self._ask(draw_page, file, page)

    def end(self) -> None:
        """Ends the processes."""
        self.office.end()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _ask(self, do: Callable[..., Drawn], *given: object) -> Drawn | None:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, mp_context=get_context('spawn'))
            try:
                return self._pool.submit(do, *given).result(_LIMITS.seconds * 2)
            except (BrokenProcessPool, TooSlow):
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._pool = None
                return None
            except (OSError, ValueError, MemoryError):
                return None


def page_sizes(file: PageFile) -> tuple[tuple[float, float], ...]:
    """In the process that draws. Raises ``ValueError`` where the file is another one now, or cannot be drawn."""
    data = stored_bytes(file)
    with kept(_LIMITS, len(data)):
        if file.format == 'picture':
            from kaohe.extractors.ocr.picture import grey

            return tuple(
                (picture.shape[1] / scale, picture.shape[0] / scale)
                for image in _frames(data)
                for picture, scale in [grey(image)]
            )
        pdf = _pdf(data)
        return tuple((page.get_width(), page.get_height()) for page in pdf)


def draw_page(file: PageFile, page: int) -> bytes:
    """In the process that draws: the page (from 1) as PNG. Raises ``ValueError``."""
    data = stored_bytes(file)
    with kept(_LIMITS, len(data)):
        if file.format == 'picture':
            frames = _frames(data)
            image: Any = frames[page - 1] if page <= len(frames) else None
        else:
            pdf = _pdf(data)
            image = _rendered(pdf[page - 1]) if page <= len(pdf) else None
        if image is None:
            raise ValueError(page)
        image.thumbnail((_WIDTH, _WIDTH * 3))
        written = io.BytesIO()
        image.convert('RGB').save(written, 'PNG', compress_level=3)
        return written.getvalue()


def _rendered(page: Any) -> Any:
    width, height = max(page.get_width(), 1), max(page.get_height(), 1)
    scale = min(_WIDTH / width, (_MOST_PIXELS / (width * height)) ** 0.5)
    return page.render(scale=scale).to_pil()


def _pdf(data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error


def _frames(data: bytes) -> Any:
    from PIL import Image, ImageOps, ImageSequence

    with Image.open(io.BytesIO(data)) as image:
        if image.width * image.height > _MOST_PIXELS * 10:
            raise ValueError(image.size)
        return [ImageOps.exif_transpose(frame.copy()) for frame in ImageSequence.Iterator(image)][:50]
