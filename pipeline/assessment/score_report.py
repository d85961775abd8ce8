"""What was scored, as a person reads it at the screen, and as programs take it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from decimal import Decimal

from kaohe.normalizers.scoring.reasons import plain as number
from kaohe.normalizers.scoring.score_totals import ScoreTotal
from kaohe.pipeline.assessment.answers.application import Scored, reason_json
from kaohe.pipeline.assessment.headline_totals import part_words
from kaohe.pipeline.database.stored_values import real
from kaohe.pipeline.language.terms import plain, shortened

_MOST_LOST = 12


def as_json(connection: sqlite3.Connection, scored: Scored) -> dict[str, object]:
    """The contract's shape: ``lines`` and ``totals``."""
    titles = _titles(connection, scored.document)
    every = [_total_json(total, titles, scored.grades.get(at)) for at, total in enumerate(scored.totals)]
    return {
        'document': scored.document,
        'office': None
        if scored.office is None
        else {'name': scored.office, 'lines': scored.own, 'of_lines': len(scored.rules)},
        'lines': [
            {
                'indicator_id': score.indicator,
                'low': real(score.low),
                'high': real(score.high),
                'score': real(score.score),
                'lost': real(score.lost),
                'reasons': [reason_json(reason) for reason in score.reasons],
                'beside': [{'clause_id': clause, 'holds': holds} for clause, holds in score.beside],
                'unanswered': list(score.open),
            }
            for score in scored.scores
        ],
        'totals': {
            'tables': [one for one in every if one['category'] is None and one['table_id'] is not None],
            'categories': [one for one in every if one['category'] is not None],
            'notice': next((one for one in every if one['table_id'] is None), None),
            'weighted_by': scored.weighted,
        },
    }


def as_text(connection: sqlite3.Connection, scored: Scored) -> str:
    """What was reached, lost and is open, by table and category; and the lines that lost most."""
    from rich.console import Console
    from rich.table import Table

    titles = _titles(connection, scored.document)
    table = Table(show_lines=False)
    for name in ('表', '类别', '满分', '失分', '得分', '可能', '加分', '扣分', '否决', '降档', '未答', '等次'):
        table.add_column(name, justify='right' if name not in ('表', '类别', '等次') else 'left', overflow='fold')
    for at, total in enumerate(scored.totals):
        table.add_row(
            '全部' if total.table is None else plain(shortened(titles.get(total.table) or '（无标题）', 24)),
            plain(shortened(total.category or '合计', 20)), _figure(total.possible), _figure(total.lost), _figure(total.score), _span(total.low, total.high),
            _figure(total.bonus), _figure(total.penalty), str(total.vetoes or ''), str(total.downgrades or ''),
            str(total.unanswered or ''), scored.grades.get(at, ''),
        )  # fmt: skip
    console = Console(width=120)
    with console.capture() as captured:
        console.print(table)
    return captured.get() + _losses(connection, scored)


def _losses(connection: sqlite3.Connection, scored: Scored) -> str:
    names = _names(connection, scored.document)
    lost = sorted(
        (score for score in scored.scores if score.lost is not None and score.lost > 0),
        key=lambda score: (-(score.lost or Decimal(0)), score.indicator),
    )
    said = []
    for score in lost[:_MOST_LOST]:
        said.append(f'  失 {number(score.lost or Decimal(0))} 分：{plain(shortened(names[score.indicator], 40))}')
        said += [
            f'      {"" if reason.points is None else number(reason.points) + " "}{plain(shortened(reason.says, 90))}'
            for reason in score.reasons
            if reason.points is None or reason.points < 0
        ]
    more = f'  …还有 {len(lost) - _MOST_LOST} 条失分，见视图“失分清单”或加 --json\n' if len(lost) > _MOST_LOST else ''
    told = ('失分最多的：\n' + '\n'.join(said) + '\n' + more) if said else ''
    held = [
        plain(shortened(_clause_text(connection, clause), 60))
        for score in scored.scores
        for clause, holds in score.beside
        if holds
    ]
    return told + (('已触发：\n' + '\n'.join(f'  {text}' for text in held) + '\n') if held else '')


def summary(scored: Scored) -> str:
    """One line: how much is reached, how much is open."""
    whole = next((total for total in reversed(scored.totals) if total.category is None), None)
    if whole is None:
        return '没有可以合计的分数'
    told = f'合计 {_figure(whole.score) or _span(whole.low, whole.high)} 分'
    possible = f'（满分 {_figure(whole.possible)}）' if whole.possible is not None else ''
    tables = sum(total.category is None and total.table is not None for total in scored.totals)
    words = part_words(scored.office and plain(scored.office), scored.own, len(scored.rules))
    part = f'（{words}）' if words else ''
    many = f'；共 {tables} 张表，各表合计见上' if tables > 1 and whole.table is not None else ''
    by = f'；按“{plain(scored.weighted)}”合计' if scored.weighted else ''
    return f'{told}{possible}{part}{many}{by}' + (f'；还有 {whole.unanswered} 道题没有答' if whole.unanswered else '')


def _span(low: Decimal | None, high: Decimal | None) -> str:
    if low is not None and low == high:
        return ''
    return f'{"不限" if low is None else number(low)}～{"不限" if high is None else number(high)}'


def _figure(value: Decimal | None) -> str:
    return '' if value is None else number(value)


def _total_json(total: ScoreTotal, titles: Mapping[str, str | None], grade: str | None) -> dict[str, object]:
    return {
        'table_id': total.table,
        'table': None if total.table is None else titles.get(total.table),
        'category': total.category,
        'possible': real(total.possible),
        'low': real(total.low),
        'high': real(total.high),
        'score': real(total.score),
        'lost': real(total.lost),
        'bonus': real(total.bonus),
        'penalty': real(total.penalty),
        'vetoes': total.vetoes,
        'downgrades': total.downgrades,
        'unanswered': total.unanswered,
        'grade': grade,
    }


def _titles(connection: sqlite3.Connection, document: str) -> dict[str, str | None]:
    return dict(connection.execute('SELECT id, title FROM tables WHERE document_id = ?', (document,)))


def _names(connection: sqlite3.Connection, document: str) -> dict[str, str]:
    return {
        row['id']: ' '.join(part for part in (row['number'], row['name'] or row['requirement'] or row['criteria'] or row['level1']) if part)
        for row in connection.execute('SELECT * FROM corrected_indicators WHERE document_id = ?', (document,))
    }  # fmt: skip


def _clause_text(connection: sqlite3.Connection, clause: str) -> str:
    """The words of the clause, or of the line that itself is what lowers the grade."""
    row = connection.execute(
        'SELECT text FROM corrected_clauses WHERE id = :clause'
        ' UNION ALL SELECT coalesce(name, requirement, criteria) FROM corrected_indicators WHERE id = :clause',
        {'clause': clause},
    ).fetchone()
    return str(row[0]) if row else clause
