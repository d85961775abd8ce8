"""Who issued a paper and when: the signature above the date, the imprint at the foot, the labels of covers and web pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kaohe.extractors.document import Document
from kaohe.normalizers.text.cleaning import Text, clean_cell
from kaohe.normalizers.text.dates import read_dates
from kaohe.normalizers.text.folding import halfwidth
from kaohe.normalizers.text.line_kinds import LineKind, is_organisation, line_kind
from kaohe.normalizers.vocabulary.document_words import DATE_LABELS, SENDING_OFFICES

# Joint papers are signed by several; more lines than this above a date are text.
_MOST_SIGNERS = 4
_IMPRINT = re.compile(r'\s*(?:印发|印制|发布|颁发|颁布)\s*(?:[)。]?\s*$|(?=\d))')
# 2025年3月6日印发 on a line of its own, below the name
_ISSUED = re.compile(r'印[发發]|发布|發布|颁布|頒布|公布')
# 2021年1月1日实施 is when it holds from
_IN_FORCE = re.compile(r'\s*(?:起)?(?:实施|施行|生效|执行)')
_ADOPTED = re.compile(r'[^。;]{0,40}(?:[会會][议議]|大[会會])[^。;]{0,8}(?:通過|通过|核定|修正)')
# the line under the title of a web page
_WEB_SOURCE = re.compile(
    r'(?:信息|文章|稿件|内容)?来源\s*:\s*([\u4e00-\u9fff()]{4,30}?)(?=\s|$|[,;|【\[]|浏览|阅读|点击|字[体号]|作者|责任编辑|编辑|发布|更新|打印|分享)'
)
_WEB_FRAME = re.compile(
    r'(?:(?:发布|发文|更新)(?:日期|时间)|日期|时间|浏览(?:次数|量)?|阅读(?:次数|量)?|点击(?:次数|量)?|字体|字号)\s*:'
)
_REPRINTS = re.compile(r'报社?$|网$|电视台$|新闻|融媒体|日报|晚报|客户端|公众号')
_ASIDE = re.compile(r'\s*[(](?:盖章|公章|印章|代章|章)[)]\s*')


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and the ISO date, each with the text that says so; None where it is not printed."""

    issuer: Text | None = None
    date: str | None = None
    date_text: Text | None = None


def read_signature(document: Document, texts: Sequence[Text]) -> Signature:
    """The first date that stands alone with an organisation above it or on its line; else the date that stands alone, where only one
    does: several date the laws and rules that a handbook collects."""
    alone: list[Signature] = []
    for at, text in enumerate(texts):
        if document.blocks[at].kind != 'paragraph':
            continue
        dates = read_dates(text.text)
        if len(dates) != 1:
            continue
        before, after = text[: dates[0].start].strip(), text[dates[0].end :].strip()
        date_text = text[dates[0].start : dates[0].end]
        if before and is_organisation(_plain(before)) and not after.text.strip('()'):
            return Signature(before, dates[0].iso, date_text)
        if not before and _ISSUED.fullmatch(after.text):
            signers = [name for name in map(_organisation_of, _signers(document, texts, at)) if name]
            if signers:
                return Signature(Text.join(' ', signers), dates[0].iso, date_text)
        if line_kind(text.text) is LineKind.DATE:
            signers = _signers(document, texts, at)
            if signers:
                return Signature(Text.join(' ', signers), dates[0].iso, date_text)
            alone.append(Signature(None, dates[0].iso, date_text))
    return alone[0] if len({signature.date for signature in alone}) == 1 else Signature()


def adopted(document: Document, texts: Sequence[Text]) -> Signature | None:
    """The last date above the tables on which a meeting passed the paper: 100年4月25日…校務會議通過; None where none did."""
    found: Signature | None = None
    for block, text in zip(document.blocks, texts, strict=True):
        if block.kind == 'table':
            break
        dates = read_dates(text.text)
        if block.kind == 'paragraph' and len(dates) == 1 and _ADOPTED.match(halfwidth(text.text), dates[0].end):
            found = Signature(None, dates[0].iso, text[dates[0].start : dates[0].end])
    return found


def read_imprint(document: Document, texts: Sequence[Text]) -> Signature:
    """The imprint (版记): ``X办公室　2024年8月1日印发``. The office that sends a paper out is cut off the name of its organisation."""
    for text in _everything(document, texts):
        folded = halfwidth(text.text)
        dates = [date for date in read_dates(folded) if not _IN_FORCE.match(folded, date.end)]
        if len(dates) != 1 or not (_IMPRINT.search(folded) or _IMPRINT.match(folded, dates[0].end)) or len(folded) > 80:
            continue
        before = text[: dates[0].start].strip()
        name = _organisation_of(before)
        return Signature(name, dates[0].iso, text[dates[0].start : dates[0].end])
    return Signature()


def read_labelled(document: Document, texts: Sequence[Text], labels: Sequence[str]) -> Iterator[Text]:
    """All that is printed behind one of the labels (``发文机关：``) on lines of their own or in the cells beside them."""
    for text in texts:
        folded = halfwidth(text.text)
        if ':' not in folded:
            continue
        first = folded.lstrip()[0]
        for label in labels:
            if label[0] == first and (found := _behind(label).match(folded)):
                yield text[found.start(1) : found.end(1)]
    for table in document.tables:
        for cell, neighbour in zip(table.cells, table.cells[1:], strict=False):
            if neighbour.row == cell.row and halfwidth(cell.text).strip(' :') in labels and neighbour.text.strip():
                yield clean_cell(neighbour, table.index)


def labelled_date(document: Document, texts: Sequence[Text]) -> Signature | None:
    """The first date behind one of the labels of dates (印发日期：), None where none stands there."""
    for text in read_labelled(document, texts, DATE_LABELS):
        for date in read_dates(text.text):
            return Signature(None, date.iso, text[date.start : date.end])
    return None


def read_web_source(texts: Sequence[Text]) -> Text | None:
    """The organisation that a line of a web page's frame names beside the date or the readers: 发布日期：2025-03-02　来源：青石市城管局. Newspapers and
    sites that only print the paper are none."""
    for text in texts:
        folded = halfwidth(text.text)
        if (found := _WEB_SOURCE.search(folded)) and _WEB_FRAME.search(folded):
            source = text[found.start(1) : found.end(1)].strip()
            if is_organisation(source.text) and not _REPRINTS.search(source.text):
                return source
    return None


def _signers(document: Document, texts: Sequence[Text], date_at: int) -> list[Text]:
    found: list[Text] = []
    for at in range(date_at - 1, -1, -1):
        text = texts[at].strip()
        if document.blocks[at].kind == 'furniture' or (document.blocks[at].kind == 'paragraph' and not text):
            continue
        if document.blocks[at].kind == 'table' or not is_organisation(_plain(text)) or len(found) == _MOST_SIGNERS:
            break
        aside = _ASIDE.search(halfwidth(text.text))
        found.insert(0, text.without([aside.span()]) if aside else text)
    return found


def _organisation_of(sender: Text) -> Text | None:
    """The organisation that an office belongs to: 绍云市中医院 of 绍云市中医院党政综合办公室."""
    for office in SENDING_OFFICES:
        if sender.text.endswith(office):
            name = sender[: -len(office)].strip()
            return name if is_organisation(name.text) else None
    return sender if is_organisation(sender.text) else None


def _plain(text: Text) -> str:
    return _ASIDE.sub('', halfwidth(text.text)).strip()


@cache
def _behind(label: str) -> re.Pattern[str]:
    """What stands behind a label whose letters may be set apart; compiled for labels whose first letter stands in the paper."""
    spaced = r'\s*'.join(label)
    return re.compile(rf'\s*{spaced}(?:名称|全称)?\s*(?:\([^()]*\))?\s*[:]\s*(\S.*?)\s*(?:\s{{2,}}|\n|$)')


def _everything(document: Document, texts: Sequence[Text]) -> Iterator[Text]:
    """The blocks from the last to the first, then the cells: an imprint closes a paper, often in a table of its own."""
    yield from reversed(texts)
    for table in document.tables:
        if table.rows <= 4:
            yield from (clean_cell(cell, table.index) for cell in table.cells)
