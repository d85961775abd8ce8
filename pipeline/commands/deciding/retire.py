"""``kaohe retire``."""

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


@click.command(short_help='让不再有效的通知退出各种答案，可以撤回', options_metavar='[选项]')
@click.argument('wanted', metavar='[通知]…', nargs=-1)
@click.option('--moved', is_flag=True, help='原件已移走的通知全部退出。')
@click.option('--undo', is_flag=True, help='撤回：重新算在答案里。')
@click.option('--by', metavar='姓名', help='谁定的（默认：电脑的用户名）。')
@click.option('--why', metavar='原因', help='为什么。')
@DATABASE
@DECISIONS
@AS_JSON
def retire(
    wanted: tuple[str, ...],
    moved: bool,
    undo: bool,
    by: str | None,
    why: str | None,
    db: Path,
    decisions: Path,
    as_json: bool,
) -> None:
    """让通知退出查询、导出和问答：内容都还在，随时可以用 --undo 撤回。要彻底删去，用 kaohe forget。

    通知写编号，或标题、字号、文件名的一部分；可以写几份。什么也不写，就列出已经退出的。

    \b
    例子：
      kaohe retire 2023年督查细则 2022年督查细则 --by 张三
      kaohe retire --moved
      kaohe retire 2023年督查细则 --undo
    """
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.decisions.choosing import Chooser
    from kaohe.pipeline.decisions.force import put_into_force
    from kaohe.pipeline.decisions.wording import find_document

    with closing(open_to_read(db)) as connection:
        meant = [find_document(connection, one, current=not undo) for one in wanted]
        if moved:
            meant += [
                (row[0], row[1])
                for row in connection.execute(
                    'SELECT id, coalesce(title, source) FROM corrected_documents WHERE withdrawn AND edition_of IS NULL AND retired = ?',
                    (int(undo),),
                )
            ]
        elif not wanted:
            gone = connection.execute(
                'SELECT id, coalesce(title, source) AS title FROM corrected_documents WHERE retired ORDER BY title, id'
            ).fetchall()
            if as_json:
                click.echo(json_answer('retired', {'notices': [dict(row) for row in gone]}))
                return
            for document, title in gone:
                click.echo(f'{document}　{plain(title)}')
            return
        if not meant:
            raise Refusal('没有原件已移走的通知')
        chooser = Chooser(connection, (by or getpass.getuser()).strip())
        made = [chooser.retired(document, retired=not undo, why=why) for document, _ in dict.fromkeys(meant)]
    stored = put_into_force(db, decisions, made, chooser.shown)
    warn_of_log(decisions, db)
    if as_json:
        click.echo(decided(stored))
        return
    for _, title in dict.fromkeys(meant):
        click.echo(f'{plain(title)}：{"重新算在答案里" if undo else "已退出"}')
