"""The folder of receipts: which pages it should hold, and writing those that are not as they should be.

Each page carries a stamp of all that it was made from, so only pages that changed are made again, and one that was lost or left half done
by a crash is.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from pathlib import Path, PurePosixPath

from kaohe.pipeline.database.files import receipts_folder
from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.database.summary import summarise
from kaohe.pipeline.language.system_words import cause
from kaohe.pipeline.receipts.first_page import INDEX, Entry, index
from kaohe.pipeline.receipts.markup import clean, stamp_of
from kaohe.pipeline.receipts.paper import Name, Paper, read_names, read_papers
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.limits import default_jobs
from kaohe.pipeline.system.modes import make_folder
from kaohe.pipeline.system.whole_files import replace_file

_PACKAGE = Path(__file__).parent
# What Windows does not allow in a name, and what a shell or an address would misread.
_AWKWARD = re.compile(r'[<>:"/\\|?*%#&\'`$\s]+')
_NAME_LENGTH = 50
_HEAD = 300


def write_receipts(database: Path, waiting: Sequence[str] = (), jobs: int | None = None) -> Path | None:
    """Brings the receipts beside the database up to date and returns the first page; None where there is no database yet.

    ``waiting`` are files that are not read yet; ``jobs`` processes write (all cores where it is None). Raises `Refusal` where the folder cannot be written.
    """
    if not database.exists():
        return None
    folder = receipts_folder(database)
    try:
        make_folder(folder, database)
        _write(database, folder, waiting, jobs or default_jobs())
    except OSError as error:
        raise Refusal(f'回执没有写成（{cause(error)}），数据已存好；请检查文件夹 {folder} 的权限和磁盘空间') from error
    return folder / INDEX


def receipt_name(paper: Paper) -> str:
    """The file name of a receipt: that of the notice for people, the document's id to tell namesakes apart."""
    system = sys.getfilesystemencoding()  # GBK has no character for some names
    given = clean(PurePosixPath(paper.source).stem).encode(system, 'replace').decode(system)
    stem = _AWKWARD.sub('_', given).strip('._ ')[:_NAME_LENGTH]
    return f'{stem or "_"}-{paper.id[2:10]}.html'


def _write(database: Path, folder: Path, waiting: Sequence[str], jobs: int) -> None:
    standing = _standing(folder)
    with closing(open_to_read(database)) as connection:
        connection.execute('BEGIN')  # all that is told here is told of one state of the database
        names = read_names(connection)
        pages = {receipt_name(paper): paper for paper in read_papers(connection)}
        stamps = {file: _stamp(paper, names[paper.id]) for file, paper in pages.items()}
        stale = {file: stamp for file, stamp in stamps.items() if standing.get(file) != stamp}
        if stale:
            # Imported here: a run that changes no page does not need what makes one.
            from kaohe.pipeline.receipts.page_writing import Wanted, write_pages

            wanted = [Wanted(file, stamp, pages[file], names[pages[file].id]) for file, stamp in stale.items()]
            write_pages(connection, database, folder, wanted, jobs)
        summaries = summarise(connection, [paper.id for paper in pages.values()])
        dealt = dict(
            connection.execute(
                "SELECT document_id, count(*) FROM findings WHERE severity <> 'info' AND state <> 'open' GROUP BY document_id"
            ).fetchall()
        )
    entries = [
        Entry(
            name.source,
            name.present,
            file,
            summaries[paper.id],
            f'{paper.signed_by} {paper.signed_on}' if paper.signed_by else None,
            paper.sign_state == 'changed',
            dealt.get(paper.id, 0),
            paper.edition_of is None,
        )
        for file, paper in pages.items()
        for name in names[paper.id]
    ]
    stamp = _hash(repr((entries, waiting)))
    if standing.get(INDEX) != stamp:
        replace_file(folder / INDEX, index(entries, waiting, stamp), database)
    for file in standing.keys() - pages.keys() - {INDEX}:
        (folder / file).unlink(missing_ok=True)


def _standing(folder: Path) -> dict[str, str]:
    """The pages of ours that stand in the folder, with their stamps."""
    found = {}
    for path in folder.glob('*.html'):
        with path.open('rb', buffering=0) as file:
            stamp = stamp_of(file.read(_HEAD).decode('utf-8', 'replace'))
        if stamp:
            found[path.name] = stamp
    return found


def _stamp(paper: Paper, names: Sequence[Name]) -> str:
    return _hash(repr((paper, names)))


def _hash(content: str) -> str:
    return hashlib.sha256(f'{_maker()}{content}'.encode('utf-8', 'backslashreplace')).hexdigest()[:16]


@cache
def _maker() -> str:
    """A hash of the code and style that make the pages: a new program makes them anew."""
    found = hashlib.sha256()
    for file in sorted((*_PACKAGE.glob('*.py'), *_PACKAGE.glob('*.css'), *(_PACKAGE.parent / 'language').glob('*.py'))):
        found.update(file.read_bytes())
    return found.hexdigest()
