"""``kaohe correct``."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from kaohe.pipeline.commands.log_warnings import warn_of_log
from kaohe.pipeline.commands.shared_options import AS_JSON, DATABASE, DECISIONS
from kaohe.pipeline.commands.stored_decisions import as_json as decided
from kaohe.pipeline.decisions.reading_examples import DEFAULT_FILE, example_of, keep_example
from kaohe.pipeline.language.system_words import cause
from kaohe.pipeline.language.terms import shortened
from kaohe.pipeline.refusal import Refusal


@click.command(short_help='更正一个值，重新读入也不会丢', options_metavar='[选项]')
@click.argument('wanted', metavar='编号')
@click.argument('name', metavar='栏')
@click.argument('value', metavar='值')
@click.option('--by', metavar='姓名', required=True, help='谁更正的。')
@click.option('--why', metavar='原因', help='为什么。')
@click.option(
    '--as-example',
    'example',
    is_flag=False,
    flag_value=str(DEFAULT_FILE),
    metavar='文件',
    type=click.Path(dir_okay=False, path_type=Path),
    help=f'另把这句话和改好的读法记成例子，名称隐去，供维护者加进测试（默认 {DEFAULT_FILE}）。',
)
@click.option('--yes', is_flag=True, help='值不同寻常（比全表总分还多、是原来的十倍）时不再询问。')
@DATABASE
@DECISIONS
@AS_JSON
def correct(
    wanted: str,
    name: str,
    value: str,
    by: str,
    why: str | None,
    yes: bool,
    example: Path | None,
    db: Path,
    decisions: Path,
    as_json: bool,
) -> None:
    """更正一条通知、指标、条款、目标值或事实的一个值；值写成 '' 就是清空。

    栏写中文名或英文名：分值、考核内容、效果、这不是条款 ……写错了会列出有哪些。
    成批更正请用 kaohe export 和 kaohe apply。

    \b
    例子：
      kaohe correct i_k3v9x2mq7hd0q5ta2cab 分值 5 --by 张三 --why 原文印的是5分
      kaohe correct c_k3v9x2mq7hd0q5ta2cab 这不是条款 是 --by 张三
      kaohe correct c_k3v9x2mq7hd0q5ta2cab 分值 0.5 --by 张三 --as-example
    """
    from kaohe.pipeline.database.schema import open_to_read
    from kaohe.pipeline.decisions.correctable_columns import FIELDS, Unusable, contradiction, find_field, same_value
    from kaohe.pipeline.decisions.force import put_into_force
    from kaohe.pipeline.decisions.wording import Decider

    if not by.strip():
        raise Refusal('--by 要写姓名', 2)
    with closing(open_to_read(db)) as connection:
        decider = Decider(connection, by.strip())
        found = decider.find(wanted)
        if found is None:
            raise Refusal(f'没有编号 {wanted}，或对应不止一条；能更正的是 d_、i_、c_、g_、f_ 开头的编号', 2)
        owner, row, document = found
        field = find_field(owner, name)
        if field is None:
            raise Refusal(f'这里没有“{name}”一栏；可以更正的有：{"、".join(known.title for known in FIELDS[owner])}', 2)
        now = decider.values(owner, row, document)
        try:
            wished = field.parse(value)
        except Unusable as why_not:
            raise Refusal(str(why_not), 2) from None
        wished = wished or 0 if field.kind == 'flag' else wished
        clash = contradiction(owner, now | {field.name: wished})
        if clash is not None:
            raise Refusal(clash, 2)
        if same_value(wished, now[field.name]):
            click.echo('本来就是这个值，没有改动。', err=True)
            _keep(db, row, example)
            if as_json:
                click.echo(decided([]))
            return
        odd = decider.unusual(owner, row, field, now[field.name], wished)
        if odd is not None and not yes and (as_json or not click.confirm(f'{odd}，确定要存吗？', err=True)):
            raise Refusal(f'{odd}，没有存；确实如此的，请加 --yes 再运行一次')
        decision = decider.correct(owner, row, document, field, wished, why)
        before = field.show(now[field.name])
    stored = put_into_force(db, decisions, [decision], decider.shown)
    warn_of_log(decisions, db)
    _keep(db, row, example)
    if as_json:
        click.echo(decided(stored))
        return
    shown = '（空）' if before is None else shortened(str(before), 60)
    click.echo(f'{row} {field.title}：{shown} → {shortened(value, 60) or "（空）"}')


def _keep(db: Path, row: str, file: Path | None) -> None:
    """Writes the sentence of a clause or target as an example, and shows it: a person sees whether a name is left."""
    from kaohe.pipeline.database.schema import open_to_read

    if file is None:
        return
    with closing(open_to_read(db)) as connection:
        example = example_of(connection, row)
    if example is None:
        click.echo('只有指标里的条款和目标值能记成例子，这一条没有记。', err=True)
        return
    try:
        keep_example(file, example)
    except (OSError, ValueError) as error:
        raise Refusal(
            f'{file}：例子写不进去（{cause(error)}）；更正已存好，请用 --as-example 另给一个能写的文件，再运行同一条命令'
        ) from error
    click.echo(f'例子已记入 {file}：{shortened(example["text"], 120)}\n请看看里面还有没有不能外传的名称。', err=True)
