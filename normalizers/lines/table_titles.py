"""The title of each table: from the lines above it, or from the rows that open it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kaohe.extractors.document import Block, Cell, Document, Table
from kaohe.extractors.labels import printed
from kaohe.normalizers.catalogue import Origin
from kaohe.normalizers.columns.header_rows import parted_heads
from kaohe.normalizers.lines.levels import cut_rule
from kaohe.normalizers.text.cleaning import Text, clean_cell, one_line
from kaohe.normalizers.text.folding import halfwidth
from kaohe.normalizers.text.heading_labels import without_labels
from kaohe.normalizers.text.line_kinds import LineKind, goes_on, is_aside, is_finished, is_organisation, line_kind
from kaohe.normalizers.text.numbers import parse_number
from kaohe.normalizers.text.traditional import simplified

_NUMBER = r'(\d{1,3}(?:,\d{3})+(?![\d,])|\d+(?:\.\d+)?)'
_TOTAL_WORD = r'(?:总分值?|满分|总计|合计|共计?|计)'
_TOTALS = (
    re.compile(rf'[(\[]\s*{_TOTAL_WORD}?\s*[:为]?\s*{_NUMBER}\s*分(?:制|值)?\s*[)\]]'),
    re.compile(rf'(?<![,,\s])[,,\s]*{_TOTAL_WORD}\s*[:为]?\s*{_NUMBER}\s*分\s*$'),
)
_SYSTEMS = {'百分制': Decimal(100), '千分制': Decimal(1000)}
_SYSTEM = re.compile(r'[(\[]\s*(百分制|千分制)\s*[)\]]')

# `考试时间：15分钟`, `核定本100年4月25日…會議通過`
_ASIDE = re.compile(
    r'\s*\(?(?:(?:考试|考核|测试|作答|评分)?(?:时间|时限)\s*[:：]?\s*\d+\s*(?:分钟|min|小时|h)\)?\s*$|(?<=\s)(?:核定本?|本?\d{2,4}年\d{1,2}月\d{1,2}日).*(?:通过|修订|修正|核定)\)?\s*$)'
)

_NUMERAL = re.compile(rf'\s*({printed("han")})[ \u3000]+[\u4e00-\u9fff（）()]{{2,20}}\s*$')
# `表1供应商评估信息`, `2供应商评估信息`: a number glued to the title it counts
_GLUED = re.compile(
    r'(?:表\s*)?\d{1,2}(?:[-.]\d{1,2})?\s*(?=[\u4e00-\u9fff])(?!\s*[月年日季级项个类星分天人条款所中大])|表\s*[一二三四五六七八九十]{1,2}\s*(?=[\u4e00-\u9fff])(?![览致])'
)

# KH-GD-A08-C, 2/3, 12, 共  页: the number of a form, a count of pages; 2024 and 2024-2025 are years
_CODE = re.compile(
    r'(?:第\s*\d*\s*页\s*)?共\s*\d*\s*页|(?!(?:19|20)\d\d(?:\s*-\s*(?:19|20)\d\d)?$)(?=.*\d)[A-Z0-9][A-Z0-9/._\s-]*'
)
# How many lines of running text may stand between a title and its table.
_BODY_BETWEEN = 3
_LONGEST_ANNOUNCEMENT = 30
# So many letters with spaces between them are a title set wide, not words.
_SPREAD = 3
# A shorter line across the table's first row is a category (规章制度), not a title.
_SHORTEST_INNER = 6


@dataclass(frozen=True, slots=True)
class TableTitle:
    """The title of a table: one line, without the printed total. ``rows`` counts the rows at the table's top that hold the title or
    lines to fill in (单位：…  日期：…): the header comes after them. ``blocks`` are the blocks that the title was read from, ``ruled`` the one
    that prints a rule behind it (加分项目（最多加10分）)."""

    title: str | None = None
    total_points: Decimal | None = None
    rows: int = 0
    blocks: tuple[int, ...] = ()
    ruled: int | None = None
    origins: tuple[Origin, ...] = ()


def read_titles(document: Document, texts: Sequence[Text]) -> tuple[TableTitle, ...]:
    """One title for each of ``document.tables``. ``texts`` are the cleaned texts of ``document.blocks``."""
    places = {block.table: at for at, block in enumerate(document.blocks) if block.table is not None}
    titles = [_read_title(document, texts, table, places.get(table.index)) for table in document.tables]
    named = Counter(title.title for title in titles)
    # of two tables with one title, only what stands in brackets below it tells them apart
    return tuple(
        _read_title(document, texts, table, places.get(table.index), apart=True)
        if title.title and named[title.title] > 1
        else title
        for table, title in zip(document.tables, titles, strict=True)
    )


def title_line(title: Text) -> Text:
    """The title on one line, without the spaces of one that is set letter by letter (考  核  细  则)."""
    line = one_line(title)
    words = line.text.split()
    letters = sum(len(word) == 1 for word in words)
    if letters >= _SPREAD and 2 * letters > len(words):
        return line.without(gap.span() for gap in re.finditer(r'\s+', line.text))
    return line


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A total of points and the text that prints it."""

    points: Decimal
    text: Text


def cut_total(title: Text) -> tuple[Text, PrintedTotal | None]:
    """The title without the total of points printed in it, and that total: ``督查细则（120分）`` gives ``督查细则``, 120."""
    folded = halfwidth(title.text)
    for pattern in _TOTALS:
        for found in pattern.finditer(folded):
            rest = Text.join('', [title[: found.start()], title[found.end() :]]).strip()
            if rest.text:
                return rest, PrintedTotal(_value(found), title[found.start(1) : found.end(1)])
    if system := _SYSTEM.search(folded):
        rest = Text.join('', [title[: system.start()], title[system.end() :]]).strip()
        return rest, PrintedTotal(_SYSTEMS[system.group(1)], title[system.start(1) : system.end(1)])
    return title, None


def cut_asides(title: Text) -> Text:
    """The title without what is printed beside it: the time of a test, who adopted it and when."""
    found = _ASIDE.search(simplified(halfwidth(title.text)))
    title = title[: found.start()].strip() if found and found.start() else title
    glued = _GLUED.match(halfwidth(title.text))
    return title[glued.end() :] if glued else title


def _read_title(
    document: Document, texts: Sequence[Text], table: Table, place: int | None, *, apart: bool = False
) -> TableTitle:
    inner, rows, stated = _inside(table)
    above: tuple[Text, ...] = ()
    used: tuple[int, ...] = ()
    aside: tuple[Text, ...] = ()
    if place is not None and inner is None:
        above, used, aside = _above(document.blocks, texts, place, apart)
    parts = [part for part in ([inner] if inner is not None else above) if not _CODE.fullmatch(part.text)]
    title, total = cut_total(cut_asides(title_line(Text.join('', parts))))
    rest = cut_rule(title) if used and total is None else None
    total = total or stated or next(filter(None, map(_total_of, aside)), None)
    title = rest or title
    return TableTitle(
        title=title.text or None,
        total_points=total.points if total else None,
        rows=rows,
        blocks=used,
        ruled=used[-1] if rest else None,
        origins=(*title.origins('title'), *(total.text.origins('total_points') if total else ())),
    )


def _total_of(line: Text) -> PrintedTotal | None:
    """The total that a line beside the title prints: （120分）, 总分：100分."""
    folded = halfwidth(line.text)
    found = re.fullmatch(
        rf'\s*[(\[]?\s*{_TOTAL_WORD}?\s*[:为]?\s*{_NUMBER}\s*分(?:制|值)?\s*[)\]]?\s*', folded
    ) or re.search(rf'{_TOTAL_WORD}\s*[:为]?\s*{_NUMBER}\s*分', folded)
    return PrintedTotal(_value(found), line[found.start(1) : found.end(1)]) if found else None


def _above(
    blocks: Sequence[Block], texts: Sequence[Text], place: int, apart: bool
) -> tuple[tuple[Text, ...], tuple[int, ...], tuple[Text, ...]]:
    """The title's lines from top to bottom, their blocks, and the lines beside it that may print the total. ``apart``: whom or which time the
    table is for belongs to its title."""
    lines: list[Text] = []
    tails: list[Text] = []
    used: list[int] = []
    aside: list[Text] = []
    body = 0
    for at in range(place - 1, -1, -1):
        block, text = blocks[at], _without_numeral(blocks[at], texts[at].strip())
        if block.kind == 'table':
            break
        if block.kind == 'furniture' or not text.text:
            continue
        if lines:
            if not _leads(block, text.text, blocks[used[-1]], lines[0].text):
                break
            lines.insert(0, text)
            used.append(at)
            continue
        kind = line_kind(text.text)
        if kind is LineKind.FORM:
            aside.append(text)
        elif kind is LineKind.BRACKET:
            (aside if _total_of(text) or (is_aside(text.text) and not apart) else tails).append(text)
            used.append(at)
        elif not body and _announces(text.text):
            lines.append(without_labels(text).strip('：: '))
            used.append(at)
            break
        elif kind in (LineKind.BODY, LineKind.NOTE, LineKind.DATE) or is_organisation(text.text):
            body += 1
            if body > _BODY_BETWEEN:
                break
        elif kind in (LineKind.ATTACHMENT, LineKind.HEADING):
            rest = without_labels(text)
            if rest:
                lines.append(rest)
                used.append(at)
            break
        elif kind is LineKind.TITLE and (not body or _is_title_over_text(block, text.text)):
            lines.append(text)
            used.append(at)
        else:
            break
    # over running text 关于…的通知 is the title of the letter, not of the table
    if not lines or (body and '关于' in ''.join(line.text for line in lines)):
        return (), (), tuple(aside)
    return (*lines, *reversed(tails)), tuple(sorted(used)), tuple(aside)


def _without_numeral(block: Block, text: Text) -> Text:
    """The line without a numeral that only a space sets apart: `四 评分标准`. Cleaning closes such spaces."""
    found = _NUMERAL.match(block.text)
    return text[len(found[1]) :].strip() if found and text.text.startswith(found[1]) else text


def _announces(text: str) -> bool:
    """A line that names what the table below it is, and ends with a colon: （二）评分标准："""
    name = halfwidth(text).rstrip()
    return name.endswith(':') and len(name) <= _LONGEST_ANNOUNCEMENT and is_finished(name.rstrip(' :'))


def _is_title_over_text(block: Block, text: str) -> bool:
    """Over running text only a centred line, or one that ends as titles do, is a title."""
    return bool(block.centered) or is_finished(text)


def _leads(block: Block, text: str, below: Block, title: str) -> bool:
    """Whether a line above the title is its beginning: set alike, not a title of its own, not a menu's word that the title repeats."""
    return (
        line_kind(text) is LineKind.TITLE
        and goes_on(text)
        and block.centered == below.centered
        and (block.level is None) == (below.level is None)
        and not title.startswith(text)
    )


def _inside(table: Table) -> tuple[Text | None, int, PrintedTotal | None]:
    """The title that stands in the table's first rows, how many rows come before its header, and the total that they print."""
    title: Text | None = None
    total: PrintedTotal | None = None
    rows = 0
    by_row: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.row < 4:
            by_row.setdefault(cell.row, []).append(cell)
    if table.cols < 2:
        return None, 0, None
    for row in range(min(4, table.rows - 1)):
        text = _only_text(table, by_row.get(row, []))
        if text is None and not _is_code(by_row.get(row, [])):
            break
        if text is None:
            rows = row + 1
            continue
        kind = line_kind(text.text)
        if kind is LineKind.HEADING and is_finished(without_labels(text).text):
            # 二、保洁考核表: a title that a list of tables numbers
            kind, text = LineKind.TITLE, without_labels(text)
        if parted_heads(by_row[row][0], row, table.cols):
            break
        if kind is LineKind.TITLE and is_finished(text.text) and len(text) >= _SHORTEST_INNER and title is None:
            title = text
        elif kind is LineKind.FORM:
            total = total or _total_of(text)
        elif title is None and (is_organisation(text.text) or _is_only_attachment(text, kind)):
            continue  # whose table it is, or its number as an annex, where its title follows
        else:
            break
        rows = row + 1
    return title, rows, total


def _is_only_attachment(text: Text, kind: LineKind) -> bool:
    """附件2 and nothing else."""
    return kind is LineKind.ATTACHMENT and not without_labels(text)


def _is_code(cells: Sequence[Cell]) -> bool:
    """A row in which only the number of a form is written: GLTX-27-02-A."""
    written = [cell.text.strip() for cell in cells if cell.text.strip()]
    return (
        len(written) == 1 and re.fullmatch(r'[A-Za-z]{1,8}[A-Za-z0-9/._-]*\d[A-Za-z0-9/._-]*', written[0]) is not None
    )


def _only_text(table: Table, cells: Sequence[Cell]) -> Text | None:
    """The text of a row that is one cell wide (or, where cells cannot be merged, of which all other cells are blank)."""
    written = [cell for cell in cells if cell.text.strip()]
    if len(written) != 1 or written[0].row_span != 1:
        return None
    if table.merges and written[0].col_span * 2 <= table.cols:
        return None
    return clean_cell(written[0], table.index).strip()


def _value(found: re.Match[str]) -> Decimal:
    return parse_number(found.group(1)) or Decimal(0)
