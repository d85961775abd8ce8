"""The head of a paper: letterhead, document number and title, read from the lines before the text begins.

The order of the parts is that of 《党政机关公文格式》 (GB/T 9704-2012): letterhead (X文件), number (X〔2024〕1号), title, addressee (各科室：).
Web pages put the number below the title; annexes and company papers have a title only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kaohe.extractors.document import Document
from kaohe.normalizers.text.cleaning import Text
from kaohe.normalizers.text.folding import halfwidth
from kaohe.normalizers.text.heading_labels import without_labels
from kaohe.normalizers.text.line_kinds import LineKind, is_aside, is_finished, is_organisation, line_kind
from kaohe.normalizers.vocabulary.document_words import HEAD_NOISE

# A head does not go on for longer; what comes later is text. So many sentences before any title, and there is none.
_LONGEST_HEAD = 40
_MOST_SENTENCES = 2
# A title takes no more lines; of more, only those set largest are it. What stands above it in letters so much smaller is a page's header.
_MOST_LINES = 4
_SMALL = 0.6

_CONTENTS = re.compile(r'(?:[.…·]{3,}|\t)\s*\d+$')
_LETTERHEAD_END = re.compile(r'(?<!\s)\s*(?:文\s*件|便\s*函|函)\s*$')
# 共  页, v3.0 · 通用版, 热线：400-…: a count of pages, an edition, a page's frame
_NO_WORDS = re.compile(r'(?:第\s*\d*\s*页\s*)?共\s*\d*\s*页|[vV]\d+\.\d+.*|.*热线[:：].*')
# 智能灌溉装置（B题）: the task of a paper that sets several
_TASK = re.compile(r'[^。；;，,：:]{2,24}[(（]\s*[A-Z]\s*题\s*[)）]')
_SETS_TASKS = ('试题', '赛题', '题目')
# …委员会关于印发, and what is issued stands on the next line
_ISSUES = re.compile(r'(?:关于|印发|转发|下发|发布)$')
_PASSED = re.compile(r'通过|印发|修订于|施行|\d号')

# X中心　2024年12月20日
_DATE_BEHIND = re.compile(r'\s*\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?\s*$')


@dataclass(frozen=True, slots=True)
class NoticeHead:
    """What the head prints. ``title`` may be missing; ``blocks`` are those of the title."""

    title: Text | None
    letterhead: Text | None
    number: Text | None
    blocks: tuple[int, ...]


def read_head(document: Document, texts: Sequence[Text]) -> NoticeHead:
    """The head of the document. ``texts`` are the cleaned texts of its blocks."""
    lines: list[tuple[int, Text]] = []
    letterhead: Text | None = None
    number: Text | None = None
    sentences = 0
    head = list(islice(_head_lines(document, texts), _LONGEST_HEAD))
    for place, (at, text) in enumerate(head):
        kind = line_kind(text.text)
        if kind is LineKind.NUMBER:
            number = text
            if lines and not _title_is_whole(lines):
                letterhead = letterhead or Text.join(' ', [line for _, line in lines])
                lines = []
        elif _is_letterhead(text.text, lines):
            letterhead = Text.join(' ', [*(line for _, line in lines), cut_letterhead(text)])
            lines = []
        elif kind is LineKind.ATTACHMENT and not lines:
            rest = without_labels(text)
            if rest:
                lines.append((at, rest))
        elif _is_title_below_a_menu(document, kind, at, text.text, lines):
            lines = [(at, text)]
        elif _belongs(kind, text.text, lines) and not _is_set_apart(document, lines, at, text):
            lines.append((at, text))
        elif lines and kind is not LineKind.BRACKET:
            # the number of a web page stands below the title
            below = (line for _, line in head[place : place + 4] if line_kind(line.text) is LineKind.NUMBER)
            number = number or next(below, None)
            break
        elif kind is LineKind.BODY:
            sentences += 1
            if sentences == _MOST_SENTENCES:
                break
    lines = _most_prominent(document, lines)
    title = Text.join('', [line for _, line in lines])
    if title.text.endswith(_SETS_TASKS):
        task = next(((at, line) for at, line in head if _TASK.fullmatch(line.text)), None)
        if task is not None:
            lines, title = [*lines, task], Text.join(' ', (title, task[1]))
    if not title or is_organisation(title.text):
        return NoticeHead(None, letterhead or title or None, number, ())
    return NoticeHead(title, letterhead, number, tuple(dict.fromkeys(at for at, _ in lines)))


def _head_lines(document: Document, texts: Sequence[Text]) -> Iterator[tuple[int, Text]]:
    """The printed lines before the first table, each with the index of its block."""
    for at, block in enumerate(document.blocks):
        if block.kind == 'table':
            return
        start = 0
        for line in texts[at].text.split('\n') if block.kind == 'paragraph' else ():
            text = texts[at][start : start + len(line)].strip()
            start += len(line) + 1
            if text:
                yield at, text


def _is_title_below_a_menu(
    document: Document, kind: LineKind, at: int, text: str, lines: Sequence[tuple[int, Text]]
) -> bool:
    """Whether a whole title that the file marks as its highest heading follows words that it does not mark: 栏目导航, 通知公告."""
    above = [document.blocks[before].level for before, _ in lines]
    marked = document.blocks[at].level == 1 and kind is LineKind.TITLE and is_finished(text)
    return marked and bool(above) and not any(above) and not _is_about(lines)


def _is_set_apart(document: Document, lines: Sequence[tuple[int, Text]], at: int, text: Text) -> bool:
    """Whether the file marks what it has of the title as a heading, and this line, below it, as none; not where the heading lacks its end."""
    if not lines:
        return False
    above, below = document.blocks[lines[-1][0]], document.blocks[at]
    if _is_about(lines) and (_ISSUES.search(lines[-1][1].text) or _title_is_whole([*lines, (at, text)])):
        return False  # …关于印发, and …的通知 below it
    return above.level is not None and below.level is None and line_kind(below.text) is not LineKind.BRACKET


def _most_prominent(document: Document, lines: list[tuple[int, Text]]) -> list[tuple[int, Text]]:
    """The lines that the file sets apart: those it marks as headings (a web page's navigation stands above them); of more lines than a
    title has, the largest."""
    marked = [(at, line) for at, line in lines if document.blocks[at].level]
    if _title_is_whole(marked):
        return marked
    lines = _without_small(document, lines)
    if len(lines) <= _MOST_LINES or _title_is_whole(lines):
        return lines
    sizes = [document.blocks[at].size or 0 for at, _ in lines]
    largest = sizes.index(max(sizes))
    return (
        [line for line, size in zip(lines, sizes, strict=True) if size == max(sizes)]
        if max(sizes)
        else lines[largest : largest + 1]
    )


def _without_small(document: Document, lines: list[tuple[int, Text]]) -> list[tuple[int, Text]]:
    """The lines from the first on that is not far smaller than the largest."""
    sizes = [document.blocks[at].size or 0.0 for at, _ in lines]
    if not sizes or not min(sizes):
        return lines
    begins = next(at for at, size in enumerate(sizes) if size > _SMALL * max(sizes))
    return lines[begins:]


def cut_letterhead(text: Text) -> Text:
    """The name in a letterhead: without 文件 or 便函 at its end."""
    found = _LETTERHEAD_END.search(text.text)
    return text[: found.start()].strip() if found else text


def _is_letterhead(text: str, lines: Sequence[tuple[int, Text]]) -> bool:
    """``X局文件``, ``X局便函``; or 文件 alone below the names of those who issue together."""
    found = _LETTERHEAD_END.search(text)
    if not found:
        return False
    name = text[: found.start()].strip()
    return is_organisation(name) if name else bool(lines) and all(is_organisation(line.text) for _, line in lines)


def _belongs(kind: LineKind, text: str, lines: Sequence[tuple[int, Text]]) -> bool:
    """Whether the line is a part of the title: （试行） below it, the next line of one that goes on, a long one in one paragraph."""
    if kind is LineKind.BRACKET:
        return bool(lines) and not _PASSED.search(halfwidth(text)) and not is_aside(text)
    if kind is LineKind.TITLE:
        # a name below the words of a title signs it; above them it is their beginning
        signs = (
            bool(lines)
            and is_organisation(_DATE_BEHIND.sub('', halfwidth(text)))
            and not is_organisation(lines[-1][1].text)
            and not _is_about(lines)
        )
        return not _is_noise(text) and not _title_is_whole(lines) and not signs
    return kind is LineKind.BODY and not lines and _is_long_title(text)


def _title_is_whole(lines: Sequence[tuple[int, Text]]) -> bool:
    return bool(lines) and is_finished(''.join(line.text for _, line in lines))


def _is_about(lines: Sequence[tuple[int, Text]]) -> bool:
    """Whether the title began with 关于 and still lacks its 通知."""
    return any('关于' in line.text for _, line in lines)


def _is_noise(text: str) -> bool:
    folded = halfwidth(text).strip()
    framed = ''.join(folded.split()).startswith(HEAD_NOISE) or _CONTENTS.search(folded) is not None
    return framed or folded.isdigit() or _NO_WORDS.fullmatch(folded) is not None


def _is_long_title(text: str) -> bool:
    """A title of more than two lines: 关于印发…的通知 in one paragraph."""
    folded = halfwidth(text).strip()
    return '关于' in folded[:60] and is_finished(folded) and not re.search(r'[。;]', folded) and len(folded) < 200
