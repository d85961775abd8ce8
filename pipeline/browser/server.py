"""The catalogue in the browser: Datasette, read only, on this machine only, in Chinese, with search over Chinese words."""

from __future__ import annotations

import html
import os
import socket
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from kaohe.pipeline.browser.cell_links import linked
from kaohe.pipeline.browser.chinese_pages import speak_chinese
from kaohe.pipeline.browser.column_words import column_words
from kaohe.pipeline.browser.door import POLICY, Door
from kaohe.pipeline.browser.query_limits import limit_process, limit_queries
from kaohe.pipeline.browser.questions import questions
from kaohe.pipeline.browser.shown_catalogue import naming
from kaohe.pipeline.database.files import receipts_folder
from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.database.tokens import query_of
from kaohe.pipeline.language.system_words import cause
from kaohe.pipeline.refusal import Refusal

HOST = '127.0.0.1'
PORT = 8001
DESK = f'http://{HOST}:8010'
"""Where the desk is found, unless it was opened at another port."""
_VIEWS: dict[str, tuple[str, tuple[str, ...]]] = {
    '通知': ('每份通知一行：字号、年度、条数、疑点数、核对状态', ('年度', '单位', '核对状态')),
    '表': ('每张评分表一行：印出的总分', ('年度', '类型')),
    '指标总表': ('每条指标一行：类别、内容、评分标准、分值、责任', ('年度', '通知', '类别', '核对状态')),
    '条款明细': ('每个得分、扣分条款一行', ('年度', '通知', '效果')),
    '目标值': ('每个要达到的数值一行；“界限”是扣分、分档从哪里起', ('年度', '通知', '种类', '单位')),
    '责任分工': ('每条指标由谁负责', ('年度', '职责', '单位或人员')),
    '小项': ('指标下分小项的内容和分值', ('年度',)),
    '疑点': ('要核对的地方', ('程度', '关于', '代码', '处理')),
    '历年变化': ('同一单位前后两年相比改了什么', ()),
    '事实': ('工作总结里的数字', ('年度', '单位')),
    '全文': ('全部文字：在搜索框里写词，几个字都可以', ('类别', '年度')),
}
_TABLES = {
    'documents': '通知', 'sources': '通知的文件名', 'blocks': '段落', 'tables': '表', 'cells': '单元格', 'indicators': '指标（未经更正）',
    'items': '小项', 'clauses': '条款（未经更正）', 'thresholds': '目标值（未经更正）', 'responsibilities': '责任', 'facts': '事实（未经更正）',
    'origins': '出处', 'findings': '疑点', 'corrections': '更正记录', 'sign_offs': '核对记录', 'runs': '各次运行', 'ingestions': '各次读入',
}  # fmt: skip
_HIDDEN = ('texts', 'overlays')
_SEARCH = """
SELECT t.通知, t.年度, t.位置, t.原文, t.文件, t.记录编号
FROM texts_fts AS f JOIN 全文 AS t ON t.编号 = f.rowid
WHERE texts_fts MATCH escape_fts(:词) ORDER BY f.rank, t.文件, t.编号 LIMIT 200
"""
# Datasette's own pages carry scripts and styles within them.
_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'").replace(
    "style-src 'self'", "style-src 'self' 'unsafe-inline'"
)
_MOST_ROWS = 1000
_SETTINGS = {
    'sql_time_limit_ms': 2000, 'facet_time_limit_ms': 1000, 'default_page_size': 50, 'max_returned_rows': _MOST_ROWS, 'num_sql_threads': 3,
    'suggest_facets': False,
    'allow_download': False, 'default_cache_ttl': 0,
}  # fmt: skip


def metadata(database: Path) -> dict[str, Any]:
    """Titles, descriptions, facets and the questions of docs/queries.md, as Datasette takes them."""
    words = column_words()
    tables: dict[str, dict[str, Any]] = {
        name: {'description': text, 'columns': words.get(name, {})} for name, text in _TABLES.items()
    }
    for name, (text, facets) in _VIEWS.items():
        tables[name] = {'description': text, 'facets': list(facets)}
    tables['全文'] |= {'fts_table': 'texts_fts', 'fts_pk': '编号'}
    tables |= {name: {'hidden': True} for name in _HIDDEN}
    asked = {
        f'{question.number:02d}': {
            'title': question.title,
            'description': question.about,
            'sql': question.first(_MOST_ROWS + 1),  # one more tells that there are more
            'hide_sql': True,
        }
        for question in questions()
    }
    search = {
        'title': '全文检索',
        'description': '写一个或几个词（几个字都可以），最合适的在前。',
        'sql': _SEARCH,
        'hide_sql': True,
    }
    return {
        'title': '考核目录',
        'description_html': _welcome(database.stem),
        'databases': {
            database.stem: {
                'title': '考核目录',
                'description': '先看 指标总表、条款明细、目标值、责任分工、疑点、事实；在 全文 里可以查词；下面有常问的问题。',
                'tables': tables,
                'queries': {'search': search, **asked},
            }
        },
    }


def _welcome(name: str) -> str:
    """The first page: links to what people look for, so that nobody has to choose among inner tables."""
    from datasette.utils import tilde_encode

    base = f'/{tilde_encode(name)}'
    views = ''.join(
        f'<li><a href="{base}/{tilde_encode(view)}">{view}</a>：{text}</li>' for view, (text, _) in _VIEWS.items()
    )
    asked = ''.join(f'<li><a href="{base}/{x.number:02d}">{html.escape(x.title)}</a></li>' for x in questions())
    return (
        '<p>考核通知里的每条指标、条款、目标值和责任。只能看，不能改；只有这台电脑能打开。</p>'
        f'<form action="{base}/search"><input type="search" name="词" aria-label="要查的词"> <input type="submit" value="查词"></form>'
        f'<h2>查看</h2><ul>{views}</ul><h2>常问的问题</h2><ul>{asked}</ul>'
    )


def make_app(database: Path) -> Any:
    """The Datasette of a catalogue. Raises `Refusal` where there is none, or it must be brought up to date first."""
    open_to_read(database).close()
    os.environ['DATASETTE_LOAD_PLUGINS'] = ''  # nothing but what stands here
    from datasette import hookimpl
    from datasette.app import Datasette
    from datasette.plugins import pm

    class ChineseSearch:
        """Datasette's search boxes ask as ``kaohe search`` does, its pages speak Chinese, ids lead to the desk and to receipts."""

        __name__ = 'ChineseSearch'

        @hookimpl(trylast=True)  # type: ignore[untyped-decorator]
        def prepare_connection(self, conn: sqlite3.Connection) -> None:
            limit_queries(conn)
            conn.create_function('escape_fts', 1, lambda question: query_of(str(question)) or '""')

        @hookimpl  # type: ignore[untyped-decorator]
        def prepare_jinja2_environment(self, env: Environment) -> None:
            speak_chinese(env)

        @hookimpl  # type: ignore[untyped-decorator]
        def render_cell(self, value: object, datasette: Any) -> Markup | None:
            return linked(value, receipts_folder(Path(datasette.get_database().path)), DESK)

    if not pm.has_plugin('kaohe-search'):
        pm.register(ChineseSearch(), 'kaohe-search')
    return Datasette([str(database)], metadata=metadata(database), settings=_SETTINGS)


def _with_receipts(app: ASGIApp, receipts: Path) -> ASGIApp:
    """The app with the pages of this folder below ``/receipts`` (Datasette's own static files have names in plain letters only)."""
    pages = Starlette(routes=[Mount('/receipts', StaticFiles(directory=receipts, check_dir=False))])

    async def both(scope: Scope, receive: Receive, send: Send) -> None:
        ours = scope['type'] == 'http' and scope['path'].startswith('/receipts/')
        await (pages if ours else app)(scope, receive, send)

    return both


def listen(port: int) -> socket.socket:
    """A socket on this machine only; 0 is any free port. Raises `Refusal` where the port is taken."""
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((HOST, port))
        opened.listen()  # from now on a browser may knock
    except OSError as error:
        opened.close()
        raise Refusal(f'端口 {port} 用不了（{cause(error)}），请用 --port 换一个，例如 --port {port + 1}') from error
    return opened


def behind_door(database: Path, port: int, token: str) -> Door:
    """The Datasette of a catalogue, for those who open it on this machine with the token. Raises `Refusal`."""
    hosts = (f'{HOST}:{port}', f'localhost:{port}')
    app = _with_receipts(make_app(database).app(), receipts_folder(database))
    return Door(app, hosts=hosts, token=token, policy=_POLICY)


def serve(database: Path, opened: socket.socket, token: str) -> None:
    """Serves until it is told to stop (Ctrl-C or SIGTERM)."""
    import uvicorn

    app = naming(behind_door(database, opened.getsockname()[1], token), database)
    limit_process()
    with suppress(KeyboardInterrupt):  # uvicorn passes it on when it has stopped
        uvicorn.Server(uvicorn.Config(app, log_level='warning')).run(sockets=[opened])
