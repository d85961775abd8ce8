"""The door of a local server: which requests come from the people it is for.

A page of a strange website can send requests to this machine, and reads the answers where a name of its own leads here (DNS rebinding); other
people's programs on this machine can too. So a request must name this server as its host, carry a token that only the printed address holds, and,
where it changes something, come from a page of this server. OWASP's sheets on cross-site request forgery and on session management say why.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Nothing is loaded from anywhere else, nothing written in a notice is run, no other page may frame this one.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_SAFE = frozenset({'GET', 'HEAD', 'OPTIONS'})
_NOT_HERE = '这个地址不是给本程序的；请用程序启动时显示的地址打开。'
_NO_TOKEN = '没有打开的凭证；请用程序启动时显示的完整地址打开（带 token= 的那一个）。'
_FOREIGN = '这个请求不是从本程序的网页发出的，没有执行；请回到本程序的网页上再做一次。'


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(24)


class Door:
    """Lets through what is for this server, and closes its answers to other pages.

    ``hosts`` are the names, with the port, by which it is called; ``token`` what the printed address holds, None where people sign in
    instead. The token is exchanged for a cookie at the first request and then leaves the address.
    """

    def __init__(
        self, app: ASGIApp, *, hosts: Iterable[str], token: str | None, policy: str = POLICY, secure: bool = False
    ) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._token = token
        self._policy = policy
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope['type'] == 'lifespan':
            await self._app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        refused = self._refused(request, scope.get('method', 'GET'))
        if refused is not None:
            await refused(scope, receive, self._closing(send))
            return
        await self._app(scope, receive, self._closing(send))

    def _refused(self, request: HTTPConnection, method: str) -> Response | None:
        """The answer to a request that does not come in; None for one that does."""
        host = request.headers.get('host', '').lower()
        if host not in self._hosts:
            return PlainTextResponse(_NOT_HERE, 421)
        if method not in _SAFE and not self._from_here(request, host):
            return PlainTextResponse(_FOREIGN, 403)
        if self._token is None:
            return None
        cookie = f'kaohe-{host.rpartition(":")[2]}'  # cookies are shared by the ports of a host
        if self._is_token(request.cookies.get(cookie)):
            return None
        if method == 'GET' and self._is_token(request.query_params.get('token')):
            rest = request.url.remove_query_params('token')
            answer = RedirectResponse((rest.path or '/') + (f'?{rest.query}' if rest.query else ''), 303)
            answer.set_cookie(cookie, self._token, httponly=True, samesite='strict', secure=self._secure)
            return answer
        return PlainTextResponse(_NO_TOKEN, 403)

    def _is_token(self, told: str | None) -> bool:
        return self._token is not None and told is not None and hmac.compare_digest(told.encode(), self._token.encode())

    def _from_here(self, request: HTTPConnection, host: str) -> bool:
        """Browsers say where a request that changes something comes from; programs that say nothing of it are refused too."""
        origin = request.headers.get('origin') or request.headers.get('referer')
        return origin is not None and urlsplit(origin).netloc.lower() == host

    def _closing(self, send: Send) -> Send:
        async def closed(message: Message) -> None:
            if message['type'] == 'http.response.start':
                headers = MutableHeaders(scope=message)
                headers.setdefault('Content-Security-Policy', self._policy)
                headers['X-Content-Type-Options'] = 'nosniff'
                headers['Referrer-Policy'] = 'same-origin'
                headers['Cross-Origin-Resource-Policy'] = 'same-origin'
                headers.setdefault('Cache-Control', 'no-store')
            await send(message)

        return closed
