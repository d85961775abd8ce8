"""``kaohe apply``."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kaohe.extractors.document import Unreadable
from kaohe.pipeline.commands.log_warnings import warn_of_log
from kaohe.pipeline.commands.shared_options import AS_JSON, DATABASE, DECISIONS
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import plain, shortened
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.limits import Limits

if TYPE_CHECKING:
    from kaohe.pipeline.workbook.edits import Changes


@click.command(short_help='把改好的工作簿里的更正存下来', options_metavar='[选项]')
@click.argument('path', metavar='文件', type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option('--by', metavar='姓名', help='谁更正的（默认：电脑的用户名）。')
@click.option('--yes', is_flag=True, help='不再询问，列出后直接存（与 --json 同用时，不写它就只列出）。')
@DATABASE
@DECISIONS
@AS_JSON
def apply(path: Path, by: str | None, yes: bool, db: Path, decisions: Path, as_json: bool) -> None:
    """把 kaohe export 导出、改好的工作簿存回：先列出改了哪些，同意后才存。

    每一行单独判断：用不上的（编号不对、数填成了字、只供看的栏）逐条说明原因，不影响其余。
    更正另存在记录里，以后重新读入、换成别的格式也不会丢。

    \b
    例子：
      kaohe apply 目录.xlsx --by 张三
      kaohe apply 目录.xlsx --by 张三 --yes

    结束时：0 全部存下，1 有改动用不上或没有存，2 用法不对。
    """
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.decisions.force import put_into_force
    from kaohe.pipeline.system.limited import in_limits
    from kaohe.pipeline.workbook.edits import read_changes
    from kaohe.pipeline.workbook.sheet_cells import read_grids

    with closing(open_to_read(db)) as connection:
        try:
            changes = read_changes(
                connection, path, (by or getpass.getuser()).strip(), partial(in_limits, Limits(), read_grids)
            )
        except Unreadable as error:
            raise Refusal(f'{path}：{error.finding.message}') from error
    for line in _lines(changes) if not as_json else ():
        click.echo(line)
    stored = False
    if not changes.decisions:
        click.echo('没有要存的更正。', err=True)
    elif yes or (not as_json and click.confirm(_question(changes), err=True)):
        put_into_force(db, decisions, changes.decisions, changes.shown)
        stored = True
        warn_of_log(decisions, db)
        click.echo(f'已存下 {len(changes.differences)} 处更正。', err=True)
    else:
        click.echo('没有存，什么也没有改。', err=True)
    if as_json:
        told = {
            'changes': [asdict(one) for one in changes.differences],
            'rejected': [asdict(one) for one in changes.rejected],
        }
        click.echo(json_answer('apply', {'stored': stored, **told}))
    if changes.rejected:
        click.echo(f'有 {len(changes.rejected)} 处用不上，原因见上面以 ✗ 开头的各行；改好后再运行一次。', err=True)
    if changes.rejected or (changes.decisions and not stored):
        click.get_current_context().exit(1)


def _question(changes: Changes) -> str:
    odd = sum(found.unusual is not None for found in changes.differences)
    asked = f'存下这 {len(changes.differences)} 处更正吗？'
    return f'其中 {odd} 处不同寻常（上面标 ？ 的），请再看一眼。{asked}' if odd else asked


def _lines(changes: Changes) -> Iterator[str]:
    for found in changes.differences:
        stood = f'“{shortened(found.before, 60)}” → ' if found.before else ''
        yield f'{found.sheet} 第 {found.row} 行（{shortened(found.label, 24)}）{found.title}：{stood}“{shortened(found.after, 60)}”'
        if found.unusual:
            yield f'  ？ {found.unusual}，请核对是不是笔误'
    for rejected in changes.rejected:
        where = rejected.sheet if rejected.row is None else f'{rejected.sheet} 第 {rejected.row} 行'
        yield f'✗ {where}：{plain(rejected.why)}'
