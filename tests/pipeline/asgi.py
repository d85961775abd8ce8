"""Asks an ASGI app as a browser would, without a socket."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from starlette.types import ASGIApp


class Asked:
    """A browser with cookies that asks ``app`` under the address ``base``; it follows no redirection."""

    def __init__(self, app: ASGIApp, base: str) -> None:
        self._app, self._base = app, base
        self.cookies = httpx.Cookies()

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.ask('GET', path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.ask('POST', path, **options)

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        async def once() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url=self._base, cookies=self.cookies) as browser:
                answer = await browser.request(method, path, **options)
                self.cookies = browser.cookies
                return answer

        return asyncio.run(once())
