"""Options that several verbs share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kaohe.pipeline.commands.log_warnings import warn_of_lost_log
from kaohe.pipeline.database.files import SHARED_LOG, USUAL_DATABASE, decisions_folder

_DECISIONS = 'decisions'
F = TypeVar('F', bound=Callable[..., Any] | click.Command)


def _opened(ctx: click.Context, param: click.Parameter, value: Path) -> Path:
    """Every command learns here which database it works on: whoever has no log at hand is told where it is lost."""
    if not ctx.resilient_parsing and all(known.name != _DECISIONS for known in ctx.command.params):
        warn_of_lost_log(value)
    return value


def _log(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    if value is not None or ctx.resilient_parsing:  # a shell that completes a command runs nothing
        return value
    folder = decisions_folder(ctx.params['db'])
    if (
        folder.exists() or not SHARED_LOG.exists()
    ):  # nothing to take over, as nearly always: what would do it need not be loaded
        return folder
    from kaohe.pipeline.decisions.taking_over import own_log

    return own_log(ctx.params['db'], lambda line: click.echo(line, err=True))


def _log_beside(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    folder = _log(ctx, param, value)
    if not ctx.resilient_parsing:
        warn_of_lost_log(ctx.params['db'], folder)
    return folder


def _decisions(callback: Callable[[click.Context, click.Parameter, Path | None], Path | None]) -> Callable[[F], F]:
    return click.option(
        f'--{_DECISIONS}',
        metavar='文件夹',
        type=click.Path(file_okay=False, path_type=Path),
        callback=callback,
        help='更正记录所在的文件夹（默认：数据库自己的，如 data/decisions）。',
    )


DATABASE = click.option(
    '--db',
    metavar='数据库',
    type=click.Path(dir_okay=False, path_type=Path),
    default=USUAL_DATABASE,
    show_default=True,
    is_eager=True,  # the folder of its log is named after it
    callback=_opened,
    help='数据库文件。',
)

RECEIPTS = click.option(
    '--receipts/--no-receipts',
    default=True,
    help='写不写回执：数据库旁的网页，每个文件一页（默认写）。',
)

DECISIONS = _decisions(_log_beside)
DECISIONS_PUT_BACK = _decisions(_log)
"""For the command that brings a lost log back."""

FOLLOW_LINKS = click.option(
    '--follow-links', is_flag=True, help='收件夹里指到外面的链接也读（默认不读，列为没有读入）。'
)

AS_JSON = click.option('--json', 'as_json', is_flag=True, help='以 JSON 输出，供程序用。')

FORCE = click.option('--force', is_flag=True, help='文件已存在，不是本程序写的或有人改过，也覆盖。')
