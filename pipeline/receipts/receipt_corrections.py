"""What people corrected in a notice: which value, what was read, what it is now, who said so, when and why."""

from __future__ import annotations

import json
from typing import Final

from kaohe.pipeline.decisions.correctable_columns import FIELDS
from kaohe.pipeline.language.terms import shortened
from kaohe.pipeline.receipts.markup import Html, tag
from kaohe.pipeline.receipts.receipt_content import ReceiptContent, ReceiptCorrection, ReceiptOverlay

_SHOWN: Final = 60
_STATE: Final = {'superseded': '后来又改过', 'orphaned': '没有用上：现在没有这一条', 'waiting': '通知不在'}


def corrections_section(content: ReceiptContent) -> Html | None:
    """The corrections in the order in which they were made. None where there is none."""
    if not content.corrections:
        return None
    return tag(
        'section',
        tag('h2', '更正记录', tag('small', f'{len(content.corrections)} 处')),
        tag('ul', *(tag('li', *_told(one)) for one in content.corrections), cls='doubts'),
        id='corrections',
    )


def corrected_to(one: ReceiptOverlay) -> str:
    """What stands in the corrected columns of a row now, and who says so."""
    changes = json.loads(one.changes)
    told = [
        f'{field.title}：{_value(field.show(changes[field.name]))}'
        for field in FIELDS[one.owner]
        if field.name in changes
    ]
    who = ' '.join(part for part in (one.decided_by, one.decided_on) if part)
    return f'{"；".join(told)}{f"（{who}）" if who else ""}'


def _value(shown: object) -> str:
    return '（空）' if shown in (None, '') else shortened(str(shown), _SHOWN)


def _told(one: ReceiptCorrection) -> list[Html]:
    label = shortened(str(json.loads(one.target).get('label') or ''), _SHOWN)
    state = _STATE.get(one.state)
    who = f'{one.decided_by} {one.decided_at[:10]}'
    return [
        tag('p', f'{label}　{_change(one)}', cls='what'),
        tag('p', '；'.join(part for part in (who, one.why and f'原因：{one.why}', state) if part), cls='soft'),
    ]


def _change(one: ReceiptCorrection) -> str:
    if one.added:
        return '补了这一行'
    field = next((known for known in FIELDS[one.owner] if known.name == one.field), None)
    if field is None:
        return one.field or ''
    shown = [_value(field.show(json.loads(part))) for part in (one.before, one.value)]
    return f'{field.title}：{shown[0]} → {shown[1]}'
