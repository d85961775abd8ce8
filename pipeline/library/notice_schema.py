"""The JSON schema of a notice: what `Notice.to_dict` promises. A new field keeps the version; a changed or lost one makes a new one."""

from __future__ import annotations

import types
from dataclasses import fields
from decimal import Decimal
from typing import Any, get_args, get_origin

from kaohe.pipeline.library.notice_objects import PARTS, SCHEMA, Notice, hints_of

_NAMES = {str: 'string', int: 'integer', bool: 'boolean', Decimal: 'number'}


def notice_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of what `Notice.to_dict` gives; docs/notice.schema.json holds it for other programs."""
    parts = PARTS
    properties: dict[str, Any] = {'schema': {'const': SCHEMA}}
    properties |= _properties(Notice, set(parts))
    properties |= {name: {'type': 'array', 'items': _object(kind, set(parts))} for name, kind in parts.items()}
    return {
        '$schema': 'https://json-schema.org/draft/2020-12/schema',
        'title': 'A notice as kaohe reads it',
        'description': 'Columns are described in docs/catalogue.md; null is unknown.',
        'type': 'object',
        'properties': properties,
        'required': list(properties),
        'additionalProperties': False,
    }


def _object(kind: type, left_out: set[str]) -> dict[str, Any]:
    properties = _properties(kind, left_out if kind.__name__ == 'ScoredLine' else set())
    return {'type': 'object', 'properties': properties, 'required': list(properties), 'additionalProperties': False}


def _properties(kind: Any, left_out: set[str]) -> dict[str, Any]:
    return {field.name: _typed(hints_of(kind)[field.name]) for field in fields(kind) if field.name not in left_out}


def _typed(hint: Any) -> dict[str, Any]:
    if isinstance(hint, types.UnionType):
        (inner,) = (one for one in get_args(hint) if one is not type(None))
        return {'type': [_NAMES[inner], 'null']}
    if get_origin(hint) is tuple:
        return {'type': 'array', 'items': {'type': 'string'}}
    return {'type': _NAMES[hint]}
