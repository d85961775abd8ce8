"""What a receipt says in words: numbers, places, next steps."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from kaohe.pipeline.language.phrases import clause_phrase, figure_phrase, number, target_phrase

if TYPE_CHECKING:  # the first page is made without them
    from kaohe.pipeline.receipts.paper import Paper
    from kaohe.pipeline.receipts.receipt_content import Figure, ReceiptContent, ReceiptLine, ReceiptTable, ReceiptTarget

# Where the readers are; stated on the page.
_BEIJING = timezone(timedelta(hours=8))
# 表“…”第 3 条、序号 2（…）：
_PLACE = re.compile(r'^(?:表“.*?”|第 \d+ 张表)(?:第 \d+ [行条](?:、序号 [^（：]*)?(?:（.*?）)?)?：')
# Which colour an effect has.
COLOUR = {
    'award': 'gain', 'bonus': 'gain', 'full': 'gain',
    'deduct': 'loss', 'forfeit': 'loss', 'veto': 'loss', 'downgrade': 'loss', 'multiply': 'loss',
}  # fmt: skip


def moment(utc: str | None) -> str:
    """A stored time for people; ``''`` where it is unknown."""
    return '' if utc is None else f'{datetime.fromisoformat(utc).astimezone(_BEIJING):%Y-%m-%d %H:%M}（北京时间）'


def colour(effect: str) -> str:
    """The class of a clause: ``gain``, ``loss`` or ``limit``."""
    return COLOUR.get(effect, 'limit')


def clause_says(
    effect: str, points: float | None, per_quantity: float | None, per_unit: str | None, cap: float | None
) -> str:
    """How points move, by what is known of a clause."""
    # a cap clause's number is its points
    return clause_phrase(effect, points, per_quantity, per_unit, None if effect == 'cap' else cap)


def target_says(target: ReceiptTarget) -> str:
    """What must be reached."""
    phrase = target_phrase(target.metric, target.comparator, target.value, target.value_high, target.unit)
    return '，'.join(part for part in (target.period, phrase.replace(' %', '%'), target.basis) if part)


def figure_says(figure: Figure) -> str:
    """What a report states."""
    change = (figure.change, figure.change_value, figure.change_unit)
    phrase = figure_phrase(figure.metric, figure.value, figure.unit, *change)
    return '，'.join(part for part in (figure.period, phrase) if part)


def table_name(table: ReceiptTable) -> str:
    """How a table is called: its title, else which one it is."""
    return f'表 {table.ordinal + 1}《{table.title}》' if table.title else f'表 {table.ordinal + 1}'


def line_name(line: ReceiptLine, nth: int) -> str:
    """How a line is called: the how many-th of its table it is (from 1), and its printed number where that says something else."""
    return f'第 {nth} 条' if line.number in (None, str(nth)) else f'第 {nth} 条（序号 {line.number}）'


def points_say(points: float | None, printed: bool) -> str:
    """What a line is worth; ``printed``: it has words about it."""
    if points is not None:
        return f'{number(points)} 分'
    return '分值没有读出' if printed else '没有印分值'


def line_place(line: ReceiptLine, table: ReceiptTable) -> str:
    """Where a line stands in the file. Pages, tables and rows count from 1; rows as drawn, so the header counts."""
    parts = [f'第 {line.page} 页' if line.page else '', f'表 {table.ordinal + 1}']
    if line.row_first is not None:
        rows = f'{line.row_first + 1}'
        if line.row_last is not None and line.row_last > line.row_first:
            rows += f'—{line.row_last + 1}'
        parts.append(f'第 {rows} 行（含表头）')
    return ' '.join(part for part in parts if part)


def halves(message: str) -> tuple[str, str]:
    """A finding's message as what is wrong and what to do; where it is one sentence, the second is ``''``."""
    what, _, todo = message.removesuffix('。').rpartition('。')
    return (what, todo) if what else (todo, '')


def without_place(what: str) -> str:
    """A finding's words without the table and line that they begin with, for where those are shown already."""
    return _PLACE.sub('', what)


def decided(paper: Paper) -> list[str]:
    """What people decided about the notice."""
    lines = []
    if paper.corrected:
        lines.append(
            f'有 {paper.corrected} 处人工更正。这一页是程序读到的原样；更正后的在导出的工作簿和查询里（kaohe export）。'
        )
    if paper.sign_state == 'signed':
        lines.append(f'{paper.signed_by} 已于 {paper.signed_on} 核对签字。')
    elif paper.sign_state == 'changed':
        lines.append(f'{paper.signed_by} 于 {paper.signed_on} 核对签字之后，读出的内容又有变化，请再核对一次。')
    return lines


def next_step(content: ReceiptContent) -> str:
    """What a person does now."""
    paper = content.paper
    doubts = content.grave
    if paper.status == 'failed':
        return halves(paper.message or '')[1] or '请对照原件；处理后重新放入收件夹。'
    if paper.status == 'partial':
        return f'没有读出的部分请对照原件。要看的地方有 {doubts} 处，列在下面。'
    if doubts:
        return f'全部读出来了。有 {doubts} 处请先核对，列在下面；核对后就可以用。'
    if paper.kind == 'assessment' and not content.lines:
        return '没有读到计分的指标。原件里如果有评分表，请对照原件，并告知维护人员。'
    return '全部读出来了，没有要核对的地方，可以直接用。'
