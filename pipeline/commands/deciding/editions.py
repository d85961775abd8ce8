"""``kaohe editions``."""

from __future__ import annotations

import getpass
import sqlite3
from contextlib import closing
from pathlib import Path

import click

from kaohe.pipeline.commands.log_warnings import warn_of_log
from kaohe.pipeline.commands.shared_options import AS_JSON, DATABASE, DECISIONS
from kaohe.pipeline.commands.stored_decisions import as_json as decided
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import plain
from kaohe.pipeline.refusal import Refusal


@click.command(short_help='确认或分开像是同一份的通知', options_metavar='[选项]')
@click.argument('what', metavar='[join|part]', type=click.Choice(('join', 'part')), required=False)
@click.argument('wanted', metavar='[通知 通知]', nargs=-1)
@click.option('--by', metavar='姓名', help='谁定的（默认：电脑的用户名）。')
@click.option('--why', metavar='原因', help='为什么。')
@DATABASE
@DECISIONS
@AS_JSON
def editions(
    what: str | None, wanted: tuple[str, ...], by: str | None, why: str | None, db: Path, decisions: Path, as_json: bool
) -> None:
    """列出同一份通知的几个版本，和像是同一份、要人来定的通知；join 定为同一份，part 定为不是同一份。

    通知写编号，或标题、字号、文件名的一部分。定过的可以再改，以最后一次为准。

    \b
    例子：
      kaohe editions
      kaohe editions join d_k3v9x2mq7hd0q5ta d_q5ta2cabk3v9x2mq --by 张三
      kaohe editions part 甲医院/考核细则 乙医院/考核细则 --by 张三
    """
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.decisions.choosing import Chooser
    from kaohe.pipeline.decisions.force import put_into_force
    from kaohe.pipeline.decisions.wording import find_document

    with closing(open_to_read(db)) as connection:
        if what is None:
            _tell(connection, as_json)
            return
        if len(wanted) != 2:
            raise Refusal(f'{what} 后面要写两份通知', 2)
        (a, _), (b, _) = (find_document(connection, one, current=False) for one in wanted)
        chooser = Chooser(connection, (by or getpass.getuser()).strip())
        made = chooser.editions(a, b, same=what == 'join', why=why)
    stored = put_into_force(db, decisions, [made], chooser.shown)
    warn_of_log(decisions, db)
    if as_json:
        click.echo(decided(stored))
        return
    click.echo('已定为同一份通知。' if what == 'join' else '已定为两份不同的通知。')


def _tell(connection: sqlite3.Connection, as_json: bool) -> None:
    groups: dict[str, list[dict[str, str]]] = {}
    for document, current, source in connection.execute(
        'SELECT id, edition_of, source FROM documents WHERE edition_of IS NOT NULL ORDER BY edition_of, source'
    ):
        groups.setdefault(current, []).append({'id': document, 'source': source})
    told = [
        dict(connection.execute('SELECT id, coalesce(title, source) AS title, source FROM corrected_documents WHERE id = ?', (current,)).fetchone())
        | {'former': former}
        for current, former in groups.items()
    ]  # fmt: skip
    assumed = [
        row[0]
        for row in connection.execute("SELECT message FROM findings WHERE code = 'edition.assumed' AND state = 'open'")
    ]
    if as_json:
        click.echo(json_answer('editions', {'notices': told, 'assumed': assumed}))
        return
    for notice in told:
        click.echo(f'{plain(notice["title"])}\n  现行　　　　{notice["id"]}　{plain(notice["source"])}')
        for former in notice['former']:
            click.echo(f'  旧版或副本　{former["id"]}　{plain(former["source"])}')
    for message in assumed:
        click.echo(f'？ {plain(message)}')
    click.echo(f'有几个版本的通知 {len(told)} 份；要人来定的提示 {len(assumed)} 条。', err=True)
