"""The benchmark measures what it says, and writes only its own part of the page."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from lxml import etree

import bench.__main__ as bench_main
from bench.inputs import Inputs, notice
from bench.many import report
from bench.measure import Run, Times, more, side_by_side
from bench.model import Goal, Size, Table
from bench.page import BEGIN, END, rendered, write
from bench.saved import as_word_saves
from bench.scans import _chinese_font, scan
from bench.texts import texts_of
from kaohe.extractors.formats import read
from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from tools.samples.model import Grid, GridCell, Paragraph
from tools.samples.text import dumped
from tools.samples.word import word

TABLE = Table('表', ('a', 'b'), (('1', '2'),), (Goal('faster', 'at least 3 ×', '4 ×', True),))


def catalogue_of(data: bytes) -> Catalogue:
    """What is read, without the document's own text."""
    catalogue = normalize(read(data), '考核细则.docx')
    return replace(catalogue, document=replace(catalogue.document, blocks=(), tables=()))


def test_a_generated_notice_is_read_whole_and_without_doubt() -> None:
    catalogue = catalogue_of(word(notice(60, 10)))
    assert len(catalogue.indicators) == 60
    assert len({line.path for line in catalogue.indicators}) == 6
    assert catalogue.amounts_seen == catalogue.amounts_held > 60
    assert not catalogue.findings


def test_word_as_word_saves_it_says_what_the_bare_file_says() -> None:
    bare = word(notice(60, 10))
    saved = as_word_saves(bare)
    assert catalogue_of(saved) == catalogue_of(bare)
    size, elements = size_of_a_cell(saved)
    assert 900 < size < 1_100
    assert 28 < elements < 33


def size_of_a_cell(package: bytes) -> tuple[float, float]:
    """Bytes and elements of XML in the tables, a cell."""
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        document = etree.fromstring(parts.read('word/document.xml'))
    (table,) = document.iter(qn('w:tbl'))
    cells = sum(1 for _ in table.iter(qn('w:tc')))
    return len(etree.tostring(table, encoding='utf-8')) / cells, sum(1 for _ in table.iter()) / cells


def test_texts_that_xml_must_escape_and_that_are_empty_stay_what_they_are() -> None:
    grid = Grid((1.0, 1.0), (GridCell(0, 0, '甲<5且A&B>3分'), GridCell(0, 1, '')))
    bare = word(replace(notice(1), body=(Paragraph('标题', 'title'), grid)))
    assert read(as_word_saves(bare)).tables == read(bare).tables


def test_no_two_texts_of_a_long_notice_are_the_same_but_by_chance() -> None:
    requirements, criteria, _ = zip(*(texts_of(7, line) for line in range(2_000)), strict=True)
    assert len(set(requirements)) > 1_980
    assert len(set(criteria)) > 1_980


def test_notices_of_different_numbers_have_no_text_in_common_and_a_longer_one_begins_like_the_shorter() -> None:
    assert not {texts_of(1, line)[0] for line in range(100)} & {texts_of(2, line)[0] for line in range(100)}
    longer, shorter = (dumped(notice(count)).splitlines() for count in (12, 10))
    assert longer[: len(shorter) - 4] == shorter[:-4]


def test_what_is_warmed_up_on_is_not_what_is_measured(tmp_path: Path) -> None:
    inputs = Inputs(tmp_path)
    one, other = (catalogue_of(file.read_bytes()) for file in (inputs.warm(), inputs.lines(10)))
    assert not {line.criteria for line in one.indicators} & {line.criteria for line in other.indicators}


def test_every_other_one_of_many_notices_is_a_word_file(tmp_path: Path) -> None:
    files = sorted(Inputs(tmp_path).many(4, 3).iterdir())
    assert [file.name for file in files] == ['通知1.txt', '通知2.saved.docx', '通知3.txt', '通知4.saved.docx']
    assert len({file.read_bytes() for file in files}) == 4


@pytest.mark.parametrize('name', ['xml_floor', 'kaohe'])
def test_a_contender_tells_what_it_took(tmp_path: Path, name: str) -> None:
    file = Inputs(tmp_path).lines(5, 'saved.docx')
    (times,) = side_by_side([Run(name, file, file)], 2)
    assert len(times.seconds) == 2
    assert times.clock is not None
    assert all(worked > 0 for worked in (*times.seconds, *times.clock))
    assert times.megabytes is not None


def test_the_grammar_reads_texts_without_a_table(tmp_path: Path) -> None:
    inputs = Inputs(tmp_path)
    run = Run('grammar', inputs.texts(20), inputs.cell(20))
    assert side_by_side([run], 1)[0].median > 0


def test_how_much_more_a_longer_one_takes_is_the_median_of_the_rounds() -> None:
    longer, shorter = Times((5.0, 9.0, 5.5)), Times((4.0, 5.0, 4.0))
    assert more(longer, shorter) == 1.5


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


def test_growth_of_very_many_notices_is_fitted_and_carried_to_a_million() -> None:
    stored = [1_000, 2_000, 3_000, 4_000, 5_000]
    clock, worked, sizes = (
        [9.0, 10.0, 10.0, 10.0, 10.0],
        [18.0, 20.0, 20.1, 20.2, 20.3],
        [count / 10 for count in stored],
    )
    *rows, _, told = report(stored, clock, worked, sizes)
    assert rows[-1] == '| 5,000 | 10.0 | 100.0 | 20.3 | 500 |'
    assert 'takes 10.0 s of processor more' in told
    assert 'with the power 1.00' in told
    assert 'would take 120 s of processor instead of 20 s, and the database 98 GB' in told


def test_what_a_command_leaves_running_counts_as_its_work() -> None:
    worked = 'sum(range(9_000_000))'
    script = (
        'import subprocess, sys\n'
        'from bench.measure import adopt_grandchildren, worked_by_all\n'
        'adopt_grandchildren()\n'
        f'subprocess.run([sys.executable, "-c", "import os, time; os.fork() or [time.sleep(0.1), {worked}, {worked}]"])\n'
        'print(worked_by_all())'
    )
    done = subprocess.run([sys.executable, '-c', script], capture_output=True, text=True, check=True)
    assert float(done.stdout) > 0.05


def test_a_contest_that_fails_is_named_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(inputs: Inputs, size: Size) -> Table:
        raise subprocess.CalledProcessError(1, ['x'], stderr='nothing works')

    monkeypatch.setattr(bench_main, 'word', broken)
    monkeypatch.setattr(bench_main, 'tall', lambda inputs, size: TABLE)
    monkeypatch.setattr(sys, 'argv', ['bench', '--quick', '--only', 'word', '--only', 'tall'])
    bench_main.main()
    told = capsys.readouterr().err
    assert '| nothing works |' in told
    assert '| word | measured | failed | no |' in told
    assert '| faster | at least 3 × | 4 × | yes |' in told


def test_a_scan_shows_the_lines_of_its_notice(tmp_path: Path) -> None:
    font = _chinese_font()
    if font is None:
        pytest.skip('no Chinese font is here')
    file, lines, pages = scan(Inputs(tmp_path), 1, font)
    assert lines > 10
    found = looked_at_pages(file)
    assert len(found) == pages
    assert all(found)


def looked_at_pages(file: Path) -> list[bool]:
    """Of each page whether it is a picture with ink and without text."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(file)) as document:
        return [
            page.get_textpage().count_chars() == 0 and bool((page.render(scale=0.5).to_numpy() < 100).any())
            for page in document
        ]
