"""``kaohe check``."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from kaohe.pipeline.commands.shared_options import DATABASE
from kaohe.pipeline.language.terms import plain, shortened

_SHOWN = 5


@click.command(short_help='核查数据库是否完好', options_metavar='[选项]')
@DATABASE
@click.option('--json', 'as_json', is_flag=True, help='把结果以 JSON 写到标准输出。')
def check(db: Path, as_json: bool) -> None:
    """核查数据库：文件是否完好，各表是否相符，条款、目标值的文字与原文是否一致，编号是否由内容算出。只看，不改。

    \b
    例子：
      kaohe check
      kaohe check --db 备份.db --json

    结束时：0 完好，1 有不对的地方。
    """
    from kaohe.pipeline.database.interrupted import rollback_due
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.database.verification import as_json as checks_as_json
    from kaohe.pipeline.database.verification import check as run

    left = rollback_due(db)
    with closing(open_to_read(db)) as connection:
        if left and not rollback_due(db):
            click.echo('上次写数据库时被中断，没有写完的已撤回；再运行一次 kaohe ingest 就会补上。', err=True)
        checks = list(run(connection))
    if as_json:
        click.echo(checks_as_json(checks))
    else:
        for one in checks:
            click.echo(f'{"✗" if one.wrong else "✓"} {one.what}')
            if one.wrong:
                more = '' if len(one.wrong) <= _SHOWN else f' 等 {len(one.wrong)} 处'
                click.echo(
                    f'  不符：{"，".join(shortened(plain(x), 60) for x in one.wrong[:_SHOWN])}{more}。{one.todo}。'
                )
    if any(one.wrong for one in checks):
        click.get_current_context().exit(1)
