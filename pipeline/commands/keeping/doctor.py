"""``kaohe doctor``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from kaohe.pipeline.commands.shared_options import DATABASE
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import plain
from kaohe.pipeline.planning.inbox import DEFAULT_INBOX

_MARKS = {'good': '✓', 'hint': '!', 'bad': '✗'}


@click.command(short_help='检查这台电脑：磁盘、权限、可选部件、字体', options_metavar='[选项]')
@click.argument('inbox', metavar='[收件夹]', type=click.Path(path_type=Path), default=DEFAULT_INBOX)
@DATABASE
@click.option('--json', 'as_json', is_flag=True, help='把结果以 JSON 写到标准输出。')
def doctor(inbox: Path, db: Path, as_json: bool) -> None:
    """检查这台电脑能不能正常读入：程序版本、磁盘空间、文件夹权限、网络共享、文字识别、LibreOffice、中文字体。
    不对的地方说明怎么办。

    \b
    例子：
      kaohe doctor
      kaohe doctor 通知 --db 目录.db

    结束时：0 可以使用，1 有必须解决的地方。
    """
    from kaohe.pipeline.inspection.machine import examine

    found = list(examine(inbox, db))
    if as_json:
        click.echo(json_answer('doctor', {'found': [asdict(one) for one in found]}))
    else:
        for one in found:
            click.echo(f'{_MARKS[one.state]} {plain(one.what)}{f"；{one.todo}" if one.todo else ""}')
    if any(one.state == 'bad' for one in found):
        click.get_current_context().exit(1)
