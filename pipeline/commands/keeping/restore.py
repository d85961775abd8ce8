"""``kaohe restore``."""

from __future__ import annotations

from pathlib import Path

import click

from kaohe.pipeline.commands.shared_options import AS_JSON, DATABASE, DECISIONS_PUT_BACK
from kaohe.pipeline.language.json_answers import json_answer


@click.command(short_help='用备份恢复数据库和更正记录', options_metavar='[选项]')
@click.argument('file', metavar='备份', type=click.Path(dir_okay=False, path_type=Path))
@DATABASE
@DECISIONS_PUT_BACK
@click.option('--force', is_flag=True, help='现在的数据库和更正记录另存一份，再换成备份的。')
@AS_JSON
def restore(file: Path, db: Path, decisions: Path, force: bool, as_json: bool) -> None:
    """用 kaohe backup 做的备份恢复数据库，和备份旁边的更正记录、评分记录。

    现在已经有数据库或记录的，要加 --force：它们先另存到数据库旁边的文件夹，什么也不丢。

    \b
    例子：
      kaohe restore /media/usb/目录备份.db
      kaohe restore 目录备份.db --force
    """
    from kaohe.pipeline.database.backups.safe_copy import restore as run

    kept = run(file, db, decisions, overwrite=force, queued=_queued)
    if as_json:
        click.echo(json_answer('restore', {'file': str(file), 'kept': None if kept is None else str(kept)}))
        return
    click.echo(
        f'已恢复成备份 {file} 时的样子。{f"原来的另存在 {kept}。" if kept else ""}再运行一次 kaohe ingest，收件夹里后来的通知就会补上。',
        err=True,
    )


def _queued() -> None:
    click.echo('另一个 kaohe 正在写这个数据库，等它结束后接着恢复……', err=True)
