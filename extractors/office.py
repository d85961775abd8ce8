"""LibreOffice, where it is installed: turns formats that only an office suite reads (RTF, Word 6/95, OpenDocument, binary workbooks) into docx and xlsx, and
notices of Word into pages for people to look at.

It runs in a process of its own with a time limit and a profile folder of its own, so that a hanging or crashing conversion costs one file,
and a LibreOffice that the user has open is left alone. Macros do not run in a conversion. It has no network where the system lets us take
it away (a name space of its own, Linux); everywhere its profile blocks what a file links to, and sends what is fetched all the same to a port
on which nobody listens.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import psutil

from kaohe.extractors import docx, optional
from kaohe.extractors.document import Document, Unreadable
from kaohe.extractors.findings import finding

TIMEOUT_SECONDS = 60
_COMMON = '/org.openoffice.Office.Common'
_SETTINGS = (
    (f'{_COMMON}/Security/Scripting', 'BlockUntrustedRefererLinks', 'true'),
    (f'{_COMMON}/Security/Scripting', 'DisableActiveContent', 'true'),
    (f'{_COMMON}/Security/Scripting', 'MacroSecurityLevel', '3'),
    ('/org.openoffice.Office.Writer/Content/Update', 'Link', '2'),  # links are never brought up to date
    ('/org.openoffice.Inet/Settings', 'ooInetProxyType', '2'),
    ('/org.openoffice.Inet/Settings', 'ooInetHTTPProxyName', '127.0.0.1'),
    ('/org.openoffice.Inet/Settings', 'ooInetHTTPProxyPort', '9'),
    ('/org.openoffice.Inet/Settings', 'ooInetHTTPSProxyName', '127.0.0.1'),
    ('/org.openoffice.Inet/Settings', 'ooInetHTTPSProxyPort', '9'),
    ('/org.openoffice.Inet/Settings', 'ooInetNoProxy', ''),
)


def read(data: bytes) -> Document:
    """The document as LibreOffice reads it.

    Raises ``Unreadable``: ``file.needs_office`` where LibreOffice is missing, ``worker.timeout`` or ``file.broken`` where it gives no result.
    """
    return docx.read(_converted(data, 'doc', 'docx', 'docx:MS Word 2007 XML'))


def as_workbook(data: bytes) -> bytes:
    """A workbook as xlsx. Raises ``Unreadable``."""
    return _converted(data, 'ods', 'xlsx', 'xlsx:Calc MS Excel 2007 XML')


def as_pdf(data: bytes, suffix: str) -> bytes:
    """The pages as LibreOffice lays them out, for people to look at; ``suffix`` says what the file is. Raises ``Unreadable``."""
    return _converted(data, suffix, 'pdf', 'pdf')


def _converted(data: bytes, suffix: str, result: str, how: str) -> bytes:
    office = optional.office_program()
    if office is None:
        raise Unreadable(finding('file.needs_office'))
    with tempfile.TemporaryDirectory(prefix='kaohe-') as folder:
        source = Path(folder, f'notice.{suffix}')
        source.write_bytes(data)
        command = [
            *without_network(),
            office,
            f'-env:UserInstallation={_profile(Path(folder, "profile")).as_uri()}',
            '--headless',
            '--norestore',
            '--convert-to',
            how,
        ]
        out = Path(folder, 'out')
        try:
            _run([*command, '--outdir', str(out), str(source)])
            return (out / f'notice.{result}').read_bytes()
        except subprocess.TimeoutExpired as late:
            raise Unreadable(finding('worker.timeout', seconds=TIMEOUT_SECONDS)) from late
        except OSError as missing:
            raise Unreadable(finding('file.broken', detail='LibreOffice 转换不了')) from missing


@cache
def without_network() -> tuple[str, ...]:
    """What goes before a command so that it has no network; nothing where the system does not let us take it away."""
    program = shutil.which('unshare')
    if program is None:
        return ()
    for words in ((program, '--net'), (program, '--map-root-user', '--net')):
        with suppress(OSError, subprocess.SubprocessError):
            tried = subprocess.run([*words, 'true'], capture_output=True, timeout=10, check=False)
            if tried.returncode == 0:
                return words
    return ()


def _profile(folder: Path) -> Path:
    """A fresh profile in which nothing that a file links to is loaded."""
    items = ''.join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (folder / 'user').mkdir(parents=True)
    (folder / 'user' / 'registrymodifications.xcu').write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        'utf-8',
    )
    return folder


def _run(command: Sequence[str]) -> None:
    """Runs LibreOffice, and ends all its processes where it takes too long. Raises ``TimeoutExpired``, ``OSError``."""
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith('_proxy')}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        try:
            process.wait(TIMEOUT_SECONDS)
        except BaseException:
            with suppress(psutil.Error):
                for child in psutil.Process(process.pid).children(recursive=True):
                    with suppress(psutil.Error):
                        child.kill()
            process.kill()
            raise
