"""The outline of the running text: which numbered paragraph stands under which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kaohe.extractors.document import Block
from kaohe.extractors.labels import style_of
from kaohe.normalizers.columns.printed_points import printed_after
from kaohe.normalizers.lines.line_effect import adds_and_takes, kind_of
from kaohe.normalizers.text.cleaning import Text
from kaohe.normalizers.text.folding import squeeze
from kaohe.normalizers.text.heading_labels import HeadingLabel, is_attachment, read_label
from kaohe.normalizers.text.line_kinds import LineKind, is_finished, line_kind
from kaohe.normalizers.vocabulary.document_words import TITLE_ENDS

_CONTENTS = re.compile(r'(?:\t|[.…·]{3,}\s*)\d{1,3}\s*$')
# The style of a title without a number: it stands above every numbered paragraph.
TITLE = '#'
# That of a name without a number that prints its points.
HEAD = '='
# That of such a name which only says how what follows scores: it stands above the others.
WAY = '=='
# A paragraph that only names a matter and its points is no longer.
_SHORT = 40
_POINTS = re.compile(r'\d\s*分')
_BULLET = re.compile(r'[●○■□◆◇▪•·➢►★☆]\s*(?=\S)')
_NAME = 24
# 【基础设施】40分: a name in a frame heads what follows it
_FRAMED = re.compile(
    r'\s*【([\u4e00-\u9fff、和与]{2,20})】\s*(?:[（(]?\s*(?:共|满分|计)?\s*\d+(?:\.\d+)?\s*分\s*[)）]?)\s*'
)
_CLOSED = re.compile(r'[。；;，,：:！!？?\d]')

# A section called by how it scores; its points stand behind.
_WAY = re.compile(
    r'(?:基本|基础|日常|常规|专项|附加|正向|反向|年度)?'
    r'(?:(?:[计评得赋打记加扣减奖罚积]分|基[础准本]分|附加分|(?:奖励|惩罚|扣减)积分|奖励|惩罚|(?:一票)?否决)(?:项目?|事项|部分)?|(?:[计评打记加扣减]分|考[核评]|评[估价比])(?:项目?|事项|部分|内容|指标|标准|细则))'
    r'(?:[及和与]?(?:[计评打记加扣减]分|考[核评]|评[估价比])?(?:标准|办法|细则|分值)|[及和与](?:[计评打记]分|考[核评]|评[估价比]))?'
)
_PRINTED = re.compile(
    r'[,:：，。]?[(（\[【]?(?:满分|共|计|总分|最高)?[^()（）]{0,8}?\d+(?:\.\d+)?分[)）\]】]?[:：。]?$'
)


@dataclass(slots=True)
class Node:
    """A paragraph of the outline: ``text`` without its label, ``number`` the label without brackets and stops, ``style`` how it is
    numbered. ``heads_table``: a table follows it directly. ``bodies`` are the paragraphs without a number that follow it, ``children`` those numbered under it."""

    text: Text
    number: str | None
    style: str
    children: list[Node] = field(default_factory=list)
    bodies: list[Text] = field(default_factory=list)
    label: Text | None = None
    heads_table: bool = False

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def is_leaf(self) -> bool:
        """Whether nothing is numbered under it."""
        return not self.children


def read_outline(blocks: Sequence[Block], texts: Sequence[Text]) -> Node:
    """The outline below one root, which has no text. ``texts`` are the cleaned texts of ``blocks``.

    A style that is open already goes on with its siblings; one that is new stands under what was open last. A title without a number
    begins a new part.
    """
    root = Node(Text(), None, '')
    path = [root]
    under_notes = False
    for block, text in zip(blocks, texts, strict=True):
        if block.kind == 'table':
            path[-1].heads_table = True
            under_notes = False
            continue
        if block.kind != 'paragraph':
            continue
        for line in () if _is_contents(block.text) else _lines(text):
            kind = line_kind(line.text)
            label = read_label(line.text)
            if kind is LineKind.NOTE:
                under_notes = True
            elif label is None and not under_notes and (pointed := _pointed(line)) is not None:
                _enter(path, pointed)
            elif label is None and _is_title(block, line.text, kind):
                under_notes = False
                _enter(path, Node(line, None, TITLE))
            elif under_notes:
                under_notes = label is None or (label.level > 2 and not _ends_notes(line, label, path))
                if not under_notes and label is not None:
                    _enter(path, _node(line, label))
            elif label is None:
                # what stands below a table no longer belongs to the paragraph above it, nor does 填表人：　日期：
                to_fill_in = kind is LineKind.FORM and not _POINTS.search(line.text)
                if line.text and not path[-1].heads_table and not to_fill_in:
                    path[-1].bodies.append(line)
            elif not (is_attachment(label) and label.end >= len(line)):
                _enter(path, _node(line, label))
    return root


def _pointed(line: Text) -> Node | None:
    """A paragraph without a number that prints its points last: one with a bullet, or a name that heads what follows it; without points one that
    only says that what follows adds or takes (附加分, 扣分项); else None."""
    if framed := _FRAMED.fullmatch(line.text):
        bare = line.without([(framed.start(1) - 1, framed.start(1)), (framed.end(1), framed.end(1) + 1)])
        return Node(bare, None, HEAD)
    printed = printed_after(line.text)
    if printed is None and names_a_way(line.text) and kind_of([line.text], None, ()) != 'scored':
        return Node(line, None, WAY)
    if printed is None or line.text[printed.start] not in '(（[【':
        return None
    bullet = _BULLET.match(line.text)
    if bullet:
        return Node(line[bullet.end() :].strip(), None, bullet[0].strip())
    named = line.text[: printed.start].strip()
    titled = named.endswith(TITLE_ENDS) or _CLOSED.search(named)
    if len(named) > _NAME or titled:
        return None
    return Node(line, None, WAY if names_a_way(line.text) else HEAD)


def names_a_way(text: str) -> bool:
    """Whether a heading is called by how its part scores alone: 加分项目（10分）."""
    named = _PRINTED.sub('', squeeze(text)).rstrip(':：')
    return _WAY.fullmatch(named) is not None or adds_and_takes(named)


def _ends_notes(line: Text, label: HeadingLabel, path: Sequence[Node]) -> bool:
    """Whether a numbered paragraph stands beside what the note explains, not in it: it prints points of its own, or counts on from a paragraph
    that is open."""
    if printed_after(line.text) is not None and len(line) <= _SHORT:
        return True
    number, style = bare_number(label.text), style_of(label.text)
    before = next((node.number for node in path if node.style == style), None)
    return bool(before and before.isdecimal() and number.isdecimal() and int(number) == int(before) + 1)


def _enter(path: list[Node], node: Node) -> None:
    styles = [one.style for one in path]
    if node.style == TITLE:
        del path[1:]
    elif node.style in styles:
        del path[styles.index(node.style) :]
    path[-1].children.append(node)
    path.append(node)


def _node(line: Text, label: HeadingLabel) -> Node:
    style = style_of(label.text)
    return Node(line[label.end :].strip(), bare_number(label.text), style, label=_bare(line, label))


def _bare(line: Text, label: HeadingLabel) -> Text:
    """The label's number without brackets and stops, with its place."""
    return line[: label.end].strip().strip('()（）、.．,，: \u3000')


def bare_number(label: str) -> str:
    """The number of a label: 1 of （1）, 12 of 12., 第三条 as it stands."""
    return label.strip().strip('()（）、.．,，:： \u3000')


def _is_title(block: Block, text: str, kind: LineKind) -> bool:
    """Whether a line without a number begins a part: a heading of the file, or words that end as titles do, in the middle or with the total
    behind them (信誉考核评分细则（100分）)."""
    if kind is not LineKind.TITLE:
        return False
    return bool(block.level) or (is_finished(text) and (bool(block.centered) or printed_after(text) is not None))


def _is_contents(text: str) -> bool:
    """Whether a paragraph is a line of the table of contents, with the number of its page."""
    return _CONTENTS.search(text) is not None


def _lines(text: Text) -> Iterator[Text]:
    start = 0
    for line in text.text.split('\n'):
        yield text[start : start + len(line)].strip()
        start += len(line) + 1
