"""What the characters of symbol fonts look like, in Unicode.

Word stores a character of such a font at U+F000 plus its place in the font (or at the place itself). The tables follow the
Unicode consortium's mapping of Adobe's Symbol and Microsoft's charts of Wingdings; signs that notices do not use are left out.
"""

from __future__ import annotations

PRIVATE = 0xF000

SYMBOL = {
    **dict(zip(range(0x41, 0x5B), 'ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ', strict=True)),
    **dict(zip(range(0x61, 0x7B), 'αβχδεφγηιϕκλμνοπθρστυϖωξψζ', strict=True)),
    **dict(zip(range(0xA1, 0xC0), 'ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵', strict=True)),
    **dict(zip(range(0xC0, 0xE0), 'ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓', strict=True)),
    **dict(zip(range(0xE0, 0xF0), '◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪', strict=True)),
    **dict(zip(range(0xF1, 0xFF), '〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭', strict=True)),
    0x22: '∀', 0x24: '∃', 0x27: '∋', 0x2A: '∗', 0x2D: '−', 0x40: '≅', 0x5C: '∴', 0x5E: '⊥', 0x7E: '∼', 0xA0: '€',
}  # fmt: skip

WINGDINGS = {
    **dict(zip(range(0x80, 0x8B), '⓪①②③④⑤⑥⑦⑧⑨⑩', strict=True)),
    **dict(zip(range(0x8B, 0x96), '⓿❶❷❸❹❺❻❼❽❾❿', strict=True)),
    0x21: '✏', 0x22: '✂', 0x28: '☎', 0x29: '✆', 0x2A: '✉', 0x36: '⌛', 0x3F: '✍', 0x40: '✍', 0x41: '✌', 0x46: '☞', 0x4A: '☺',
    0x4C: '☹', 0x6C: '●', 0x6D: '❍', 0x6E: '■', 0x6F: '□', 0x70: '❐', 0x71: '❑', 0x72: '❒', 0x73: '⬧', 0x74: '⧫', 0x75: '◆',
    0x76: '❖', 0x77: '⬥', 0x78: '⌧', 0x9E: '·', 0x9F: '•', 0xA0: '▪', 0xA1: '○', 0xA7: '▪', 0xA8: '◻', 0xAA: '✦', 0xAB: '★',
    0xAC: '✶', 0xB2: '⟡', 0xB5: '✪', 0xB6: '✰', 0xD8: '➢', 0xDF: '←', 0xE0: '→', 0xE1: '↑', 0xE2: '↓', 0xE8: '➔', 0xEF: '⇦',
    0xF0: '⇨', 0xF1: '⇧', 0xF2: '⇩', 0xFB: '✗', 0xFC: '✓', 0xFD: '☒', 0xFE: '☑',
}  # fmt: skip

WINGDINGS_2 = {
    0x4F: '✗', 0x50: '✓', 0x51: '☒', 0x52: '☑', 0x53: '☒', 0x54: '☒', 0x95: '·', 0x96: '•', 0x97: '●', 0x98: '●', 0x99: '○',
    0x9E: '⦿', 0x9F: '●', 0xA2: '■', 0xA3: '□', 0xAE: '◆', 0xAF: '◇', 0xE8: '★', 0xE9: '★',
    **dict(zip(range(0x69, 0x74), '⓪①②③④⑤⑥⑦⑧⑨⑩', strict=True)),
    **dict(zip(range(0x74, 0x7F), '⓿❶❷❸❹❺❻❼❽❾❿', strict=True)),
}  # fmt: skip

WEBDINGS = {0x61: '✔', 0x63: '□', 0x67: '■', 0x72: '✗', 0x3D: '●', 0x6E: '●'}

FONTS: dict[str, dict[int, str]] = {
    'symbol': SYMBOL,
    'wingdings': WINGDINGS,
    'wingdings 2': WINGDINGS_2,
    'webdings': WEBDINGS,
}


def translated(text: str, font: str | None) -> str:
    """``text`` set in ``font``, as it looks; characters of a symbol font that the tables lack stay as they are."""
    table = FONTS.get((font or '').lower())
    if table is None:
        return text
    return ''.join(table.get(_place(char), _plain(char)) for char in text)


def symbol(code: str | None, font: str | None) -> str:
    """The sign of a ``w:sym``: ``code`` is its place in ``font`` in hexadecimal. Empty where the code is none."""
    try:
        place = int(code or '', 16)
        return translated(chr(place), font)
    except (ValueError, OverflowError):
        return ''


def _place(char: str) -> int:
    """The character's place in its font; -1 for a character that no symbol font holds."""
    place = ord(char)
    if PRIVATE <= place < PRIVATE + 0x100:
        return place - PRIVATE
    return place if place < 0x100 else -1


def _plain(char: str) -> str:
    """A sign below 0x80 that the tables leave out is the ASCII character itself in Symbol (digits, brackets)."""
    place = ord(char) - PRIVATE
    return chr(place) if 0x20 <= place < 0x7F else char
