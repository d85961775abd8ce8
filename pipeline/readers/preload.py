"""Importing this loads what understanding any notice needs, once, in the process from which the readers are forked."""

from __future__ import annotations

from contextlib import suppress

from kaohe.extractors.formats import read
from kaohe.normalizers import normalize

# The dictionary and the patterns are made when the first table is read.
_NOTICE = '考核细则\n项目\t考核内容\t评分标准\t分值\n安全\t满意度≥90%\t每缺一项扣0.5分，扣完为止\t5\n'
with suppress(Exception):  # what fails here (a plugin may) fails again for each file, where it is told
    normalize(read(_NOTICE.encode()), '考核细则.txt')
