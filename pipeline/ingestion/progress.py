"""What an ingest draws on stderr: the bar that shows how far it is, and the table that closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kaohe.pipeline.ingestion.report import Report, Result
from kaohe.pipeline.language.phrases import share
from kaohe.pipeline.language.terms import NOTICE_KIND, STATUS, plain

if TYPE_CHECKING:
    from rich.progress import Progress

# Without a terminal the width is fixed, so that logs and pipes look the same everywhere.
PLAIN_WIDTH = 120
_STYLES = {'ok': 'green', 'partial': 'yellow', 'failed': 'red'}


def started_progress(count: int) -> Progress:
    """A bar for so many files, which is shown until it is stopped."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn('正在读 {task.description}'), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=_console(), transient=True)
    bar.add_task('', total=count)
    bar.start()
    return bar


def write_table(report: Report) -> None:
    """Writes a line for each file with which something happened."""
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
    held = share(found.amounts_held, found.amounts_seen)
    return (plain(result.source), NOTICE_KIND.get(found.kind or '', '—'), *(str(count) for count in counts), held)


def _status(result: Result) -> str:
    return result.summary.status if result.summary else ''


def _outcome(result: Result) -> str:
    if result.outcome == 'left':
        return '已离开，数据保留'
    words = STATUS.get(_status(result), '')
    return f'{words}（内容相同）' if result.outcome == 'same' else words


def _console() -> Console:
    console = Console(stderr=True, highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console.width = PLAIN_WIDTH
    return console
