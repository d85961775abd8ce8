"""``kaohe parties``."""

from __future__ import annotations

import getpass
from contextlib import closing
from pathlib import Path

import click

from kaohe.pipeline.commands.log_warnings import warn_of_log
from kaohe.pipeline.commands.shared_options import AS_JSON, DATABASE, DECISIONS
from kaohe.pipeline.commands.stored_decisions import as_json as decided
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import plain
from kaohe.pipeline.refusal import Refusal

_STATE = {'proposed': '？待确认', 'confirmed': '＝已确认', 'rejected': '≠不是一家'}


@click.command(short_help='科室的别名：确认同一个科室的几种写法', options_metavar='[选项]')
@click.argument('alias', metavar='[写法]', required=False)
@click.argument('party', metavar='[科室]', required=False)
@click.option('--different', is_flag=True, help='这种写法不是别的科室的别名。')
@click.option('--by', metavar='姓名', help='谁定的（默认：电脑的用户名）。')
@DATABASE
@DECISIONS
@AS_JSON
def parties(
    alias: str | None, party: str | None, different: bool, by: str | None, db: Path, decisions: Path, as_json: bool
) -> None:
    """列出科室的别名和待确认的写法；写一种写法和它所指的科室，就定为同一个科室。

    定了的，在“责任分工”等各种答案里都按那个科室算，原来的写法另列一栏。

    \b
    例子：
      kaohe parties
      kaohe parties 质控科 质量管理科 --by 张三
      kaohe parties 质控科 --different
    """
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.decisions.choosing import Chooser
    from kaohe.pipeline.decisions.force import put_into_force

    with closing(open_to_read(db)) as connection:
        if alias is None:
            found = connection.execute('SELECT alias, party, state, why FROM aliases ORDER BY state, alias').fetchall()
            if as_json:
                click.echo(json_answer('parties', {'aliases': [dict(row) for row in found]}))
                return
            for name, other, state, why in found:
                click.echo(f'{_STATE[state]}　{plain(name)} → {plain(other)}{f"（{plain(why)}）" if why else ""}')
            click.echo(f'共 {len(found)} 条。', err=True)
            return
        if (party is None) != different:
            raise Refusal('请写出这种写法所指的科室；不是别名的，写 --different', 2)
        chooser = Chooser(connection, (by or getpass.getuser()).strip())
        made = chooser.party(alias, party)
    stored = put_into_force(db, decisions, [made], chooser.shown)
    warn_of_log(decisions, db)
    if as_json:
        click.echo(decided(stored))
        return
    click.echo(f'{plain(alias)}：{"不是别的科室的别名" if party is None else f"就是{plain(party)}"}')
