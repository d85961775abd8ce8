"""The guide of the folder as pages that a browser shows without a network: what README.zh.md and docs/commands.zh.md say."""

from __future__ import annotations

import base64
import html
import re
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt

_PAGES: Final = {'README.zh.md': '使用说明.html', 'docs/commands.zh.md': '全部命令.html'}
_STYLE: Final = (
    'body{max-width:60em;margin:2em auto;padding:0 1em;font:16px/1.7 "Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1b2733}'
    'table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #ccd4da;padding:.35em .6em;text-align:left;vertical-align:top}'
    'img{max-width:100%;border:1px solid #ccd4da}code{background:#f0f3f5;padding:.1em .3em}pre{background:#f0f3f5;padding:.8em;overflow:auto}'
)


def pages(house: Path) -> dict[str, str]:
    """File names in the folder and their HTML. Pictures lie inside; links lead from page to page, and to headings."""
    return {name: _page(house, house / source) for source, name in _PAGES.items()}


def _page(house: Path, source: Path) -> str:
    body = MarkdownIt('commonmark').enable('table').render(source.read_text('utf-8'))
    body = re.sub(r'<h(\d)>(.*?)</h\1>', _heading, body)
    body = re.sub(r'src="([^"]+)"', lambda found: f'src="{_inside(source.parent / found[1])}"', body)
    body = re.sub(r'<a href="([^":]+)">(.*?)</a>', lambda found: _link(house, source, found), body)
    title = source.read_text('utf-8').partition('\n')[0].removeprefix('# ')
    return f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{html.escape(title)}</title><style>{_STYLE}</style>{body}</html>\n'


def _heading(found: re.Match[str]) -> str:
    name = re.sub(r'[^\w-]', '', html.unescape(re.sub('<.*?>', '', found[2]))).lower()
    return f'<h{found[1]} id="{name}">{found[2]}</h{found[1]}>'


def _inside(picture: Path) -> str:
    return f'data:image/png;base64,{base64.b64encode(picture.read_bytes()).decode()}'


def _link(house: Path, source: Path, found: re.Match[str]) -> str:
    """A link to a page of the folder, or to a heading; what leads elsewhere stays as words."""
    if found[1].startswith('#'):
        return found[0]
    target = (source.parent / found[1]).resolve().relative_to(house.resolve()).as_posix()
    return f'<a href="{_PAGES[target]}">{found[2]}</a>' if target in _PAGES else found[2]
