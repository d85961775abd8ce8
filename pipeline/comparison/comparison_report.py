"""A comparison for people and programs: rows of words, a web page, a workbook, JSON."""

from __future__ import annotations

import html
from collections import Counter
from dataclasses import dataclass
from typing import cast

from kaohe.pipeline.comparison.differences import Comparison
from kaohe.pipeline.comparison.line_changes import Change, pieces
from kaohe.pipeline.comparison.sides import ComparedLine
from kaohe.pipeline.language.terms import FIELD, ROLE, plain
from kaohe.pipeline.workbook.plain_workbook import PlainSheet, plain_workbook

HEADERS = ('变化', '原位置', '新位置', '内容', '原来', '现在', '相似度')
_KIND = {
    'line': '指标', 'place': '位置', 'category': '类别', 'total': '总分', 'points': '分值', 'target': '目标值', 'clause': '条款', 'duty': '责任',
    'text': '文字',
}  # fmt: skip
_ACTION = {'added': '新增', 'dropped': '删去', 'moved': '移动', 'changed': '改动'}
_STYLE = (
    'body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2em auto;max-width:1200px;padding:0 1em;color:#222}'
    'table{border-collapse:collapse;width:100%}td,th{border:1px solid #bbb;padding:.4em .6em;text-align:left;vertical-align:top}'
    'th{background:#eef2f6;position:sticky;top:0}td{white-space:pre-wrap;overflow-wrap:anywhere}'
    'ins{background:#d8f3dc;text-decoration:none}del{background:#fbdada}.added{color:#176b2c}.dropped{color:#a11}'
    '@media print{th{position:static}tr{break-inside:avoid}}@media(max-width:700px){td,th{padding:.2em}body{font-size:13px}}'
)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A change in words, under ``HEADERS``."""

    change: str
    place_before: str
    place_after: str
    what: str
    before: str
    after: str
    similarity: str

    def cells(self) -> tuple[str, ...]:
        """The words in the order of ``HEADERS``."""
        return (self.change, self.place_before, self.place_after, self.what, self.before, self.after, self.similarity)


def summary(comparison: Comparison) -> str:
    """One sentence: how many changes of which kind."""
    counted = Counter(_name(change) for change in comparison.changes)
    told = '，'.join(f'{name} {count}' for name, count in counted.items()) or '没有变化'
    return f'{len(comparison.before.lines)} 条对 {len(comparison.after.lines)} 条，其中 {comparison.unchanged} 条没有变化。{told}。'


def rows(comparison: Comparison) -> list[ReportRow]:
    """Every change in words, in the order of the second side."""
    return [_row(change) for change in comparison.changes]


def as_json(comparison: Comparison) -> dict[str, object]:
    """The comparison for programs: English names, ids of the lines."""
    return {
        'before': comparison.before.name,
        'after': comparison.after.name,
        'lines_before': len(comparison.before.lines),
        'lines_after': len(comparison.after.lines),
        'unchanged': comparison.unchanged,
        'changes': [
            {
                'kind': x.kind, 'action': x.action, 'what': x.what, 'before': x.before, 'after': x.after,
                'indicator_before': x.line_before and x.line_before.id, 'indicator_after': x.line_after and x.line_after.id,
                'similarity': x.similarity,
            }
            for x in comparison.changes
        ],
    }  # fmt: skip


def as_html(comparison: Comparison) -> str:
    """A page that stands by itself; what went and what came is marked word by word."""
    title = html.escape(f'{plain(comparison.before.name)} → {plain(comparison.after.name)}')
    head = ''.join(f'<th>{name}</th>' for name in HEADERS)
    body = ''.join(map(_html_row, comparison.changes))
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>对比：{title}</title><style>{_STYLE}</style><h1>对比</h1>'
        f'<p>原来：{html.escape(plain(comparison.before.name))}<br>现在：{html.escape(plain(comparison.after.name))}</p>'
        f'<p>{html.escape(summary(comparison))}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></html>\n'
    )


def as_workbook(comparison: Comparison) -> bytes:
    """A workbook with one sheet."""
    columns = [*zip(HEADERS, (12, 30, 30, 30, 40, 40, 8), strict=True)]
    return plain_workbook([PlainSheet('对比', columns, [row.cells() for row in rows(comparison)])])


def _name(change: Change) -> str:
    return f'{_KIND[change.kind]}{_ACTION[change.action]}'


def _row(change: Change) -> ReportRow:
    return ReportRow(
        _name(change), _place(change.line_before), _place(change.line_after), _what(change), change.before or '', change.after or '',
        '' if change.similarity is None else f'{change.similarity:.0%}',
    )  # fmt: skip


def _place(line: ComparedLine | None) -> str:
    if line is None:
        return ''
    number = f'第 {line.number} 条' if line.number else ''
    page = f'第 {line.page} 页' if line.page else ''
    return ' '.join(part for part in (page, ' / '.join(part for part in line.place if part), number) if part)


def _what(change: Change) -> str:
    line = change.line_after or change.line_before
    said = '' if line is None else (line.name or line.requirement or line.criteria or '')
    what = change.what or ''
    if change.kind == 'text':
        what = FIELD[what]
    elif change.kind == 'duty':
        what = ROLE[what]
    if change.kind == 'line':
        return ''
    return f'{what}：{said}' if what and said else what or said


def _html_row(change: Change) -> str:
    row = _row(change)
    before, after = html.escape(row.before), html.escape(row.after)
    if change.action == 'changed' and change.kind in ('text', 'clause', 'target'):
        before, after = _marked(cast(str, change.before), cast(str, change.after))
    cells = (*map(html.escape, row.cells()[:4]), before, after, row.similarity)
    return f'<tr class="{change.action}">' + ''.join(f'<td>{cell}</td>' for cell in cells) + '</tr>'


def _marked(before: str, after: str) -> tuple[str, str]:
    went, came = [], []
    for piece in pieces(before, after):
        old, new = html.escape(before[piece.start : piece.end]), html.escape(after[piece.start_after : piece.end_after])
        went.append(old if piece.same or not old else f'<del>{old}</del>')
        came.append(new if piece.same or not new else f'<ins>{new}</ins>')
    return ''.join(went), ''.join(came)
