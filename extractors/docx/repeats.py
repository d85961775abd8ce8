"""Properties that a Word file states over and over in the same words, kept once.

Word writes out what each cell, each paragraph and each run looks like. In a notice of 1,000 lines that is 23,000 times one of seven
texts: half of the file, and half of the elements that there are to parse, to keep in memory and to look at. Here such a text becomes a
reference before lxml sees it: ``<w:rPr>…</w:rPr>`` is ``<w:rPr kaohe-shared="2"/>``, and what number 2 states stands once at the end of
the document.
"""

from __future__ import annotations

import re

from lxml import etree

from kaohe.extractors.docx.names import W

#: The attribute that refers to shared properties, and the local name of the element that holds them.
SHARED = 'kaohe-shared'

MARK = SHARED.encode()
END = b'</w:document>'
#: What is stated over and over: properties of runs, then those of paragraphs, which hold properties of runs; the borders of cells,
#: which nobody asks for.
REPEATED = (b'rPr', b'pPr', b'tcBorders')
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
    body, end, after = data.rpartition(END)
    if not end or after.strip():
        return data
    once: list[bytes] = []
    for name in REPEATED:
        body = _referring(body, b'<w:%s>' % name, b'</w:%s>' % name, once)
    return b'%s<w:%s>%s</w:%s>%s' % (body, MARK, b''.join(once), MARK, end) if once else data


def _referring(body: bytes, opening: bytes, closing: bytes, once: list[bytes]) -> bytes:
    """``body`` with references to what it states between these tags, which is added to ``once``; as it is where little repeats."""
    first, *pieces = body.split(opening)
    references: dict[bytes, bytes] = {}
    found = [first]
    for piece in pieces:
        stated, closed, rest = piece.partition(closing)
        reference = references.get(stated)
        if reference is None and closed and SECTION not in stated:
            number = len(once) + len(references)
            reference = references[stated] = b'%s %s="%d"/>' % (opening[:-1], MARK, number)
        if reference is None or not closed:  # Not closed: another one is inside (a tracked change of properties).
            found += opening, piece
        else:
            found += reference, rest
    if 2 * len(references) >= len(pieces):
        return body
    once += (opening + stated + closing for stated in references)
    return b''.join(found)


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
