"""``kaohe watch``."""

from __future__ import annotations

import signal
from datetime import datetime
from pathlib import Path
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING

import click

from kaohe.pipeline.commands.shared_options import AS_JSON, DATABASE, DECISIONS, FOLLOW_LINKS, RECEIPTS
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import plain
from kaohe.pipeline.planning.inbox import DEFAULT_INBOX
from kaohe.pipeline.refusal import Refusal

if TYPE_CHECKING:
    from kaohe.pipeline.ingestion.report import Report


@click.command(short_help='看守收件夹，放进文件就自动读入', options_metavar='[选项]')
@click.argument('paths', metavar='[文件夹或文件]…', nargs=-1, type=click.Path(path_type=Path))
@DATABASE
@DECISIONS
@click.option('--jobs', metavar='个数', type=click.IntRange(min=1), help='同时读几个文件（默认：处理器有几核就几个）。')
@click.option('--poll', is_flag=True, help='每隔两秒自己去看（网络盘会自动这样做；其他盘没有反应时用）。')
@click.option(
    '--exec',
    'commands',
    metavar='命令',
    multiple=True,
    help='存下新内容后运行的命令，标准输入得到编号和数目（JSON，没有原文）。',
)
@click.option(
    '--webhook',
    'addresses',
    metavar='地址',
    multiple=True,
    help='存下新内容后通知的网址，发编号和数目（JSON，没有原文）。',
)
@FOLLOW_LINKS
@RECEIPTS
@AS_JSON
def watch(
    paths: tuple[Path, ...], db: Path, decisions: Path, jobs: int | None, poll: bool, commands: tuple[str, ...],
    addresses: tuple[str, ...], follow_links: bool, receipts: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """看守收件夹（默认 data/raw，含子文件夹）：文件放进来、写完几秒后自动读入，一直看守到按 Ctrl-C 为止。

    每个文件说一行结果。读不出来的文件、暂时不见的文件夹、被占用的数据库都不会让它停下，会自动再试。

    \b
    例子：
      kaohe watch                          看守 data/raw
      kaohe watch 通知 --db 目录.db        看守别的文件夹，存进别的数据库
      kaohe watch /mnt/共享 --poll         看守网络盘

    结束时：0 按要求停下，2 用法不对。
    """
    from functools import partial

    from kaohe.pipeline.ingestion.after_store import address, command, tell_listeners
    from kaohe.pipeline.ingestion.closing_words import as_json as report_as_json
    from kaohe.pipeline.ingestion.run import ingest
    from kaohe.pipeline.ingestion.watcher import Watch
    from kaohe.pipeline.planning.inbox import scope_of
    from kaohe.pipeline.system.limits import default_jobs

    try:
        listeners = [(line, command(line)) for line in commands] + [(url, address(url)) for url in addresses]
    except ValueError as why:
        raise Refusal(str(why), 2) from None
    stop = Event()
    say = partial(_say, err=as_json)

    def end(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)  # a second one ends it at once
        stop.set()

    def finished(report: Report) -> None:
        if receipts:
            from kaohe.pipeline.receipts import write_receipts

            write_receipts(db, [result.source for result in report.of('waiting')], jobs)
        if report.changed:
            if as_json:
                click.echo(json_answer('ingest', report_as_json(report), indent=None))
            for complaint in (*report.unchecked, *report.complaints, *tell_listeners(report, listeners)):
                say(f'! {plain(complaint)}')

    scopes = [scope_of(path, follow_links=follow_links) for path in paths or (DEFAULT_INBOX,)]
    run = partial(ingest, database=db, jobs=jobs or default_jobs(), decisions=decisions)
    watched = Watch(scopes, run, poll=poll, stop=stop, say=say, finished=finished)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    watched.run()
    say('已停止看守')


def _say(line: str, *, err: bool) -> None:
    click.echo(f'{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}　{line}', err=err)
