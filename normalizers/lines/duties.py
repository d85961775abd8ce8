"""Who answers for a line: the parties that a cell names. Rulings 24 and 25."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kaohe.normalizers.catalogue import Role
from kaohe.normalizers.text.folding import halfwidth

_HAN = r'[\u3007\u3400-\u9fff]'
_SEPARATORS = '\n、,;。/|'
_OPEN, _CLOSE = '([〔【《“', ')]〕】》”'
_LABEL = re.compile(
    r'(?P<role>主要领导|分管领导|牵头领导|责任领导|责任处室|牵头|主办|主责|责任|配合|协助|协办|协同|参与)(?:处室|科室|部门|单位|股室|领导|人)?\s*[:]\s*'
)
_ROLE_OF_LABEL: dict[str, Role] = {
    '主要领导': 'lead_leader', '分管领导': 'lead_leader', '牵头领导': 'lead_leader', '责任领导': 'lead_leader', '责任处室': 'responsible_office',
    '牵头': 'lead_department', '主办': 'lead_department', '主责': 'lead_department', '责任': 'responsible_office', '配合': 'supporting_department',
    '协助': 'supporting_department', '协办': 'supporting_department', '协同': 'supporting_department', '参与': 'supporting_department',
}  # fmt: skip
_LEADS, _SUPPORTS = '牵头|主办|主责', '配合|协助|协办|协同|参与'
_TAIL = '(?:落实|完成|实施|组织|工作)?'
_BY = re.compile('由|[请会]同')
# 质控科配合, 由医务科牵头负责, 各科室积极配合完成
_SAYS = re.compile(
    rf'(?:{_BY.pattern})?(?P<name>.*?)(?:积极|密切|主动|共同|具体|分别|予以|做好|总)?(?:(?P<leads>{_LEADS})|(?P<supports>{_SUPPORTS})|负责)+'
    rf'{_TAIL}'
)
# 医务科（牵头）, 护理部（配合科室）
_SAID_BEHIND = re.compile(
    rf'(?P<name>.*)\((?:(?P<leads>{_LEADS})|(?P<supports>{_SUPPORTS})|负责)(?:处室|科室|部门|单位|股室)?\)'
)
# 院感科（总务科配合）
_BRACKET = re.compile(r'(?P<name>[^()]*)\((?P<inner>[^()]+)\)')
# two clauses that nothing parts: 医务科牵头护理部配合
_CLAUSES = re.compile(rf'(?:{_LEADS}|负责)++(?=\s?[^()\s,;、。\d]{{2,}}(?:{_SUPPORTS}){_TAIL}(?:[\s,;、。)]|$))')
_NOBODY = re.compile(r'[-—/\\无\s]*|考核对象|被考核单位|考核单位')
# A name ends with one of these, or it goes on in the next line of a narrow cell.
_OFFICE_ENDS = ('科', '处', '部', '办', '室', '中心', '股', '局', '组', '站', '所', '院', '委', '队', '会')
_PARTY_ENDS = (
    *_OFFICE_ENDS,
    '等',
    '单位',
    '门',
    '校',
    '镇',
    '乡',
    '县',
    '区',
    '市',
    '司',
    '村',
    '业',
    '班',
    '人',
    '员',
    '长',
    '府',
    '学',
    '厂',
    '库',
    '台',
    '馆',
    '园',
    '街道',
    '医生',
    '支部',
)
# So narrow a cell wraps names: at most so many characters a line.
_NARROW = 4


@dataclass(frozen=True, slots=True)
class Party:
    """A party that a cell names, with its span in the cell's text. ``role`` is set where the cell itself says it (配合：护理部)."""

    name: str
    start: int
    end: int
    role: Role | None = None


@lru_cache(1024)  # the same offices answer for many lines
def read_parties(text: str, *, people: bool = False) -> tuple[Party, ...]:
    """The offices or, where ``people`` are asked for, the persons that a duty cell names, in order.

    Line feeds, 、 and their like, and runs of two or more spaces separate; single characters set apart are the parts of one name
    (``高  峰`` is 高峰); brackets hold together; 等 after the last belongs to it. A verb behind a name says its role: ``护理部；质控科配合``
    names 质控科 as supporting, ``院感科（总务科配合）`` names both; 负责 leaves the column's role.
    """
    return tuple(_with_roles(text, _named(text, people), people))


def _named(text: str, people: bool) -> list[Party]:
    """The parties as they are written, with the verbs that say their roles."""
    folded = halfwidth(text)
    if _NOBODY.fullmatch(re.sub(r'\s', '', folded)):
        return []
    found: list[Party] = []
    role: Role | None = None
    for start, end in _pieces(folded, people):
        label = _LABEL.match(folded, start, end)
        if label:
            role = _ROLE_OF_LABEL[label['role']]
            start = label.end()
        name = re.sub(r'(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])', '', text[start:end]).strip('。. ')
        if not name or _NOBODY.fullmatch(name):
            continue
        found.append(Party(name, start, end, role))
    # 高  峰 first: what is set apart on one line is no wrapped end of the line above
    for belongs in (_is_set_apart, _is_wrapped):
        found = _joined(folded, found, belongs)
    return found


def _with_roles(text: str, named: Sequence[Party], people: bool, *, aside: bool = False) -> list[Party]:
    """The parties without the verbs that say their roles, each with the role said. ``aside`` is the text of a bracket behind an office.

    A verb holds for all that 、 joins to its name; but one party of a cell is supported by the others: in ``医务科、护理部、院感科配合``
    the first is not said to support.
    """
    found: list[Party] = []
    for party in named:
        name = halfwidth(party.name)
        said = _SAID_BEHIND.fullmatch(name) or _SAYS.fullmatch(name)
        if said is None:
            found += _in_brackets(text, party, people)
            continue
        role: Role | None = None  # who 负责 has the role of the column, and so has a person who leads
        if said['leads'] and not people:
            role = 'lead_department'
        elif said['supports'] and not said['leads']:
            role = 'supporting_department'
        if said['name']:
            found.append(_cut(text, party, *said.span('name'), role))
        elif found:
            found[-1] = replace(found[-1], role=role)
        else:
            found.append(party)
            continue
        if said.re is _SAID_BEHIND and said['name']:
            continue
        first = 1 if role == 'supporting_department' and not aside else 0
        for at in range(len(found) - 2, first - 1, -1):
            if found[at].role is not None or text[found[at].end : found[at + 1].start].strip() != '、':
                break
            by = _BY.match(found[at].name)
            found[at] = _cut(text, found[at], by.end() if by else 0, len(found[at].name), role)
    return found


def _in_brackets(text: str, party: Party, people: bool) -> list[Party]:
    """The party, and those that a bracket behind it names with their roles: 院感科（总务科、信息科配合）, 院感科（配合：总务科）."""
    bracket = _BRACKET.fullmatch(halfwidth(party.name))
    if bracket is None:
        return [party]
    inner = _cut(text, party, *bracket.span('inner'), None)
    written = text[inner.start : inner.end]
    others = _with_roles(written, _named(written, people), people, aside=True)
    if not others or not all(other.role and other.name.endswith(_PARTY_ENDS) for other in others):
        return [party]
    shifted = [replace(one, start=one.start + inner.start, end=one.end + inner.start) for one in others]
    return [_cut(text, party, *bracket.span('name'), party.role), *shifted] if bracket['name'] else shifted


def _cut(text: str, party: Party, start: int, end: int, role: Role | None) -> Party:
    """The part of a party's name with its span in the text, which may hold spaces and line feeds that the name does not."""
    signs = [at for at in range(party.start, party.end) if not text[at].isspace()]
    before, upto = (len(''.join(party.name[:at].split())) for at in (start, end))
    return Party(party.name[start:end].strip(), signs[before], signs[upto - 1] + 1, role or party.role)


def _joined(folded: str, parties: Sequence[Party], belongs: Callable[[str, str, str], bool]) -> list[Party]:
    """The parties, each with those after it that belong to its name; ``belongs`` gets both names and what stands between them."""
    found: list[Party] = []
    for party in parties:
        last = found[-1] if found else None
        if last and belongs(last.name, party.name, folded[last.end : party.start]):
            found[-1] = Party(last.name + party.name, last.start, party.end, party.role or last.role)
        else:
            found.append(party)
    return found


def _pieces(folded: str, people: bool) -> list[tuple[int, int]]:
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
    cuts += [(clause.end(), clause.end()) for clause in _CLAUSES.finditer(folded)]
    apart = _two_people if people else _two_offices
    cuts += [
        gap.span(1) for gap in re.finditer(rf'{_HAN}( )(?={_HAN})', folded) if apart(*_around(folded, gap.start(1)))
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


def _around(folded: str, space: int) -> tuple[str, str]:
    """The words on both sides of a space."""
    return re.split(r'[\s、,;/|:]', folded[:space])[-1], re.split(r'[\s、,;/|:]', folded[space + 1 :])[0]


def _two_offices(before: str, after: str) -> bool:
    """One space between two whole names of offices: 信息中心 科教处. A shorter tail is the wrapped end of one name (党政综合办 公室)."""
    return len(before) >= 3 and len(after) >= 3 and before.endswith(_OFFICE_ENDS) and after.endswith(_OFFICE_ENDS)


def _two_people(before: str, after: str) -> bool:
    """One space between two whole names of persons: 张三丰 李四. Names of two are set with a space themselves (高 峰)."""
    return 2 <= len(before) <= 4 and 2 <= len(after) <= 4


def _is_set_apart(before: str, name: str, gap: str) -> bool:
    """高 and 峰 with spaces between them."""
    return len(before) == len(name) == 1 and not gap.strip() and '\n' not in gap


def _is_wrapped(before: str, name: str, gap: str) -> bool:
    """等 after the last name; the end of a name that a narrow cell broke (综合监⏎督处, 李国⏎华)."""
    if name == '等':
        return True
    if gap.strip() or '\n' not in gap:
        return False
    said = _SAYS.fullmatch(name)  # 督处配合
    name = said['name'] if said else name
    narrow = len(before) <= _NARROW and len(name) <= _NARROW
    return len(name) == 1 or (narrow and name.endswith(_OFFICE_ENDS) and not before.endswith(_PARTY_ENDS))


# A division of an office has none below it that ends alike: 计财处医政处 are two, wherever one of them is known.
_DIVISION_ENDS = ('处', '科')


def split_joined(name: str, known: Collection[str]) -> tuple[str, ...]:
    """The names that were printed without anything between them: 计财处科教处, where both stand alone elsewhere in the notice.

    Both must end alike: 教育局办公室 is one office of the 教育局.
    """
    for cut in range(3, len(name) - 2):
        first, rest = name[:cut], name[cut:]
        alike = first[-1] == name[-1] and first.endswith(_OFFICE_ENDS)
        if alike and rest in known and first.endswith(_DIVISION_ENDS):
            return (first, rest)
        if alike and first in known:
            others = (rest,) if rest in known else split_joined(rest, known)
            if all(other in known for other in others):
                return (first, *others)
    return (name,)
