"""The ways to read a file, each run in a process of its own: ``python -m bench.contenders NAME FILE WARM`` prints what it took as JSON."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path


def xml_floor(file: Path) -> None:
    """The physical floor of Word: unzip, parse ``document.xml``."""
    import zipfile

    from lxml import etree

    with zipfile.ZipFile(file) as package:
        etree.fromstring(package.read('word/document.xml'))


def pdfium_floor(file: Path) -> None:
    """The physical floor of PDF: the text of every page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()


def row_cells(file: Path) -> None:
    """python-docx as people write it."""
    import docx

    for table in docx.Document(str(file)).tables:
        for row in table.rows:
            [cell.text for cell in row.cells]


def extract_tables(file: Path) -> None:
    """pdfplumber as people write it."""
    import pdfplumber

    with pdfplumber.open(file) as document:
        for page in document.pages:
            page.extract_tables()
            page.close()


def markitdown(file: Path) -> None:
    """markitdown: text only."""
    from markitdown import MarkItDown

    MarkItDown().convert(file)


def kreuzberg(file: Path) -> None:
    """kreuzberg: text and cells."""
    import kreuzberg as library

    library.extract_file_sync(str(file))


def docling(file: Path) -> None:
    """docling: text and cells."""
    from docling.document_converter import DocumentConverter

    DocumentConverter().convert(str(file))


def libreoffice(file: Path) -> None:
    """LibreOffice's conversion into a web page, with a profile of its own, as a script would call it."""
    import subprocess

    with tempfile.TemporaryDirectory() as folder:
        profile = f'-env:UserInstallation={Path(folder, "profile").as_uri()}'
        subprocess.run(
            ['soffice', profile, '--headless', '--convert-to', 'html', '--outdir', folder, str(file)],
            check=True, capture_output=True,
        )  # fmt: skip


def kaohe(file: Path) -> None:
    """The whole work of ``kaohe ingest`` on one file: read, understand, store in a new database."""
    from kaohe.pipeline.ingestion.store import Store
    from kaohe.pipeline.planning.inbox import scope_of
    from kaohe.pipeline.planning.plan import make_plan
    from kaohe.pipeline.readers.reader_loop import look_seldom_for_garbage
    from kaohe.pipeline.readers.reading import read_file

    look_seldom_for_garbage()  # as every process does that reads for the command
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, 'catalogue.db')
        (work,) = make_plan([scope_of(file)], database, force=False, writing=lambda candidates: set()).read
        with Store(database, {}) as store:
            stored = store.put(read_file(str(file), file.name), work.candidates)
        assert stored.failure is None, stored.failure


def grammar(file: Path) -> None:
    """The clauses and the targets of texts alone: on each line of the file a requirement, a tab, criteria."""
    from kaohe.normalizers.grammar.clauses.reader import read_clauses
    from kaohe.normalizers.grammar.targets.reader import read_thresholds

    for line in file.read_text('utf-8').splitlines():
        requirement, criteria = line.split('\t')
        asked = read_clauses(requirement, field='requirement', has_criteria=True)
        read_thresholds(requirement, field='requirement', clauses=asked.matches)
        scored = read_clauses(criteria, field='criteria', has_criteria=True)
        read_thresholds(criteria, field='criteria', clauses=scored.matches, subject=requirement)


def scores(file: Path) -> None:
    """Rules and scores of the notice in a database: rules made from its clauses, scored without answers (the widest intervals)."""
    from kaohe.normalizers.scoring.engine import score_line
    from kaohe.normalizers.scoring.making.rules import make_rule
    from kaohe.pipeline.assessment.stored_lines import read_lines
    from kaohe.pipeline.database.schema import open_to_read

    with closing(open_to_read(file)) as connection:
        (document,) = connection.execute('SELECT id FROM documents').fetchone()
        for line in read_lines(connection, document):
            score_line(make_rule(line), {})


def worksheet(file: Path) -> None:
    """The worksheet of the notice in a database."""
    from kaohe.pipeline.assessment.worksheets.worksheet_content import read_content
    from kaohe.pipeline.assessment.worksheets.worksheet_writing import worksheet_file
    from kaohe.pipeline.database.schema import open_to_read

    with closing(open_to_read(file)) as connection:
        (document,) = connection.execute('SELECT id FROM documents').fetchone()
        worksheet_file(read_content(connection, document, 'bench'), None, None)


def export(file: Path) -> None:
    """All notices in a database as the workbook that people correct in."""
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.workbook.exporting import exported

    with closing(open_to_read(file)) as connection:
        exported(connection, [document for (document,) in connection.execute('SELECT id FROM documents')], 'xlsx')


CONTENDERS: dict[str, Callable[[Path], None]] = {
    function.__name__: function
    for function in (
        xml_floor, pdfium_floor, row_cells, extract_tables, markitdown, kreuzberg, docling, libreoffice, kaohe, grammar,
        scores, worksheet, export,
    )
}  # fmt: skip
# Of those that need not be here: what fails where they are not.
RIVALS = {
    'markitdown': 'import markitdown',
    'kreuzberg': 'import kreuzberg',
    'docling': 'import docling',
    'libreoffice': 'import shutil, sys; sys.exit(shutil.which("soffice") is None)',
}


def main(name: str, file: Path, warm: Path) -> None:
    """Warms up on a small file, then reads ``file`` once: what a second reading would find in caches is no gain of a user's."""
    run = CONTENDERS[name]
    run(warm)
    clock, started = time.perf_counter(), time.process_time()
    run(file)
    taken, waited = time.process_time() - started, time.perf_counter() - clock
    sys.stdout.write(json.dumps({'seconds': taken, 'clock': waited, 'megabytes': _most_memory()}))


def _most_memory() -> float:
    """Megabytes. Linux hands ``ru_maxrss`` down from the program that started this one, however large that was: there the kernel is asked."""
    status = Path('/proc/self/status')
    if status.exists():
        (line,) = [line for line in status.read_text().splitlines() if line.startswith('VmHWM')]
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == '__main__':
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
