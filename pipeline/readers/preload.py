"""Importing this loads what reading any notice needs, once, in the process of which the readers are copies."""

from __future__ import annotations

import sys

from kaohe.extractors.plugins import has_plugins
from kaohe.normalizers.text.kept_patterns import kept
from kaohe.pipeline.readers.reading import read_bytes

# The dictionary and the patterns are made when the first table is read, and those of the rules when its rows are made.
_NOTICE = '考核细则\n项目\t考核内容\t评分标准\t分值\n安全\t满意度≥90%\t每缺一项扣0.5分，扣完为止\t5\n'
# Plugins are loaded by each reader for itself: a copy has no thread that one started, and a reader alone is kept to limits.
if not has_plugins():
    with kept():
        read_bytes(_NOTICE.encode(), '考核细则.txt')
        # Kept patterns are at hand at once; to compile all takes longer than to compile those of a short notice.
        if not sys.dont_write_bytecode:
            from kaohe.normalizers.grammar.clauses.scan import compile_all

            compile_all()
