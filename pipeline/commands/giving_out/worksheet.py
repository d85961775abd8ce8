"""``kaohe worksheet``."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import click

from kaohe.pipeline.commands.shared_options import DATABASE
from kaohe.pipeline.language.terms import plain
from kaohe.pipeline.refusal import Refusal


@click.command(short_help='按通知生成自评表，供科室填写', options_metavar='[选项]')
@click.argument('notice', metavar='通知')
@click.argument('output', metavar='文件', required=False, type=click.Path(path_type=Path))
@click.option('--assessed', metavar='单位', help='被考核的科室或单位；写的是责任科室，就只出它的条目。')
@click.option(
    '--each-office', is_flag=True, help='每个责任科室一份，只含它牵头、配合的条目和各科室共同的条目；“文件”写文件夹。'
)
@click.option('--period', metavar='考核期', help='如 2024、2024上半年。')
@DATABASE
def worksheet(
    notice: str, output: Path | None, assessed: str | None, each_office: bool, period: str | None, db: Path
) -> None:
    """按一份通知生成自评表（xlsx，各种表格软件都能用）：一题一行，填“是”“否”或数字，得分当场算出。

    通知写标题、字号、文件名的一部分，或编号。填好的表用 kaohe score --answers 计分。

    \b
    例子：
      kaohe worksheet 督查细则
      kaohe worksheet 青卫发〔2025〕31号 自评表.xlsx --assessed 内科 --period 2025
      kaohe worksheet 督查细则 各科室自评表 --each-office
    """
    from kaohe.pipeline.assessment.answers.submission import find_notice
    from kaohe.pipeline.assessment.scoring_runs import offices_of
    from kaohe.pipeline.assessment.worksheets.worksheet_content import of_office, offices_with_lines, read_content
    from kaohe.pipeline.assessment.worksheets.worksheet_writing import write_worksheet
    from kaohe.pipeline.database.schema import open_to_read

    with closing(open_to_read(db)) as connection:
        document, title = find_notice(connection, notice)
        content = read_content(connection, document, title)
        offices = offices_with_lines(offices_of(connection, document))
        if not content.lines:
            raise Refusal(f'“{title}”里没有评分的条目，不能生成自评表', 1)
        if each_office:
            if not offices:
                raise Refusal(f'“{title}”没有写责任科室；请不加 --each-office，生成一份完整的自评表', 1)
            folder = output or Path(f'{_file_name(title)}自评表')
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise Refusal(f'建不了文件夹 {folder}（{error.strerror}），请换一个名字') from error
            for office in offices:
                write_worksheet(
                    folder / f'{_file_name(office)}自评表.xlsx', of_office(content, office, connection), office, period
                )
            click.echo(f'已写出 {len(offices)} 份自评表：{folder}')
            return
        if assessed in offices:
            content = of_office(content, str(assessed), connection)
    path = output or Path(f'{_file_name(title)}自评表{f"（{_file_name(assessed)}）" if assessed else ""}.xlsx')
    if path.suffix.lower() != '.xlsx':
        raise Refusal(f'{path} 要以 .xlsx 结尾；每个科室一份的，加 --each-office', 2)
    write_worksheet(path, content, assessed, period)
    questions = sum(len(line.rule.inputs) for line in content.lines)
    click.echo(f'{plain(title)}：{len(content.lines)} 条、{questions} 道题，已写出 {path}')


def _file_name(text: str) -> str:
    return re.sub(r'[\\/:*?"<>|\s]+', ' ', text).strip()[:60] or '通知'
