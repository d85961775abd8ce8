"""What the fields of a form on a page show: what is written in them, ticked, or chosen."""

from __future__ import annotations

from lxml import etree

_WRITTEN = ('text', 'button', 'submit', 'reset', 'number', 'tel', 'email', 'url', 'date', 'search')
_TICKED, _UNTICKED = '☑', '☐'


def shown_value(field: etree._Element) -> str | None:
    """What an ``input`` shows; None for what is not seen."""
    kind = field.get('type', 'text').lower()
    if kind in ('checkbox', 'radio'):
        return _UNTICKED if field.get('checked') is None else _TICKED
    return field.get('value') if kind in _WRITTEN else None


def not_chosen(choices: etree._Element) -> list[etree._Element]:
    """The options of a ``select`` that it does not show: all but the last that is marked, else the first. None of a list that shows several."""
    if choices.get('multiple') is not None or choices.get('size', '1') != '1':
        return []
    options = [
        option for one in choices for option in (one if one.tag == 'optgroup' else (one,)) if option.tag == 'option'
    ]
    chosen = next(
        (one for one in reversed(options) if one.get('selected') is not None), options[0] if options else None
    )
    return [one for one in options if one is not chosen]
