"""``kaohe desk``."""

from __future__ import annotations

from pathlib import Path

import click

from kaohe.pipeline.commands.shared_options import DATABASE, DECISIONS, FOLLOW_LINKS


@click.command(short_help='打开办公桌面：网页上放入、核对、更正、签字、打印', options_metavar='[选项]')
@click.argument('inbox', metavar='[收件夹]', required=False, type=click.Path(file_okay=False, path_type=Path))
@DATABASE
@DECISIONS
@click.option('--port', metavar='端口', type=click.IntRange(0, 65535), default=8010, show_default=True, help='网页的端口，0 是任意一个空着的。')  # fmt: skip
@click.option('--host', metavar='地址', help='给同事用时本机的地址，如 192.168.1.5；要同时给 --users。')
@click.option(
    '--users', metavar='文件', type=click.Path(dir_okay=False, path_type=Path), help='账号文件；有了它就要登录。'
)
@click.option('--add-user', 'new_user', metavar='姓名', help='在账号文件里加一个人（会问权限和密码），然后结束。')
@click.option(
    '--cert', metavar='文件', type=click.Path(exists=True, dir_okay=False, path_type=Path), help='HTTPS 证书。'
)
@click.option(
    '--key', metavar='文件', type=click.Path(exists=True, dir_okay=False, path_type=Path), help='HTTPS 私钥。'
)
@FOLLOW_LINKS
@click.option('--open/--no-open', 'opens', default=True, help='打开浏览器（默认打开）。')
def desk(
    inbox: Path | None, db: Path, decisions: Path, port: int, host: str | None, users: Path | None, new_user: str | None,
    cert: Path | None, key: Path | None, follow_links: bool, opens: bool,
) -> None:  # fmt: skip
    """打开一个网页：把通知拖进去，对着原件核对，改错，签字，给各科室打印清单。按 Ctrl-C 结束。

    只有这台电脑能打开；给同事用要有账号：先用 --add-user 建，再用 --host 和 --users 打开。

    \b
    例子：
      kaohe desk
      kaohe desk --users 账号.json --add-user 张三
      kaohe desk --host 192.168.1.5 --users 账号.json
    """
    from kaohe.pipeline.desk.accounts import ROLES, add_account
    from kaohe.pipeline.desk.serving import run
    from kaohe.pipeline.planning.inbox import DEFAULT_INBOX
    from kaohe.pipeline.refusal import Refusal

    if new_user is not None:
        if users is None:
            raise Refusal('请用 --users 写明账号文件，例如 --users 账号.json', 2)
        role = click.prompt('权限', type=click.Choice(ROLES), default='核对', err=True)
        password = click.prompt('密码', hide_input=True, confirmation_prompt='再输一次', err=True)
        add_account(users, new_user, role, password)
        click.echo(f'已在 {users} 里记下 {new_user}（{role}）。')
        return
    if host is not None and users is None:
        raise Refusal('给同事用要有账号：请先用 --add-user 建账号文件，再用 --users 写明它', 2)
    if (cert is None) != (key is None):
        raise Refusal('--cert 和 --key 要一起给', 2)
    tls = (cert, key) if cert is not None and key is not None else None

    def opened(address: str) -> None:
        click.echo(f'请在浏览器里打开 {address} ，按 Ctrl-C 结束。')
        if opens:
            import webbrowser

            webbrowser.open(address)

    run(
        inbox or DEFAULT_INBOX,
        db,
        decisions,
        host=host,
        port=port,
        users=users,
        tls=tls,
        follow_links=follow_links,
        opened=opened,
    )
