"""Writes what was measured between the markers of ``docs/performance.md``, with the machine named."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.model import Table

BEGIN, END = '<!-- bench:begin -->', '<!-- bench:end -->'
_LIBRARIES = ('lxml', 'python-docx', 'pypdfium2', 'pdfplumber', 'markitdown')


def write(page: Path, tables: Sequence[Table], quick: bool) -> None:
    """Replaces what stands between the markers. Raises ``ValueError`` where the page has none."""
    before, _, rest = page.read_text(encoding='utf-8').partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f'{page}: no markers {BEGIN} and {END}')
    page.write_text(f'{before}{BEGIN}\n{rendered(tables, quick)}{END}{after}', encoding='utf-8')


def rendered(tables: Sequence[Table], quick: bool) -> str:
    """The tables as Markdown, the acceptance lines first."""
    goals = [
        (goal.what, goal.asked, goal.measured, 'yes' if goal.met else 'no') for table in tables for goal in table.goals
    ]
    parts = [machine(quick), '', '### Goals', '', *_markdown(('what', 'asked [goal]', 'measured', 'met'), goals)]
    for table in tables:
        parts += ['', f'### {table.title}', '', *_markdown(table.head, table.rows)]
    return '\n'.join(parts) + '\n'


def machine(quick: bool) -> str:
    """One paragraph: processor, cores, system, versions, and how busy the machine was."""
    names = ', '.join(_versions())
    busy = f'{os.getloadavg()[1]:.1f}' if hasattr(os, 'getloadavg') else 'unknown'
    how = 'Quick run (small sizes). ' if quick else ''
    return (
        f'{how}{_processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}; {names}. '
        f'Load of the machine over the last five minutes, this run included: {busy}; processor time that its host gave to others: {_stolen()}.'
    )


def _clock() -> tuple[int, int]:
    """Ticks of all processors since the machine started: (those that a host took away for other machines, all)."""
    try:
        ticks = [int(count) for count in Path('/proc/stat').read_text().split('\n', 1)[0].split()[1:]]
    except (OSError, ValueError):
        return 0, 0
    return ticks[7], sum(ticks[:8])


_STARTED = _clock()


def _stolen() -> str:
    """The share of the processors' time that the host took away since this run began. It makes what the clock says longer."""
    stolen, every = (now - then for now, then in zip(_clock(), _STARTED, strict=True))
    return f'{stolen / every:.0%}' if every else 'unknown'


def _versions() -> Iterator[str]:
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            yield f'{name} {version(name)}'


def _processor() -> str:
    try:
        lines = Path('/proc/cpuinfo').read_text(encoding='utf-8').splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(':')[2].strip() for line in lines if line.startswith('model name')), platform.machine())


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [_row(head), _row(['---'] * len(head)), *map(_row, rows)]


def _row(cells: Sequence[str]) -> str:
    return f'| {" | ".join(cells)} |'
