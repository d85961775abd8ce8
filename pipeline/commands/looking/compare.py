"""``kaohe compare``."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kaohe.pipeline.commands.shared_options import DATABASE, FORCE
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import plain
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.written_files import write_files

if TYPE_CHECKING:
    from kaohe.pipeline.comparison.differences import Comparison

FORMATS = ('table', 'html', 'xlsx', 'json')


@click.command(short_help='对比两份通知或两个年度，列出改了什么', options_metavar='[选项]')
@click.argument('before', metavar='原来')
@click.argument('after', metavar='现在')
@DATABASE
@click.option('--issuer', metavar='发文机关', help='对比这个机关的两个年度：“原来”和“现在”写年度。')
@click.option('--format', 'kind', type=click.Choice(FORMATS), help='table 表格（默认），html 网页，xlsx 工作簿，json。')
@click.option('--json', 'kind', flag_value='json', help='以 JSON 输出，供程序用。')
@FORCE
@click.option(
    '--output',
    '-o',
    metavar='文件',
    type=click.Path(dir_okay=False, path_type=Path),
    help='写进这个文件，不写在屏幕上。',
)
def compare(
    before: str, after: str, db: Path, issuer: str | None, kind: str | None, output: Path | None, force: bool
) -> None:
    """对比两份通知（写文件名的一部分或编号），或一个机关的两个年度，列出改了什么。

    列出新增、删去、移动的指标，改动的分值、目标值、条款、责任和文字。先按内容找同一条指标，再按用词的相似程度找，
    “相似度”就是这个程度；序号不算变化。不写格式时按文件的扩展名。

    \b
    例子：
      kaohe compare 细则2024 细则2025
      kaohe compare 2024 2025 --issuer 市卫生健康委 -o 对比.xlsx
    """
    ending = output.suffix.lstrip('.').lower() if output else ''
    if kind is None and ending not in (*FORMATS, 'txt', ''):
        raise Refusal(f'对比写不成 .{ending}；文件名请以 .xlsx、.html、.json 或 .txt 结尾，或加 --format', 2)
    kind = kind or (ending if ending in FORMATS else 'table')
    if kind == 'xlsx' and output is None:
        raise Refusal('工作簿要写进文件，请加上 -o 对比.xlsx', 2)
    from kaohe.pipeline.comparison.comparison_report import summary
    from kaohe.pipeline.comparison.differences import compare as run
    from kaohe.pipeline.comparison.sides import side_of_notice, side_of_year
    from kaohe.pipeline.database.schema import open_to_read

    with closing(open_to_read(db)) as connection:
        if issuer:
            sides = side_of_year(connection, issuer, before), side_of_year(connection, issuer, after)
        else:
            sides = side_of_notice(connection, before), side_of_notice(connection, after)
    comparison = run(*sides)
    written = _written(comparison, kind)
    if output is None:
        click.echo(written, nl=False)
    else:
        write_files([(output, written if isinstance(written, bytes) else written.encode())], overwrite=force)
    click.echo(plain(summary(comparison)), err=True)


def _written(comparison: Comparison, kind: str) -> str | bytes:
    from kaohe.pipeline.comparison import comparison_report

    if kind == 'json':
        return json_answer('compare', comparison_report.as_json(comparison)) + '\n'
    if kind == 'html':
        return comparison_report.as_html(comparison)
    if kind == 'xlsx':
        return comparison_report.as_workbook(comparison)
    return _table(comparison)


def _table(comparison: Comparison) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from kaohe.pipeline.comparison.comparison_report import HEADERS, rows
    from kaohe.pipeline.language.terms import shortened

    table = Table(show_lines=True)
    for name in HEADERS:
        table.add_column(name, overflow='fold', no_wrap=name in ('变化', '相似度'))
    for row in rows(comparison):
        table.add_row(*(Text(shortened(cell, 120)) for cell in row.cells()))
    console = Console(width=None if sys.stdout.isatty() else 160)
    with console.capture() as captured:
        console.print(table)
    return captured.get()
