"""The rule of a line in one Chinese sentence."""

from __future__ import annotations

from kaohe.normalizers.scoring.algebra import terms_of
from kaohe.normalizers.scoring.material import ScoredLine, ScoringRule
from kaohe.normalizers.scoring.reasons import plain


def says(rule: ScoringRule, line: ScoredLine) -> str:
    """What the rule does, in one sentence."""
    top = f'{plain(line.points)} 分' if line.points is not None else None
    if rule.mode == 'asked':
        return (
            f'评分标准没有写明怎样加减分，由考核人给分（0–{top}）'
            if top
            else '评分标准没有写明怎样加减分，由考核人给分'
        )
    if rule.mode == 'beside':
        return '只回答是否发生，不计分数'
    root = rule.expression.root
    ways = {term.op for term in terms_of(root)}
    parts = len(root.parts)
    how = {
        'earn': f'按得分条款逐项得分，合计不超过 {top}' if top else '按得分条款逐项得分',
        'lose': f'从满分 {top} 起扣' if top else '按扣分条款累计扣分，在总分中扣除',
        'add': f'按次数累计加分{f"，不超过 {top}" if top else ""}',
        'subtract': '按次数累计扣分，在总分中扣除',
    }[rule.mode]
    notes = []
    if parts > 1 and rule.mode == 'earn':
        notes.append(f'分 {parts} 部分计算')
    if root.empties:
        notes.append(f'有 {len(root.empties)} 种情况整项不得分')
    if 'steps' in ways or 'each' in ways:
        notes.append('按数量计的只算满一档的')
    if any(modifier.change == 'cap' for modifier in rule.expression.modifiers):
        notes.append('有上限')
    if 'given' in ways:
        notes.append('有需要人工给分的部分')
    if rule.floor is None and rule.mode in ('earn', 'lose') and line.points is not None:
        notes.append('可以扣到负分')
    notes += [doubt.detail for doubt in rule.doubts if doubt.code == 'score.choice']
    return '；'.join([how, *notes])
