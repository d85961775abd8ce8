"""Who answers for a line: the parties that a cell names. Rulings 24 and 25."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalizers.catalogue import Role
from normalizers.folding import halfwidth

_HAN = r'[\u3007\u3400-\u9fff]'
_SEPARATORS = '\n、,;/|'
_OPEN, _CLOSE = '([〔【《“', ')]〕】》”'
_LABEL = re.compile(
    r'(?P<role>主要领导|分管领导|牵头领导|责任领导|责任处室|牵头|主办|主责|责任|配合|协办|协同|参与)(?:处室|科室|部门|单位|股室|领导|人)?\s*[:]\s*'
)
_ROLE_OF_LABEL: dict[str, Role] = {
    '主要领导': 'lead_leader', '分管领导': 'lead_leader', '牵头领导': 'lead_leader', '责任领导': 'lead_leader', '责任处室': 'responsible_office',
    '牵头': 'lead_department', '主办': 'lead_department', '主责': 'lead_department', '责任': 'responsible_office', '配合': 'supporting_department',
    '协办': 'supporting_department', '协同': 'supporting_department', '参与': 'supporting_department',
}  # fmt: skip
_NOBODY = re.compile(r'[-—/\\无\s]*')


@dataclass(frozen=True, slots=True)
class Party:
    """A party that a cell names, with its span in the cell's text. ``role`` is set where the cell itself says it (配合：护理部)."""

    name: str
    start: int
    end: int
    role: Role | None = None


def read_parties(text: str) -> tuple[Party, ...]:
    """The offices or people that a duty cell names, in order.

    Line feeds, 、 and their like, and runs of two or more spaces separate; single characters set apart are the parts of one name
    (``高  峰`` is 高峰); brackets hold together; 等 after the last belongs to it.
    """
    folded = halfwidth(text)
    found: list[Party] = []
    role: Role | None = None
    for start, end in _pieces(folded):
        label = _LABEL.match(folded, start, end)
        if label:
            role = _ROLE_OF_LABEL[label['role']]
            start = label.end()
        name = re.sub(r'(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])', '', text[start:end]).strip('。. ')
        if not name or _NOBODY.fullmatch(name):
            continue
        last = found[-1] if found else None
        if last and (
            name == '等' or (len(name) == 1 and len(last.name) == 1 and _only_spaces(folded, last.end, start))
        ):
            found[-1] = Party(last.name + name, last.start, end, last.role)
        else:
            found.append(Party(name, start, end, role))
    return tuple(found)


def _pieces(folded: str) -> list[tuple[int, int]]:
    """The spans between separators that stand outside brackets, white space at both ends left out."""
    cuts: list[tuple[int, int]] = []
    depth = 0
    for at, sign in enumerate(folded):
        if sign in _OPEN:
            depth += 1
        elif sign in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and sign in _SEPARATORS:
            cuts.append((at, at + 1))
    cuts += [gap.span() for gap in re.finditer(r'[ \t]{2,}', folded)]
    cuts += [
        (gap.start() + 1, gap.end() - 1) for gap in re.finditer(rf'{_HAN} {_HAN}', folded) if _two_offices(folded, gap)
    ]
    pieces: list[tuple[int, int]] = []
    at = 0
    for start, end in [*sorted(cuts), (len(folded), len(folded))]:
        piece = folded[at:start]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            pieces.append((at + lead, at + lead + len(piece.strip())))
        at = max(at, end)
    return pieces


def _two_offices(folded: str, gap: re.Match[str]) -> bool:
    """One space between two whole names of offices: 信息中心 科教处. A shorter tail is the wrapped end of one name (党政综合办 公室)."""
    before = re.split(r'[\s、,;/|]', folded[: gap.start() + 1])[-1]
    after = re.split(r'[\s、,;/|]', folded[gap.end() - 1 :])[0]
    return len(before) >= 3 and len(after) >= 3 and before.endswith(_OFFICE_ENDS) and after.endswith(_OFFICE_ENDS)


def _only_spaces(folded: str, start: int, end: int) -> bool:
    """Whether only spaces or a line feed stand between two characters: a name set apart, not 甲、乙."""
    return not folded[start:end].strip()


_OFFICE_ENDS = ('科', '处', '部', '办', '室', '中心', '股', '局', '组', '站', '所', '院', '委', '队', '会')
