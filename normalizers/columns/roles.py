"""What each column of a table holds: header words become roles, and where the words leave a choice, the content decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from kaohe.extractors.document import Cell, Table
from kaohe.normalizers.columns.blank_heads import fill_blank_heads
from kaohe.normalizers.columns.column_role import ColumnRead, ColumnRole, RoleKind
from kaohe.normalizers.columns.content import look_at
from kaohe.normalizers.columns.grade_columns import GradeRows, grade_columns, grade_rows
from kaohe.normalizers.columns.grid_rows import is_aside, is_band, is_closing
from kaohe.normalizers.columns.header_rows import ColumnHead, Header, read_head
from kaohe.normalizers.columns.points_columns import settle_points
from kaohe.normalizers.columns.seen_columns import LEVELS, SHARED, STATED, TAKEN, TITLE, SeenColumns, names_whom


def read_columns(
    table: Table, grid: Sequence[Sequence[Cell]], header: Header, rows: Iterable[int]
) -> tuple[ColumnRead, ...]:
    """The role of each grid column. ``rows`` are the body rows in which the columns stand side by side."""
    body = [row for row in rows if not (is_band(grid[row]) or is_closing(grid[row], row) or is_aside(grid[row], row))]
    content = [look_at(table, grid, body, col) for col in range(table.cols)]
    stacks = header.cells if table.merges else fill_blank_heads(header.cells, content)
    heads = [_head_of(stack) for stack in stacks]
    names = tuple('/'.join(' '.join(cell.text.split()) for cell in stack) for stack in stacks)
    groups = tuple(stack[-1] if stack else None for stack in stacks)
    tops = tuple(stack[0] if len(stack) > 1 else None for stack in stacks)
    grades = grade_columns(stacks, content)
    roles = _Assignment(SeenColumns(heads, content, groups, tops), grades, grade_rows(heads, names, content)).roles()
    return tuple(
        ColumnRead(col, names[col], roles[col], heads[col] is not None or col in grades, grades.get(col))
        for col in range(table.cols)
    )


def _head_of(stack: Sequence[Cell]) -> ColumnHead | None:
    """The lowest head that says something; a head of points under a category's head is that category's points. 说明 under another head
    explains it."""
    heads = [head for cell in reversed(stack) if (head := read_head(cell.text))]
    return next((head for head in heads if head.kind != 'remark'), heads[0] if heads else None)


class _Assignment:
    """The roles of the columns of one table, settled class by class: each step may rest on those before it."""

    def __init__(self, seen: SeenColumns, grades: Collection[int], rows: GradeRows) -> None:
        self.seen = seen
        self.heads = seen.heads
        self.content = seen.content
        self.grades = grades
        self.rows = rows
        self.has_points = seen.has_points

    def roles(self) -> list[ColumnRole | None]:
        """The role of each column, None where no word of the vocabulary fits."""
        kinds: list[RoleKind | None] = [head.kind if head else None for head in self.heads]
        covered = [col for col in range(1, len(kinds)) if self.seen.is_covered(col)]
        for col in covered:
            kinds[col] = None
        for col, kind in enumerate(kinds):
            if kind == 'number' and self.seen.is_wordy(col):
                # 条款 in words are what is asked
                kinds[col] = 'content' if self.seen.is_of_articles(col) else 'topic'
            elif kind == 'points' and self.seen.is_wordy(col) and self.seen.prints_points(col):
                # 分值构成: titles that print their points
                kinds[col] = 'topic'
            elif (
                kind in ('content', 'topic', 'scoring', 'method')
                and self.content[col].filled == 0
                and self.seen.has_text
            ):
                # a column of texts without one is to be filled in
                kinds[col] = 'score'
            elif kind == 'points' and self.content[col].filled == 0 and self.seen.has_text:
                # 总分 over blanks is to be filled in
                kinds[col] = 'score'
            elif kind == 'scoring' and (
                self.seen.is_amount(col) or (not self.has_points and self.content[col].taken >= TAKEN)
            ):
                # 赋分 over figures is what can be won, or, beside a column of points, what was
                kinds[col] = 'score' if self.has_points else 'points'
                self.has_points = True
            elif kind in ('responsible_office', 'topic') and self.content[col].measures >= 0.5:
                # 单位 is the unit of measure, 指标类型 says 约束性 or 预期性
                kinds[col] = 'other'
            elif kind == 'score' and self.seen.names_ranks(col):
                kinds[col] = 'topic'
            elif kind in ('topic', 'content') and self.seen.counts(col):
                kinds[col] = 'number'
            elif kind == 'source':
                kinds[col] = 'responsible_office' if self.content[col].offices >= 0.5 else 'source'
        if (whom := self.seen.units(kinds)) is not None:
            kinds[whom] = 'topic'
        if (told := self.seen.only_explained(kinds)) is not None:
            kinds[told] = 'content'
        for col in self.seen.conditions(kinds):
            kinds[col] = 'scoring'
        for col, kind in enumerate(kinds):
            # what is asked stands beside grades that say how it is scored
            if self.grades and kind == 'scoring' and col not in self.grades and self.content[col].moves < 0.25:
                kinds[col] = 'content'
        for col in (*self.grades, *self.rows.names):
            kinds[col] = 'grade'
        for col in self.rows.worths:
            kinds[col] = 'grade_points'
        if self.rows:
            self._settle_descriptions(kinds)
        self._settle_unknown(kinds)
        self._settle_telling(kinds)
        self._settle_scoring(kinds)
        self._settle_texts(kinds)
        self._settle_numbers(kinds)
        depths = settle_points(self.seen, kinds)
        for col in self.grades:
            kinds[col] = 'criteria'
        roles = [ColumnRole(kind, depths.get(col)) if kind else None for col, kind in enumerate(kinds)]
        for col in covered:
            roles[col] = roles[col - 1]
        return roles

    def _settle_descriptions(self, kinds: list[RoleKind | None]) -> None:
        """Beside rows that are grades, a text of which each row has its own describes the grade."""
        for col, kind in enumerate(kinds):
            if kind in ('content', 'topic', 'scoring', 'method', 'remark') and self.content[col].cells >= SHARED:
                kinds[col] = 'scoring' if kind != 'remark' else kind

    def _settle_unknown(self, kinds: list[RoleKind | None]) -> None:
        """Texts under a blank or unknown head: categories stand on the left of what is known, and lines share them; a text that moves
        points is the criteria where there is no other. A blank column with a head (1月, 2月) is to be filled in."""
        texts = [col for col, kind in enumerate(kinds) if kind in ('topic', 'content', 'scoring')]
        for col, kind in enumerate(kinds):
            look = self.content[col]
            if kind is None and look.filled == 0 and self.seen.groups[col] is not None and self.seen.has_text:
                kinds[col] = 'score'
            if kind is not None or look.filled < 0.5 or look.figures >= 0.5 or look.length < 2:
                continue
            beside = col - 2 if col > 1 and kinds[col - 1] == 'points' else col - 1
            if look.moves >= 0.5 and 'scoring' not in kinds:
                kinds[col] = 'scoring'
            elif self.seen.details(col, kinds[beside], beside):
                # what each line asks, behind a text that several of them share
                kinds[beside], kinds[col] = 'topic', 'content'
            elif texts and col < texts[0] and (look.own < SHARED or look.bracketed >= 0.5):
                kinds[col] = 'topic'
            elif 'content' not in kinds and (look.length > TITLE or self._is_alone(col, kinds)):
                kinds[col] = 'content'

    def _is_alone(self, col: int, kinds: Sequence[RoleKind | None]) -> bool:
        """Whether only this column, whose head nobody knows, has a text of its own for each line beside what scores it."""
        others = [at for at, kind in enumerate(kinds) if kind in ('topic', 'content')]
        scored = 'scoring' in kinds
        named = any(self.content[at].own >= SHARED and self.content[at].filled >= 0.5 for at in others)
        return scored and not named and self.content[col].own >= SHARED and self.content[col].offices < 0.5

    def _settle_telling(self, kinds: list[RoleKind | None]) -> None:
        """Where no column of rules speaks, one whose head means something else may hold them: 扣分项, 扣分说明, 考核要求 beside 考核内容, 加减分 over
        amounts behind their signs."""
        if any(kind in ('scoring', 'method') and self.content[col].moves >= 0.25 for col, kind in enumerate(kinds)):
            return
        contents = [col for col, kind in enumerate(kinds) if kind == 'content']
        texts = [col for col, kind in enumerate(kinds) if kind in ('topic', 'content')]
        # -2 beside points is what was lost, beside people what they reached
        amounts = not {'points', 'scoring', 'method', 'person'} & set(kinds) and not any(
            map(names_whom, self.seen.groups)
        )
        for col, kind in enumerate(kinds):
            signed = kind == 'score' and amounts and self.content[col].signed >= 0.5
            if (self.content[col].moves < 0.5 and not signed) or self.heads[col] is None:
                continue
            beside = any(
                self.content[other].moves < 0.25 for other in (contents if kind == 'content' else texts) if other != col
            )
            choices = kind == 'score' and self.content[col].choices >= 0.5
            announced = self.seen.is_announced(col) and not choices
            if kind in ('remark', 'score', 'topic', 'content') and beside and not announced:
                kinds[col] = 'scoring'

    def _settle_scoring(self, kinds: list[RoleKind | None]) -> None:
        """Which columns say how points are won or lost."""
        scoring = [col for col, kind in enumerate(kinds) if kind == 'scoring']
        methods = [col for col, kind in enumerate(kinds) if kind == 'method']
        contents = [col for col, kind in enumerate(kinds) if kind == 'content']
        if not scoring:
            # 事项及分值: the text itself holds the points, and nothing else does
            if not methods:
                announced = [col for col in contents if self._announces(col)]
                for col in announced if len(contents) == len(announced) else ():
                    kinds[col] = 'criteria'
            best = max(methods, key=lambda col: self.content[col].moves, default=None)
            if best is not None and self.content[best].moves >= max(
                (self.content[col].moves for col in contents), default=0
            ):
                kinds[best] = 'criteria'
            return
        speaking = [col for col in (*scoring, *methods) if self.content[col].moves >= 0.25]
        keep = [col for col in scoring if col in speaking] or speaking or scoring
        for col in keep:
            kinds[col] = 'criteria'
        for col in scoring:
            if col not in keep:
                head = self.heads[col]
                way: RoleKind = 'method' if head and head.way else 'content'
                together = (
                    self.seen.is_sibling(col, keep)
                    or (self.seen.is_condition(col) and self.seen.is_under_top(col, keep))
                    or self.seen.explains(col, keep)
                )
                kinds[col] = 'criteria' if together else way

    def _announces(self, col: int) -> bool:
        """Whether a head 事项及分值 is the only one that speaks of points."""
        head = self.heads[col]
        return bool(head and head.amounts and head.kind == 'content' and not self.has_points)

    def _settle_texts(self, kinds: list[RoleKind | None]) -> None:
        """Which of the remaining texts are categories, which the line's name, which its requirement."""
        contents = [col for col, kind in enumerate(kinds) if kind == 'content']
        topics = [col for col, kind in enumerate(kinds) if kind == 'topic']
        criteria = 'criteria' in kinds
        if topics and contents and contents[-1] == topics[-1] - 1 and self.seen.is_finer(topics[-1], contents[-1]):
            # 评审内容 | 评分要素: what is asked stands behind what it belongs to
            contents.append(topics.pop())
        for at, col in enumerate(topics):
            kinds[col] = 'level' if at + 1 < len(topics) else self._lowest_topic(col, at, bool(contents), criteria)
        requirement: list[int] = []
        for col in reversed(contents):
            shared = self.content[col].own < SHARED
            if requirement and self.seen.states_demands(col):
                kinds[col] = 'requirement'
            elif requirement and (
                shared
                or (self.seen.is_sibling(col, requirement) and self.content[col].bracketed >= 0.5)
                or self.seen.heads_lines(col)
            ):
                kinds[col] = 'level'
            elif (requirement and self.content[col].length <= TITLE and 'name' not in kinds) or (
                criteria and 'name' not in kinds and self.seen.are_named(col, kinds)
            ):
                kinds[col] = 'name'
            else:
                kinds[col] = 'requirement'
                requirement.append(col)

    def _lowest_topic(self, col: int, above: int, requirement: bool, criteria: bool) -> RoleKind:
        head, look = self.heads[col], self.content[col]
        level = head.level if head and head.kind == 'topic' else None
        if (level and level >= 3) or (self.rows and not requirement):
            said = not requirement and not self.rows and (look.length > TITLE or self.seen.is_of_content(col))
            return 'requirement' if said else 'name'
        counted = any(
            head and head.kind == 'number' and self.content[other].cells > look.own
            for other, head in enumerate(self.heads)
        )
        if (look.own < SHARED or counted) and (requirement or criteria):
            return 'level'
        if requirement:
            most = max(other.filled for other in self.content)
            # `二级指标` beside a text of its own is the category above it, even where each has one line, unless two stand ``above`` it; so
            # is a title that several lines share, or that prints its points beside theirs, or that some lines leave blank
            category = (
                (level and above < LEVELS)
                or look.own < 1
                or look.filled < SHARED * most
                or (look.bracketed >= 0.5 and self.has_points)
            )
            return 'level' if category else 'name'
        asked = (
            look.length > TITLE or look.targets >= STATED or self.seen.asks(col, alone=not criteria and not self.grades)
        )
        return 'requirement' if asked else 'name'

    def _settle_numbers(self, kinds: list[RoleKind | None]) -> None:
        """A number that counts the categories is not the line's; of two numbers the finer one is."""
        numbers = [col for col, kind in enumerate(kinds) if kind == 'number']
        for col in numbers:
            follower = kinds[col + 1] if col + 1 < len(kinds) else None
            look = self.content[col]
            # a cell that a page break cut in two repeats its number: `own` counts it once
            counts_categories = follower == 'level' and (
                (look.cells < 1 and look.cells == self.content[col + 1].cells)
                or (look.own < 1 and look.own == self.content[col + 1].own)
            )
            coarse = look.cells < SHARED or counts_categories
            finer = any(self.content[other].cells > self.content[col].cells for other in numbers)
            if coarse and (finer or follower == 'level'):
                kinds[col] = 'level_number'
        counting = [col for col in numbers if kinds[col] == 'number']
        if len(counting) > 1 and not any(self.seen.is_sibling(col, counting[:1]) for col in counting[1:]):
            # 编码 beside 序号: a line has one number
            own = next((col for col in counting if self.seen.head_of(col) == '序号'), counting[0])
            for col in counting:
                kinds[col] = 'number' if col == own else 'other'
