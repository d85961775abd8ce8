"""The closing words of an ingest, on stderr: a table where something was done, a line for each file that needs a person."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from pipeline.ingest import Report, Result
from pipeline.words import NOTICE_KIND, STATUS, plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

# Without a terminal the width is fixed, so that logs and pipes look the same everywhere.
PLAIN_WIDTH = 120
_STYLES = {'ok': 'green', 'partial': 'yellow', 'failed': 'red'}


def tell(report: Report, *, quiet: bool, table: bool) -> None:
    """Writes what a person must know. ``quiet``: only files that failed or were read in part; no ``table``: without the table."""
    if not quiet and table and report.of('stored', 'failed', 'same', 'left'):
        _table(report)
    for result in report.with_status('failed') + report.with_status('partial'):
        assert result.summary is not None
        mark = '✗' if result.summary.status == 'failed' else '!'
        click.echo(f'{mark} {plain(result.source)}：{plain(result.summary.message or "")}', err=True)
    for result in report.of('closed'):
        where = '收件夹本身' if result.source == '.' else plain(result.source)
        click.echo(
            f'✗ {where}：没有权限看这个文件夹，里面的文件这次没有读，原有的数据不动；请检查权限后重新运行', err=True
        )
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
    }


@contextmanager
def progress(quiet: bool) -> Iterator[Progress | None]:
    """A progress bar on a terminal; None elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn('正在读 {task.description}'), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_console(), transient=True) as bar:
        yield bar


def _console() -> Console:
    from rich.console import Console

    console = Console(stderr=True, highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console.width = PLAIN_WIDTH
    return console


def _table(report: Report) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ('文件', '类型'):
        table.add_column(title, overflow='fold')
    for title in ('表', '指标', '条款', '错误', '警告', '提示', '分数归属'):
        table.add_column(title, justify='right', no_wrap=True)
    table.add_column('结果', no_wrap=True)
    for result in report.of('stored', 'failed', 'same', 'left'):
        table.add_row(*_cells(result), Text(_outcome(result), style=_STYLES.get(_status(result), '')))
    _console().print(table)


def _cells(result: Result) -> tuple[str, ...]:
    found = result.summary
    if found is None:
        return (plain(result.source), *[''] * 8)
    counts = (found.tables, found.lines, found.clauses, found.errors, found.warnings, found.notes)
    share = _share(found.amounts_held, found.amounts_seen)
    return (plain(result.source), NOTICE_KIND.get(found.kind or '', '—'), *(str(count) for count in counts), share)


def _status(result: Result) -> str:
    return result.summary.status if result.summary else ''


def _outcome(result: Result) -> str:
    if result.outcome == 'left':
        return '已离开，数据保留'
    words = STATUS.get(_status(result), '')
    return f'{words}（内容相同）' if result.outcome == 'same' else words


def _closing_lines(report: Report) -> Iterator[str]:
    unchanged = len(report.of('unchanged'))
    if not report.results:
        yield '收件夹里没有文件。请把通知（Word、PDF、文本等）放进去，再运行一次。'
        return
    if not report.changed:
        yield f'没有变化：{unchanged} 个文件都没有改动，数据库没有改动。'
        return
    parts = [
        f'{words} {len(results)} 个'
        for words, results in (
            ('读入', report.of('stored')),
            ('内容相同', report.of('same')),
            ('失败', report.of('failed')),
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
        yield f'原文提到分数 {seen} 处，已归入条款 {held} 处（{_share(held, seen)}）。'
    if any(x.warnings or x.errors for x in distinct):
        yield '有警告的地方请核对原文：请看回执，或运行 make findings（即 kaohe findings）'


def _share(held: int, seen: int) -> str:
    return f'{100 * held / seen:.1f}%' if seen else '—'
