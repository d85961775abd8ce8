"""The pages of notices of Word as LibreOffice lays them out: made once for each content, while the page of the notice is shown already.

What is made lies in a folder that ends with the desk: a notice that is deleted leaves no picture behind.
"""

from __future__ import annotations

import hashlib
import tempfile
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import Literal

from kaohe.extractors import office, optional
from kaohe.extractors.document import Unreadable
from kaohe.pipeline.inspection.stored_file import PageFile, stored_bytes
from kaohe.pipeline.system.limits import Limits, kept

# Formats whose cells have no places on pages, by the suffix under which LibreOffice knows them.
LAID_OUT = {'docx': 'docx', 'doc': 'doc', 'rtf': 'rtf'}
_LIMITS = Limits(seconds=office.TIMEOUT_SECONDS + 10.0, seconds_per_megabyte=10.0, memory=4 << 30)
_MOST = 40


class OfficePages:
    """Makes pages, one notice at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._made: dict[str, Future[str]] = {}

    def pages(self, file: PageFile) -> PageFile | Literal[False] | None:
        """The PDF of a notice; False while it is being made, which begins with the first question; None where there is none to be had."""
        if file.format not in LAID_OUT or optional.office_program() is None:
            return None
        with self._lock:
            made = self._made.get(file.sha256)
            if made is None or made.cancelled():
                made = self._begin(file)
        if not made.done():
            return False
        try:
            told = made.result()
        except (OSError, ValueError, MemoryError):
            return None
        except BrokenProcessPool:
            with self._lock:
                self._pool = None
            return None
        return PageFile(self._place(file), (), told, 'pdf')

    def end(self) -> None:
        """Ends what is being made and removes what was."""
        if self._pool is not None:
            self._pool.shutdown(wait=all(made.done() for made in self._made.values()), cancel_futures=True)
        if self._folder is not None:
            self._folder.cleanup()

    def _begin(self, file: PageFile) -> Future[str]:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix='kaohe-pages-', ignore_cleanup_errors=True)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=get_context('spawn'))
        while len(self._made) >= _MOST:
            oldest = next(iter(self._made))
            self._made.pop(oldest).cancel()
            (Path(self._folder.name) / f'{oldest}.pdf').unlink(missing_ok=True)
        self._made[file.sha256] = self._pool.submit(lay_out, file, self._place(file))
        return self._made[file.sha256]

    def _place(self, file: PageFile) -> Path:
        assert self._folder is not None
        return Path(self._folder.name) / f'{file.sha256}.pdf'


def lay_out(file: PageFile, place: Path) -> str:
    """In the process that makes pages: writes the PDF; its SHA-256. Raises ``ValueError`` where there is none, and ``OSError``."""
    data = stored_bytes(file)
    with kept(_LIMITS, len(data)):
        try:
            pdf = office.as_pdf(data, LAID_OUT[file.format])
        except Unreadable as error:
            raise ValueError(str(error)) from error
    place.write_bytes(pdf)
    return hashlib.sha256(pdf).hexdigest()
