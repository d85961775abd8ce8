"""``kaohe serve``."""

from __future__ import annotations

from pathlib import Path

import click

from kaohe.pipeline.commands.shared_options import DATABASE


@click.command(short_help='在浏览器里查看和查询（只读，只限本机）', options_metavar='[选项]')
@DATABASE
@click.option(
    '--port',
    metavar='端口',
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help='网页的端口，0 是任意一个空着的。',
)
def serve(db: Path, port: int) -> None:
    """在浏览器里查看数据库：各表、查词、常问的问题。只能看，不能改；只有这台电脑能打开。按 Ctrl-C 结束。

    \b
    例子：
      kaohe serve
      kaohe serve --port 9000
    """
    from kaohe.pipeline.browser.door import new_token
    from kaohe.pipeline.browser.server import HOST, listen, make_app
    from kaohe.pipeline.browser.server import serve as run

    make_app(db)
    opened, token = listen(port), new_token()
    click.echo(
        f'请在浏览器里打开 http://{HOST}:{opened.getsockname()[1]}/?token={token} ，按 Ctrl-C 结束。'
        '（地址里带凭证，只有拿到它的人能看，请不要转给别人。）'
    )
    run(db, opened, token)
