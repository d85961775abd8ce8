"""``kaohe tick``."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from kaohe.pipeline.commands.log_warnings import warn_of_log
from kaohe.pipeline.commands.shared_options import AS_JSON, DATABASE, DECISIONS
from kaohe.pipeline.commands.stored_decisions import as_json as decided
from kaohe.pipeline.language.terms import plain, shortened
from kaohe.pipeline.refusal import Refusal


@click.command(short_help='记下一条疑点已经处理', options_metavar='[选项]')
@click.argument('wanted', metavar='编号…', nargs=-1, required=True)
@click.option('--by', metavar='姓名', required=True, help='谁处理的。')
@click.option('--remark', metavar='说明', help='怎样处理的，如“已问过发文单位”。')
@click.option('--undo', is_flag=True, help='撤回：重新算作待处理。')
@DATABASE
@DECISIONS
@AS_JSON
def tick(
    wanted: tuple[str, ...], by: str, remark: str | None, undo: bool, db: Path, decisions: Path, as_json: bool
) -> None:
    """记下疑点已经处理：以后列疑点时不再列出，说明和处理人都留着。编号以 n_ 开头。

    \b
    例子：
      kaohe tick n_k3v9x2mq7hd0q5ta2cab --by 张三 --remark 已问过发文单位，原文如此
      kaohe tick n_k3v9x2mq7hd0q5ta2cab --by 张三 --undo
    """
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.decisions.choosing import Chooser
    from kaohe.pipeline.decisions.force import put_into_force

    if not by.strip():
        raise Refusal('--by 要写姓名', 2)
    with closing(open_to_read(db)) as connection:
        chooser = Chooser(connection, by.strip())
        made = [chooser.ticked(one, ticked=not undo, remark=remark) for one in wanted]
    stored = put_into_force(db, decisions, [decision for decision, _ in made], chooser.shown)
    warn_of_log(decisions, db)
    if as_json:
        click.echo(decided(stored))
        return
    for _, message in made:
        click.echo(f'{"重新待处理" if undo else "已了结"}：{plain(shortened(message, 60))}')
