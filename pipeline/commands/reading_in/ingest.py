"""``kaohe ingest``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kaohe.pipeline.commands.log_warnings import warn_of_log
from kaohe.pipeline.commands.shared_options import DATABASE, DECISIONS, FOLLOW_LINKS, RECEIPTS
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import plain
from kaohe.pipeline.planning.inbox import DEFAULT_INBOX
from kaohe.pipeline.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaohe.pipeline.ingestion.report import Report
    from kaohe.pipeline.planning.inbox import Candidate


@click.command(short_help='读入收件夹里的通知，存进数据库', options_metavar='[选项]')
@click.argument('paths', metavar='[文件夹或文件]…', nargs=-1, type=click.Path(path_type=Path))
@DATABASE
@DECISIONS
@click.option('--jobs', metavar='个数', type=click.IntRange(min=1), help='同时读几个文件（默认：处理器有几核就几个）。')
@click.option('--scheduler', metavar='地址', help='让 Dask 集群来读，如 tcp://主机:8786（要另装集群组件）。')
@click.option('--force', is_flag=True, help='没有改动的文件也重新读。')
@click.option('--strict', is_flag=True, help='只读出一部分的文件也算失败。')
@FOLLOW_LINKS
@RECEIPTS
@click.option('--json', 'as_json', is_flag=True, help='把结果以 JSON 写到标准输出。')
@click.option('--quiet', is_flag=True, help='只说没有读好的文件。')
def ingest(
    paths: tuple[Path, ...],
    db: Path,
    decisions: Path,
    jobs: int | None,
    scheduler: str | None,
    force: bool,
    strict: bool,
    follow_links: bool,
    receipts: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """读入收件夹（默认 data/raw，含子文件夹）里的通知，存进数据库。

    没有改动的文件不再读；改过的文件替换旧内容；已移走的文件，内容保留。
    读不出来的文件各说明原因，不影响其余文件。

    \b
    例子：
      kaohe ingest                         读入 data/raw
      kaohe ingest 通知 --db 目录.db       读入别的文件夹，存进别的数据库
      kaohe ingest --force --jobs 2        全部重新读，同时读两个

    结束时：0 全部读入，1 有文件没有读入（或没有重新读成），2 用法不对。
    """
    from kaohe.pipeline.ingestion.closing_words import Bar, tell
    from kaohe.pipeline.ingestion.closing_words import as_json as report_as_json
    from kaohe.pipeline.ingestion.run import ingest as run
    from kaohe.pipeline.planning.inbox import scope_of
    from kaohe.pipeline.system.limits import default_jobs

    scopes = [scope_of(path, follow_links=follow_links) for path in paths or (DEFAULT_INBOX,)]
    with Bar(quiet) as bar:

        def planned(count: int) -> None:
            if not count:
                return
            # The readers are loading now: so is what is needed at the end.
            bar.show(count)
            if receipts:
                import kaohe.pipeline.receipts.page_writing
            if not quiet and not as_json:
                import kaohe.pipeline.ingestion.progress  # noqa: F401

        report = run(
            scopes,
            db,
            jobs=jobs or default_jobs(),
            scheduler=scheduler,
            force=force,
            decisions=decisions,
            writing=_settled,
            queued=_queued,
            planned=planned,
            done=bar.advance,
            forked=True,
        )
    tell(report, quiet=quiet, table=not as_json)
    warn_of_log(decisions, db)
    written = not receipts or _write_receipts(db, report, jobs, quiet)
    if as_json:
        click.echo(json_answer('ingest', report_as_json(report)))
    if (
        not written
        or report.with_status('failed')
        or report.of('closed')
        or report.unchecked
        or report.kept
        or (strict and report.with_status('partial'))
    ):
        click.get_current_context().exit(1)


def _write_receipts(db: Path, report: Report, jobs: int | None, quiet: bool) -> bool:
    from kaohe.pipeline.receipts import write_receipts

    try:
        first = write_receipts(db, [result.source for result in report.of('waiting')], jobs)
    except Refusal as refusal:  # what was read is stored all the same
        click.echo(plain(str(refusal)), err=True)
        return False
    if first is not None and report.changed and not quiet:
        click.echo(f'回执（用浏览器打开）：{plain(str(first))}', err=True)
    return True


def _settled(candidates: Sequence[Candidate]) -> set[Path]:
    """Which files are not finished. While one that has just come is watched, what reads it is loaded."""
    from kaohe.pipeline.planning.inbox import still_written

    def load(recent: Sequence[Candidate]) -> None:
        import kaohe.pipeline.readers.pool as readers

        readers.load(recent)

    return still_written(candidates, load)


def _queued() -> None:
    click.echo('另一个 kaohe 正在写这个数据库，等它结束后接着运行……', err=True)
