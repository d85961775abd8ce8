"""Whether an element of a page is one that a selector of its style sheet means (CSS Selectors Level 4; parsed by cssselect).

cssselect's own way, an XPath for each selector, asks the whole page for each of them and takes time beyond all measure on pages made for that; here
only an element that bears the selector's last name is asked, and the steps of a page are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from cssselect import parser
from lxml import etree

# What a page with 10,000 elements and 1,000 rules asks for is a tenth of it. Beyond it no rule holds any more: the text is shown.
_MOST_STEPS = 3_000_000

Tree = parser.Tree


def last_name(tree: Tree) -> str:
    """What an element must bear to be meant at all: ``#id``, ``.class`` or its own name; ``*`` where that says nothing."""
    classes: list[str] = []
    while True:
        if isinstance(tree, parser.CombinedSelector):
            tree = tree.subselector
        elif isinstance(tree, parser.Hash):
            return f'#{tree.id}'
        elif isinstance(tree, parser.Element):
            return classes[0] if classes else (tree.element or '*').lower()
        else:
            if isinstance(tree, parser.Class):
                classes.append(f'.{tree.class_name}')
            tree = tree.selector


def names_of(element: etree._Element) -> Iterator[str]:
    """What an element bears, as in ``last_name``."""
    yield '*'
    yield str(element.tag)
    yield from {f'.{name}' for name in element.get('class', '').split()}
    if element.get('id'):
        yield f'#{element.get("id")}'


class Matcher:
    """Tells for one page which elements selectors mean."""

    def __init__(self) -> None:
        self._steps = 0
        self._places: dict[etree._Element, int] = {}

    def place(self, element: etree._Element) -> int:
        """Which child of its parent the element is, from 1. The children of a parent are counted once."""
        if element not in self._places:
            parent = element.getparent()
            children = [element] if parent is None else [one for one in parent if isinstance(one.tag, str)]
            self._places |= {one: at for at, one in enumerate(children, 1)}
        return self._places[element]

    def means(self, tree: Tree, element: etree._Element) -> bool:
        """Whether the selector means the element. What depends on where the mouse is means none."""
        self._steps += 1
        if self._steps > _MOST_STEPS or not isinstance(element.tag, str):
            return False
        if isinstance(tree, parser.Element):
            return tree.element is None or tree.element.lower() == element.tag
        if isinstance(tree, parser.CombinedSelector):
            return self.means(tree.subselector, element) and any(
                self.means(tree.selector, other) for other in _AROUND[tree.combinator](element)
            )
        return _OWN.get(type(tree), _none)(self, tree, element) and self.means(tree.selector, element)


def _none(_: Matcher, tree: Tree, element: etree._Element) -> bool:
    return False


def _has_class(_: Matcher, tree: parser.Class, element: etree._Element) -> bool:
    return tree.class_name in element.get('class', '').split()


def _has_id(_: Matcher, tree: parser.Hash, element: etree._Element) -> bool:
    return element.get('id') == tree.id


def _has_attribute(_: Matcher, tree: parser.Attrib, element: etree._Element) -> bool:
    found = element.get(tree.attrib.lower())
    if found is None or tree.operator == 'exists' or tree.value is None:
        return found is not None
    wanted = str(tree.value.value)
    return bool(wanted or tree.operator == '=') and _COMPARED.get(tree.operator, _differ)(found, wanted)


def _differ(found: str, wanted: str) -> bool:
    return False


_COMPARED: dict[str, Callable[[str, str], bool]] = {
    '=': str.__eq__,
    '~=': lambda found, wanted: wanted in found.split(),
    '|=': lambda found, wanted: found == wanted or found.startswith(f'{wanted}-'),
    '^=': str.startswith,
    '$=': str.endswith,
    '*=': str.__contains__,
}


def _has_state(_: Matcher, tree: parser.Pseudo, element: etree._Element) -> bool:
    state = tree.ident.lower()
    if state == 'checked':
        return element.get('checked') is not None or element.get('selected') is not None
    if state in ('first-child', 'last-child', 'only-child'):
        before, after = element.getprevious() is None, element.getnext() is None
        return (before or state == 'last-child') and (after or state == 'first-child')
    if state == 'empty':
        return len(element) == 0 and not element.text
    return state == 'root' and element.getparent() is None


def _has_place(matcher: Matcher, tree: parser.Function, element: etree._Element) -> bool:
    if tree.name != 'nth-child':
        return False
    try:
        step, first = parser.parse_series(tree.arguments)
    except ValueError:
        return False
    beyond = matcher.place(element) - first
    return beyond == 0 if step == 0 else beyond % step == 0 and beyond // step >= 0


def _is_none(matcher: Matcher, tree: parser.Negation, element: etree._Element) -> bool:
    return not matcher.means(tree.subselector, element)


def _is_one(matcher: Matcher, tree: parser.Matching | parser.SpecificityAdjustment, element: etree._Element) -> bool:
    return any(matcher.means(one, element) for one in tree.selector_list)


# Each is asked about its own kind only.
_OWN: dict[type[Tree], Callable[[Matcher, Any, etree._Element], bool]] = {
    parser.Class: _has_class,
    parser.Hash: _has_id,
    parser.Attrib: _has_attribute,
    parser.Pseudo: _has_state,
    parser.Function: _has_place,
    parser.Negation: _is_none,
    parser.Matching: _is_one,
    parser.SpecificityAdjustment: _is_one,
}


def _parent(element: etree._Element) -> Iterator[etree._Element]:
    parent = element.getparent()
    if parent is not None:
        yield parent


def _before(element: etree._Element) -> Iterator[etree._Element]:
    yield from (other for _, other in zip(range(1), _all_before(element), strict=False))


def _all_before(element: etree._Element) -> Iterator[etree._Element]:
    yield from (other for other in element.itersiblings(preceding=True) if isinstance(other.tag, str))


_AROUND: dict[str, Callable[[etree._Element], Iterator[etree._Element]]] = {
    ' ': lambda element: element.iterancestors(),
    '>': _parent,
    '+': _before,
    '~': _all_before,
}
