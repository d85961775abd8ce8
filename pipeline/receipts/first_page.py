"""The first page: every file with what became of it, those that need a person on top."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote

from kaohe.pipeline.database.summary import Summary
from kaohe.pipeline.receipts.markup import Html, page, tag
from kaohe.pipeline.receipts.receipt_words import halves

INDEX = 'index.html'


class Entry(NamedTuple):
    """A file: its name, whether it is in the inbox, its receipt's name, its document in figures."""

    source: str
    present: bool
    receipt: str
    summary: Summary
    signed: str | None = None
    changed: bool = False
    dealt: int = 0
    counts: bool = True

    @property
    def doubts(self) -> int:
        """How many findings a person should look at."""
        return self.summary.errors + self.summary.warnings

    @property
    def group(self) -> str:
        """The section of the page to which it belongs."""
        return self.summary.status if self.present else 'left'


_GROUPS = (
    ('failed', '没有读入', '照下面写的办法处理后，重新放入收件夹。'),
    ('partial', '部分读入', '没有读出的部分请对照原件。'),
    ('ok', '已读入', None),
    ('waiting', '等待中', '还在复制或正被别的程序占用，写完后会读入。'),
    ('left', '已离开', '文件已从收件夹移走；读到的数据还保留着。'),
)


def index(entries: Sequence[Entry], waiting: Sequence[str], stamp: str) -> Html:
    """The page; within a section those with most to check come first, then by name."""
    groups: dict[str, list[Html]] = {name: [] for name, _, _ in _GROUPS}
    for entry in sorted(entries, key=lambda entry: (-entry.doubts, entry.source)):
        groups[entry.group].append(_row(entry))
    groups['waiting'] = [tag('li', tag('p', source, cls='file')) for source in waiting]
    return page(
        '回执',
        stamp,
        tag(
            'main',
            tag('h1', '回执'),
            tag('p', '放进收件夹的每个文件一行；点开看读到了什么、哪里要核对。', cls='soft'),
            tag('ul', *_tally(groups), cls='tally') if any(groups.values()) else tag('p', '还没有文件。', cls='none'),
            _progress(entries),
            *_sections(groups),
            cls='index',
        ),
    )


def _tally(groups: dict[str, list[Html]]) -> Iterator[Html]:
    for name, words, _ in _GROUPS:
        if groups[name]:
            yield tag('li', tag('a', tag('b', str(len(groups[name]))), words, href=f'#{name}'), cls=name)


def _progress(entries: Sequence[Entry]) -> Html | None:
    """How far the checking is: notices that are signed off, and findings that somebody has dealt with."""
    read = {entry.receipt: entry for entry in entries if entry.counts and entry.summary.status != 'failed'}.values()
    if not read:
        return None
    signed = sum(entry.signed is not None and not entry.changed for entry in read)
    doubts, dealt = sum(entry.doubts for entry in read), sum(entry.dealt for entry in read)
    told = f'核对进度：{len(read)} 份通知，已签字 {signed} 份'
    return tag('p', f'{told}；要核对的 {doubts} 处，已了结 {dealt} 处。' if doubts else f'{told}。', cls='soft')


def _sections(groups: dict[str, list[Html]]) -> Iterator[Html]:
    for name, words, todo in _GROUPS:
        if groups[name]:
            yield tag(
                'section',
                tag('h2', words, tag('small', f'{len(groups[name])} 个')),
                tag('p', todo, cls='soft') if todo else None,
                tag('ul', *groups[name], cls='files'),
                id=name,
                cls=name,
            )


def _row(entry: Entry) -> Html:
    found = entry.summary
    what, todo = halves(found.message) if found.message else ('', '')
    read = [f'{found.lines} 条指标', f'{found.clauses} 条条款'] if found.status != 'failed' else []
    return tag(
        'li',
        tag(
            'a',
            tag('p', entry.source, cls='file'),
            tag('p', found.title, cls='soft') if found.title else None,
            tag('p', what, cls='reason') if what else None,
            tag('p', tag('b', '怎么办'), todo, cls='todo') if todo else None,
            tag('p', *(tag('span', part) for part in read), _doubts(entry), _sign(entry), cls='figures')
            if read
            else None,
            href=quote(os.fsencode(entry.receipt)),
        ),
    )


def _doubts(entry: Entry) -> Html:
    return (
        tag('span', f'{entry.doubts} 处要核对' + (f'，已了结 {entry.dealt} 处' if entry.dealt else ''), cls='check')
        if entry.doubts
        else tag('span', '没有要核对的', cls='fine')
    )


def _sign(entry: Entry) -> Html | None:
    if entry.signed is None:
        return None
    return (
        tag('span', f'{entry.signed} 签字后有变动', cls='check')
        if entry.changed
        else tag('span', f'{entry.signed} 已核对', cls='fine')
    )
