"""What people would pick instead, on the same files: each where it is installed, in an environment of its own.

They are no part of the project's lock files, for they weigh up to gigabytes: ``python -m venv F && F/bin/pip install kreuzberg docling``,
then ``make bench ARGS='--rivals F/bin/python'``. markitdown is in the bench's own environment; LibreOffice is looked for on the machine.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median

from bench.contenders import RIVALS
from bench.inputs import Inputs
from bench.measure import Times, contended
from bench.model import Size, Table

# What comes out: of the others as their own documentation says, which nobody has compared with the files that are measured here.
_GIVES = {
    'kaohe': 'text, merged cells, scored lines, clauses, targets, duties, origins, findings; stored',
    'markitdown': 'text, tables in Markdown; merged cells repeated or lost',
    'kreuzberg': 'text, cells without their merges',
    'docling': 'text, cells with their merges',
    'libreoffice': 'a web page: text, merged cells of Word files; of PDF a picture or drawing of each page',
}


def rivals(inputs: Inputs, size: Size, python: str | None) -> Table:
    """A notice of 100 lines as Word saves it and a PDF of some pages, by the clock, what is loaded left out (but for LibreOffice)."""
    word, pdf = inputs.lines(100, 'saved.docx'), inputs.pages(5)
    rows = []
    for name, gives in _GIVES.items():
        interpreter = sys.executable if name in ('kaohe', 'markitdown') else python or sys.executable
        shown = [_measured(name, file, inputs, interpreter, size.rounds) for file in (word, pdf)]
        rows.append((name, *shown, gives))
    return Table(
        'What people would pick instead, by the clock',
        ('program', 'Word, 100 lines as Word saves it', 'PDF of 5 pages', 'gives (the others as documented by them)'),
        tuple(rows),
    )


def _measured(name: str, file: Path, inputs: Inputs, interpreter: str, repeats: int) -> str:
    if (
        name in RIVALS
        and subprocess.run([interpreter, '-c', RIVALS[name]], capture_output=True, check=False).returncode
    ):
        return 'not installed'
    warm = inputs.warm('pdf' if file.suffix == '.pdf' else 'docx')
    try:
        clock = [contended(name, file, warm, interpreter)['clock'] for _ in range(repeats)]
    except subprocess.CalledProcessError as failed:
        return f'failed: {failed.stderr.strip().splitlines()[-1][:60]}'
    except subprocess.TimeoutExpired:
        return 'more than five minutes'
    return f'{Times((median(clock),))}'
