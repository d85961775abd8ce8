"""The closing words of an ingest, on stderr: a table where something was done, a line for each file that needs a person."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING

import click

from kaohe.pipeline.database.offices import SAMPLES
from kaohe.pipeline.ingestion.report import Report
from kaohe.pipeline.language.phrases import share
from kaohe.pipeline.language.terms import plain

if TYPE_CHECKING:
    from rich.progress import Progress


def tell(report: Report, *, quiet: bool, table: bool) -> None:
    """Writes what a person must know. ``quiet``: only files that failed or were read in part; no ``table``: without the table."""
    if not quiet and table and report.changed:
        # Imported here: a run that finds nothing new does not need what draws tables.
        from kaohe.pipeline.ingestion.progress import write_table

        write_table(report)
    for result in report.with_status('failed') + report.with_status('partial'):
        assert result.summary is not None
        mark = '✗' if result.summary.status == 'failed' else '!'
        click.echo(f'{mark} {plain(result.source)}：{plain(result.summary.message or "")}', err=True)
    for result in report.of('closed'):
        where = '收件夹本身' if result.source == '.' else plain(result.source)
        click.echo(
            f'✗ {where}：没有权限看这个文件夹，里面的文件这次没有读，原有的数据不动；请检查权限后重新运行', err=True
        )
    for complaint in _complaints(report):
        click.echo(f'! {plain(complaint)}', err=True)
    if quiet:
        return
    for result in report.of('waiting'):
        click.echo(f'… {plain(result.source)}：还在复制或正被占用，这次没有读；请等它写完后再运行一次', err=True)
    for line in _closing_lines(report):
        click.echo(line, err=True)


def as_json(report: Report) -> dict[str, object]:
    """The report for programs."""
    return {
        'changed': report.changed,
        'files': [
            {
                'source': result.source,
                'outcome': result.outcome,
                'seconds': None if result.seconds is None else round(result.seconds, 3),
                **(result.summary._asdict() if result.summary else {}),
            }
            for result in report.results
        ],
        'complaints': _complaints(report),
    }


def _complaints(report: Report) -> list[str]:
    """Which checks were left out, and what plugins did wrong."""
    return [*report.unchecked, *report.complaints]


class Bar:
    """A progress bar on a terminal, from when it is known how many files there are to read; elsewhere nothing. A context manager."""

    def __init__(self, quiet: bool) -> None:
        self._wanted = not quiet and sys.stderr.isatty()
        self._shown: Progress | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown is not None:
            self._shown.stop()

    def show(self, count: int) -> None:
        """Shows it, for so many files."""
        if self._wanted:
            from kaohe.pipeline.ingestion.progress import started_progress

            self._shown = started_progress(count)

    def advance(self, source: str) -> None:
        """A file is done."""
        if self._shown is not None:
            self._shown.advance(self._shown.task_ids[0])


def _closing_lines(report: Report) -> Iterator[str]:
    unchanged = len(report.of('unchanged'))
    if not report.results:
        yield '收件夹里没有文件。请把通知（Word、PDF、文本等）放进去，再运行一次。'
        return
    if not report.changed:
        yield f'没有变化：{unchanged} 个文件都没有改动，数据库没有改动。'
        return
    failed = report.of('failed')
    kept = tuple(result for result in failed if result.source in report.kept)
    parts = [
        f'{words} {len(results)} 个'
        for words, results in (
            ('读入', report.of('stored')),
            ('内容相同', report.of('same')),
            ('失败', tuple(result for result in failed if result not in kept)),
            ('没有重新读成（仍用以前读出的内容）', kept),
            ('离开', report.of('left')),
            ('没有变化', report.of('unchanged')),
            ('待下次', report.of('waiting')),
            ('看不了的文件夹', report.of('closed')),
        )
        if results
    ]
    yield f'完成：{"，".join(parts)}。'
    distinct = {x.summary.document_id: x.summary for x in report.of('stored') if x.summary}.values()
    seen, held = sum(x.amounts_seen for x in distinct), sum(x.amounts_held for x in distinct)
    if seen:
        yield f'原文提到分数 {seen} 处，已有归处 {held} 处（{share(held, seen)}）。'
    samples = sum(result.source.startswith(f'{SAMPLES}/') for result in report.of('stored'))
    if samples:
        yield f'其中 {samples} 个是示例（虚构的单位）：读入第一份真的通知以后，查询和导出里就不再有它们。'
    if any(x.warnings or x.errors for x in distinct):
        yield '有警告的地方请核对原文：请看回执，或运行 make findings（即 kaohe findings）'
