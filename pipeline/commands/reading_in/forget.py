"""``kaohe forget``."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from kaohe.pipeline.commands.log_warnings import warn_of_log
from kaohe.pipeline.commands.shared_options import AS_JSON, DATABASE, DECISIONS
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import plain
from kaohe.pipeline.refusal import Refusal


@click.command(short_help='从数据库里彻底删去一份通知', options_metavar='[选项]')
@click.argument('wanted', metavar='通知')
@click.option('--yes', is_flag=True, help='不再询问。')
@DATABASE
@DECISIONS
@AS_JSON
def forget(wanted: str, yes: bool, db: Path, decisions: Path, as_json: bool) -> None:
    """从数据库里彻底删去一份通知（原件已从收件夹移走的）。更正记录仍然保留，通知再来时照样用上。

    \b
    例子：
      kaohe forget d_k3v9x2mq7hd0q5ta
      kaohe forget 2023年督查细则 --yes
    """
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.decisions.force import forget as delete
    from kaohe.pipeline.decisions.wording import find_document

    with closing(open_to_read(db)) as connection:
        document, title = find_document(connection, wanted, current=False)
        here = [
            row[0]
            for row in connection.execute('SELECT source FROM sources WHERE document_id = ? AND present', (document,))
        ]
    if here:
        raise Refusal(
            f'原件还在收件夹里（{plain("、".join(here))}），删了下次又会读入；请先移走原件，运行 kaohe ingest，再删'
        )
    if not yes and not click.confirm(f'彻底删去“{plain(title)}”（{document}）吗？', err=True):
        click.echo('没有删。', err=True)
        click.get_current_context().exit(1)
    delete(db, decisions, document)
    warn_of_log(decisions, db)
    if as_json:
        click.echo(json_answer('forgotten', {'document_id': document, 'title': title}))
        return
    click.echo(f'已删去“{plain(title)}”。')
