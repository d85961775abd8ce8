"""``kaohe show``."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from kaohe.extractors.document import Unreadable
from kaohe.pipeline.commands.shared_options import FORCE
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.system_words import cause
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.limits import Limits
from kaohe.pipeline.system.written_files import write_files

STAGES = ('document', 'tables', 'rows', 'indicators', 'clauses')


@click.command(short_help='看一份文件会被读成什么样（不存）', options_metavar='[选项]')
@click.argument('file', metavar='文件', type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option('--until', type=click.Choice(STAGES), default='clauses', show_default=True, help='读到哪一步为止。')
@click.option('--json', 'as_json', is_flag=True, help='以 JSON 输出，包括前面各步。')
@click.option(
    '--html',
    'page',
    metavar='网页',
    type=click.Path(dir_okay=False, path_type=Path),
    help='另存一个网页：每条规则读到的字句上色并标出规则名（给分析人员看）。',
)
@FORCE
def show(file: Path, until: str, as_json: bool, page: Path | None, force: bool) -> None:
    """看一份文件会被读成什么样，什么也不存。文件写 - 就读别的程序送来的内容。

    \b
    各步：
      document     文件里的段落和表格，原样
      tables       接好跨页的表，认出表的种类、标题和各列
      rows         各表的每一行
      indicators   每条指标：类别、内容、标准、分值、责任
      clauses      每条指标的条款和目标值，报告里的事实，疑点

    \b
    例子：
      kaohe show 通知.docx
      kaohe show 通知.pdf --until rows
      kaohe show 通知.txt --until document --json
      kaohe show 通知.docx --html 规则.html
      kaohe show - < 通知.docx
    """
    from kaohe.pipeline.inspection.walkthrough import INPUT, as_lines, as_values, read
    from kaohe.pipeline.planning.house_words import require_sound_words
    from kaohe.pipeline.readers.reading import MAX_BYTES
    from kaohe.pipeline.system.limited import in_limits, in_turn

    require_sound_words()
    limits = Limits()
    try:
        with sys.stdin.buffer if file == INPUT else file.open('rb') as source:
            data = source.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise Refusal(f'{file}：超过 {MAX_BYTES >> 20} MB，没有读；请拆开再试')
        allowed = replace(limits, seconds=limits.seconds_for(len(data)))
        shown = in_limits(allowed, read, file, until, data, in_turn, forked=True)
    except OSError as error:
        raise Refusal(f'{file}：读不出来（{cause(error)}），请检查权限') from error
    except Unreadable as error:
        raise Refusal(f'{file}：{error.finding.message}') from error
    if page is not None and shown.catalogue is not None:
        from kaohe.pipeline.inspection.rule_view import page as drawn

        write_files([(page, drawn(shown.catalogue, file.name).encode())], overwrite=force)
        click.echo(f'网页已存为 {page}，请用浏览器打开', err=True)
        return
    if as_json:
        click.echo(json_answer('show', as_values(shown)))
        return
    for line in as_lines(shown):
        click.echo(line)
