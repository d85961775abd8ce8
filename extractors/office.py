"""Formats that only an office suite reads (RTF, Word 6/95, OpenDocument text): LibreOffice turns them into docx, where it is installed.

It runs in a process of its own with a time limit and a profile folder of its own, so that a hanging or crashing conversion costs one file,
and a LibreOffice that the user has open is left alone. Macros do not run in a conversion.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from kaohe.extractors import docx, optional
from kaohe.extractors.document import Document, Unreadable
from kaohe.extractors.findings import finding

TIMEOUT_SECONDS = 60


def read(data: bytes) -> Document:
    """The document as LibreOffice reads it.

    Raises ``Unreadable``: ``file.needs_office`` where LibreOffice is missing, ``file.broken`` where it gives no result in time.
    """
    office = optional.office_program()
    if office is None:
        raise Unreadable(finding('file.needs_office'))
    with tempfile.TemporaryDirectory(prefix='kaohe-') as folder:
        source = Path(folder, 'notice.doc')
        source.write_bytes(data)
        profile = Path(folder, 'profile').as_uri()
        command = [
            office,
            f'-env:UserInstallation={profile}',
            '--headless',
            '--norestore',
            '--convert-to',
            'docx:MS Word 2007 XML',
        ]
        try:
            subprocess.run(
                [*command, '--outdir', folder, str(source)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=TIMEOUT_SECONDS,
                check=False,
            )
            converted = source.with_suffix('.docx').read_bytes()
        except subprocess.TimeoutExpired as late:
            raise Unreadable(
                finding('file.broken', detail=f'LibreOffice 在 {TIMEOUT_SECONDS} 秒内没有转换完')
            ) from late
        except OSError as missing:
            raise Unreadable(finding('file.broken', detail='LibreOffice 转换不了')) from missing
    return docx.read(converted)
