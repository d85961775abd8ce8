"""Workbooks that this program wrote (its export, a form of self-assessment): no notices, though somebody puts them into the inbox."""

from __future__ import annotations

import io
import re
import zipfile

from kaohe.extractors.document import Unreadable
from kaohe.extractors.findings import finding
from kaohe.extractors.zip.limits import ZIP_FAULTS

_CORE = 'docProps/core.xml'
# Both say that they were made at this moment, so that the same content gives the same bytes; what people edit keeps it.
_MADE = re.compile(rb'<dcterms:created[^>]*>2000-01-01T00:00:00Z<')
_TITLE = re.compile('<dc:title>[^<]*(?:考核指标目录|自评表)</dc:title>'.encode())


def refuse_own(data: bytes) -> None:
    """Raises ``Unreadable`` where the workbook is one of the program's own."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            core = package.read(_CORE) if _CORE in package.namelist() else b''
    except (*ZIP_FAULTS, OSError):
        return  # what is damaged is said by whoever needs it
    if _MADE.search(core) and _TITLE.search(core):
        raise Unreadable(
            finding(
                'file.unsupported',
                detail='这是本程序写出的工作簿或自评表，不是通知',
                todo='请从收件夹移走；改好的工作簿用 kaohe apply，填好的自评表用 kaohe score',
            )
        )
