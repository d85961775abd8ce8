"""``kaohe score``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from kaohe.pipeline.commands.log_warnings import warn_of_log
from kaohe.pipeline.commands.shared_options import DATABASE, DECISIONS
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import plain
from kaohe.pipeline.refusal import Refusal

ROUNDING = {'舍': 'down', '入': 'up', '不取整': 'none'}


@click.command(short_help='按填好的自评表计分，说明每一分为什么失', options_metavar='[选项]')
@click.option('--notice', metavar='通知', help='标题、字号、文件名的一部分，或编号；自评表里写着的可以不写。')
@click.option(
    '--answers',
    metavar='文件',
    type=click.Path(path_type=Path),
    help='填好的自评表（xlsx），或 CSV、JSON；写文件夹就收齐里面所有自评表。',
)
@click.option('--assessed', metavar='单位', help='被考核的科室或单位，如 内科。')
@click.option('--period', metavar='考核期', help='如 2024、2024上半年。')
@click.option('--rounding', type=click.Choice(list(ROUNDING)), help='不满一档怎样算：舍（默认）、入、不取整。')
@click.option('--compare', 'pair', nargs=2, metavar='甲 乙', help='两个单位或两个考核期相比，差得最多的在前。')
@click.option('--rank', is_flag=True, help='多个单位按得分排名。')
@click.option('--report', metavar='总结', help='从这份工作总结里找能答的题，列出来供核对。')
@click.option('--accept', is_flag=True, help='与 --report 同用：核对过，存下列出的答案。')
@click.option('--by', metavar='姓名', default='自评', show_default=True, help='谁填的。')
@click.option('--json', 'as_json', is_flag=True, help='输出 JSON，供程序使用。')
@DATABASE
@DECISIONS
def score(
    notice: str | None, answers: Path | None, assessed: str | None, period: str | None, rounding: str | None,
    pair: tuple[str, str] | None, rank: bool, report: str | None, accept: bool, by: str, as_json: bool, db: Path, decisions: Path,
) -> None:  # fmt: skip
    """按通知的条款给填好的自评表计分：每条得几分、失几分、为什么，一句原文对一分。

    没有答的题算作一个范围：最少几分、最多几分。不写 --answers 就只看每条最多能失几分；写了 --assessed 或 --period 就看存下的那一次。答案存在更正记录里，重新读入也不会丢。
    用不上的答案逐条说明，其余照用；有用不上的，退出状态为 1。

    \b
    例子：
      kaohe score --answers 内科自评表.xlsx
      kaohe score --notice 细则 --answers 答案.json --assessed 内科 --period 2024 --json
      kaohe score --answers 收回的自评表/
      kaohe score --notice 细则 --assessed 内科 --period 2024
      kaohe score --notice 细则 --assessed 内科 --compare 2024 2025
    """
    from kaohe.pipeline.assessment import scoring_runs

    if accept and not report:
        raise Refusal('--accept 要和 --report 一起用', 2)
    how: Literal['down', 'up', 'none'] | None = ROUNDING[rounding] if rounding else None  # type: ignore[assignment]
    if pair:
        click.echo(scoring_runs.compared(db, pair, notice, assessed, as_json=as_json), nl=False)
        return
    if rank:
        click.echo(scoring_runs.ranked(db, notice, period, as_json=as_json), nl=False)
        return
    if report:
        told = scoring_runs.from_report(
            db, decisions, notice, report, assessed, period, by, accept=accept, as_json=as_json
        )
        if accept:
            warn_of_log(decisions, db)
        click.echo(told, nl=False)
        return
    if answers is None:
        if notice is None:
            raise Refusal('请写 --answers 自评表，或 --notice 通知（只看每条最多能失几分）', 2)
        if assessed or period:
            click.echo(scoring_runs.stored(db, notice, assessed, period, as_json=as_json), nl=False)
            return
        click.echo(scoring_runs.limits(db, notice, as_json=as_json), nl=False)
        return
    outcome = scoring_runs.collect(db, decisions, answers, notice, assessed, period, by, how)
    warn_of_log(decisions, db)
    click.echo(json_answer('score', outcome.told) if as_json else outcome.text, nl=as_json)
    for line in outcome.refused:
        click.echo(plain(line), err=True)
    if outcome.refused:
        raise SystemExit(1)
