"""Properties that a Word file states over and over in the same words, kept once.

Word writes out what each cell, each paragraph and each run looks like. In a notice of 1,000 lines that is 23,000 times one of seven
texts: half of the file, and half of the elements that there are to parse, to keep in memory and to look at. Here such a text becomes a
reference before lxml sees it: ``<w:rPr>…</w:rPr>`` is ``<w:rPr kaohe-shared="2"/>``, and what number 2 states stands once at the end of
the document.

Word also begins a new run wherever Chinese and Western characters meet: those of 1,000 lines are 13,000. Runs beside each other that look
the same are made one, and what says when they were edited is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from kaohe.extractors.docx.names import W

#: The attribute that refers to shared properties, and the local name of the element that holds them.
SHARED = 'kaohe-shared'

MARK = SHARED.encode()
END = b'</w:document>'
#: What is stated over and over: properties of runs, then those of paragraphs, which hold properties of runs; the borders of cells,
#: which nobody asks for.
RUN = b'rPr'
REPEATED = (RUN, b'pPr', b'tcBorders')
#: What is stated of a run to choose among fonts and for a spelling checker: nobody asks for it.
UNASKED = re.compile(rb' w:hint="\w*"|<w:lang [^<>]*/>')
#: Properties that neither hide a run nor raise it: whether it is one run or several makes no difference.
PLAIN = re.compile(
    rb'<w:rPr>(?:<w:(?:rFonts|sz|szCs|b|bCs|i|iCs|u|w|kern|spacing|snapToGrid)(?: [^<>]*)?/>|<w:color w:val="(?:auto|000000)"/>)*</w:rPr>'
)
#: How the text of a run begins, and what it may hold to be joined to the next: no line feed, no reference that might stand for one, and
#: where spaces at its ends do not count, no space.
TEXTS = ((b'<w:t xml:space="preserve">', rb'[^<&\r\n]*+(?=</w:t>)'), (b'<w:t>', rb'[^<&\s]++(?=</w:t>)'))
#: When and where in the text a row, a paragraph or a run was edited: nobody asks for it, and lxml keeps each in 200 bytes.
EDITED = re.compile(rb'(<w:(?:p|r|tr))(?: w:rsid\w*="\w*"| w14:(?:paraId|textId)="\w*")++(?=[ />])')
#: A section stays where it is: it begins and ends there.
SECTION = b'<w:sectPr'

#: How a document in UTF-8 begins that gives Word's names the usual prefix.
START = re.compile(
    rb'(?:\xef\xbb\xbf)?(?:<\?xml(?![^<>]*encoding\s*=\s*["\'](?!(?i:utf-8)["\']))[^<>]*\?>\s*)?'
    rb'<w:document\s[^<>]*xmlns:w="' + re.escape(W[1:-1].encode()) + b'"'
)
PREFIX = re.compile(rb'xmlns:w\s*=')


def folded(data: bytes) -> bytes:
    """The XML text of a document with equal properties stated once; ``data`` itself where that is not safe or does not pay.

    Should the result not be well-formed, parse ``data``: some properties hold others that have attributes.
    """
    if not _tags_are_tags(data):
        return data
    end = data.rfind(END)
    if end < 0 or data[end + len(END) :].strip():
        return data
    body = data
    once: list[bytes] = []
    for name in REPEATED:
        body = _referring(body, b'<w:%s>' % name, b'</w:%s>' % name, once)
        if name == RUN:
            body = _joined(body, [b'%d' % number for number, stated in enumerate(once) if PLAIN.fullmatch(stated)])
    if not once:
        return data
    body = EDITED.sub(rb'\1', body)
    end = body.rfind(END)
    return b'%s<w:%s>%s</w:%s>%s' % (body[:end], MARK, b''.join(once), MARK, END)


def _referring(body: bytes, opening: bytes, closing: bytes, once: list[bytes]) -> bytes:
    """``body`` with references to what it states between these tags, which is added to ``once``; as it is where little repeats."""
    pieces = body.split(opening)
    pieces.reverse()
    found = [pieces.pop()]
    count = len(pieces)
    references: dict[bytes, bytes] = {}
    numbers: dict[bytes, int] = {}
    while pieces:  # each let go when it is done: all of them are as long as the document
        piece = pieces.pop()
        stated, closed, rest = piece.partition(closing)
        reference = references.get(stated)
        if reference is None and closed and SECTION not in stated:
            number = numbers.setdefault(UNASKED.sub(b'', stated), len(once) + len(numbers))
            reference = references[stated] = b'%s %s="%d"/>' % (opening[:-1], MARK, number)
        if reference is None or not closed:  # Not closed: another one is inside (a tracked change of properties).
            found += opening, piece
        else:
            found += reference, rest
    if 2 * len(references) >= count:
        return body
    once += (opening + stated + closing for stated in numbers)
    return b''.join(found)


def _joined(body: bytes, plain: Sequence[bytes]) -> bytes:
    """``body`` with the text of each run joined to that of the run before it, where both have the same properties of one of the numbers ``plain``."""
    if not plain:
        return body
    for opening, text in TEXTS:
        begins = rb'<w:rPr %s="(?:%s)"/>%s' % (MARK, b'|'.join(plain), opening)
        between = rb'</w:t></w:r><w:r(?: [^<>]*)?>'
        parted = re.compile(rb'(%s)(%s(?:%s\1%s)+)' % (begins, text, between, text))
        seam = re.compile(between + begins)

        def joined(found: re.Match[bytes], seam: re.Pattern[bytes] = seam) -> bytes:
            return found[1] + seam.sub(b'', found[2])

        body = parted.sub(joined, body)
    return body


def shared(root: etree._Element) -> dict[str, etree._Element]:
    """The properties that a folded document states once, by the reference to them; they are taken out of it."""
    if not len(root) or root[-1].tag != W + SHARED:
        return {}
    holder = root[-1]
    root.remove(holder)
    return {str(number): properties for number, properties in enumerate(holder)}


def _tags_are_tags(data: bytes) -> bool:
    """Whether all that looks like a tag of Word's is one: nothing can hide it (a comment, CDATA) or give its name another meaning."""
    start = START.match(data)
    if start is None or len(PREFIX.findall(data)) > 1 or MARK in data:
        return False
    # A single character is found in a twentieth of the time: 15 ms less for a notice of 1,000 lines, which has neither.
    return all(data.find(mark[1:], start.end()) < 0 or data.find(mark, start.end()) < 0 for mark in (b'<!', b'<?'))
