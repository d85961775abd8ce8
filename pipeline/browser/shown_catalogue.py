"""Which catalogue ``kaohe serve`` shows: said to whoever asks on this machine, under a name that gives nothing of it away.

The desk leads people to a row in these tables, and must not lead them into those of another catalogue.
"""

from __future__ import annotations

import hashlib
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_PATH = '/-/shown'
_PATIENCE = 0.5


def naming(app: ASGIApp, database: Path) -> ASGIApp:
    """The app, which also answers which catalogue it shows."""
    told = PlainTextResponse(_name(database))

    async def both(scope: Scope, receive: Receive, send: Send) -> None:
        ours = scope['type'] == 'http' and scope['path'] == _PATH
        await (told if ours else app)(scope, receive, send)

    return both


def shows(host: str, port: int, database: Path) -> bool:
    """Whether this catalogue is what is shown there."""
    with closing(HTTPConnection(host, port, timeout=_PATIENCE)) as connection:
        try:
            connection.request('GET', _PATH)
            return connection.getresponse().read(100) == _name(database).encode()
        except (OSError, HTTPException):
            return False


def _name(database: Path) -> str:
    return hashlib.sha256(str(database.resolve()).encode()).hexdigest()
