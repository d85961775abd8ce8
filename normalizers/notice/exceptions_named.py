"""What a rule about several lines leaves out: 除竞赛外, 竞赛除外, 不含竞赛."""

from __future__ import annotations

import re
from typing import Final

_LISTED: Final = r'[^,，。;；:：()（）\n]'
_SAID: Final = re.compile(
    rf'除(?:了|去)?(?P<outside>{_LISTED}{{1,40}}?)(?:之外|以外|外)(?!部|来|出|聘|包|购|界|国|省|市|地)'
    rf'|(?P<apart>{_LISTED}{{1,30}}?)(?:的)?(?:除外|不在此限|不受此限|不受本条限制|不计(?:算)?在内)'
    rf'|(?:不含|不包括|不包含)(?P<without>{_LISTED}{{1,30}}?)(?=[,，。;；:：()（）\n]|$)'
)
_JOINTS: Final = re.compile(r'、|和|及|与|或(?:者)?|以及')
_QUOTES: Final = ' 　“”"‘’《》〈〉「」'
# `竞赛加分` leaves out what is said of 竞赛
_TAIL: Final = re.compile(r'(?:的)?(?:加分|扣分|减分|奖励分?|得分|分值)?(?:事项|项目|内容|项|的)?$')


def exceptions_in(text: str) -> tuple[str, ...]:
    """What ``text``, a sentence with one rule, leaves out, each as it is printed, in order."""
    found: list[str] = []
    for match in _SAID.finditer(text):
        words = match['outside'] or match['apart'] or match['without']
        if re.search(r'另有|特别|特殊|规定|说明|[本此该]', words):
            continue  # 除另有规定外 names nothing
        parts = (part.strip(_QUOTES) for part in _JOINTS.split(words))
        found += [part for part in parts if part and part not in found]
    return tuple(found)


def named_thing(exception: str) -> str:
    """What to look for in lines and clauses: the thing without what is done with it (竞赛加分 → 竞赛)."""
    return _TAIL.sub('', exception) or exception
