"""``kaohe explain``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kaohe.pipeline.commands.shared_options import DATABASE, FORCE
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import FIELD, plain

if TYPE_CHECKING:
    from kaohe.pipeline.inspection.provenance import Explanation, TracedSpan


@click.command(short_help='查一条指标或条款出自原文何处', options_metavar='[选项]')
@click.argument('wanted', metavar='编号')
@DATABASE
@click.option('--json', 'as_json', is_flag=True, help='以 JSON 输出（行、列、字符位置从 0 数起）。')
@click.option(
    '--picture',
    metavar='图片',
    type=click.Path(dir_okay=False, path_type=Path),
    help='把所在的那一页画成图片（PNG，只限 PDF）：这一条的格子红框，其余蓝框。',
)
@FORCE
def explain(wanted: str, db: Path, as_json: bool, picture: Path | None, force: bool) -> None:
    """查一条记录出自何处：文件、页、表、行、列或段落，原文中用【】标出，并说明用的哪条规则。

    编号可以只写开头几位，只要不与别的重复。行、列、段都从 1 数起。

    \b
    例子：
      kaohe explain c_k3v9x2mq7hd0q5ta2cab     一条条款
      kaohe explain i_k3v9x2mq                 一条指标（编号只写开头）
      kaohe explain i_k3v9x2mq --picture 出处.png
    """
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.inspection.provenance import explain as find
    from kaohe.pipeline.inspection.provenance import table_of

    table_of(wanted)
    with closing(open_to_read(db)) as connection:
        found = find(connection, wanted)
        if picture is not None:
            from kaohe.pipeline.inspection.traced_picture import picture as drawn
            from kaohe.pipeline.system.written_files import write_files

            write_files([(picture, drawn(connection, db, found))], overwrite=force)
            click.echo(f'图片已存为 {picture}', err=True)
    if as_json:
        click.echo(json_answer('explain', asdict(found)))
        return
    for line in _lines(found):
        click.echo(line)


def _lines(found: Explanation) -> Iterator[str]:
    yield f'{found.kind} {found.id}'
    yield f'文件　{plain(found.source)}'
    if found.title:
        yield f'通知　{plain(found.title)}'
    for label, value in found.says:
        yield f'{label}　{plain(value)}'
    if found.passage:
        yield f'所在　{found.passage.label}：{_marked(found.passage.text, found.passage.start, found.passage.end)}'
    for place in found.places:
        yield f'原文　{_where(place)}：{_marked(place.text, place.start, place.end)}'
    if found.rule:
        from kaohe.pipeline.inspection.rule_list import what_it_reads

        yield f'规则　{found.rule}　{what_it_reads(found.rule) or ""}'.rstrip()
    for finding in found.findings:
        yield f'疑点　{plain(finding)}'


def _where(place: TracedSpan) -> str:
    parts = [f'{FIELD[place.field]}在' if place.field in FIELD else '']
    if place.page is not None:
        parts.append(f'第 {place.page} 页')
    if place.table is not None and place.row is not None and place.col is not None:
        title = f'《{plain(place.table_title)}》' if place.table_title else ''
        parts.append(f'表 {place.table + 1}{title}第 {place.row + 1} 行第 {place.col + 1} 列')
    if place.block is not None:
        parts.append(f'第 {place.block + 1} 段')
    return ' '.join(part for part in parts if part)


def _marked(text: str, start: int, end: int) -> str:
    return f'{plain(text[:start])}【{plain(text[start:end])}】{plain(text[end:])}'
