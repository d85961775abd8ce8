"""Who reads which files faster: each function measures one table of ``docs/performance.md`` in processor seconds."""

from __future__ import annotations

from math import inf

from bench.inputs import TALL_CATEGORY, Inputs
from bench.measure import Run, Times, contend, more, side_by_side
from bench.model import Goal, Size, Table

# The two kinds of Word files, by the suffix under which `Inputs` has them.
_WORD = {'docx': 'bare', 'saved.docx': 'as Word saves it'}
# How many times the floor more lines may cost at most, and are to cost in the end.
_MORE_LINES = {'bare': (25, 12), 'as Word saves it': (8, 6)}
# Up to this length markitdown is still bearable.
_MOST_LINES, _MOST_PAGES = 1_000, 20


def word(inputs: Inputs, size: Size) -> Table:
    """Word files of both kinds and growing length, each against the floor of the very same file."""
    rows: list[tuple[str, ...]] = []
    goals: list[Goal] = []
    for suffix, kind in _WORD.items():
        floor, ours = _word_times(inputs, size, suffix)
        goals += _word_goals(kind, size, floor, ours)
        for count in size.lines:
            file = inputs.lines(count, suffix)
            text = contend('markitdown', file, inputs.warm(), size.rounds) if count <= _MOST_LINES else None
            rows.append((
                kind, f'{count:,}', f'{file.stat().st_size / 1024:,.0f}', str(floor[count]), str(ours[count]),
                _megabytes(ours[count]), str(text or '—'),
            ))  # fmt: skip
    head = ('Word file', 'lines', 'KB', 'zip + lxml', 'kaohe, whole ingest', 'memory, MB', 'markitdown')
    return Table('Word, by length', head, tuple(rows), tuple(goals))


def _word_times(inputs: Inputs, size: Size, suffix: str) -> tuple[dict[int, Times], dict[int, Times]]:
    """The floor and ours, by length. Those between which the cost of more lines is taken are measured side by side."""
    warm = inputs.warm(suffix)
    floor, ours = {}, {}
    for counts, repeats in ((size.lines[:-3], size.repeats), (size.lines[-3:], size.rounds)):
        files = [inputs.lines(count, suffix) for count in counts]
        times = side_by_side([Run(name, file, warm) for file in files for name in ('xml_floor', 'kaohe')], repeats)
        floor.update(zip(counts, times[::2], strict=True))
        ours.update(zip(counts, times[1::2], strict=True))
    return floor, ours


def _against(ours: float, floor: float) -> float:
    """How many times the floor; infinite where the machine was slower for fewer lines, so that it says nothing."""
    return ours / floor if floor > 0 else inf


def _word_goals(kind: str, size: Size, floor: dict[int, Times], ours: dict[int, Times]) -> list[Goal]:
    base, shorter, longer = size.lines[-3:]
    ratio, near = (
        _against(more(ours[longer], ours[less]), more(floor[longer], floor[less])) for less in (base, shorter)
    )
    most, wanted = _MORE_LINES[kind]
    a_line = more(ours[longer], ours[base]) / (longer - base) * 1000
    goals = [
        Goal(
            f'docx, {kind}: more lines against the floor, by what {longer:,} take more than {base:,}', f'at most {most} × [{wanted} ×]',
            f'{ratio:.1f} × ({a_line:.2f} ms a line; against {shorter:,} lines {near:.1f} ×)', ratio <= most,
        )
    ]  # fmt: skip
    if 1_000 in ours and 10_000 in ours:
        growth = ours[10_000].median / ours[1_000].median
        goals.append(Goal(f'docx, {kind}: 1,000 → 10,000 lines', '× 9–11', f'× {growth:.1f}', 9 <= growth <= 11))
    return goals


def tall(inputs: Inputs, size: Size) -> Table:
    """A category that spans many rows, against python-docx as people write it."""
    file, warm = inputs.lines(TALL_CATEGORY, lines_a_category=TALL_CATEGORY), inputs.warm()
    theirs, ours = contend('row_cells', file, warm, 1), contend('kaohe', file, warm, size.repeats)
    ratio = theirs.median / ours.median
    goal = Goal(
        f'docx: category over {TALL_CATEGORY} rows against `row.cells`', 'at least 3 ×', f'{ratio:.1f} ×', ratio >= 3
    )
    rows = ((str(TALL_CATEGORY), str(theirs), str(ours)),)
    return Table(
        f'Word, a category over {TALL_CATEGORY} rows',
        ('lines', 'python-docx `row.cells`', 'kaohe, whole ingest'),
        rows,
        (goal,),
    )


def pdf(inputs: Inputs, size: Size) -> Table:
    """PDF of growing length: time and memory."""
    warm = inputs.warm('pdf')
    rows, ours = [], {}
    for pages in size.pages:
        file, repeats = inputs.pages(pages), size.repeats if pages < 50 else size.rounds
        floor = contend('pdfium_floor', file, warm, repeats)
        ours[pages] = contend('kaohe', file, warm, repeats)
        text = contend('markitdown', file, warm, 1) if pages <= _MOST_PAGES else None
        rows.append((str(pages), str(floor), str(ours[pages]), _megabytes(ours[pages]), str(text or '—')))
    most, flat = max(size.pages), 20 if 20 in size.pages else min(size.pages)
    memory = ours[most].megabytes or 0
    goal = Goal(
        f'PDF: memory for {most} pages', 'under 400 MB, flat from page 20 on',
        f'{memory:.0f} MB ({_megabytes(ours[flat])} MB at {flat} pages)', memory < 400,
    )  # fmt: skip
    head = ('pages', 'pypdfium2 text', 'kaohe, whole ingest', 'memory, MB', 'markitdown')
    return Table('PDF with text, by length', head, tuple(rows), (goal,))


def formats(inputs: Inputs, size: Size) -> Table:
    """One notice in every format."""
    count = size.format_lines
    rows = []
    for suffix, name in {**_WORD, 'doc': 'doc', 'pdf': 'pdf', 'txt': 'txt', 'xlsx': 'xlsx'}.items():
        try:
            file, warm = inputs.lines(count, suffix), inputs.warm(suffix)
        except FileNotFoundError:  # .doc is drawn by LibreOffice, which need not be here
            continue
        ours = contend('kaohe', file, warm, size.rounds)
        text = contend('markitdown', file, warm, 1) if suffix in (*_WORD, 'xlsx') else None
        shown = f'docx, {name}' if suffix in _WORD else name
        rows.append((shown, str(ours), f'{count / ours.median:,.0f}', str(text or '—')))
    head = ('format', 'kaohe, whole ingest', 'lines a second', 'markitdown')
    return Table(f'One notice of {count:,} lines in every format', head, tuple(rows))


def grammar(inputs: Inputs, size: Size) -> Table:
    """Clauses and targets of texts that are at hand: nothing is read from a table, checked or stored."""
    files = {f'{count:,} lines': (count, inputs.texts(count)) for count in size.grammar_lines}
    cells = {f'one line of {count:,} clauses': (count, inputs.cell(count)) for count in size.clauses_a_cell}
    warm = inputs.warm_texts()
    named = files | cells
    times = dict(
        zip(named, side_by_side([Run('grammar', file, warm) for _, file in named.values()], size.repeats), strict=True)
    )
    rows = tuple(
        (what, str(times[what]), f'{count / times[what].median:,.0f} {"lines" if what in files else "clauses"}')
        for what, (count, _) in named.items()
    )
    *_, half, longest = files
    *_, half_cell, whole_cell = cells
    a_second = files[longest][0] / times[longest].median
    goals = [
        Goal(f'grammar: clauses and targets of {longest}', 'at least 1,500 lines a second', f'{a_second:,.0f}', a_second >= 1_500)
    ]  # fmt: skip
    for short, long in ((half, longest), (half_cell, whole_cell)):
        growth = times[long].median / times[short].median
        goals.append(Goal(f'grammar: {short} → {long}', 'about × 2', f'× {growth:.2f}', growth <= 2.3))
    return Table('The grammar alone', ('text', 'clauses and targets', 'a second'), rows, tuple(goals))


def _megabytes(times: Times) -> str:
    return f'{times.megabytes:.0f}'
