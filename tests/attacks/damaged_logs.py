"""Logs of decisions that an editor, a full disk or a person damaged, and the page of the docs that lists what is said of each:
``python -m tests.attacks.damaged_logs`` writes it anew."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from kaohe.pipeline.decisions.log.log_files import FILE, read_log

PAGE = Path(__file__).parents[2] / 'docs' / 'damaged-logs.md'
_HEAD = """# Damaged logs of decisions

What is said of a log of four decisions (a correction of points, one of parties, an added clause, a sign-off) that was damaged: the line that is
set aside and why. All other lines hold. `tests/attacks/test_decision_log.py` makes each, reads it, and adds to it; this page is written by
`python -m tests.attacks.damaged_logs` and tested.

| damage | lines that hold | said of the line that does not (`更正记录 … 第 n 行没有用上：`) |
|---|---|---|
"""
NOTICE = {'document': 'd_x', 'doc_number': '青卫〔2025〕3号', 'title': '细则', 'issuer': None, 'year': 2025}
PLACE = {'table': '细则', 'key': 'k', 'line': 0, 'field': None, 'text': None, 'nth': 0}
# Points of a line, its parties, a clause that was missed, a sign-off: the second to the fifth minute.
GOOD: list[dict[str, Any]] = [
    {'kind': 'correct', 'at': '2025-03-01T08:02:00.000000+00:00', 'by': '张三', 'why': None, 'notice': NOTICE, 'owner': 'indicators', 'place': PLACE,
     'label': '党建', 'field': 'points', 'value': 7.0, 'before': 5.0, 'row': []},
    {'kind': 'correct', 'at': '2025-03-01T08:03:00.000000+00:00', 'by': '张三', 'why': '漏', 'notice': NOTICE, 'owner': 'indicators', 'place': PLACE,
     'label': '党建', 'field': 'lead_department', 'value': ['医务科', '护理部'], 'before': None, 'row': []},
    {'kind': 'add', 'at': '2025-03-01T08:04:00.000000+00:00', 'by': '李四', 'why': None, 'notice': NOTICE, 'owner': 'clauses', 'place': PLACE,
     'label': '扣1分', 'field': None, 'value': None, 'before': None,
     'row': [['text', '扣1分'], ['effect', 'deduct'], ['points', 1], ['per_quantity', None], ['per_unit', None], ['condition', None], ['cap', None],
             ['dropped', 0], ['field', 'criteria']]},
    {'kind': 'sign', 'at': '2025-03-01T08:05:00.000000+00:00', 'by': '李四', 'why': None, 'notice': NOTICE, 'owner': 'documents', 'place': PLACE | {'table': None, 'key': None},
     'label': None, 'field': None, 'value': '2025-03-01', 'before': 'abcd', 'row': []},
]  # fmt: skip


def lines(*records: dict[str, Any]) -> bytes:
    return ''.join(json.dumps(record, ensure_ascii=False, separators=(',', ':')) + '\n' for record in records).encode()


def with_first(**changes: object) -> bytes:
    """The log with other values in its first record."""
    return lines(GOOD[0] | changes, *GOOD[1:])


def with_nth(number: int, **changes: object) -> bytes:
    return lines(*(record | changes if at == number else record for at, record in enumerate(GOOD)))


def with_row(**changes: object) -> bytes:
    return with_nth(2, row=[[name, value] for name, value in (dict(GOOD[2]['row']) | changes).items()])


def without(name: str) -> bytes:
    return lines({key: value for key, value in GOOD[0].items() if key != name}, *GOOD[1:])


def replaced(old: str, new: str) -> bytes:
    """The log with a text of its first line replaced."""
    data = lines(*GOOD).decode()
    assert old in data
    return data.replace(old, new, 1).encode()


WHOLE = lines(*GOOD)
FIRST, REST = WHOLE.split(b'\n', 1)

# What happened to the log; its bytes; the line that is set aside (None: none) with a word of the reason.
DAMAGED: list[tuple[str, bytes, int | None, str]] = [
    ('whole', WHOLE, None, ''),
    ('no line feed at the end', WHOLE.rstrip(b'\n'), None, ''),
    ('CRLF', WHOLE.replace(b'\n', b'\r\n'), None, ''),
    ('a signature of UTF-8', b'\xef\xbb\xbf' + WHOLE, None, ''),
    ('a signature and CRLF', b'\xef\xbb\xbf' + WHOLE.replace(b'\n', b'\r\n'), None, ''),
    ('saved as UTF-16 LE', b'\xff\xfe' + WHOLE.decode().encode('utf-16-le'), None, ''),
    ('saved as UTF-16 BE', b'\xfe\xff' + WHOLE.decode().encode('utf-16-be'), None, ''),
    ('blank lines between', WHOLE.replace(b'\n', b'\n\n  \n'), None, ''),
    ('two records on one line', WHOLE.replace(b'\n', b'', 1), None, ''),
    ('two records on one line, parted by blanks', WHOLE.replace(b'\n', b' \t ', 1), None, ''),
    ('a line twice', FIRST + b'\n' + WHOLE, None, ''),
    ('blanks around a record', b'  ' + FIRST + b'  \n' + REST, None, ''),
    ('half a line at the end', WHOLE + FIRST[:70], 5, '不完整'),
    ('half a line, then a whole one glued to it', FIRST[:70] + FIRST + b'\n' + REST, 1, '不完整'),
    ('half a line in the middle', FIRST[:70] + b'\n' + REST, 1, '不完整'),
    ('a whole one and half a one on one line', FIRST + FIRST[:50] + b'\n' + REST, 1, '不完整'),
    ('saved as GB18030', WHOLE.split(b'\n', 1)[0].decode().encode('gb18030') + b'\n' + REST, 1, 'UTF-8'),
    ('a byte flipped to what is no UTF-8', b'\xff'.join([FIRST[:60], FIRST[61:]]) + b'\n' + REST, 1, 'UTF-8'),
    ('NUL bytes where the file grew and nothing was written', b'\0' * 300 + b'\n' + REST, 1, '不完整'),
    ('a comment', b'# old\n' + REST, 1, '不完整'),
    ('a comma at the end of the line', FIRST + b',\n' + REST, 1, '不完整'),
    ('a list', b'[1, 2]\n' + REST, 1, '不对'),
    ('a number', b'7\n' + REST, 1, '不对'),
    ('null', b'null\n' + REST, 1, '不对'),
    ('an empty object', b'{}\n' + REST, 1, '不对'),
    ('a text', b'"abc"\n' + REST, 1, '不对'),
    ('ten thousand brackets', b'[' * 10000 + b'\n' + REST, 1, '不完整'),
    ('curly quotes', replaced('"kind"', '“kind”'), 1, '不完整'),
    ('kind unknown', with_first(kind='delete'), 1, 'kind'),
    ('kind missing', without('kind'), 1, '不对'),
    ('no place', without('place'), 1, '不对'),
    ('no notice', without('notice'), 1, '不对'),
    ('a name of a newer version', with_first(certainty=1), 1, 'certainty'),
    ('a place with a name of a newer version', with_first(place=PLACE | {'column': 'x'}), 1, 'column'),
    ('points as text', with_first(value='7分'), 1, '分值'),
    ('points true', with_first(value=True), 1, '不对'),
    ('points NaN', replaced('"value":7.0', '"value":NaN'), 1, '不对'),
    ('points infinite', replaced('"value":7.0', '"value":1e999'), 1, '不对'),
    ('points negative', with_first(value=-1), 1, '分值'),
    ('points a list', with_first(value=['7']), 1, '分值'),
    ('points an object', with_first(value={'7': 1}), 1, '不对'),
    ('a field that no line has', with_first(field='nonsense'), 1, 'nonsense'),
    ('no field', with_first(field=None), 1, '栏'),
    ('a table that nobody corrects', with_first(owner='runs'), 1, 'runs'),
    ('a kind of line that does not exist', with_first(field='kind', value='nonsense'), 1, '类别'),
    ('a kind of line emptied', with_first(field='kind', value=None), 1, '类别'),
    ('a text emptied to nothing', with_first(field='criteria', value=''), 1, '评分标准'),
    ('a date that does not exist', with_first(field='checked_on', value='2025-02-30'), 1, '核对日期'),
    ('a date in other words', with_first(field='checked_on', value='2025年3月1日'), 1, '核对日期'),
    ('a year as text', with_first(owner='documents', field='year', value='2025'), 1, '年度'),
    ('a flag of 2', with_first(field='dropped', value=2), 1, '这不是指标'),
    ('parties as one text', with_first(field='lead_department', value='医务科'), 1, '牵头科室'),
    ('a party without a name', with_first(field='lead_department', value=['医务科', '']), 1, '牵头科室'),
    ('a party that is a number', with_first(field='lead_department', value=[1]), 1, '不对'),
    ('a moment that does not exist', with_first(at='2025-13-01T00:00:00+00:00'), 1, '时间'),
    ('a moment in words', with_first(at='昨天'), 1, '时间'),
    ('a moment of another time zone', with_first(at='2025-03-01T08:02:00+08:00'), 1, '时间'),
    ('the last moment there is', with_first(at='9999-12-31T23:59:59.999999+00:00'), 1, '时间'),
    ('nobody decided', with_first(by='  '), 1, '谁'),
    ('a person who is a number', with_first(by=7), 1, 'by'),
    ('the line before the first', with_first(place=PLACE | {'line': -1}), 1, '第几'),
    ('half a line as the number', with_first(place=PLACE | {'line': 0.5}), 1, 'line'),
    ('a year of the notice that is a text', with_first(notice=NOTICE | {'year': '2025'}), 1, 'year'),
    ('half a character', replaced('张三', '\\ud800'), 1, '不对'),
    ('an added row with an unknown column', with_row(colour='red'), 3, '不认识'),
    ('an added row with an effect that does not exist', with_row(effect='gift'), 3, '效果'),
    ('an added row without a text', with_row(text=None), 3, '条款原文'),
    ('an added row with a unit and no quantity', with_row(per_unit='项'), 3, '每单位'),
    ('an added notice', with_nth(2, owner='documents'), 3, '不认识'),
    ('an added row that is no list', with_nth(2, row='abc'), 3, 'row'),
    ('a sign-off without a day', with_nth(3, value=None), 4, '日期'),
    ('a sign-off of a line', with_nth(3, owner='indicators'), 4, '日期'),
    ('a sign-off of nothing', with_nth(3, before=None), 4, '内容'),
]  # fmt: skip


def page() -> str:
    """The page as it should stand."""
    rows = []
    for what, data, _, _ in DAMAGED:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, FILE).write_bytes(data)
            log = read_log(Path(folder))
        said = '；'.join(f'第 {spoiled.line} 行：{spoiled.why}' for spoiled in log.spoiled).replace('|', '\\|')
        rows.append(f'| {what} | {len(log.decisions)} | {said or "nothing: all is read"} |\n')
    return _HEAD + ''.join(rows)


if __name__ == '__main__':
    PAGE.write_text(page(), encoding='utf-8')
