"""``kaohe rules``."""

from __future__ import annotations

import click

from kaohe.pipeline.language.json_answers import json_answer


@click.command(short_help='列出认读条款和目标值的规则', options_metavar='[选项]')
@click.argument('wanted', metavar='[规则]', default='')
@click.option('--json', 'as_json', is_flag=True, help='以 JSON 输出。')
def rules(wanted: str, as_json: bool) -> None:
    """列出认读条款、目标值和事实的规则：编号、读什么、例子（✓）和不该读的反例（✗）。

    数据库里每条条款、目标值和事实的 rule 一栏就是规则的编号。规则编号可以只写开头。

    \b
    例子：
      kaohe rules
      kaohe rules cap          编号以 cap 开头的规则
      kaohe rules --json
    """
    from kaohe.pipeline.inspection.rule_list import all_rules

    listed = [found for found in all_rules() if found.rule.id.startswith(wanted)]
    if not listed:
        raise click.UsageError(f'没有以 {wanted} 开头的规则；全部规则请运行 kaohe rules')
    if as_json:
        rows = [
            {
                'kind': found.kind,
                'id': found.rule.id,
                'reads': found.rule.reads,
                'examples': found.rule.examples,
                'counter_examples': found.rule.counter_examples,
            }
            for found in listed
        ]
        click.echo(json_answer('rules', {'rules': rows}))
        return
    for found in listed:
        click.echo(f'{found.kind} {found.rule.id}　{found.rule.reads}')
        for example in found.rule.examples:
            click.echo(f'    ✓ {example}')
        for example in found.rule.counter_examples:
            click.echo(f'    ✗ {example}')
