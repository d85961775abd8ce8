"""Where the header rows of a table are, and what each column is called."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from kaohe.extractors.document import Cell, Table
from kaohe.normalizers.columns.grid_rows import distinct
from kaohe.normalizers.text.folding import squeeze
from kaohe.normalizers.text.traditional import simplified
from kaohe.normalizers.vocabulary.header_words import ENGLISH, GRADES, HEADS, LEVELS, PATTERNS, HeadClass
from kaohe.normalizers.vocabulary.house_vocabulary import own

_BY_WORD: dict[str, HeadClass] = {
    squeeze(word): kind for kind, words in HEADS.items() for word in (*words, *own('表头', kind))
}
_LONGEST = max(map(len, _BY_WORD))
_IN_ENGLISH: dict[str, HeadClass] = {squeeze(word): kind for kind, words in ENGLISH.items() for word in words}
_A_DATE = re.compile(r'\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?')
_BRACKETS = re.compile(r'\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>')
_WITH_POINTS = re.compile(r'(?:及|和|与|、|/|\+)(?:其)?(?:分值|得分|权重|分数|评分|标准分|配分|满分)$')
_PATTERNS = tuple((kind, re.compile(f'(?:{pattern})$')) for kind, pattern in PATTERNS)
_AND = re.compile(r'[及和与、/+]|以及')
# `满分100分`, `分值：100`: what the column adds up to, printed behind its head
_SUM = re.compile(r'(?<=[分值重])[:为]?\d{1,4}分?$')
_ENGLISH_WORDS = re.compile(
    r"^[A-Za-z][A-Za-z.,&/'’#-]{2,}(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])/?[A-Za-z][A-Za-z.,&/'’#-]{2,}$|^No\.?(?=[\u4e00-\u9fff])",
    re.I,
)
# 评价分, 检测分: some points, to be filled in unless they are printed
_OF_POINTS = re.compile('[\u4e00-\u9fff]{1,6}(?<![部百十成区积学])分')
_HAN = re.compile('[\u4e00-\u9fff]')
_GRADES = frozenset(map(squeeze, GRADES))
_LONGEST_GRADE = max(map(len, _GRADES))
_BESIDE_GRADE = re.compile(r'[(\[【〔<:]')
_LEVEL = re.compile('^(' + '|'.join(sorted(map(squeeze, LEVELS), key=len, reverse=True)) + ')')

# Heads are short; a longer cell is text, whatever word it ends with.
_LONGEST_HEAD = 18
_MOST_ROWS = 3
_SEARCHED = 8


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A header as understood: its class and the level it names (`一级指标` is 1).

    ``way``: it names a way of doing (办法, 方法). ``with_points``: its titles print their points (`项目（分值）`); ``amounts``: its texts do (`事项及分值`).
    """

    kind: HeadClass
    level: int | None = None
    with_points: bool = False
    amounts: bool = False
    way: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """The header rows ``first`` to ``last`` and, for each grid column, its header cells from top to bottom."""

    first: int
    last: int
    cells: tuple[tuple[Cell, ...], ...]


@lru_cache(maxsize=4096)
def read_head(text: str) -> ColumnHead | None:
    """What a header says, None where no word of the vocabulary fits."""
    folded = without_english(simplified(squeeze(text))).strip('*★▲:;、。%')
    bare = _SUM.sub('', _BRACKETS.sub('', folded))
    inside = folded[len(bare) :] if folded.startswith(bare) else folded
    with_points = bare != folded and bool(re.search('分值|分数|权重', inside))
    cut = _WITH_POINTS.sub('', bare)
    amounts = bool(cut) and cut != bare
    if amounts:
        bare = cut
    if not bare or len(bare) > _LONGEST_HEAD:
        return None
    level = _LEVEL.match(bare)
    if level:
        rest = bare[level.end() :]
        kind = _class_of(rest) if rest else 'topic'
        if kind in ('topic', 'content') and len(rest) <= 4:
            return ColumnHead('topic', LEVELS.get(level[1]) or LEVELS[level[1].upper()], with_points, amounts)
    kind = _class_of(bare)
    return ColumnHead(kind, None, with_points, amounts, bare.endswith(('办法', '方法', '方式'))) if kind else None


def is_grade(text: str) -> bool:
    """Whether a head is a grade to be given: 优, 良好（80-89分）, B级."""
    folded = squeeze(text)
    if len(folded) > _LONGEST_GRADE and _BESIDE_GRADE.search(folded) is None:
        return False  # most texts
    return simplified(_BRACKETS.sub('', folded).strip(':')) in _GRADES


def without_english(folded: str) -> str:
    """A head without the English words that stand before or behind its Chinese ones: `Weight 分值` → `分值`."""
    bare = _ENGLISH_WORDS.sub('', folded)
    return bare if len(_HAN.findall(bare)) >= 2 else folded


def _class_of(bare: str) -> HeadClass | None:
    """The class of the whole word; else, of several joined words (评分细则及说明), scoring where one of them is, for the others only
    explain it; else of how the word is made; else of the longest word that it ends with; else of the first joined word that is known (操作内容与步骤)."""
    exact = _BY_WORD.get(bare) or _IN_ENGLISH.get(bare.casefold())
    if exact:
        return exact
    parts = [part for part in _AND.split(bare) if part]
    if len(parts) > 1 and 'scoring' in map(_class_of_word, parts):
        return 'scoring'
    return _class_of_word(bare) or next(filter(None, map(_class_of_word, parts[:-1])), None)


def _class_of_word(word: str) -> HeadClass | None:
    if word in _BY_WORD:
        return _BY_WORD[word]
    for kind, pattern in _PATTERNS:
        if pattern.search(word):
            return kind
    # one letter is a header by itself only, never the end of a longer word
    ends = (word[start:] for start in range(max(0, len(word) - _LONGEST), len(word) - 1))
    found = next((_BY_WORD[end] for end in ends if end in _BY_WORD), None)
    return found or ('score' if _OF_POINTS.fullmatch(word) else None)


def find_header(table: Table, grid: Sequence[Sequence[Cell]], start: int = 0) -> Header | None:
    """The first header at or below row ``start``, None where the table has none in the rows that may hold it."""
    for row in range(start, min(table.rows, start + _SEARCHED)):
        if is_header_row(grid[row], row) or _is_over_grades(table, grid, row) or _is_over_blanks(grid, row):
            return _header_at(table, grid, row)
        parted = parted_heads(grid[row][0], row, table.cols)
        if parted:
            return Header(row, row, tuple((cell,) for cell in parted))
    return None


def _is_over_grades(table: Table, grid: Sequence[Sequence[Cell]], row: int) -> bool:
    """Whether heads that nobody knows stand over figures that count grades down, beside two that are known."""
    if row + 1 >= table.rows:
        return False
    below = [squeeze(cell.text) for cell in distinct(grid[row + 1]) if cell.row == row + 1 and cell.text.strip()]
    if not _may_be_head(grid[row + 1], row + 1) or not _counts_grades(below):
        return False
    kinds = [head.kind for cell in distinct(grid[row]) if cell.row == row and (head := read_head(cell.text))]
    return len(kinds) >= 2 and bool({'topic', 'content'} & set(kinds))


def _is_over_blanks(grid: Sequence[Sequence[Cell]], row: int) -> bool:
    """Whether heads that nobody knows stand over columns to be filled in (东城 | 西城), behind what is assessed and its points."""
    cells = [cell for cell in distinct(grid[row]) if cell.row == row and cell.text.strip()]
    known = {head.kind: cell for cell in cells if (head := read_head(cell.text))}
    unknown = [cell for cell in cells if read_head(cell.text) is None]
    if not ({'topic', 'content'} & set(known) and 'points' in known) or not unknown or row + 2 >= len(grid):
        return False
    behind = all(cell.col > known['points'].col and len(squeeze(cell.text)) <= _LONGEST_HEAD for cell in unknown)
    return behind and not any(grid[at][cell.col].text.strip() for cell in unknown for at in range(row + 1, len(grid)))


def parted_heads(cell: Cell, row: int, cols: int) -> list[Cell]:
    """The heads of a header row that was read as one wide cell: `项目  评价要点  分值` over three columns; none where it is no header."""
    words = cell.text.split()
    if cell.row != row or cell.row_span > 1 or cell.col_span != cols or cols < 2 or len(words) != cols:
        return []
    heads = [Cell(row, col, 1, 1, word) for col, word in enumerate(words)]
    return heads if is_header_row(heads, row) else []


def words_of(grid: Sequence[Sequence[Cell]], header: Header) -> frozenset[str]:
    """What is written in the first row of a header."""
    return frozenset(squeeze(cell.text) for cell in distinct(grid[header.first]) if cell.text.strip())


def header_at(table: Table, grid: Sequence[Sequence[Cell]], row: int, heads: Collection[str]) -> Header | None:
    """The header that begins at ``row``, amid other rows: it repeats the ``heads`` of the first one, or every cell written there is a
    head. None where the row is no header."""
    written = [cell for cell in distinct(grid[row]) if cell.text.strip()]
    repeated = sum(squeeze(cell.text) in heads for cell in written)
    if repeated >= 2 and repeated * 4 >= len(written) * 3 and len(written) * 4 >= len(heads) * 3:
        return _header_at(table, grid, row)
    if not all(cell.row == row and read_head(cell.text) for cell in written) or not is_header_row(grid[row], row):
        return None
    return _header_at(table, grid, row)


def is_header_row(line: Sequence[Cell], row: int) -> bool:
    """Whether the cells of a row are column heads: at least two known ones, and most of what is written there.

    Words to be ticked or filled in (合格, 得分) and lone topics (项目) stand in data rows too: one head of text or points is needed.
    """
    cells = [cell for cell in distinct(line) if cell.row == row and cell.text.strip()]
    heads = [read_head(cell.text) for cell in cells]
    known = [head for head in heads if head]
    if len(known) < 2:
        return False
    grades = _grades_among(cells)
    texts = [squeeze(cell.text) for cell in cells if cell not in grades]
    if any(len(text) > 2 * _LONGEST_HEAD or _is_figure(text) or _A_DATE.fullmatch(text) for text in texts):
        return False
    kinds = {head.kind for head in known}
    telling = kinds & {'topic', 'content', 'scoring', 'points', 'method'}
    if len(known) * 2 < len(texts) and not (len(known) >= 4 and len(telling) >= 3):
        return False
    if grades and telling & {'topic', 'content'}:
        return True
    return len(telling) >= 2 or bool(
        telling and kinds & {'number', 'score', 'responsible_office', 'lead_department', 'remark', 'other'}
    )


def _grades_among(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The heads of a row that are grades to be given, where these stand side by side: A（优）| B（良）, or 5 | 4 | 3 | 2 | 1."""
    named = tuple(cell for cell in cells if is_grade(cell.text) and read_head(cell.text) is None)
    counted = tuple(cell for cell in cells if _is_figure(squeeze(cell.text)))
    found = counted if counted and _counts_grades([squeeze(cell.text) for cell in counted]) else named
    side_by_side = all(after.col == before.right_col + 1 for before, after in pairwise(found))
    return found if len(found) > 1 and side_by_side else ()


def _header_at(table: Table, grid: Sequence[Sequence[Cell]], row: int) -> Header:
    last = row
    while last - row + 1 < _MOST_ROWS and last + 1 < table.rows:
        covers = any(cell.row <= last and cell.bottom_row > last and cell.row_span <= _MOST_ROWS for cell in grid[last])
        if (covers and _may_be_head(grid[last + 1], last + 1)) or _is_second_row(grid, row, last + 1):
            last += 1
        else:
            break
    return _header_of(table, grid, row, last)


def other_heads(table: Table, grid: Sequence[Sequence[Cell]], header: Header) -> tuple[Header, ...]:
    """The header with its last row left to the body, and with the first row of the body taken in, where either may be: only a row of heads that
    prints one sum at most is taken in, never one with a number or rules of its own."""
    found = []
    if header.last > header.first:
        found.append(_header_of(table, grid, header.first, header.last - 1))
    following = header.last + 1
    if following + 1 < table.rows and _are_heads_with_a_sum(grid[following], following):
        found.append(replace(header, last=following))
    return tuple(found)


def _are_heads_with_a_sum(line: Sequence[Cell], row: int) -> bool:
    """Whether a row of unmerged cells holds heads, at least two, and beside them at most one figure."""
    texts = [squeeze(cell.text) for cell in distinct(line) if cell.text.strip()]
    words = [text for text in texts if not _is_figure(text)]
    return (
        all(cell.row == row == cell.bottom_row for cell in line)
        and len(texts) - len(words) <= 1 < len(words)
        and all(map(read_head, words))
    )


def _header_of(table: Table, grid: Sequence[Sequence[Cell]], row: int, last: int) -> Header:
    columns: list[tuple[Cell, ...]] = []
    for col in range(table.cols):
        stack: list[Cell] = []
        for at in range(row, last + 1):
            cell = grid[at][col]
            if cell.text.strip() and (not stack or stack[-1] is not cell):
                stack.append(cell)
        columns.append(tuple(stack))
    return Header(row, last, tuple(columns))


def _may_be_head(line: Sequence[Cell], row: int) -> bool:
    texts = [squeeze(cell.text) for cell in distinct(line) if cell.row == row and cell.text.strip()]
    if not texts or any(len(text) > _LONGEST_HEAD for text in texts):
        return False
    return not any(map(_is_figure, texts)) or _counts_grades(texts)


def _counts_grades(texts: Sequence[str]) -> bool:
    """Whether figures in a second row of heads count grades down: 5 4 3 2 1."""
    figures = [Decimal(text.strip('分')) for text in texts if re.fullmatch(r'\d+(?:\.\d+)?分?', text)]
    return len(figures) >= 3 and all(before > after for before, after in pairwise(figures))


def _is_second_row(grid: Sequence[Sequence[Cell]], first: int, row: int) -> bool:
    """Whether a row goes on with the header where no merged cell says so: heads below a head that spans several columns."""
    written = [cell for cell in distinct(grid[row]) if cell.row == row and cell.text.strip()]
    if not written or not _may_be_head(grid[row], row):
        return False
    above = {id(cell): cell for line in grid[first:row] for cell in line}.values()
    spanning = [cell for cell in above if cell.col_span > 1 and cell.text.strip()]
    under = [cell for cell in written if any(top.col <= cell.col <= top.right_col for top in spanning)]
    known = [cell for cell in written if read_head(cell.text)]
    return len(under) == len(written) > 0 and len(known) * 2 > len(written)


def _is_figure(text: str) -> bool:
    return bool(re.fullmatch(r'[\d.%分]+', text))
