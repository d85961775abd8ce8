"""The text of a formula (Office MathML) on one line."""

from __future__ import annotations

from lxml import etree

from kaohe.extractors.docx.names import M, W
from kaohe.extractors.raised import raised

DELETED = frozenset({W + 'del', W + 'moveFrom'})


def formula(element: etree._Element) -> str:
    """The characters of a formula in reading order; a fraction is ``a/b``, brackets and operators that Word draws are there."""
    return ''.join(_pieces(element))


def _pieces(element: etree._Element) -> list[str]:
    found: list[str] = []
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in DELETED:
            continue
        if tag in (f'{M}t', f'{W}t'):
            found.append(child.text or '')
        elif tag == f'{M}f':
            found += [_part(child, 'num'), '/', _part(child, 'den')]
        elif tag == f'{M}d':
            found.append(_bracketed(child))
        elif tag == f'{M}sSup':
            found += [_part(child, 'e'), _power(_part(child, 'sup'))]
        elif tag == f'{M}nary':
            found += [_sign(child, 'naryPr', 'chr', '∫'), _part(child, 'sub'), _part(child, 'sup'), _part(child, 'e')]
        elif tag == f'{M}rad':
            found += [_part(child, 'deg'), '√', _part(child, 'e')]
        else:
            found += _pieces(child)
    return found


def _part(element: etree._Element, name: str) -> str:
    part = element.find(M + name)
    return '' if part is None else formula(part)


def _power(text: str) -> str:
    above = raised(text)
    return above if above != text else f'^{text}' if len(text) == 1 else f'^({text})'


def _sign(element: etree._Element, properties: str, name: str, otherwise: str) -> str:
    sign = element.find(f'{M}{properties}/{M}{name}')
    return otherwise if sign is None else sign.get(f'{M}val', '')


def _bracketed(element: etree._Element) -> str:
    between = _sign(element, 'dPr', 'sepChr', '|')
    inner = between.join(formula(part) for part in element.iterfind(f'{M}e'))
    return _sign(element, 'dPr', 'begChr', '(') + inner + _sign(element, 'dPr', 'endChr', ')')
