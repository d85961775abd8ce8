"""Labels of items that a count follows at once: ``1.不整洁…⏎2.1人不符合…`` counts 1, 2 and says one person, not 2.1; so does ``2、1人``."""

from __future__ import annotations

import re
from typing import Final

LABEL_STOP: Final = '．'
"""What stands behind such a label in the text of a surface, which is half-width and holds none by itself."""

_HEAD: Final = re.compile(r'(?:^|(?<=[\n。;]))(\d{1,2})([.、])(?=(\d?))')
# what is counted in ones: no sizes, times or shares, of which there may be 2.1
_COUNT: Final = re.compile(
    r'\d{1,3}(?:[人次处项件例起份台户条张根块辆家类种本床名篇宗桩间座棵株头只套盏]|个(?!百分点|千分点|点(?!位)|月|季度|学期|小时|工作日))'
)
_MAY_BE: Final = re.compile(r'(?:^|[\n。;])\d{1,2}[.、]\d')


def with_labels_apart(text: str) -> str:
    """The text, what stands behind such labels replaced by ``LABEL_STOP``, character for character, where all statements that begin with a number and a
    stop count on from 1 and what follows each stop is no digit or a count; a point behind which nowhere anything else stands is one of decimals."""
    if _MAY_BE.search(text) is None:
        return text
    heads = list(_HEAD.finditer(text))
    if len(heads) < 2 or [int(head[1]) for head in heads] != [*range(1, len(heads) + 1)]:
        return text
    glued = [head.start(2) for head in heads if head[3]]
    if len({head[2] for head in heads}) > 1 or not all(_COUNT.match(text, stop + 1) for stop in glued):
        return text
    if heads[0][2] == '.' and len(glued) == len(heads):
        return text  # 1.5次以下得5分；2.5次以下得3分: nothing says that these are labels
    signs = list(text)
    for stop in glued:
        signs[stop] = LABEL_STOP
    return ''.join(signs)
