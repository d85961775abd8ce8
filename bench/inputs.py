"""What is measured: notices of a fictional office, of any length, in every format."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from bench.saved import as_word_saves
from bench.texts import SUBJECTS, texts_of
from tools import samples
from tools.samples.layouts import columns
from tools.samples.model import Category, Line, Paragraph, Sample
from tools.samples.office import convert
from tools.samples.page import lay_out
from tools.samples.pdf import pdf
from tools.samples.sheet import xlsx
from tools.samples.text import dumped
from tools.samples.word import word

LINES_A_CATEGORY = 10
TALL_CATEGORY = 400
# The numbers of the notice that is measured, and of the one to warm up on: their texts differ.
_NUMBER, _ANOTHER = 7, 1


def notice(lines: int, lines_a_category: int = LINES_A_CATEGORY, number: int = _NUMBER) -> Sample:
    """A notice with one scoring table of so many lines, its first column merged over ``lines_a_category`` rows.

    Notices of different ``number`` have different texts; of two with the same number the longer one begins with the lines of the other.
    """
    table = tuple(_line(number, at, lines_a_category) for at in range(lines))
    return Sample(
        name='考核细则',
        kind='assessment',
        title='云河县2025年度综合目标考核细则',
        issuer='云河县人民政府办公室',
        doc_number=f'云政办〔2025〕{number}号',
        issued_on='2025-03-01',
        year=2025,
        body=(
            Paragraph(f'云政办〔2025〕{number}号', 'number'),
            Paragraph('云河县2025年度综合目标考核细则', 'title'),
            columns(
                table,
                [('考核项目', 'plain', 1.2)],
                [('考核内容', 'requirement', 3.0), ('评分标准', 'criteria', 3.0), ('分值', 'points', 0.7),
                 ('责任单位', 'responsible_office', 1.2)],
            ),
            Paragraph('云河县人民政府办公室', 'signature'),
            Paragraph('2025年3月1日', 'signature'),
        ),
    )  # fmt: skip


def _line(number: int, at: int, lines_a_category: int) -> Line:
    requirement, criteria, points = texts_of(number, at)
    category = at // lines_a_category
    return Line(
        Category(f'{SUBJECTS[category % len(SUBJECTS)]}{category + 1}'),
        requirement,
        criteria,
        points,
        duties={'responsible_office': (f'{SUBJECTS[at % len(SUBJECTS)]}科',)},
    )


def lines_of(pages: int) -> int:
    """How many lines about so many printed pages hold."""
    a_page = 200 / len(lay_out(notice(200)))
    return max(1, round(pages * a_page))


DRAW: dict[str, Callable[[Sample], bytes]] = {
    'docx': word,
    'saved.docx': lambda sample: as_word_saves(word(sample)),
    'doc': lambda sample: convert(word(sample), 'doc'),
    'pdf': pdf,
    'txt': lambda sample: dumped(sample).encode(),
    'xlsx': xlsx,
}
_LONG_AGO = 1_700_000_000
# Whatever decides what is drawn: files that another version drew are not measured.
_DRAWN_BY = (Path(__file__).parent, Path(samples.__file__).parent)


class Inputs:
    """The files to measure, made in a folder below ``folder`` when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / _drawn_by()
        self._folder.mkdir(parents=True, exist_ok=True)

    def lines(self, count: int, suffix: str = 'docx', lines_a_category: int = LINES_A_CATEGORY) -> Path:
        """A notice of ``count`` lines. The suffix ``saved.docx`` is Word as Word saves it, ``docx`` as a library draws it."""
        return self._made(f'{count}-lines-{lines_a_category}', suffix, lambda: notice(count, lines_a_category))

    def warm(self, suffix: str = 'docx') -> Path:
        """A small notice to warm up on, which has no text in common with those that are measured."""
        return self._made('warm', suffix, lambda: notice(10, number=_ANOTHER))

    def another(self, count: int, suffix: str = 'docx') -> Path:
        """A notice of as many lines that has no text in common with those that are measured."""
        return self._made(f'{count}-other-lines', suffix, lambda: notice(count, number=_ANOTHER))

    def pages(self, count: int) -> Path:
        """A PDF of about ``count`` pages."""
        return self._made(f'{count}-pages', 'pdf', lambda: notice(lines_of(count)))

    def texts(self, count: int, number: int = _NUMBER) -> Path:
        """The texts of ``count`` lines, without a table: on each line of the file the requirement, a tab, the criteria."""
        file = self._folder / f'{count}-texts-{number}.tsv'
        if not file.exists():
            file.write_text(''.join('\t'.join(texts_of(number, at)[:2]) + '\n' for at in range(count)), 'utf-8')
        return file

    def warm_texts(self) -> Path:
        """The same of another notice, to warm up on."""
        return self.texts(100, _ANOTHER)

    def cell(self, clauses: int) -> Path:
        """The same for one line whose criteria hold about so many clauses."""
        file = self._folder / f'{clauses}-clauses.tsv'
        if not file.exists():
            # a text holds about two clauses
            criteria = '；'.join(texts_of(_NUMBER, at)[1] for at in range(clauses // 2))
            file.write_text(f'{texts_of(_NUMBER, 0)[0]}\t{criteria}\n', 'utf-8')
        return file

    def many(self, files: int, lines: int) -> Path:
        """A folder of notices that have nothing in common but their head; every other one is a Word file as Word saves it."""
        folder = self._folder / f'{files}-of-{lines}'
        if not folder.exists():
            unfinished = self._folder / 'unfinished'
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            for number in range(1, files + 1):
                suffix = 'txt' if number % 2 else 'saved.docx'
                _write(unfinished / f'通知{number}.{suffix}', DRAW[suffix](notice(lines, number=number)))
            unfinished.rename(folder)
        return folder

    def year(self, files: int) -> Path:
        """Where the database of so many notices is kept, so that what is asked of it need not be stored again."""
        return self._folder / f'{files}-notices.db'

    def _made(self, name: str, suffix: str, draw: Callable[[], Sample]) -> Path:
        file = self._folder / f'{name}.{suffix}'
        if not file.exists():
            _write(file, DRAW[suffix](draw()))
        return file


def _write(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    os.utime(file, (_LONG_AGO, _LONG_AGO))  # one that has just come is watched for 0.4 s before it is read


def _drawn_by() -> str:
    found = hashlib.sha256()
    for folder in _DRAWN_BY:
        for file in sorted(folder.glob('*.py')):
            found.update(file.read_bytes())
    return found.hexdigest()[:8]
