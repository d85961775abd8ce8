"""The findings of a notice: what is wrong, where in the notice, in which words, and what to do."""

from __future__ import annotations

from kaohe.pipeline.language.terms import ABOUT, SEVERITY, shortened
from kaohe.pipeline.receipts.markup import Html, tag
from kaohe.pipeline.receipts.receipt_content import ReceiptContent, ReceiptDoubt, ReceiptLine, ReceiptTable
from kaohe.pipeline.receipts.receipt_words import halves, line_name, line_place, table_name, without_place

_QUOTED = 60
# From so many alike on they are one with its places.
_MANY = 4


def badge(severity: str) -> Html:
    """The severity as a coloured word."""
    return tag('span', SEVERITY[severity], cls=f'badge {severity}')


def doubts_section(content: ReceiptContent) -> Html | None:
    """All findings, the gravest first; those for information only folded. None where there is none."""
    if not content.doubts:
        return None
    tables = {table.id: table for table in content.tables}
    lines = {line.id: line for line in content.lines}
    clauses = {clause.id: clause.text for clause in content.clauses}
    nth = content.nth
    grave = [doubt for doubt in content.doubts if doubt.severity != 'info']
    notes = [doubt for doubt in content.doubts if doubt.severity == 'info']

    def listed(doubts: list[ReceiptDoubt]) -> Html:
        alike: dict[tuple[str, str, str], list[ReceiptDoubt]] = {}
        for doubt in doubts:
            alike.setdefault((doubt.severity, doubt.code, halves(doubt.message)[1]), []).append(doubt)
        items = []
        for group in alike.values():
            at = [(doubt, lines.get(doubt.indicator_id or '')) for doubt in group]
            if len(group) < _MANY:
                items += [_item(doubt, tables, line, nth, clauses) for doubt, line in at]
            else:
                items.append(_group([(doubt, _place(doubt, tables, line, nth)) for doubt, line in at], clauses))
        return tag('ul', *items, cls='doubts')

    return tag(
        'section',
        tag('h2', '要核对的地方' if grave else '提示', tag('small', f'{len(grave or notes)} 处')),
        listed(grave) if grave else listed(notes),
        tag('details', tag('summary', f'另有 {len(notes)} 条提示，供参考'), listed(notes)) if grave and notes else None,
        id='doubts',
    )


def _item(
    doubt: ReceiptDoubt,
    tables: dict[str, ReceiptTable],
    line: ReceiptLine | None,
    nth: dict[str, int],
    clauses: dict[str, str],
) -> Html:
    what, todo = halves(doubt.message)
    quoted = clauses.get(doubt.clause_id or '') or (_words_of(line) if line and doubt.row is not None else '')
    return tag(
        'li',
        tag('p', badge(doubt.severity), _place(doubt, tables, line, nth), cls='at'),
        tag('p', without_place(what), cls='what'),
        tag('blockquote', shortened(quoted, _QUOTED)) if quoted else None,
        tag('p', tag('b', '怎么办'), todo, cls='todo') if todo else None,
        cls=doubt.severity,
    )


def _group(placed: list[tuple[ReceiptDoubt, Html]], clauses: dict[str, str]) -> Html:
    """Alike findings as one with its places; where all say the same, that stands once, and each place shows its clause."""
    first = placed[0][0]
    todo = halves(first.message)[1]
    told = [without_place(halves(doubt.message)[0]) for doubt, _ in placed]
    same = len(set(told)) == 1
    said = [shortened(clauses.get(doubt.clause_id or '', ''), _QUOTED) for doubt, _ in placed] if same else told
    return tag(
        'li',
        tag('p', badge(first.severity), f'同样的 {len(placed)} 处', cls='at'),
        tag('p', told[0], cls='what') if same else None,
        tag('p', tag('b', '怎么办'), todo, cls='todo') if todo else None,
        tag(
            'ul',
            *(
                tag('li', place, f'：{words}' if words else None)
                for (_, place), words in zip(placed, said, strict=True)
            ),
            cls='places' if any(said) else 'places short',
        ),
        cls=first.severity,
    )


def _place(doubt: ReceiptDoubt, tables: dict[str, ReceiptTable], line: ReceiptLine | None, nth: dict[str, int]) -> Html:
    """The place as text, with a link where the page shows it."""
    table = tables.get((line.table_id if line else doubt.table_id) or '')
    if line is not None and table is not None:
        name = f'{table_name(table)} {line_name(line, nth[line.id])}'
        return tag('span', tag('a', name, href=f'#l{line.ordinal + 1}'), f'　{line_place(line, table)}')
    page = doubt.page or (table.page_first if table else None)
    parts = [table_name(table) if table else '', f'第 {page} 页' if page else '']
    if doubt.row is not None:
        parts.append(f'第 {doubt.row + 1} 行（含表头）')
    about = '通知本身' if doubt.about == 'notice' else ABOUT['reading']
    return tag('span', ' '.join(part for part in parts if part) or about)


def _words_of(line: ReceiptLine) -> str:
    return line.name or line.requirement or line.criteria or ''
