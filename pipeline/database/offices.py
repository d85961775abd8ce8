"""Whose folder of the inbox a file lies in."""

from __future__ import annotations

import re

from kaohe.extractors.formats import FORMATS

SAMPLES = '示例'
"""The folder of the inbox that holds notices of fictional places."""

_FORMATS = frozenset({
    *(known.name for known in FORMATS), *(suffix.removeprefix('.') for known in FORMATS for suffix in known.suffixes),
    'word', 'excel', 'scan', '扫描', '扫描件', '图片', '文本', '表格', '压缩包',
})  # fmt: skip
_YEAR = re.compile(r'(?:19|20)\d\d(?:年度?)?(?:[-—–~至]?(?:19|20)?\d{2}(?:年度?)?)?')


def office_of(source: str) -> str | None:
    """The office whose folder holds the file of this name below the inbox: the first folder that is no year, no format, no archive and not
    the samples'. None where it lies in none."""
    for folder in source.split('/')[:-1]:
        name = folder.strip()
        if name and name != SAMPLES and not _YEAR.fullmatch(name) and not _format(name):
            return name
    return None


def _format(name: str) -> bool:
    lower = name.lower()
    return lower in _FORMATS or lower.rpartition('.')[2] in _FORMATS
