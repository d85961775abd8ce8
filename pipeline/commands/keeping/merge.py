"""``kaohe merge``."""

from __future__ import annotations

from pathlib import Path

import click

from kaohe.pipeline.commands.shared_options import AS_JSON
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.refusal import Refusal


@click.command(short_help='把几个单位的数据库合成一个，供查询', options_metavar='[选项]')
@click.argument(
    'databases', metavar='数据库… 新数据库', nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path)
)
@AS_JSON
def merge(databases: tuple[Path, ...], as_json: bool) -> None:
    """把几个单位的数据库合成一个新的，更正、签字和得分也一起合进去；原来的都不动。

    文件名前面加上数据库的名字（甲院/细则.docx）。几个单位都有的同一个文件只存一份。示例不合进去。

    \b
    例子：
      kaohe merge 甲院.db 乙院.db 全市.db
    """
    from kaohe.pipeline.ingestion.merging import merge as run

    if len(databases) < 3:
        raise Refusal('请至少写两个数据库，最后写新数据库的文件名，如 kaohe merge 甲院.db 乙院.db 全市.db', 2)
    *sources, into = databases
    merged = run(sources, into)
    if as_json:
        told = {'file': str(into), 'notices': merged.notices, 'doubles': merged.doubles, 'decisions': merged.decisions}
        click.echo(json_answer('merged', told))
        return
    doubles = f'，其中 {merged.doubles} 个文件几个单位都有，只存一份' if merged.doubles else ''
    click.echo(f'已合成 {into}：{merged.notices} 份通知{doubles}，{merged.decisions} 条更正和签字。', err=True)
