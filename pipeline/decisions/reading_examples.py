"""A sentence with the reading that a person settled, names removed: an example that the maintainer adds to the tests of the grammar."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any, Final

DEFAULT_FILE: Final = Path('data/structured/examples.jsonl')
_ENDS = re.compile(r'[。；;\n]')
_NAME = '某'
_PLACE = re.compile(r'[\u4e00-\u9fff]{2,3}?(?:自治区|自治州|自治县|省|市|县|区|州|旗|镇|乡|街道|村)')
_UNIT = re.compile(r'[\u4e00-\u9fff]{2,}?(?:局|委|办|处|科|室|中心|院|校|所|站|公司|集团|厂|部|队)')
_LEVELS = frozenset('各全本该每所在省市县区镇乡村级')
_CLAUSE = ('effect', 'points', 'per_quantity', 'per_unit', 'share')
_TARGET = ('metric', 'comparator', 'value', 'value_high', 'unit')


def example_of(connection: sqlite3.Connection, row: str) -> dict[str, Any] | None:
    """The sentence in which the clause or target ``row`` stands, with all clauses and targets in it as they hold now; None where it stands in no line.

    Names of people, offices and places that the notice prints as such are replaced.
    """
    found = connection.execute(
        'SELECT indicator_id, field, start, end FROM clauses WHERE id = :row UNION ALL SELECT indicator_id, field, start, end FROM thresholds WHERE id = :row',
        {'row': row},
    ).fetchone()
    if found is None or found[0] is None:
        return None
    line, field, start, end = found
    value, kind, document = connection.execute(
        f'SELECT {field}, kind, document_id FROM indicators WHERE id = ?',  # noqa: S608  # the column is ours
        (line,),
    ).fetchone()
    begin = max((mark.end() for mark in _ENDS.finditer(value, 0, start)), default=0)
    stop = next((mark.start() for mark in _ENDS.finditer(value, max(begin, end - 1))), len(value))
    clauses = _within(connection, 'corrected_clauses', _CLAUSE, (line, field, begin, stop))
    targets = _within(connection, 'corrected_thresholds', _TARGET, (line, field, begin, stop))
    names = _names(connection, document)

    def nameless(text: str) -> str:
        for name in names:
            text = text.replace(name, _NAME)
        return text

    for target in targets:
        target['metric'] = target['metric'] and nameless(target['metric'])
    for one in (*clauses, *targets):
        one['text'] = nameless(one['text'])
    sentence = nameless(value[begin:stop])
    return {'text': sentence, 'field': field, 'kind': kind, 'clauses': clauses, 'thresholds': targets}


def keep_example(file: Path, example: dict[str, Any]) -> None:
    """Adds the example to a file, one JSON object a line; one that stands there already is replaced. Raises ``OSError``."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = file.read_text('utf-8').splitlines() if file.exists() else []
    kept = [line for line in lines if line.strip() and json.loads(line).get('text') != example['text']]
    file.write_text('\n'.join((*kept, json.dumps(example, ensure_ascii=False))) + '\n', 'utf-8')


def _within(
    connection: sqlite3.Connection, view: str, columns: tuple[str, ...], place: tuple[str, str, int, int]
) -> list[dict[str, Any]]:
    rows = connection.execute(
        f'SELECT text, {", ".join(columns)} FROM {view} WHERE indicator_id = ? AND field = ? AND start >= ? AND end <= ? AND NOT dropped ORDER BY start, ordinal',  # noqa: S608  # ours
        place,
    )
    return [dict(zip(('text', *columns), row, strict=True)) for row in rows]


def _names(connection: sqlite3.Connection, document: str) -> list[str]:
    """The names that the notice prints as such, the longest first: who answers for lines, who issued it, the places in its title and issuer."""
    title, issuer, office = connection.execute(
        'SELECT title, issuer, office FROM documents WHERE id = ?', (document,)
    ).fetchone()
    parties = connection.execute(
        'SELECT DISTINCT party FROM responsibilities r JOIN indicators i ON i.id = r.indicator_id WHERE i.document_id = ?',
        (document,),
    )
    heads = ' '.join(filter(None, (title, issuer, office)))
    found = {name for (name,) in parties if len(name) > 1} | {name for name in (issuer, office) if name}
    for pattern in (_PLACE, _UNIT):
        found |= {name for name in pattern.findall(heads) if name[0] not in _LEVELS}
    found |= {name[:-1] for name in found if _PLACE.fullmatch(name) and len(name) > 3}
    return sorted(found, key=lambda name: (-len(name), name))
