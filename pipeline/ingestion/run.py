"""Reads the notices of an inbox into the database: plan, read, store, tell."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kaohe.extractors.findings import finding
from kaohe.pipeline.database.files import decisions_folder
from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.database.summary import Summary, checks_left_out, read_before_only, summarise
from kaohe.pipeline.ingestion.report import Outcome, Report, Result
from kaohe.pipeline.planning.house_words import require_sound_words
from kaohe.pipeline.planning.inbox import Candidate, Scope, still_written
from kaohe.pipeline.planning.plan import Work, all_applied, make_plan
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.lock import Hold, alone

if TYPE_CHECKING:
    from kaohe.pipeline.readers.cluster import ClusterReaders
    from kaohe.pipeline.readers.pool import Readers
    from kaohe.pipeline.readers.reading import Reading


def ingest(
    scopes: Sequence[Scope],
    database: Path,
    *,
    jobs: int,
    scheduler: str | None = None,
    force: bool = False,
    decisions: Path | None = None,
    writing: Callable[[Sequence[Candidate]], set[Path]] = still_written,
    queued: Callable[[], None] = lambda: None,
    planned: Callable[[int], None] = lambda count: None,
    done: Callable[[str], None] = lambda source: None,
    shares: bool = False,
    forked: bool = False,
) -> Report:
    """Brings the database up to date with these scopes. Where nothing changed, nothing is written.

    What people decided (the log in the folder ``decisions``, by default the database's own) is applied to what is stored then.

    ``scheduler`` is the address of a Dask cluster that reads the files instead of ``jobs`` processes here.
    ``writing`` tells which files are not finished. ``queued`` is called where another run has the database: this one waits for its end
    and then does what is left to do. ``planned`` is told how many files will be read, as soon as somebody is about to, ``done`` each file that is stored.
    ``shares``: others may write while this run waits for a file that is being read; who asks sees to it that no file is read twice at once.
    ``forked``: this process is a command of ours, whose copies can read.
    Raises `Refusal`.
    """
    require_sound_words()
    with alone(database, queued) as hold:
        started = time.monotonic()
        report = _ingest(
            scopes,
            database,
            jobs,
            scheduler,
            force,
            decisions or decisions_folder(database),
            writing,
            planned,
            done,
            hold if shares else None,
            forked,
        )
        if report.changed:
            from kaohe.pipeline.ingestion.journal import note  # loaded with the store

            note(database, _log_lines(report, time.monotonic() - started))
    if report.changed:
        from kaohe.pipeline.ingestion.after_store import tell_plugins

        return replace(report, complaints=tuple(tell_plugins(database, report)))
    return report


def _ingest(
    scopes: Sequence[Scope],
    database: Path,
    jobs: int,
    scheduler: str | None,
    force: bool,
    folder: Path,
    writing: Callable[[Sequence[Candidate]], set[Path]],
    planned: Callable[[int], None],
    done: Callable[[str], None],
    shared: Hold | None,
    forked: bool,
) -> Report:
    plan = make_plan(scopes, database, force=force, writing=writing)
    happened: list[tuple[str, Outcome, str, float | None]] = [
        (candidate.source, 'unchanged', document, None) for candidate, document in plan.unchanged
    ]
    waiting = list(plan.waiting)
    if not (plan.nothing_to_do and _applied(database, folder)):
        like = [file.path for work in plan.read for file in work.candidates] + [
            file.path for _, files in plan.same for file in files
        ]
        # They read while all else loads, and the database is opened.
        with _readers(plan.read, jobs, scheduler, forked=forked) as readings:
            planned(len(plan.read))
            import kaohe.pipeline.ingestion.journal  # noqa: F401  # needed at the end
            from kaohe.pipeline.assessment.answers.answer_log import read_answers
            from kaohe.pipeline.decisions.log.log_files import read_log
            from kaohe.pipeline.decisions.log.noted_logs import named_folder
            from kaohe.pipeline.ingestion.store import Store
            from kaohe.pipeline.readers.reading import Reading

            options: dict[str, object] = {'jobs': jobs, 'force': force, 'below': [scope.below for scope in scopes]}
            named = named_folder(database, folder)
            if named is not None:
                options['decisions'] = named  # so that whoever opens the database finds its log
            with Store(database, options, like) as store:
                for document, candidates in plan.same:
                    store.attach(document, candidates)
                    happened += ((x.source, 'same', document, None) for x in candidates)
                # before anything is waited for: others may write meanwhile, and store such a file again that has come back
                for known in plan.left:
                    store.leave(known.inbox, known.source, known.document_id)
                    happened.append((known.source, 'left', known.document_id, None))
                for work, reading in readings if shared is None else _sharing(readings, database, shared):
                    if reading.sha256 != work.sha256 and work.sha256 is not None:
                        waiting += work.candidates  # it changed between two looks, so it is still being written
                    else:
                        stored = store.put(reading, work.candidates)
                        outcome: Outcome = 'failed' if stored.failure else 'stored'
                        happened += ((x.source, outcome, stored.document_id, reading.seconds) for x in work.candidates)
                    done(work.candidates[0].source)
                for link in plan.outside:  # after what was read by this name when it was followed has been let go
                    stored = store.put(Reading(None, None, None, None, finding('file.link'), 0.0), [link])
                    happened.append((link.source, 'failed', stored.document_id, 0.0))
                store.decide(read_log(folder).decisions, read_answers(folder).records)
    return _report(database, happened, waiting, plan.closed)


def _applied(database: Path, folder: Path) -> bool:
    """Whether all that people decided and answered, by the log in the folder, is applied."""
    from kaohe.pipeline.assessment.answers.answer_log import read_answers
    from kaohe.pipeline.assessment.rule_upkeep import answers_applied
    from kaohe.pipeline.decisions.log.log_files import read_log

    return all_applied(database, read_log(folder).decisions) and answers_applied(database, read_answers(folder).records)


def _sharing(readings: Iterable[tuple[Work, Reading]], database: Path, shared: Hold) -> Iterator[tuple[Work, Reading]]:
    """The readings; while the next one is waited for, the database is free. Raises `Refusal` where another one took its place."""
    waiting, held = iter(readings), database.stat().st_ino
    while True:
        with shared.let_go():
            found = next(waiting, None)
        if not database.exists() or database.stat().st_ino != held:
            raise Refusal('数据库刚刚被换成了另一份（恢复了备份，或移走了）；会照新的那一份再读一次')
        if found is None:
            return
        yield found


def _readers(works: Sequence[Work], jobs: int, scheduler: str | None, *, forked: bool) -> Readers | ClusterReaders:
    # Imported here, like the store: a run that finds nothing new needs neither.
    if scheduler is None:
        from kaohe.pipeline.readers.pool import Readers

        return Readers(works, jobs, forked=forked)
    from kaohe.pipeline.readers.cluster import ClusterReaders

    return ClusterReaders(works, scheduler)


def _log_lines(report: Report, seconds: float) -> Iterator[str]:
    from kaohe.pipeline.ingestion.journal import machine

    yield f'{machine()}: {seconds:.1f} s'
    for result in report.of('stored', 'same', 'failed', 'left'):
        assert result.summary is not None
        taken = '' if result.seconds is None else f', {result.seconds:.1f} s'
        yield f'{result.summary.document_id} {result.outcome}, {result.summary.status}{taken}'


def _report(
    database: Path,
    happened: Sequence[tuple[str, Outcome, str, float | None]],
    waiting: Sequence[Candidate],
    closed: Sequence[str],
) -> Report:
    summaries: dict[str, Summary] = {}
    unchecked: tuple[str, ...] = ()
    kept: set[str] = set()
    if happened:
        with closing(open_to_read(database)) as connection:
            documents = {document for _, outcome, document, _ in happened if outcome != 'left'}
            unchecked, kept = checks_left_out(connection, documents), read_before_only(connection, documents)
            summaries = summarise(connection, {document for _, _, document, _ in happened})
    results = [Result(source, outcome, summaries.get(document), s) for source, outcome, document, s in happened]
    results += (Result(candidate.source, 'waiting', None) for candidate in waiting)
    results += (Result(folder, 'closed', None) for folder in closed)
    old = tuple(sorted(source for source, outcome, document, _ in happened if outcome != 'left' and document in kept))
    return Report(tuple(sorted(results, key=lambda result: result.source)), unchecked=unchecked, kept=old)
