"""The white space of a paragraph of a web page as a browser shows it."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

_INVISIBLE = re.compile('[\u200b\ufeff\x00-\x08\x0e-\x1f]')
_GAP = re.compile(r'(?<=\S)(?:[ ]*\t[ \t]*|[ ]{2,})(?=\S)')
_SPACE = re.compile(r'[ \t\n\r\f]+')


def tidy(text: str) -> str:
    """The text as a browser shows it: runs of white space are one space, and a line end of the source between Han is none."""
    text = _INVISIBLE.sub('', text)
    return _SPACE.sub(lambda run: _space(text, run), text).strip()


def apart(line: str) -> str:
    """A line of preformatted text in which what a browser shows far apart stays so for ``tidy``."""
    return _GAP.sub('\u3000\u3000', line)


def _space(text: str, run: re.Match[str]) -> str:
    before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    wrapped = (
        '\n' in run[0] and before and after and east_asian_width(before) in 'WF' and east_asian_width(after) in 'WF'
    )
    return '' if wrapped else ' '
