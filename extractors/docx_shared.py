"""Properties of runs that a Word file states over and over in the same words, kept once.

Word writes out what each run looks like. In a notice of 1,000 lines that is 18,000 times one of three texts: two fifths of the file
and half of the elements that there are to parse, to keep in memory and to look at. Here such a text becomes a reference before lxml
sees it: ``<w:rPr>…</w:rPr>`` is ``<w:rPr kaohe-shared="2"/>``, and what number 2 states stands once at the end of the document.
"""

from __future__ import annotations

import re

from lxml import etree

from extractors.docx_names import W

#: The attribute that refers to shared properties, and the local name of the element that holds them.
SHARED = 'kaohe-shared'

MARK = SHARED.encode()
OPENING, CLOSING, END = b'<w:rPr>', b'</w:rPr>', b'</w:document>'

#: How a document in UTF-8 begins that gives Word's names the usual prefix.
START = re.compile(
    rb'(?:\xef\xbb\xbf)?(?:<\?xml(?![^<>]*encoding\s*=\s*["\'](?!(?i:utf-8)["\']))[^<>]*\?>\s*)?'
    rb'<w:document\s[^<>]*xmlns:w="' + re.escape(W[1:-1].encode()) + b'"'
)
PREFIX = re.compile(rb'xmlns:w\s*=')


def folded(data: bytes) -> bytes:
    """The XML text of a document with equal ``w:rPr`` stated once; ``data`` itself where that is not safe or does not pay.

    Should the result not be well-formed, parse ``data``: some ``w:rPr`` holds another one that has attributes.
    """
    if not _tags_are_tags(data):
        return data
    first, *pieces = data.split(OPENING)
    numbers: dict[bytes, int] = {}
    found = [first]
    for piece in pieces:
        stated, closing, rest = piece.partition(CLOSING)
        if closing:
            found.append(b'<w:rPr %s="%d"/>' % (MARK, numbers.setdefault(stated, len(numbers))))
            found.append(rest)
        else:  # The next one is inside this one: a tracked change of properties.
            found.append(OPENING + piece)
    body, end, after = found.pop().rpartition(END)
    if 2 * len(numbers) >= len(pieces) or not end or after.strip():
        return data
    once = b''.join(OPENING + stated + CLOSING for stated in numbers)
    return b''.join([*found, body, b'<w:%s>%s</w:%s>' % (MARK, once, MARK), end])


def shared(root: etree._Element) -> dict[str, etree._Element]:
    """The properties that a folded document states once, by the reference to them; they are taken out of it."""
    if not len(root) or root[-1].tag != W + SHARED:
        return {}
    holder = root[-1]
    root.remove(holder)
    return {str(number): properties for number, properties in enumerate(holder)}


def _tags_are_tags(data: bytes) -> bool:
    """Whether all that looks like a tag of Word's is one: nothing can hide it (a comment, CDATA) or give its name another meaning."""
    return (
        START.match(data) is not None
        and len(PREFIX.findall(data)) == 1
        and b'<!' not in data
        and data.find(b'<?', len('<?xml')) < 0
        and MARK not in data
    )
