"""The deeds of the library: reading a file, opening a catalogue, bringing one up to date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from kaohe.pipeline.assessment.answers.answer_files import Filled, WrittenAnswer
from kaohe.pipeline.assessment.scoring_runs import CollectedAnswers, Rounding, collect, collect_filled
from kaohe.pipeline.assessment.worksheet_runs import WrittenWorksheets, make_office_worksheets, make_worksheet
from kaohe.pipeline.decisions.taking_over import own_log
from kaohe.pipeline.ingestion.report import Report
from kaohe.pipeline.ingestion.run import ingest as run
from kaohe.pipeline.library.notice_objects import Notice, notice_of
from kaohe.pipeline.library.opened_catalogue import Catalogue
from kaohe.pipeline.planning.house_words import require_sound_words
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.readers.reading import Reading, read_bytes, read_file
from kaohe.pipeline.system.limits import default_jobs


def read(source: str | Path | bytes, name: str | None = None) -> Notice:
    """The notice in a file, or in its bytes; ``name`` is the file's, asked for what the paper itself does not say. Raises
    `kaohe.Refusal` where the words of the house (``data/house``) cannot be used.

    Never raises for what a file holds: a notice that cannot be read has the status ``failed`` and a message. It is read in this process,
    without limits of time and memory: for files from strangers use `ingest`. Raises ``FileNotFoundError``.

    >>> text = '考核细则（5分）\\n项目\\t考核内容\\t评分标准\\t分值\\n安全\\t落实制度\\t每缺一项扣0.5分，扣完为止\\t5\\n'
    >>> notice = read(text.encode(), '考核细则.txt')
    >>> notice.lines[0].points, notice.lines[0].clauses[0].effect, notice.lines[0].clauses[0].points
    (Decimal('5'), 'deduct', Decimal('0.5'))
    """
    require_sound_words()
    if isinstance(source, bytes):
        return _notice(read_bytes(source, name or ''))
    path = Path(source)
    if not path.is_file():
        raise FileNotFoundError(path)
    return _notice(read_file(str(path), name or path.name))


def _notice(reading: Reading) -> Notice:
    if reading.rows is not None:
        return notice_of(reading.rows)
    assert reading.failure is not None
    from kaohe.pipeline.database.ids import document_id
    from kaohe.pipeline.database.rows import failure_rows

    document = document_id(reading.sha256) if reading.sha256 else ''
    return notice_of(failure_rows(reading.failure, document, reading.format, reading.sha256, reading.bytes))


def open_catalogue(path: str | Path) -> Catalogue:
    """The catalogue in the file ``path``. Raises `kaohe.Refusal` where there is none, or it is of an older program."""
    return Catalogue(path)


def ingest(
    inbox: str | Path,
    db: str | Path,
    *,
    decisions: str | Path | None = None,
    jobs: int | None = None,
    progress: Callable[[str], None] = lambda source: None,
) -> Report:
    """Brings the catalogue ``db`` up to date with the files of ``inbox``, as ``kaohe ingest`` does; what people decided (the log in the folder
    ``decisions``, by default the database's own) is applied.

    Files are read in processes of their own, ``jobs`` of them (all cores where it is None), within limits. ``progress`` is told each file
    that is stored. The report holds what became of every file. Raises `kaohe.Refusal`.
    """
    return run(
        [scope_of(Path(inbox))], Path(db), jobs=jobs or default_jobs(), decisions=_log(db, decisions), done=progress
    )


def _log(db: str | Path, decisions: str | Path | None) -> Path:
    return own_log(Path(db)) if decisions is None else Path(decisions)


def score(
    db: str | Path,
    answers: str | Path | Mapping[str, object],
    *,
    notice: str | None = None,
    assessed: str | None = None,
    period: str | None = None,
    rounding: Rounding = 'down',
    by: str = '自评',
    decisions: str | Path | None = None,
) -> CollectedAnswers:
    """Scores answers and stores them, as ``kaohe score`` does.

    ``answers``: a filled form (xlsx, CSV, JSON), a folder of them, or ``{id of the question: answer}`` (ids: `Catalogue.questions`; yes and
    no are ``True`` and ``False``, quantities numbers in the question's unit). ``notice`` (title, number, file or id) may be left out where
    the form says it. ``told`` of what comes back holds every line's score in points, its interval where questions are open, and the reason
    and sentence behind each point (docs/json.md, ``kaohe.score``); ``refused`` says in Chinese which answers could not be used.
    Raises `kaohe.Refusal`.
    """
    if isinstance(answers, Mapping):
        filled = Filled(
            '答案', None, None, None, tuple(WrittenAnswer(name, None, value) for name, value in answers.items())
        )
        return collect_filled(Path(db), _log(db, decisions), filled, notice, assessed, period, by, rounding)
    return collect(Path(db), _log(db, decisions), Path(answers), notice, assessed, period, by, rounding)


def worksheet(
    db: str | Path,
    notice: str,
    output: str | Path | None = None,
    *,
    assessed: str | None = None,
    each_office: bool = False,
    period: str | None = None,
    overwrite: bool = False,
) -> WrittenWorksheets:
    """Writes the self-assessment form of a notice (xlsx), or with ``each_office`` one a responsible office into the folder ``output``.

    ``notice`` is its title, number, file or id. An ``output`` that ends in ``.docx`` is a form to be filled in by hand. A file that people wrote
    or changed is replaced only with ``overwrite``. Raises `kaohe.Refusal`.
    """
    path = None if output is None else Path(output)
    if each_office:
        return make_office_worksheets(Path(db), notice, path, period, overwrite=overwrite)
    return make_worksheet(Path(db), notice, path, assessed, period, overwrite=overwrite)
