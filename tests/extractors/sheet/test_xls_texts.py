"""Texts of old workbooks in which the font changes."""

from __future__ import annotations

import struct

import pytest

from kaohe.extractors.sheet.xls_texts import RunFont, ShownRuns, shown_runs

FONTS = [RunFont(), RunFont(struck=True), RunFont(raised=True)]


def shared(text: str, *runs: tuple[int, int], phonetic: bytes = b'') -> bytes:
    """A text as a workbook stores it, with where each font begins."""
    flags = 1 | 8 * bool(runs) | 4 * bool(phonetic)
    head = struct.pack('<HB', len(text.encode('utf-16-le')) // 2, flags)
    counts = (struct.pack('<H', len(runs)) if runs else b'') + (struct.pack('<I', len(phonetic)) if phonetic else b'')
    return head + counts + text.encode('utf-16-le') + b''.join(struct.pack('<HH', *run) for run in runs) + phonetic


TEXTS = (
    shared('序号'),
    shared('每次扣9分2分', (3, 1), (5, 0)),
    shared('绿地800m2', (6, 2), phonetic=b'1234'),
    shared('整句划去', (0, 1)),
)
SHOWN = {1: ShownRuns('每次扣2分', True), 2: ShownRuns('绿地800m²', False), 3: ShownRuns('', True)}


def test_what_is_struck_out_is_left_out_and_what_is_raised_is_raised() -> None:
    whole = struct.pack('<II', 4, 4) + b''.join(TEXTS)
    assert shown_runs([whole], FONTS) == SHOWN


@pytest.mark.parametrize('units', range(7))
def test_a_text_goes_on_in_the_next_record(units: int) -> None:
    whole = struct.pack('<II', 4, 4) + b''.join(TEXTS)
    # within the characters of the second text: there the next record says anew how wide they are
    cut = 8 + len(TEXTS[0]) + 5 + 2 * units
    assert shown_runs([whole[:cut], b'\x01' + whole[cut:]], FONTS) == SHOWN


def test_characters_beyond_the_first_plane_count_twice() -> None:
    text = shared('𠀀扣9分', (3, 1))
    assert shown_runs([struct.pack('<II', 1, 1) + text + b'\0' * 8], FONTS)[0].struck
