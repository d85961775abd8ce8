"""The command ``kaohe``: which verbs there are. Each verb's module is imported only when it is called, so that help answers at once.

To add a verb: a module in a room of ``pipeline/commands/`` with a click command of the verb's name, and a row in ``VERBS``.
"""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple, cast

from kaohe.pipeline.language.click_words import speak_chinese

speak_chinese()  # before click's help texts are made

import click  # noqa: E402


class Verb(NamedTuple):
    """The room of `kaohe.pipeline.commands` in which its module lies, and what it does, in one line."""

    room: str
    does: str


VERBS = {
    'ingest': Verb('reading_in', '读入收件夹里的通知，存进数据库'),
    'watch': Verb('reading_in', '看守收件夹，放进文件就自动读入'),
    'show': Verb('looking', '看一份文件会被读成什么样（不存）'),
    'explain': Verb('looking', '查一条指标或条款出自原文何处'),
    'findings': Verb('looking', '列出疑点：读不准的和通知本身有误的'),
    'search': Verb('looking', '在全部通知里查词'),
    'compare': Verb('looking', '对比两份通知或两个年度，列出改了什么'),
    'desk': Verb('giving_out', '打开办公桌面：网页上放入、核对、更正、签字、打印'),
    'serve': Verb('giving_out', '在浏览器里查看和查询（只读，只限本机）'),
    'export': Verb('giving_out', '导出成 Excel 工作簿，供查看和更正'),
    'apply': Verb('deciding', '把改好的工作簿里的更正存下来'),
    'correct': Verb('deciding', '更正一个值，重新读入也不会丢'),
    'worksheet': Verb('giving_out', '按通知生成自评表，供科室填写'),
    'score': Verb('deciding', '按填好的自评表计分，说明每一分为什么失'),
    'sign': Verb('deciding', '记下一份通知已由谁核对'),
    'tick': Verb('deciding', '记下一条疑点已经处理'),
    'editions': Verb('deciding', '确认或分开像是同一份的通知'),
    'retire': Verb('deciding', '让不再有效的通知退出各种答案，可以撤回'),
    'samples': Verb('deciding', '示例通知算不算在答案里'),
    'parties': Verb('deciding', '科室的别名：确认同一个科室的几种写法'),
    'forget': Verb('reading_in', '从数据库里彻底删去一份通知'),
    'check': Verb('keeping', '核查数据库是否完好'),
    'backup': Verb('keeping', '备份数据库和更正记录，读入进行时也可以'),
    'restore': Verb('keeping', '用备份恢复数据库和更正记录'),
    'merge': Verb('keeping', '把几个单位的数据库合成一个，供查询'),
    'doctor': Verb('keeping', '检查这台电脑：磁盘、权限、可选部件、字体'),
    'formats': Verb('looking', '列出能读的文件格式'),
    'rules': Verb('looking', '列出认读条款和目标值的规则'),
    'words': Verb('looking', '本单位自己的词：列出、添上、用一句话试试'),
}


class Verbs(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in the order of ``VERBS``."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's command; None where there is no such verb."""
        if cmd_name not in VERBS:
            return None
        module = import_module(f'kaohe.pipeline.commands.{VERBS[cmd_name].room}.{cmd_name}')
        return cast(click.Command, getattr(module, cmd_name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the verbs without importing them."""
        with formatter.section('命令'):
            formatter.write_dl([(name, verb.does) for name, verb in VERBS.items()])


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        from kaohe.pipeline.planning.fingerprint import program_version

        click.echo(f'kaohe {program_version()}')
        ctx.exit()


@click.command(
    cls=Verbs,
    subcommand_metavar='命令 [选项]… [参数]…',
    options_metavar='[选项]',
    context_settings={'help_option_names': ['-h', '--help'], 'max_content_width': 100},
    epilog='每个命令的用法和例子：kaohe 命令 --help',
)
@click.option('--version', is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help='显示版本。')
def kaohe() -> None:
    """把考核细则、督查细则、目标责任制清单等通知读成可查询、可核对的指标目录。

    \b
    最常用：把通知放进 data/raw，然后运行
      kaohe ingest
    """
