"""The benchmark measures what it says, and writes only its own part of the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.contests import Goal, Table
from bench.inputs import notice
from bench.page import BEGIN, END, rendered, write
from normalizers import normalize
from tools.samples.word import word

TABLE = Table('表', ('a', 'b'), (('1', '2'),), (Goal('faster', 'at least 3 ×', '4 ×', True),))


def test_a_generated_notice_is_read_whole() -> None:
    from extractors.formats import read

    catalogue = normalize(read(word(notice(25, 10))), '考核细则.docx')
    assert len(catalogue.indicators) == 25
    assert len({line.path for line in catalogue.indicators}) == 3
    assert catalogue.amounts_seen == catalogue.amounts_held > 25


def test_only_what_stands_between_the_markers_is_written_anew(tmp_path: Path) -> None:
    page = tmp_path / 'performance.md'
    page.write_text(f'# before\n{BEGIN}\nold\n{END}\nafter\n', encoding='utf-8')
    write(page, [TABLE], quick=True)
    text = page.read_text(encoding='utf-8')
    assert text.startswith(f'# before\n{BEGIN}\n')
    assert text.endswith(f'{END}\nafter\n')
    assert '| faster | at least 3 × | 4 × | yes |' in text
    assert 'old' not in text


def test_a_page_without_markers_is_refused(tmp_path: Path) -> None:
    page = tmp_path / 'performance.md'
    page.write_text('# nothing\n', encoding='utf-8')
    with pytest.raises(ValueError, match='no markers'):
        write(page, [TABLE], quick=True)


def test_a_quick_run_says_so() -> None:
    assert rendered([TABLE], quick=True).startswith('Quick run')
