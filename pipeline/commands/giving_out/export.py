"""``kaohe export``."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from kaohe.pipeline.commands.shared_options import DATABASE, FORCE
from kaohe.pipeline.language.terms import plain
from kaohe.pipeline.refusal import Refusal

FORMATS = ('xlsx', 'csv', 'json', 'parquet')
_STDOUT = Path('-')


@click.command(short_help='导出成 Excel 工作簿，供查看和更正', options_metavar='[选项]')
@click.argument('path', metavar='文件', type=click.Path(path_type=Path))
@click.option(
    '--notice',
    'wanted',
    metavar='通知',
    multiple=True,
    help='只导出这份通知：标题、字号、文件名的一部分，或编号；可写几次。',
)
@click.option('--each', is_flag=True, help='一份通知一个文件，写进这个文件夹。')
@click.option('--format', 'form', type=click.Choice(FORMATS), help='格式（默认看文件名的结尾；--each 默认 xlsx）。')
@DATABASE
@FORCE
def export(path: Path, wanted: tuple[str, ...], each: bool, form: str | None, db: Path, force: bool) -> None:
    """把现行的通知导出成工作簿：通知、指标、条款、目标值、事实、疑点各一张表，另有一张说明。

    更正已经算在内。改好的工作簿用 kaohe apply 存回。

    \b
    例子：
      kaohe export 目录.xlsx
      kaohe export 督查细则.xlsx --notice 督查细则
      kaohe export 各份通知 --each
      kaohe export 目录.csv
      kaohe export - --format json         写到标准输出
    """
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.workbook.exporting import export as write
    from kaohe.pipeline.workbook.exporting import export_each, find_notices

    suffix = path.suffix.lower().removeprefix('.')
    if path == _STDOUT and form is None:
        raise Refusal('写到标准输出要说明格式，如 kaohe export - --format csv', 2)
    if form is None and not each and suffix not in FORMATS:
        raise Refusal(f'看不出 {plain(str(path))} 是什么格式；文件名请以 .{"、.".join(FORMATS)} 结尾，或加 --format', 2)
    chosen = form or ('xlsx' if each else suffix)
    if path == _STDOUT and not each:
        _to_stdout(db, wanted, chosen)
        return
    with closing(open_to_read(db)) as connection:
        notices = find_notices(connection, wanted)
        written = (
            export_each(connection, path, notices, chosen, overwrite=force)  # type: ignore[arg-type]  # click let only these pass
            if each
            else write(connection, path, [*notices], chosen, overwrite=force)  # type: ignore[arg-type]
        )
    for file in written:
        click.echo(str(file))
    click.echo(f'已导出 {len(notices)} 份通知。', err=True)


def _to_stdout(db: Path, wanted: tuple[str, ...], form: str) -> None:
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.workbook.exporting import exported, find_notices

    with closing(open_to_read(db)) as connection:
        sys.stdout.buffer.write(exported(connection, [*find_notices(connection, wanted)], form))  # type: ignore[arg-type]  # one of FORMATS
