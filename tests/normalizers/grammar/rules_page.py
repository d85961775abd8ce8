"""The page of the docs that lists every rule: ``python -m tests.normalizers.grammar.rules_page`` writes it anew."""

from __future__ import annotations

from pathlib import Path

from kaohe.pipeline.inspection.rule_list import all_rules

PAGE = Path(__file__).parents[3] / 'docs' / 'rules.md'
_HEAD = """# 规则

每条条款、目标值和事实都记着读出它的规则（`rule`）。下面是全部规则：读什么、读得出的例子（✓，箭头后是读出的结果）和样子相近而不该读的反例（✗）。
例子和反例就是规则的测试；`kaohe rules` 在终端里列出同样的内容。本页由测试核对，改了规则后运行 `python -m tests.normalizers.grammar.rules_page` 重写。
"""


def page() -> str:
    """The page as it should stand."""
    parts = [_HEAD]
    kind = ''
    for listed in all_rules():
        if listed.kind != kind:
            kind = listed.kind
            parts.append(f'\n## {kind}\n')
        parts.append(f'\n### `{listed.rule.id}`\n{listed.rule.reads}\n\n')
        parts += [f'- ✓ {example}\n' for example in listed.rule.examples]
        parts += [f'- ✗ {example}\n' for example in listed.rule.counter_examples]
    return ''.join(parts)


if __name__ == '__main__':
    PAGE.write_text(page(), encoding='utf-8')
