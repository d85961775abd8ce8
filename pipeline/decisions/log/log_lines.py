"""Lines of the log of decisions, judged one by one: what a line says, or why it cannot be used.

People open the log in editors, disks fill up and cards fail, so a line may be anything. It must hold what the program writes, to the type
(msgspec), and each value must be one that its field takes; a line that does not is set aside, never mended by guess.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime

import msgspec

from kaohe.pipeline.decisions.choices import TOPICS
from kaohe.pipeline.decisions.correctable_columns import FIELDS, STANDS_IN, Field, Value, contradiction
from kaohe.pipeline.decisions.decision import Decision

_WHITE = ' \t\r'
_NAMES = {known.name for known in fields(Decision)}
_FIELDS: dict[tuple[str, str | None], Field] = {
    (owner, known.name): known for owner, those in FIELDS.items() for known in those
}
_DECODER = msgspec.json.Decoder(Decision)
_ADDABLE = tuple(owner for owner in FIELDS if owner != 'documents')


class Unfit(ValueError):
    """A line that cannot be used; the message says why, in Chinese."""


def of_line(line: str) -> Decision:
    """The decision of a line that holds one. Raises `Unfit`."""
    found = [*of_lines(line)]
    if len(found) != 1:
        raise Unfit('这一行不是一条记录')
    return found[0]


def of_lines(line: str) -> Iterator[Decision]:
    """The decisions of a line: one, or several where line feeds between them are lost. Raises `Unfit` where any of it cannot be used."""
    text = line.strip(_WHITE)
    written = _as_written(text)
    if written is not None:
        yield written
        return
    decoder, at = json.JSONDecoder(), 0
    found = []
    while at < len(text):
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            raise Unfit('这一行不完整，或被改坏了') from None
        found.append(_decision(text[at:end]))
        at = end + len(text[end:]) - len(text[end:].lstrip(_WHITE))
    yield from found


def _as_written(text: str) -> Decision | None:
    """The decision of a line that stands as the program writes it: it holds nothing else. None for any other line. Raises `Unfit`."""
    try:
        decision = _DECODER.decode(text)
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
        return None
    if not decision.as_written(text):
        return None
    _judge(decision)
    return decision


def _decision(text: str) -> Decision:
    try:
        decision = _DECODER.decode(text.encode())
        told = json.loads(text)
    except (msgspec.MsgspecError, UnicodeEncodeError, ValueError, RecursionError) as error:
        raise Unfit(f'这一行有的值不对（{_place(error)}）') from None
    unknown = told.keys() - _NAMES
    unknown |= told['notice'].keys() - {known.name for known in fields(decision.notice)}
    unknown |= told['place'].keys() - {known.name for known in fields(decision.place)}
    if unknown:
        raise Unfit(f'有本程序不认识的内容（{"、".join(sorted(unknown))[:40]}），可能是更新版本的程序写的')
    _judge(decision)
    return decision


def _place(error: Exception) -> str:
    """Where msgspec found a value of another type: ``$.notice.year``."""
    said = str(error)
    return said.rpartition('`')[0].rpartition('`')[2] if '`$' in said else '不是规定的写法'


def _judge(decision: Decision) -> None:
    if not _is_moment(decision.at):
        raise Unfit(f'时间“{decision.at[:40]}”不对')
    if not decision.by.strip():
        raise Unfit('没有写谁决定的')
    if decision.place.line < 0 or decision.place.nth < 0:
        raise Unfit('指的是第几行、第几处不对')
    if decision.kind == 'sign':
        if decision.owner != 'documents' or not isinstance(decision.value, str) or not _is_day(decision.value):
            raise Unfit('核对记录要写核对的日期')
        if not isinstance(decision.before, str):
            raise Unfit('核对记录少了核对时的内容')
    elif decision.kind == 'correct':
        known = _FIELDS.get((decision.owner, decision.field))
        if known is None:
            raise Unfit(f'没有“{decision.owner[:20]}.{(decision.field or "")[:20]}”这一栏')
        _judge_value(known, decision.value)
    elif decision.kind == 'choose':
        if decision.owner not in TOPICS or not decision.field or isinstance(decision.value, list):
            raise Unfit(f'不认识的决定“{decision.owner[:20]}.{(decision.field or "")[:20]}”')
    else:
        _judge_row(decision.owner, dict(decision.row))


def _judge_row(owner: str, row: Mapping[str, Value]) -> None:
    known = {field.name: field for field in FIELDS[owner]} if owner in _ADDABLE else {}
    if owner != 'indicators' and known:
        known |= {STANDS_IN.name: STANDS_IN}
    if not known or not row.keys() <= known.keys():
        raise Unfit('补的一行有不认识的栏')
    values: dict[str, Value] = {**dict.fromkeys(known), **row}
    for name, value in values.items():
        if name in row or known[name].kind != 'choice':
            _judge_value(known[name], value)
    clash = contradiction(owner, values)
    if clash is not None:
        raise Unfit(clash)


def _judge_value(field: Field, value: Value) -> None:
    """Lets a value pass that may be stored in the field: as `Field.parse` gives it."""
    if not _stored(field, value):
        raise Unfit(f'“{field.title}”的值“{str(value)[:20]}”不对')


def _stored(field: Field, value: Value) -> bool:
    if value is None:
        return not field.required
    match field.kind:
        case 'text':
            return isinstance(value, str) and bool(value)
        case 'points' | 'number':
            fits = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
            return fits and (field.kind == 'number' or float(value) >= 0)  # type: ignore[arg-type]  # a number by now
        case 'year':
            return isinstance(value, int) and not isinstance(value, bool) and 1900 <= value <= 2099
        case 'date':
            return isinstance(value, str) and _is_day(value)
        case 'parties':
            return isinstance(value, list) and all(value)
        case 'flag':
            return isinstance(value, int) and value in (0, 1)
        case 'choice':
            return field.choices is not None and value in field.choices
    raise AssertionError(field.kind)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    """Whether it is a moment as `timed` writes it, or the day alone: such texts are in the order of time."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return text[4:5] == '-' and text[10:11] in ('', 'T') and not moment.utcoffset() and moment.year < date.max.year
