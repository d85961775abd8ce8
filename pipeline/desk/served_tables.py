"""Where the tables of ``kaohe serve`` can be reached: they are for the person who sits at this machine."""

from __future__ import annotations

from ipaddress import ip_address

from starlette.requests import Request

from kaohe.pipeline.browser.server import HOST, PORT
from kaohe.pipeline.browser.shown_catalogue import shows
from kaohe.pipeline.desk.rendering import desk_of


def tables_address(request: Request) -> str | None:
    """The address of this desk's catalogue there; None where it is not shown, or who asks sits at another machine."""
    from datasette.utils import tilde_encode

    database = desk_of(request).database
    if not _sits_here(request) or not shows(HOST, PORT, database):
        return None
    return f'http://{HOST}:{PORT}/{tilde_encode(database.stem)}'


def _sits_here(request: Request) -> bool:
    if request.client is None:
        return False
    asking, (own, _) = request.client.host, request.scope['server']
    try:
        return asking == own or ip_address(asking).is_loopback
    except ValueError:
        return False
