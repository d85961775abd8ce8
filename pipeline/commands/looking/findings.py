"""``kaohe findings``."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from kaohe.pipeline.commands.shared_options import DATABASE
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import ABOUT, SEVERITY, plain


@click.command(short_help='列出疑点：读不准的和通知本身有误的', options_metavar='[选项]')
@click.argument('source', metavar='[文件名]', required=False)
@DATABASE
@click.option('--severity', type=click.Choice(list(SEVERITY)), help='只列这一种：error 错误，warning 警告，info 提示。')
@click.option('--code', metavar='代码', help='只列这一种代码，如 points.sum。')
@click.option('--all', 'every', is_flag=True, help='已了结的、不算在答案里的通知的也列出。')
@click.option('--ids', is_flag=True, help='每条前面写出疑点自己的编号（kaohe tick 用）。')
@click.option('--json', 'as_json', is_flag=True, help='以 JSON 输出。')
def findings(
    source: str | None, db: Path, severity: str | None, code: str | None, every: bool, ids: bool, as_json: bool
) -> None:
    """列出疑点，最要紧的在前。文件名可以只写一部分。每条的编号可以交给 kaohe explain 查出处。

    处理过的用 kaohe tick 记下，就不再列出。

    \b
    例子：
      kaohe findings
      kaohe findings --severity error
      kaohe findings 督查细则 --code points.sum
      kaohe findings --ids
    """
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.inspection.finding_list import list_findings

    with closing(open_to_read(db)) as connection:
        found = list_findings(connection, source=source, severity=severity, code=code, every=every)
    if as_json:
        click.echo(json_answer('findings', {'findings': found}))
        return
    document = None
    for row in found:
        if row['document_id'] != document:
            document = row['document_id']
            click.echo(plain(str(row['source'])))
        place = f' [{row["indicator_id"] or row["clause_id"]}]' if row['indicator_id'] or row['clause_id'] else ''
        kind = f'{SEVERITY[str(row["severity"])]}·{ABOUT[str(row["about"])]}'
        own = f'{row["id"]} ' if ids else ''
        done = (
            f'（{row["ticked_by"]} {row["ticked_on"]} 已了结{"：" + plain(str(row["remark"])) if row["remark"] else ""}）'
            if row['state'] == 'ticked'
            else ''
        )
        click.echo(f'  {own}{kind} {row["code"]}{place} {plain(str(row["message"]))}{done}')
    click.echo(f'共 {len(found)} 条。', err=True)
