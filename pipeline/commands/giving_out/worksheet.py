"""``kaohe worksheet``."""

from __future__ import annotations

from pathlib import Path

import click

from kaohe.pipeline.commands.shared_options import AS_JSON, DATABASE, FORCE
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import plain


@click.command(short_help='按通知生成自评表，供科室填写', options_metavar='[选项]')
@click.argument('notice', metavar='通知')
@click.argument('output', metavar='文件', required=False, type=click.Path(path_type=Path))
@click.option('--assessed', metavar='单位', help='被考核的科室或单位；写的是责任科室，就只出它的条目。')
@click.option(
    '--each-office', is_flag=True, help='每个责任科室一份，只含它牵头、配合的条目和各科室共同的条目；“文件”写文件夹。'
)
@click.option('--period', metavar='考核期', help='如 2024、2024上半年。')
@DATABASE
@FORCE
@AS_JSON
def worksheet(
    notice: str,
    output: Path | None,
    assessed: str | None,
    each_office: bool,
    period: str | None,
    db: Path,
    force: bool,
    as_json: bool,
) -> None:
    """按一份通知生成自评表（xlsx，各种表格软件都能用）：一题一行，填“是”“否”或数字，得分当场算出。

    通知写标题、字号、文件名的一部分，或编号。填好的表用 kaohe score --answers 计分。

    \b
    例子：
      kaohe worksheet 督查细则
      kaohe worksheet 青卫发〔2025〕31号 自评表.xlsx --assessed 内科 --period 2025
      kaohe worksheet 责任分工 各科室自评表 --each-office
      kaohe worksheet 督查细则 自评表.docx            打印出来手填的
    """
    from kaohe.pipeline.assessment.worksheet_runs import make_office_worksheets, make_worksheet

    made = (
        make_office_worksheets(db, notice, output, period, overwrite=force)
        if each_office
        else make_worksheet(db, notice, output, assessed, period, overwrite=force)
    )
    if as_json:
        told = {'files': [str(file) for file in made.files], 'lines': made.lines, 'questions': made.questions}
        click.echo(json_answer('worksheet', told))
    elif each_office:
        click.echo(f'已写出 {len(made.files)} 份自评表：{made.files[0].parent}')
    else:
        click.echo(f'{plain(made.title)}：{made.lines} 条、{made.questions} 道题，已写出 {made.files[0]}')
