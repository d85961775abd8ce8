"""The columns of one table as their heads and cells show them, and what can be said of one by looking."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kaohe.extractors.document import Cell
from kaohe.normalizers.columns.column_role import RoleKind
from kaohe.normalizers.columns.content import ColumnContent
from kaohe.normalizers.columns.header_rows import ColumnHead, read_head
from kaohe.normalizers.text.folding import squeeze
from kaohe.normalizers.text.traditional import simplified

_CONDITION = re.compile(
    r'(?:具体|主要)?(?:情形|条件|事由)|[扣减加得失奖罚]分(?:情形|情况|事项|事由|条件|行为|项目?|点|内容)'
)
_EXPLAINS = re.compile(r'(?!.*[扣减加得失]分)[\u4e00-\u9fff]{0,4}说明')
_EXPLAINED = re.compile('(.+)(?:说明|解释|解读|释义)')
_BRACKETED = re.compile(r'\(([^()]+)\)')
_AND = re.compile('[及和与、/+]')
_UNITS = ('单位', '部门', '科室', '处室', '股室')
_WHOM = re.compile(r'姓名|^(?:被考核)?(?:科室|部门|单位|班组|人员|日期|时间)$')

SHARED = 0.67
"""Below this share of lines with a text of their own, several lines share those of a column."""
TITLE = 22
"""A title is short; texts longer than this on average say what is to be done."""

TOLD = 0.9
"""A column of which this share is filled, with at least ``NOTE`` characters, says what is asked."""
NOTE = 6

WORD = 10
"""A word or two that names a matter."""
LEVELS = 2
"""So many categories are above a line; a third names it."""

STATED = 0.25
"""Where this share of short texts states a target (不低于95%), they say what is to be reached."""

TAKEN = 0.6
"""A column of which this share are amounts behind a minus holds what is taken."""


def names_condition(head: str) -> bool:
    """Whether a head names what points are given or taken for: 扣分情形, 情形."""
    return _CONDITION.fullmatch(squeeze(simplified(head))) is not None


def names_whom(cell: Cell | None) -> bool:
    """Whether a head stands over those who were assessed, or when: 姓名, 科室, 日期."""
    return cell is not None and _WHOM.search(squeeze(simplified(cell.text))) is not None


def _head_of(cell: Cell | None) -> str:
    """A head without its brackets."""
    return re.sub(r'\([^()]*\)', '', squeeze(simplified(cell.text))) if cell is not None else ''


class SeenColumns:
    """Heads, content and the lowest cell over it (``groups``) and the wide head above that (``tops``, None without one) of each column. ``has_text``: some column is filled; ``has_points``: one whose
    head speaks of points holds them."""

    def __init__(
        self,
        heads: Sequence[ColumnHead | None],
        content: Sequence[ColumnContent],
        groups: Sequence[Cell | None],
        tops: Sequence[Cell | None],
    ) -> None:
        self.heads = heads
        self.content = content
        self.groups = groups
        self.tops = tops
        self.has_text = any(look.filled for look in content)
        self.has_points = any(
            head and head.kind == 'points' and content[col].filled > 0 and not self.prints_points(col)
            for col, head in enumerate(heads)
        )

    def head_of(self, col: int) -> str:
        """The lowest head of a column, without what stands in brackets."""
        return _head_of(self.groups[col])

    def is_announced(self, col: int) -> bool:
        """Whether head or cells tell that titles print their points here."""
        head = self.heads[col]
        return bool(head and (head.amounts or head.with_points)) or self.content[col].bracketed >= 0.5

    def is_amount(self, col: int) -> bool:
        """Whether the cells are amounts of points and nothing else."""
        look = self.content[col]
        return look.points >= 0.6 and look.moves < 0.25 and look.sections < 0.5

    def is_covered(self, col: int) -> bool:
        """A grid column under a wide head in which no cell begins: the cells of the column on its left cover it."""
        return (
            self.content[col].filled == 0 and self.groups[col] is not None and self.groups[col] is self.groups[col - 1]
        )

    def is_wordy(self, col: int) -> bool:
        """Whether words stand where the head lets expect figures."""
        look = self.content[col]
        return look.filled > 0 and look.figures < 0.5 and look.length >= 3

    def prints_points(self, col: int) -> bool:
        """Whether the cells are titles that print their points."""
        return self.content[col].bracketed >= 0.5 and self.content[col].points < 0.3

    def is_sibling(self, col: int, others: Iterable[int]) -> bool:
        """Whether the column stands under one wide head with one of the others."""
        own = self.groups[col]
        return own is not None and any(own is self.groups[other] for other in others)

    def is_under_top(self, col: int, others: Iterable[int]) -> bool:
        """Whether a wide head that speaks of scoring stands over the heads of this column and of one of the others."""
        top = self.tops[col]
        head = read_head(top.text) if top else None
        return head is not None and head.kind == 'scoring' and any(top is self.tops[other] for other in others)

    def asks(self, col: int, *, alone: bool) -> bool:
        """Whether a head calls its short texts what is asked, not names of it: 加分事项 do where no column gives them points; 考核指标 and 评分要素
        where no column says how they are scored (``alone``)."""
        head = _head_of(self.groups[col])
        return (head.endswith('事项') and not self.has_points) or (alone and head.endswith(('指标', '要素')))

    def states_demands(self, col: int) -> bool:
        """Whether a head stands over what is demanded (标准化基本要求, 年度目标), however short: no names. 评审标准 and 工作目标 that several lines share
        head them."""
        own = ('目标', '目标值', '标准', '指标值') if self.content[col].cells >= SHARED else ()
        return _head_of(self.groups[col]).endswith(('要求', *own))

    def is_of_content(self, col: int) -> bool:
        """Whether a head says in brackets that its cells are what is asked: C级指标（评估要点）."""
        cell = self.groups[col]
        said = _BRACKETED.findall(squeeze(simplified(cell.text))) if cell is not None else []
        return any(head is not None and head.kind == 'content' for head in map(read_head, said))

    def is_of_articles(self, col: int) -> bool:
        """Whether a head stands over articles: 考核条款."""
        return _head_of(self.groups[col]).endswith(('条款', '条目'))

    def units(self, kinds: Sequence[RoleKind | None]) -> int | None:
        """The first column, called 单位 or 部门 and nothing else (责任单位 says what they do), where lines share its cells and no other text groups
        them: the lines are those of each unit. None where there is no such column."""
        col = next((col for col, kind in enumerate(kinds) if kind != 'number'), None)
        if col is None or kinds[col] != 'responsible_office' or _head_of(self.groups[col]) not in _UNITS:
            return None
        grouped = any(kind == 'topic' and self.content[at].cells < 1 for at, kind in enumerate(kinds))
        asked = {'content', 'scoring', 'topic'} & set(kinds)
        return col if self.content[col].cells < 1 and asked and not grouped else None

    def only_explained(self, kinds: Sequence[RoleKind | None]) -> int | None:
        """The column 说明 where no other says what is asked or how it is scored, and it has a text for each line; None where there is none."""
        told = any(
            kind in ('content', 'scoring', 'method') and self.content[col].filled > 0 for col, kind in enumerate(kinds)
        )
        cols = [
            col
            for col, kind in enumerate(kinds)
            if kind == 'remark' and _EXPLAINS.fullmatch(_head_of(self.groups[col])) and self._tells(col)
        ]
        return cols[0] if len(cols) == 1 and not told and 'topic' in kinds else None

    def _tells(self, col: int) -> bool:
        """Whether nearly every line has a text of its own, longer than a note."""
        look = self.content[col]
        return look.filled >= TOLD and look.cells >= SHARED and look.length >= NOTE and look.moves < 0.25

    def explains(self, col: int, others: Iterable[int]) -> bool:
        """Whether a head says that the column explains one of the others: 评分标准说明 beside 评分标准."""
        told = _EXPLAINED.fullmatch(self.head_of(col))
        return told is not None and any(self.head_of(other) == told[1] for other in others)

    def is_finer(self, col: int, left: int) -> bool:
        """Whether a column of 要素 or 要点 goes into what the column of contents on its ``left`` names: a text for each line, none shorter on average."""
        ours, theirs = self.content[col], self.content[left]
        return self.asks(col, alone=True) and ours.cells >= 1 and ours.filled >= 0.5 and ours.length >= theirs.length

    def heads_lines(self, col: int) -> bool:
        """Whether short titles head the lines on their right: a cell of theirs is merged over several lines."""
        look = self.content[col]
        return look.cells < 1 and look.length <= TITLE and look.filled >= 0.9

    def is_condition(self, col: int) -> bool:
        """The same of the lowest head of a column."""
        cell = self.groups[col]
        return cell is not None and names_condition(cell.text)

    def conditions(self, kinds: Sequence[RoleKind | None]) -> list[int]:
        """扣分情形 under a wide head 评分标准, beside what is taken for it (扣分值): the first half of one rule, where another column says what
        is asked."""
        taken = [
            col
            for col, kind in enumerate(kinds)
            if kind in ('scoring', 'points', 'score') and self.content[col].moves >= 0.25 and self.is_wordy(col)
        ]
        met = [
            col
            for col, kind in enumerate(kinds)
            if kind in ('content', 'topic', 'remark') and self.is_condition(col) and self.is_under_top(col, taken)
        ]
        asked = any(kind in ('content', 'topic') and col not in met for col, kind in enumerate(kinds))
        return [*met, *(col for col in taken if self.is_under_top(col, met))] if asked else []

    def details(self, col: int, left: RoleKind | None, beside: int) -> bool:
        """Whether a column without a head has a text for each line where that of column ``beside``, read as ``left``, is merged over several."""
        if beside < 0 or left != 'content' or self.groups[col] is not None:
            return False
        return self.content[beside].cells < 1 <= self.content[col].cells and self.content[col].filled >= 0.5

    def names_ranks(self, col: int) -> bool:
        """Whether 获奖等级 stands over the ranks that the lines are about: a text for each, none of them a grade to be given."""
        cell, look = self.groups[col], self.content[col]
        written = cell is not None and squeeze(cell.text).endswith(('等级', '级别', '名次', '奖项', '等次'))
        texts = look.filled >= 0.9 and look.length >= 2 and look.figures < 0.3 and look.cells >= 1
        return written and texts and look.grades < 0.5 and look.own >= 0.5

    def speaks_of_scoring(self) -> bool:
        """Whether anything in the table says that it scores: without it, figures count people, money or pieces."""
        return any(look.moves > 0 for look in self.content) or any(
            head is not None and head.kind in ('scoring', 'score', 'method') for head in self.heads
        )

    def are_named(self, col: int, kinds: Sequence[RoleKind | None]) -> bool:
        """Whether a column 内容及分值 holds short titles with their points behind them, which name what another column scores; so do short ones (工作事项)
        beside a column that says both what is asked and how it is scored (考核内容及评分标准)."""
        head, look = self.heads[col], self.content[col]
        printed = bool(head and (head.amounts or head.with_points) and look.bracketed >= SHARED)
        told = any(kind == 'criteria' and self.says_both(at) for at, kind in enumerate(kinds))
        matter = told and look.length <= WORD and _head_of(self.groups[col]).endswith(('事项', '任务', '工作'))
        return look.length <= TITLE and (printed or matter)

    def says_both(self, col: int) -> bool:
        """Whether a head joins what is asked and how it is scored: 考核内容及评分标准."""
        parts = [head.kind for part in _AND.split(_head_of(self.groups[col])) if (head := read_head(part)) is not None]
        return len(parts) > 1 and parts[0] == 'content' and 'scoring' in parts[1:]

    def counts(self, col: int) -> bool:
        """Whether a column holds running numbers under a wide head that also stands over what they count."""
        look, counted = self.content[col], self.content[col + 1 : col + 2]
        figures = look.filled >= TOLD and look.points >= TOLD
        return figures and any(other.figures < 0.5 for other in counted) and self.is_sibling(col, [col + 1])
