"""Four times the size is at most eight times the work: shapes of files that once took squares and cubes."""

from __future__ import annotations

import io
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kaohe.extractors.zip.archive import list_members, read_member
from kaohe.pipeline.readers.reading import catalogue_of
from tests.attacks.sheets import workbook

HEAD = '考核细则\n项目\t考核内容\t评分标准\t分值\n'
ROW = '安全\t按时报告\t迟报1次扣1分\t5\n'


def archive(names: list[str], data: bytes = b'x') -> bytes:
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, 'w') as target:
        warnings.simplefilter('ignore')  # equal names
        for name in names:
            target.writestr(name, data)
    return made.getvalue()


def read_archive(data: bytes, folder: Path) -> None:
    path = folder / f'{len(data)}.zip'
    path.write_bytes(data)
    for names in list_members(path):
        read_member(path, names)


def read(name: str) -> Callable[[bytes, Path], None]:
    return lambda data, folder: catalogue_of(data, name) and None


# What grows; a file of the shape, of so many parts; how many parts, and how it is read.
SHAPES: list[tuple[str, Callable[[int], bytes], int, Callable[[bytes, Path], None]]] = [
    ('members of an archive', lambda n: archive([f'{at}.bin' for at in range(n)]), 500, read_archive),
    ('equal names in an archive', lambda n: archive(['a.bin'] * n), 500, read_archive),
    ('archives in an archive', lambda n: archive([f'{at}.zip' for at in range(n)], archive(['a.bin'] * 5)), 200, read_archive),
    ('a stray text far down a sheet', lambda n: workbook({f'A{n}': 'x'}), 4000, read('a.xlsx')),
    ('a stray blank far down a sheet', lambda n: workbook({f'A{n}': ' '}), 4000, read('a.xlsx')),
    ('a note below a gap of a sheet', lambda n: workbook({f'A{n}': '备注：由考核办解释'}), 4000, read('a.xlsx')),
    ('titles in a sheet, one below the other', lambda n: workbook({f'A{at + 10}': f'标题{at}' for at in range(n)}), 500, read('a.xlsx')),
    ('labels in a sheet, one below the other', lambda n: workbook({f'A{at + 10}': '填报单位：' for at in range(n)}), 500, read('a.xlsx')),
    ('blanks in a text', lambda n: (HEAD + ROW + '总结' + ' ' * n + '完').encode(), 8000, read('a.txt')),
    ('signs of LaTeX in a text', lambda n: ('满意度$\\leq' * n).encode(), 2000, read('a.txt')),
    ('blanks in a cell', lambda n: (HEAD + ROW.replace('迟报', '迟报' + ' ' * n) + ROW).encode(), 8000, read('a.txt')),
    ('blanks in a title', lambda n: ('考核' + ' ' * n + HEAD + ROW * 2).encode(), 8000, read('a.txt')),
    ('clauses in one paragraph', lambda n: ('考核细则\n' + '扣1分' * n).encode(), 1000, read('a.txt')),
    ('rows of a text', lambda n: (HEAD + ROW * n).encode(), 60, read('a.txt')),
]  # fmt: skip


@pytest.mark.parametrize(('make', 'count', 'work'), [shape[1:] for shape in SHAPES], ids=[shape[0] for shape in SHAPES])
def test_four_times_the_size_is_at_most_eight_times_the_work(
    make: Callable[[int], bytes], count: int, work: Callable[[bytes, Path], None], tmp_path: Path
) -> None:
    work(make(count // 4), tmp_path)  # what is loaded once is loaded
    small, large = (min(_seconds(work, make(size), tmp_path) for _ in range(2)) for size in (count, 4 * count))
    assert large <= 8 * small + 0.1  # what a busy machine adds


def _seconds(work: Callable[[bytes, Path], None], data: bytes, folder: Path) -> float:
    started = time.process_time()
    work(data, folder)
    return time.process_time() - started
