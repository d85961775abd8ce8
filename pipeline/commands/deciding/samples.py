"""``kaohe samples``."""

from __future__ import annotations

import getpass
from contextlib import closing
from pathlib import Path

import click

from kaohe.pipeline.commands.log_warnings import warn_of_log
from kaohe.pipeline.commands.shared_options import AS_JSON, DATABASE, DECISIONS
from kaohe.pipeline.language.json_answers import json_answer


@click.command(short_help='示例通知算不算在答案里', options_metavar='[选项]')
@click.argument('wanted', metavar='[on|off]', type=click.Choice(('on', 'off')), required=False)
@click.option('--by', metavar='姓名', help='谁定的（默认：电脑的用户名）。')
@DATABASE
@DECISIONS
@AS_JSON
def samples(wanted: str | None, by: str | None, db: Path, decisions: Path, as_json: bool) -> None:
    """收件夹“示例”里的通知算不算在查询、导出和问答里：on 算，off 不算。文件都不动。

    不作规定时：读入第一份真的通知以前算，以后不算。什么也不写，就说现在算不算。

    \b
    例子：
      kaohe samples
      kaohe samples off
    """
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.decisions.choosing import Chooser
    from kaohe.pipeline.decisions.force import put_into_force

    with closing(open_to_read(db)) as connection:
        chooser = Chooser(connection, (by or getpass.getuser()).strip())
        made = None if wanted is None else chooser.samples(counted=wanted == 'on')
    if made is not None:
        put_into_force(db, decisions, [made], chooser.shown)
        warn_of_log(decisions, db)
    with closing(open_to_read(db)) as connection:
        every, counted = connection.execute(
            'SELECT count(*), coalesce(sum(in_answers), 0) FROM documents WHERE sample AND edition_of IS NULL'
        ).fetchone()
    if as_json:
        click.echo(json_answer('samples', {'notices': every, 'counted': bool(counted)}))
        return
    click.echo(f'示例通知 {every} 份，{"算在答案里" if counted else "不算在答案里"}。')
