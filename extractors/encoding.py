"""Bytes to text for files that do not say in which encoding they are written.

Chinese offices write UTF-8, GB18030 (Notepad's “ANSI”) and UTF-16 (Notepad's “Unicode”). Charset detectors take short
GB18030 texts for Korean or Big5, so the order is fixed instead: byte order mark, strict UTF-8, UTF-16 where the bytes look
like it (else zero bytes stand where something was lost), Big5 where nearly all characters are common in Big5 and few in GB 2312, strict GB18030, and last whichever of UTF-8 and
GB18030 loses fewer characters.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from kaohe.extractors.findings import Finding, finding

_MARKS = (
    (codecs.BOM_UTF8, 'utf-8'),
    (codecs.BOM_UTF32_LE, 'utf-32-le'),
    (codecs.BOM_UTF32_BE, 'utf-32-be'),
    (codecs.BOM_UTF16_LE, 'utf-16-le'),
    (codecs.BOM_UTF16_BE, 'utf-16-be'),
)
# What Chinese office text consists of: printable ASCII with line ends, Han characters, Chinese and full-width punctuation.
_USUAL = re.compile('[\t\n\r\x20-\x7e\u00a0-\u00ff\u2000-\u22ff\u2460-\u25ff\u3000-\u303f\u3400-\u9fff\uff00-\uffef]')
_SAMPLE = 20_000
# A character of two bytes, in Big5 and GBK alike; and how many show which of the two it is.
_PAIR = re.compile(rb'[\x81-\xfe][\x40-\x7e\x80-\xfe]')
_LEAST_PAIRS = 12
# Old mails carry Chinese text in ASCII, in runs between these signs (RFC 1843).
_HZ = re.compile(rb'~\{(?:[!-w][!-~])+~\}')
# What Python knows as an encoding of texts and no browser does: pages that claim it would read otherwise than they look.
_NO_CHARSETS = frozenset(('undefined', 'punycode', 'idna', 'unicode-escape', 'raw-unicode-escape', 'unicode_escape', 'raw_unicode_escape', 'utf-7'))  # fmt: skip


_HOLE = re.compile('\x00+')


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` without a byte order mark, zero bytes where they stood; ``lost`` counts the characters that had to be replaced by ``\\ufffd``."""

    text: str
    encoding: str
    lost: int = 0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The complaints about lost characters and about zero bytes, where there are any."""
        holes = len(_HOLE.findall(self.text))
        return (
            *([finding('text.undecodable', count=self.lost, encoding=self.encoding.upper())] if self.lost else ()),
            *([finding('text.holes', count=holes)] if holes else ()),
        )


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of these bytes. ``declared`` is the encoding that the file itself claims: believed where UTF-8 does not fit."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _forced(data[len(mark) :], encoding)
    for candidate in ('utf-8', _known(declared)):
        text = _strict(data, candidate) if candidate else None
        if candidate and text is not None and '\x00' not in text:
            hz = _strict(data, 'hz') if _HZ.search(data) and text.isascii() else None
            return Decoded(text, candidate) if hz is None else Decoded(hz, 'hz')
    if utf16 := _utf16_without_mark(data):
        return _forced(data, utf16)
    if b'\x00' in data and (text := _strict(data, 'utf-8')) is not None:
        return Decoded(text, 'utf-8')
    if _is_big5(data) and (text := _strict(data, 'cp950')) is not None:
        return Decoded(text, 'big5')
    if (text := _strict(data, 'gb18030')) is not None:
        return Decoded(text, 'gb18030')
    return min((_forced(data, 'utf-8'), _forced(data, 'gb18030')), key=lambda decoded: decoded.lost)


def usual_share(text: str) -> float:
    """How much of the text (0 to 1) are characters that Chinese office text consists of."""
    sample = text[:_SAMPLE]
    return len(_USUAL.findall(sample)) / len(sample) if sample else 1.0


def _known(declared: str | None) -> str | None:
    """The codec for a declared name. As browsers do, gb2312 and gbk are read as their superset gb18030, and a claim of UTF-16
    that could be read is not believed.
    """
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared.strip()).name
    except LookupError:
        return None
    if name.startswith(('utf-16', 'utf-32')) or name in _NO_CHARSETS:
        return None
    return 'gb18030' if name in ('gb2312', 'gbk') else name


def _is_big5(data: bytes) -> bool:
    """Whether the bytes are Big5: both encodings put the common characters first, and so show by their bytes which of them it is."""
    pairs: list[bytes] = _PAIR.findall(data[: 2 * _SAMPLE])
    han = [pair for pair in pairs if pair[0] >= 0xA4]
    # up to 0xA9 GB 2312 has other scripts and signs
    if len(han) < _LEAST_PAIRS or 5 * sum(pair[0] > 0xA9 for pair in han) < len(han):
        return False
    in_big5 = sum(pair[0] <= 0xC6 for pair in han)
    in_gb = sum(0xB0 <= pair[0] <= 0xD7 and pair[1] >= 0xA1 for pair in han)
    return in_big5 > 0.9 * len(han) and in_gb < 0.75 * len(han)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _forced(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors='replace')
    return Decoded(text, encoding, text.count('\ufffd') - _genuine(data, encoding))


def _genuine(data: bytes, encoding: str) -> int:
    """How many replacement characters the file itself holds: those are not our losses."""
    return data.count('\ufffd'.encode(encoding)) if encoding == 'utf-8' else 0


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16's byte order where the bytes look like it: zero bytes (of line ends, digits) and a text of usual characters."""
    if len(data) < 4 or len(data) % 2 or b'\x00' not in data:
        return None
    for encoding in ('utf-16-le', 'utf-16-be'):
        text = _strict(data, encoding)
        if text is not None and '\x00' not in text and usual_share(text) >= 0.95:
            return encoding
    return None
