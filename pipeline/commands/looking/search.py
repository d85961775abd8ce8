"""``kaohe search``."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kaohe.pipeline.commands.shared_options import DATABASE
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import plain

if TYPE_CHECKING:
    from kaohe.pipeline.inspection.full_text import Hit

_BEFORE, _WIDTH = 24, 100


@click.command(short_help='在全部通知里查词', options_metavar='[选项]')
@click.argument('words', metavar='词…', nargs=-1, required=True)
@DATABASE
@click.option('--source', metavar='文件名', help='只查文件名里有这几个字的通知。')
@click.option('--limit', metavar='条数', type=click.IntRange(min=1), default=20, show_default=True, help='最多列几条。')
@click.option('--json', 'as_json', is_flag=True, help='以 JSON 输出，原文不截短。')
def search(words: tuple[str, ...], db: Path, source: str | None, limit: int, as_json: bool) -> None:
    """在全部通知里查词：指标、正文、表格、疑点都查，最合适的在前，查到的词用«»标出。

    一个字、两个字的词和整句都可以查，中间的空格和换行不算。写几个词，就查同时有这几个词的地方。
    方括号里的编号可以交给 kaohe explain 查出处。

    \b
    例子：
      kaohe search 满意度
      kaohe search 投诉 扣0.2分
      kaohe search 一票否决 --source 督查细则
    """
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.inspection.full_text import search as find

    with closing(open_to_read(db)) as connection:
        found = find(connection, ' '.join(words), source=source, limit=limit)
    if as_json:
        click.echo(json_answer('search', asdict(found)))
        return
    for hit in found.hits:
        click.echo(f'{plain(hit.source)}　{plain(hit.place)} [{hit.id}]')
        click.echo(f'  {_marked(hit)}')
    shown = f'，列出前 {len(found.hits)} 条，用 --limit 可以多列' if found.total > len(found.hits) else ''
    hint = '' if found.total else '换短一些的词，或去掉一个词再查；刚放进收件夹的文件要先运行 make ingest'
    click.echo(f'共 {found.total} 条{shown}。{hint}', err=True)


def _marked(hit: Hit) -> str:
    """The part of the text around its first mark, with the marks in «» and in colour where the terminal has colours."""
    begin = max(hit.marks[0][0] - _BEFORE, 0) if hit.marks else 0
    if len(hit.text) <= _WIDTH:
        begin = 0
    end = max(begin + _WIDTH, hit.marks[0][1] if hit.marks else 0)
    pieces = ['…' if begin else '']
    at = begin
    for start, stop in hit.marks:
        if stop > end:
            break
        pieces += plain(hit.text[at:start]), click.style(f'«{plain(hit.text[start:stop])}»', fg='red', bold=True)
        at = stop
    pieces += plain(hit.text[at:end]), '…' if end < len(hit.text) else ''
    return ''.join(pieces)
