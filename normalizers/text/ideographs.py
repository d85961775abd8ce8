"""Characters that look like ideographs and are others: radicals and compatibility ideographs, each with the ideograph that is meant.

PDFs are full of them: a font's table of characters often names the radical ⼀ (U+2F00) where 一 (U+4E00) is printed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Unicode gives Kangxi radicals and compatibility ideographs a decomposition, but these (CJK Radicals Supplement) none.
_RADICALS: Final = dict(
    zip(
        '⺁⺄⺆⺈⺊⺌⺎⺏⺑⺓⺔⺗⺙⺚⺛⺝⺟⺠⺡⺤⺧⺩⺪⺬⺮⺰⺱⺴⺷⺸⺺⺻⺼⺽⺾⻁⻂⻃⻄⻅⻆⻇⻈⻉⻋⻌⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻯⻰⻱⻲⻳',
        '厂乙冂刀卜小兀尣尢幺彑心攴无旡月母民水爫牛玉疋示竹糸网网羊羊肀聿肉臼艸虎衣西西见角角言贝车辶邑金長長长门阜雨青韦页风飞食食马骨鬼鱼鸟卤麦黄黾齐齿龍龙龜龜龟',
        strict=True,
    )
)
_BLOCKS: Final = (range(0x2F00, 0x2FD6), range(0xF900, 0xFADA), range(0x2F800, 0x2FA1E))

IDEOGRAPHS: Final[dict[int, str]] = {ord(radical): plain for radical, plain in _RADICALS.items()} | {
    code: plain
    for block in _BLOCKS
    for code in block
    if len(plain := unicodedata.normalize('NFKC', chr(code))) == 1 and plain != chr(code)
}
"""For ``str.translate``: one character for each, so that all offsets stay."""

BEYOND: Final = '\U0002f800-\U0002fa1d'
"""Those beyond the first plane, as a range in a class of characters."""

_ANY: Final = re.compile(f'[⺀-⿕\uf900-\ufad9{BEYOND}]')


def plain_ideographs(text: str) -> str:
    """The text with the ideographs that are meant, character by character."""
    return text.translate(IDEOGRAPHS) if _ANY.search(text) else text
