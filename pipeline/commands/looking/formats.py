"""``kaohe formats``."""

from __future__ import annotations

import click

from kaohe.pipeline.language.json_answers import json_answer

LACKING = {'ocr': '请先运行 make setup-ocr 装上文字识别', 'libreoffice': '请先安装 LibreOffice'}


@click.command(short_help='列出能读的文件格式', options_metavar='[选项]')
@click.option('--json', 'as_json', is_flag=True, help='以 JSON 输出。')
def formats(as_json: bool) -> None:
    """列出能读的文件格式：名称、说明、常见扩展名。格式按内容辨认，扩展名写错也能读。

    \b
    例子：
      kaohe formats
      kaohe formats --json
    """
    from kaohe.extractors.formats import FORMATS

    if as_json:
        rows = [
            {'name': known.name, 'title': known.title, 'suffixes': known.suffixes, 'ready': known.ready}
            for known in FORMATS
        ]
        click.echo(json_answer('formats', {'formats': rows}))
        return
    for known in FORMATS:
        lacks = '' if known.ready or known.needs is None else f'　（还不能读：{LACKING[known.needs]}）'
        click.echo(f'{known.name:<8} {known.title}　{" ".join(known.suffixes)}{lacks}')
