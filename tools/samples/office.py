"""Turns a Word document into another format with LibreOffice, for the samples that are committed; nothing else needs it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path


def convert(data: bytes, suffix: str) -> bytes:
    """The .docx ``data`` as a file of ``suffix`` (``pdf``, ``doc``, ``rtf``). Raises ``FileNotFoundError`` without LibreOffice."""
    program = shutil.which('soffice') or shutil.which('libreoffice')
    if program is None:
        raise FileNotFoundError('LibreOffice is not installed')
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, 'sample.docx')
        source.write_bytes(data)
        subprocess.run(
            [program, f'-env:UserInstallation=file://{folder}/profile', '--headless', '--convert-to', suffix, '--outdir', folder, str(source)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return source.with_suffix(f'.{suffix}').read_bytes()
