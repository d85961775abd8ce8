"""``kaohe sign``."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import click

from kaohe.pipeline.commands.log_warnings import warn_of_log
from kaohe.pipeline.commands.shared_options import AS_JSON, DATABASE, DECISIONS
from kaohe.pipeline.commands.stored_decisions import as_json as decided
from kaohe.pipeline.language.terms import plain
from kaohe.pipeline.refusal import Refusal


@click.command(short_help='记下一份通知已由谁核对', options_metavar='[选项]')
@click.argument('wanted', metavar='通知')
@click.option('--by', metavar='姓名', required=True, help='谁核对的。')
@click.option('--on', 'on', metavar='日期', help='哪天核对的，如 2025-03-01（默认今天）。')
@DATABASE
@DECISIONS
@AS_JSON
def sign(wanted: str, by: str, on: str | None, db: Path, decisions: Path, as_json: bool) -> None:
    """记下一份通知已核对。通知写标题、字号、文件名的一部分，或编号。

    以后内容有变（换了更正本、又有更正），会显示“核对后有变动”。

    \b
    例子：
      kaohe sign 督查细则 --by 张三
      kaohe sign 青卫发〔2025〕31号 --by 张三 --on 2025-03-01
    """
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.decisions.correctable_columns import Field, Unusable
    from kaohe.pipeline.decisions.force import put_into_force
    from kaohe.pipeline.decisions.wording import Decider, find_document

    if not by.strip():
        raise Refusal('--by 要写姓名', 2)
    try:
        day = Field('signed_on', '核对日期', 'date').parse(on) or date.today().isoformat()  # noqa: DTZ011 the day on the wall
    except Unusable as why:
        raise Refusal(str(why), 2) from None
    with closing(open_to_read(db)) as connection:
        document, title = find_document(connection, wanted, current=True)
        decider = Decider(connection, by.strip())
        decision = decider.sign(document, by.strip(), str(day))
    stored = put_into_force(db, decisions, [decision], decider.shown)
    warn_of_log(decisions, db)
    click.echo(decided(stored) if as_json else f'{plain(title)}：{by.strip()} {day} 已核对')
