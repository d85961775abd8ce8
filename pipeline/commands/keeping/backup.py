"""``kaohe backup``."""

from __future__ import annotations

from pathlib import Path

import click

from kaohe.pipeline.commands.log_warnings import warn_of_log
from kaohe.pipeline.commands.shared_options import AS_JSON, DATABASE, DECISIONS
from kaohe.pipeline.language.json_answers import json_answer


@click.command(short_help='备份数据库和更正记录，读入进行时也可以', options_metavar='[选项]')
@click.argument('file', metavar='文件', type=click.Path(dir_okay=False, path_type=Path))
@DATABASE
@DECISIONS
@click.option('--force', is_flag=True, help='文件已存在也覆盖。')
@AS_JSON
def backup(file: Path, db: Path, decisions: Path, force: bool, as_json: bool) -> None:
    """把数据库完整地复制到一个文件，更正记录和评分记录复制到它旁边的文件夹。正在读入也可以备份：已存好的通知都在里面，没有半份的。

    要恢复时用 kaohe restore 同一个文件名。

    \b
    例子：
      kaohe backup /media/usb/目录备份.db
      kaohe backup 目录备份.db --force
    """
    from kaohe.pipeline.database.backups.safe_copy import backup as run

    log = run(db, decisions, file, overwrite=force)
    warn_of_log(decisions, db)
    if as_json:
        click.echo(json_answer('backup', {'file': str(file), 'bytes': file.stat().st_size, 'decisions': str(log)}))
        return
    with_log = f'，更正记录在 {log}，请放在一起' if log.exists() else '；没有更正记录可以备份'
    click.echo(f'已备份到 {file}（{file.stat().st_size >> 10} KB）{with_log}', err=True)
