"""``kaohe export``."""

from __future__ import annotations

import sys
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

import click

from kaohe.pipeline.commands.shared_options import AS_JSON, DATABASE, FORCE
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import plain
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.written_files import write_files

FORMATS = ('xlsx', 'csv', 'json', 'parquet', 'spacy')
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
@AS_JSON
def export(
    path: Path, wanted: tuple[str, ...], each: bool, form: str | None, db: Path, force: bool, as_json: bool
) -> None:
    """把现行的通知导出成工作簿：通知、指标、条款、目标值、事实、疑点各一张表，另有一张说明。

    更正已经算在内。改好的工作簿用 kaohe apply 存回。

    \b
    例子：
      kaohe export 目录.xlsx
      kaohe export 督查细则.xlsx --notice 督查细则
      kaohe export 各份通知 --each
      kaohe export 目录.csv
      kaohe export - --format json         写到标准输出
      kaohe export 训练.spacy              原文和读法（更正已算在内），作 spaCy 的训练数据
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
    if each and chosen == 'spacy':
        raise Refusal('训练数据写成一个文件；请去掉 --each，或换一种格式', 2)
    with closing(open_to_read(db)) as connection:
        notices = find_notices(connection, wanted)
        if chosen == 'spacy':
            written = write_files([(path, _training_data(db, notices if wanted else None))], overwrite=force)
        elif each:
            written = export_each(connection, path, notices, chosen, overwrite=force)  # type: ignore[arg-type]  # click let only these pass
        else:
            written = write(connection, path, [*notices], chosen, overwrite=force)  # type: ignore[arg-type]
    if as_json:
        click.echo(json_answer('exported', {'files': [str(file) for file in written], 'notices': len(notices)}))
        return
    for file in written:
        click.echo(str(file))
    click.echo(f'已导出 {len(notices)} 份通知。', err=True)


def _to_stdout(db: Path, wanted: tuple[str, ...], form: str) -> None:
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.workbook.exporting import exported, find_notices

    with closing(open_to_read(db)) as connection:
        notices = find_notices(connection, wanted)
        data = (
            _training_data(db, notices if wanted else None)
            if form == 'spacy'
            else exported(connection, [*notices], form)  # type: ignore[arg-type]  # one of FORMATS
        )
    sys.stdout.buffer.write(data)


def _training_data(db: Path, notices: Collection[str] | None) -> bytes:
    from kaohe.pipeline.library.language_pipeline import training_data

    return training_data(db, notices).to_bytes()
