"""Scans of ruled tables: pages that are pictures alone, read by the command with as many jobs as cores."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from shutil import which

from PIL import Image, ImageDraw, ImageFont

from bench.inputs import Inputs, lines_of, notice
from bench.measure import Times, command
from bench.model import Goal, Size, Table
from tools.samples.page import HEIGHT, WIDTH, Page, lay_out

# Dots an inch of an office's scanner.
_DPI = 200


def scans(inputs: Inputs, size: Size) -> Table:
    """Scans of growing length, by the clock; whether each page was read, and how many of the lines that were drawn came back."""
    from kaohe.extractors.optional import has_recognition

    head = ('pages', 'lines drawn', 'lines read', 'pages left out', 'by the clock', 'seconds a page')
    font = _chinese_font()
    if not has_recognition() or font is None:
        return Table('Scans: not measured, for text recognition or a Chinese font is not installed here', head, ())
    rows: list[tuple[str, ...]] = []
    goals: list[Goal] = []
    with tempfile.TemporaryDirectory() as folder:
        for pages in size.scans:
            file, drawn, count = scan(inputs, pages, font)
            database = Path(folder, f'{pages}.db')
            taken = command(
                lambda at, file=file, database=database: ['ingest', str(file), '--db', str(database), '--quiet'],  # type: ignore[misc]
                1, warm_up=False, codes=(0, 1),
            )  # fmt: skip
            read, left = _read(database)
            a_page = taken.median / count
            rows.append((str(count), f'{drawn:,}', f'{read:,}', str(left), str(Times(taken.seconds)), f'{a_page:.1f}'))
            goals.append(
                Goal(f'scan of {count} pages: read whole', 'every page', f'{count - left} of {count}, {read:,} lines of {drawn:,}', not left)
            )  # fmt: skip
    cores = os.cpu_count() or 1
    goals.append(Goal(f'scan of {count} pages, {cores} cores', 'at most 3 s a page', f'{a_page:.1f} s', a_page <= 3))
    return Table(f'Scans of a ruled table, {_DPI} dots an inch', head, tuple(rows), tuple(goals))


def scan(inputs: Inputs, pages: int, font: str) -> tuple[Path, int, int]:
    """(a PDF of pictures, the lines that it shows, its pages): a notice of about so many pages as a scanner gives it."""
    lines = lines_of(pages)
    laid = lay_out(notice(lines))
    file = inputs.pages(pages).with_suffix('.scan.pdf')
    if not file.exists():
        first, *others = (_drawn(page, font) for page in laid)
        first.save(file, 'PDF', resolution=_DPI, save_all=True, append_images=others)
    return file, lines, len(laid)


def _drawn(page: Page, font: str) -> Image.Image:
    scale = _DPI / 72
    picture = Image.new('L', (round(WIDTH * scale), round(HEIGHT * scale)), 255)
    pen = ImageDraw.Draw(picture)
    for rule in page.rules:
        pen.line([(rule.x0 * scale, rule.y0 * scale), (rule.x1 * scale, rule.y1 * scale)], fill=0, width=2)
    for text in page.texts:
        pen.text(
            (text.x * scale, text.y * scale), text.text, fill=0, font=ImageFont.truetype(font, round(text.size * scale))
        )
    return picture


def _chinese_font() -> str | None:
    """The file of a font of this machine that holds Chinese characters."""
    if which('fc-list') is None:
        return None
    listed = subprocess.run(
        ['fc-list', ':lang=zh-cn', '--format=%{file}\n'], capture_output=True, text=True, check=False
    )
    return next(iter(sorted(filter(None, listed.stdout.splitlines()))), None)


def _read(database: Path) -> tuple[int, int]:
    """(scored lines, pages that were left out) of the one notice in a database."""
    with closing(sqlite3.connect(database)) as connection:
        (lines,) = connection.execute("SELECT count(*) FROM indicators WHERE kind = 'scored'").fetchone()
        (left,) = connection.execute(
            "SELECT count(*) FROM findings WHERE code IN ('page.beyond_limit', 'page.no_text', 'page.unreadable')"
        ).fetchone()
    return lines, left
