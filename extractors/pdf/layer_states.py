"""Which layers of a PDF are seen when it is opened (ISO 32000-1, 8.11 Optional Content): groups, and memberships in groups.

pdfminer's objects are given, because pdfium does not say.
"""

from __future__ import annotations

from typing import Any

from pdfminer.pdftypes import PDFObjRef, dict_value, list_value, resolve1

from kaohe.extractors.pdf.pdfium import text_of

# A visibility expression is no deeper than that.
_DEEPEST = 20


class LayerStates:
    """The states of a file's groups. ``catalog`` is its catalogue; raises whatever pdfminer raises where that is broken."""

    def __init__(self, catalog: Any) -> None:
        properties = dict_value(catalog['OCProperties'])
        usual = dict_value(properties['D'])
        all_off = _name(usual.get('BaseState')) == 'OFF'
        listed = {getattr(one, 'objid', None) for one in list_value(usual.get('ON' if all_off else 'OFF', []))}
        self.groups: dict[int, str] = {}
        self.off: set[int] = set()
        self._known: dict[int, bool] = {}
        for one in list_value(properties['OCGs']):
            if isinstance(one, PDFObjRef):
                self.groups[one.objid] = text_of(dict_value(one).get('Name', b''))
                if (one.objid in listed) != all_off:
                    self.off.add(one.objid)

    def shows(self, owner: Any) -> bool:
        """Whether what belongs to a group or to a membership dictionary (as a reference, or a direct one) is seen."""
        if isinstance(owner, PDFObjRef) and owner.objid in self.groups:
            return owner.objid not in self.off
        membership = resolve1(owner)
        if not isinstance(membership, dict) or _name(membership.get('Type')) != 'OCMD':
            return True
        expression = resolve1(membership.get('VE'))
        if isinstance(expression, list) and expression:
            return self._holds(expression, _DEEPEST)
        groups = membership.get('OCGs')
        several = resolve1(groups)
        states = [
            one.objid not in self.off
            for one in (several if isinstance(several, list) else [groups])
            if isinstance(one, PDFObjRef) and one.objid in self.groups
        ]
        policy = _name(membership.get('P')) or 'AnyOn'
        return not states or {
            'AllOn': all(states),
            'AnyOn': any(states),
            'AnyOff': not all(states),
            'AllOff': not any(states),
        }.get(policy, True)

    def _holds(self, expression: Any, deepest: int) -> bool:
        if isinstance(expression, PDFObjRef) and expression.objid in self.groups:
            return expression.objid not in self.off
        if isinstance(expression, PDFObjRef):  # each is asked once, however many refer to it
            if expression.objid not in self._known:
                self._known[expression.objid] = True  # one within itself
                self._known[expression.objid] = self._holds(resolve1(expression), deepest)
            return self._known[expression.objid]
        parts = resolve1(expression)
        if not isinstance(parts, list) or not parts or not deepest:
            return True
        states = (self._holds(one, deepest - 1) for one in parts[1:])
        operator = _name(parts[0])
        if operator == 'Not':
            return not next(states, False)
        return any(states) if operator == 'Or' else all(states)


def _name(value: Any) -> str:
    return str(getattr(resolve1(value), 'name', ''))
