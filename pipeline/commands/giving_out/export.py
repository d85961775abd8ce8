"""``kaohe export``."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from kaohe.pipeline.commands.shared_options import DATABASE, FORCE

FORMATS = ('xlsx', 'csv', 'json')


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
@click.option('--format', 'form', type=click.Choice(FORMATS), help='格式（默认看文件名的结尾，看不出就是 xlsx）。')
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
    """
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.workbook.exporting import export as write
    from kaohe.pipeline.workbook.exporting import export_each, find_notices

    suffix = path.suffix.lower().removeprefix('.')
    chosen = form or (suffix if suffix in FORMATS and not each else 'xlsx')
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
