"""Tells others that something was stored: plugins, a command, an address. What they do wrong is told and changes nothing that was stored."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

from kaohe.extractors.plugins import manager
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.system_words import cause

if TYPE_CHECKING:
    from kaohe.pipeline.ingestion.report import Report

# Seconds that a command or an address may take: the watching waits for them.
_LONGEST = 30.0

Listener = Callable[[bytes], None]


def what_changed(report: Report) -> dict[str, object]:
    """What others are told: ids of documents, how each fared, and counts; no text of a notice and no file name."""
    return {
        'documents': [
            {
                'id': result.summary.document_id,
                'outcome': result.outcome,
                'status': result.summary.status,
                'lines': result.summary.lines,
                'clauses': result.summary.clauses,
                'doubts': result.summary.errors + result.summary.warnings,
            }
            for result in report.of('stored', 'failed', 'same', 'left')
            if result.summary is not None
        ],
    }


def tell_plugins(database: Path, report: Report) -> Iterator[str]:
    """Calls every plugin's ``kaohe_stored``. What went wrong, in words."""
    documents = [result.summary.document_id for result in report.of('stored', 'failed', 'left') if result.summary]
    for hook in manager().hook.kaohe_stored.get_hookimpls():
        try:
            with redirect_stdout(sys.stderr):  # what a plugin prints is no part of the answer
                hook.function(*[{'database': database, 'documents': documents}[name] for name in hook.argnames])
        except Exception as error:  # it is not ours
            yield f'插件 {hook.plugin_name} 出错（{type(error).__name__}: {error}）；数据已存好，请告诉装它的人'


def tell_listeners(report: Report, listeners: list[tuple[str, Listener]]) -> Iterator[str]:
    """Tells each listener what changed. What went wrong, in words."""
    message = json_answer('stored', what_changed(report), indent=None).encode()
    for name, listener in listeners:
        try:
            listener(message)
        except (OSError, ValueError) as error:
            yield f'没有通知到 {name}（{cause(error)}）；数据已存好'


def command(line: str) -> Listener:
    """Runs a command, without a shell, which gets the message on its standard input. Raises ``ValueError`` for a line that cannot be taken apart."""
    if not line.strip():
        raise ValueError('要运行的命令是空的，请写上命令')
    try:
        # On Windows a backslash parts folders, and the system takes the line apart
        parts: str | list[str] = line if os.name == 'nt' else shlex.split(line)
    except ValueError:
        raise ValueError(f'命令 {line} 的引号不成对，请补上') from None

    def run(message: bytes) -> None:
        try:
            ran = subprocess.run(parts, input=message, timeout=_LONGEST, capture_output=True)
        except FileNotFoundError:
            raise OSError('找不到这个程序，请写完整的路径') from None
        except subprocess.TimeoutExpired:
            raise OSError(f'{_LONGEST:.0f} 秒还没有结束，已停下') from None
        if ran.returncode:
            said = ran.stderr.decode(errors='replace').strip().rpartition('\n')[2]
            raise OSError(f'结束状态 {ran.returncode}{said and f"：{said}"}')

    return run


def address(url: str) -> Listener:
    """Posts the message, as JSON, to an http or https address. Raises ``ValueError`` for any other."""
    if not url.startswith(('http://', 'https://')):
        raise ValueError(f'{url} 不是 http 或 https 地址')

    def post(message: bytes) -> None:
        import urllib.request  # 10 ms with all that is encrypted, and few runs tell an address

        request = urllib.request.Request(url, message, {'Content-Type': 'application/json'}, method='POST')  # noqa: S310 checked above
        with urllib.request.urlopen(request, timeout=_LONGEST):  # noqa: S310 checked above
            pass

    return post
