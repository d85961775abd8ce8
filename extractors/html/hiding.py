"""What a page does not show, or shows struck out: by its element, its own style, or a rule of the page's style sheets for its class or id."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

_HIDES = re.compile(r'display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all', re.IGNORECASE)
_STRIKES = re.compile(r'text-decoration(?:-line)?\s*:[^;]*line-through', re.IGNORECASE)
_STRUCK = frozenset({'s', 'strike', 'del'})
_COMMENT = re.compile(r'/\*.*?\*/|<!--|-->', re.DOTALL)
_RULE = re.compile(r'([^{}]+)\{([^{}]*)\}')
# One element, by its name, its class or its id; a selector that asks for more is not followed.
_SELECTOR = re.compile(r'([a-z][a-z0-9]*)?(?:([.#])([\w\u4e00-\u9fff-]+))?', re.IGNORECASE)

_Key = tuple[str, str, str]


class Hiding:
    """The rules of a page by which elements are hidden or struck out."""

    def __init__(self, root: etree._Element | None) -> None:
        self._rules: dict[_Key, bool] = {}
        for sheet in root.iter('style') if root is not None else ():
            for selectors, style in _RULE.findall(_shown_rules(_COMMENT.sub('', ''.join(map(str, sheet.itertext()))))):
                for selector in selectors.split(','):
                    self._add(selector.strip(), style)

    def _add(self, selector: str, style: str) -> None:
        found = _SELECTOR.fullmatch(selector)
        if found is None or not selector:
            return
        key = ((found[1] or '').lower(), found[2] or '', found[3] or '')
        if _left_out(style):
            self._rules[key] = True
        elif re.search(r'display\s*:|visibility\s*:|text-decoration', style, re.IGNORECASE):
            self._rules[key] = False  # the later of two rules holds

    def leaves_out(self, element: etree._Element) -> bool:
        """Whether the element's content is hidden or struck out."""
        tag = str(element.tag)
        if element.get('hidden') is not None or tag in _STRUCK or _left_out(element.get('style', '')):
            return True
        if not self._rules or _says_shown(element.get('style', '')):
            return False
        return any(self._rules.get(key, False) for key in _keys(element, tag))


def _keys(element: etree._Element, tag: str) -> Iterable[_Key]:
    marks = [('.', name) for name in element.get('class', '').split()]
    if element.get('id'):
        marks.append(('#', element.get('id', '')))
    for sign, name in (*marks, ('', '')):
        yield tag, sign, name
        yield '', sign, name


def _left_out(style: str) -> bool:
    return bool(style) and (_HIDES.search(style) is not None or _STRIKES.search(style) is not None)


def _says_shown(style: str) -> bool:
    return re.search(r'display\s*:\s*(?!none)\w', style, re.IGNORECASE) is not None


def _shown_rules(sheet: str) -> str:
    """The sheet without what holds on certain media only, such as what is not printed."""
    kept: list[str] = []
    at = 0
    for found in re.finditer(r'@[\w-]+[^{};]*([{;])', sheet):
        if found.start() < at:
            continue
        kept.append(sheet[at : found.start()])
        at = found.end()
        depth = 1 if found[1] == '{' else 0
        while depth and at < len(sheet):
            depth += {'{': 1, '}': -1}.get(sheet[at], 0)
            at += 1
    kept.append(sheet[at:])
    return ''.join(kept)
