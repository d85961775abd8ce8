"""Runs a desk: its socket, its door, the reading beside it, until it is told to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kaohe.pipeline.browser.door import Door, new_token
from kaohe.pipeline.browser.server import HOST
from kaohe.pipeline.desk.accounts import Accounts
from kaohe.pipeline.desk.app import make_app
from kaohe.pipeline.desk.inbox_reading import InboxReading
from kaohe.pipeline.desk.source_side.page_pictures import Pictures
from kaohe.pipeline.desk.state import Desk
from kaohe.pipeline.language.system_words import cause
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.limits import default_jobs


def run(
    inbox: Path,
    database: Path,
    decisions: Path,
    *,
    host: str | None,
    port: int,
    users: Path | None,
    tls: tuple[Path, Path] | None,
    follow_links: bool,
    opened: Callable[[str], None],
) -> None:
    """Serves until Ctrl-C or SIGTERM. ``opened`` is told the address as soon as a browser may knock. Raises `Refusal`."""
    import uvicorn

    accounts = Accounts(users) if users is not None else None
    reading = InboxReading(inbox, database, decisions, default_jobs(), follow_links=follow_links)
    desk = Desk(database, inbox, decisions, reading, Pictures(), accounts)
    listening = _listen(host or HOST, port)
    port = listening.getsockname()[1]
    scheme = 'https' if tls else 'http'
    names = [host] if host is not None else [HOST, 'localhost', '[::1]']
    token = None if accounts is not None else new_token()
    app = Door(make_app(desk), hosts=[f'{name}:{port}' for name in names], token=token, secure=tls is not None)
    certificate, key = tls or (None, None)
    config = uvicorn.Config(
        app,
        log_level='warning',
        server_header=False,
        timeout_graceful_shutdown=5,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    reading.start()
    try:
        opened(f'{scheme}://{names[0]}:{port}/' + (f'?token={token}' if token else ''))
        with suppress(KeyboardInterrupt):  # uvicorn passes it on when it has stopped
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        reading.end()
        desk.pictures.end()


def _listen(host: str, port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET6 if ':' in host else socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
        found.listen()
    except OSError as error:
        found.close()
        raise Refusal(
            f'地址 {host} 端口 {port} 用不了（{cause(error)}），请用 --port 换一个，例如 --port {port + 1}'
        ) from error
    return found
