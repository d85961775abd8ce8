"""What a page's styles say of an element: its own style, and the rules of the page's style sheets that mean it (CSS Cascading Level 4).

Of several declarations of a property the more important holds, then the element's own, then the one of the more specific selector, then the
later. What holds on certain media only (paper, narrow screens) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import cssselect
import tinycss2
from lxml import etree

from kaohe.extractors.html.selectors import Matcher, Tree, last_name, names_of

# The properties by which text is not shown, or is struck out; all others are passed over. Colours are asked for where something is white.
_HIDING = ('display', 'visibility', 'opacity', 'mso-hide', 'text-decoration', 'font-size')
_COLORS = ('color', 'background')
_SAYS = re.compile('|'.join(_HIDING), re.IGNORECASE)
_SAYS_OR_COLORS = re.compile('|'.join(_HIDING + _COLORS), re.IGNORECASE)
_ASKED = frozenset(_HIDING + _COLORS)
_ONE_NAME = {'text-decoration-line': 'text-decoration', 'background-color': 'background'}
_WHITE = re.compile(
    r'(?:^|[^-])color["\'\s]*[:=]["\'\s]*(?:white|#fff(?:fff)?\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))', re.IGNORECASE
)
# Grounds that no declaration of a colour tells.
_UNTOLD = re.compile(r'@import|@media|gradient\(|url\(', re.IGNORECASE)
# So many characters of style sheets are read: what stands beyond hides nothing.
_MOST_STYLE = 2 << 20
_SCREEN = re.compile(r'(?:only\s+)?(?:all|screen)', re.IGNORECASE)
_OWN_STYLE = (1, 0, 0, 0)


class _Said(NamedTuple):
    """A declaration: it holds against others of its property with a smaller rank."""

    what: str
    value: str
    important: bool


class _Rule(NamedTuple):
    """One selector of a rule, how specific it is, and its place among all."""

    selector: Tree
    rank: tuple[int, int, int, int]
    at: int
    said: tuple[_Said, ...]


class Cascade:
    """The styles of a page. ``of`` gives an element's values of the properties by which text is hidden or struck out, and those of its colours
    where the page writes something in ``white`` and all its styles are known."""

    def __init__(self, root: etree._Element) -> None:
        self._matcher = Matcher()
        self.white = _writes_white(root)
        self._says = _SAYS_OR_COLORS if self.white else _SAYS
        self._rules: dict[str, list[_Rule]] = {}
        room, count = _MOST_STYLE, 0
        for sheet in root.iter('style'):
            text = ''.join(map(str, sheet.itertext()))[:room]
            room -= len(text)
            if self._says.search(text) and _on_screen(sheet.get('media', '')):
                for rule in _rules_of(text):
                    count += 1
                    self._rules.setdefault(last_name(rule.selector), []).append(rule._replace(at=count))

    def of(self, element: etree._Element) -> dict[str, str]:
        """The values that hold, in small letters, by property; nothing for what no style says."""
        style = element.get('style', '')
        own = [(_OWN_STYLE, 0, said) for said in _of_own(style)] if self._says.search(style) else []
        found = own + [
            (rule.rank, rule.at, said)
            for name in (names_of(element) if self._rules else ())
            for rule in self._rules.get(name, ())
            if self._means(rule.selector, element)
            for said in rule.said
        ]
        found.sort(key=lambda one: (one[2].important, *one[:2]))
        return {said.what: said.value for _, _, said in found}

    def _means(self, selector: Tree, element: etree._Element) -> bool:
        try:
            return self._matcher.means(selector, element)
        except RecursionError:  # a selector of a thousand parts
            return False


def _writes_white(root: etree._Element) -> bool:
    """Whether something is written in white and all grounds are told: no other file, picture or medium, and no column, colours what is below."""
    if any('stylesheet' in link.get('rel', '').lower() for link in root.iter('link')):
        return False
    if any(column.get('style') or column.get('bgcolor') for column in root.iter('col', 'colgroup')):
        return False
    sheets = [''.join(map(str, sheet.itertext()))[:_MOST_STYLE] for sheet in root.iter('style')]
    if any(map(_UNTOLD.search, sheets)) or any(
        each.get('background') or _UNTOLD.search(each.get('style', '')) for each in root.iter('*')
    ):
        return False
    own = (f'{each.get("style", "")};color:{each.get("color", "")}' for each in root.iter('*'))
    return any(_WHITE.search(text) for text in (*own, *sheets))


def _rules_of(sheet: str) -> Iterator[_Rule]:
    try:
        rules = list(_held(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)))
    except RecursionError:  # blocks in blocks beyond all reason: no rule of the sheet holds
        return
    for rule in rules:
        try:
            said = tuple(_said(rule.content))
            selectors = cssselect.parse(tinycss2.serialize(rule.prelude)) if said else []
            ranks = [(0, *one.specificity()) for one in selectors]
        except (cssselect.SelectorError, RecursionError):
            continue  # as browsers do
        for one, rank in zip(selectors, ranks, strict=True):
            if one.pseudo_element is None:
                yield _Rule(one.parsed_tree, rank, 0, said)


def _of_own(style: str) -> list[_Said]:
    """What an element's own style says; nothing where that is nested beyond all reason."""
    try:
        return list(_said(style))
    except RecursionError:
        return []


def _held(rules: Iterable[tinycss2.ast.Node]) -> Iterator[tinycss2.ast.QualifiedRule]:
    """The rules that hold on a screen."""
    for rule in rules:
        if rule.type == 'qualified-rule':
            yield rule
        elif _holds_rules(rule) and _on_screen(tinycss2.serialize(rule.prelude)):
            yield from _held(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))


def _holds_rules(rule: tinycss2.ast.Node) -> bool:
    return rule.type == 'at-rule' and rule.lower_at_keyword == 'media' and rule.content is not None


def _on_screen(media: str) -> bool:
    return not media.strip() or any(_SCREEN.fullmatch(one.strip()) for one in media.split(','))


def _said(style: str | list[tinycss2.ast.Node]) -> Iterator[_Said]:
    for one in tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True):
        if one.type == 'declaration' and (what := _ONE_NAME.get(one.lower_name, one.lower_name)) in _ASKED:
            yield _Said(what, tinycss2.serialize(one.value).strip().lower(), one.important)
