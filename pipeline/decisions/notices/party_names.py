"""Other names of the offices that answer for lines: proposed from what was read, confirmed by people, applied in the views."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping

from kaohe.normalizers.text.folding import squeeze
from kaohe.normalizers.vocabulary.house_vocabulary import OWN_WORDS
from kaohe.normalizers.vocabulary.party_words import SAME_OFFICES

# 宣教处 and 宣传教育处: the one is the other with characters left out; both are one kind of office.
_KIND = re.compile(r'(.+?)(科室|科|处室|处|部门|部|办公室|办|中心|股|组|室)$')
_BRACKETED = re.compile(r'(.+?)[（(]([^（()）]+)[）)]$')
_GROUP = {word: at for at, words in enumerate(SAME_OFFICES) for word in words}
_MOST = 2000
"""Names among which short forms are looked for: a look at every pair of more takes too long."""


def store_aliases(connection: sqlite3.Connection, decided: Mapping[str, tuple[str | None, str | None]]) -> None:
    """Writes the table ``aliases`` anew where it changed: what people said, and what the names that were read propose."""
    names = Counter(
        dict(
            connection.execute(
                "SELECT party, count(*) FROM responsibilities WHERE role <> 'lead_leader' GROUP BY party ORDER BY party"
            ).fetchall()
        )
    )
    wanted: dict[str, tuple[str, str, str | None]] = {
        alias: (party, 'proposed', why) for alias, party, why in proposed(names) if alias not in decided
    }
    for word in OWN_WORDS:
        if word.section == '科室' and word.word not in decided:
            wanted[word.word] = (word.key, 'confirmed', f'{word.file} 第 {word.line} 行')
    for alias, (party, why) in decided.items():
        wanted[alias] = (party or alias, 'confirmed' if party else 'rejected', why)
    stored = {row[0]: tuple(row)[1:] for row in connection.execute('SELECT alias, party, state, why FROM aliases')}
    if stored != wanted:
        connection.execute('DELETE FROM aliases')
        connection.executemany(
            'INSERT INTO aliases VALUES (?, ?, ?, ?)', [(alias, *told) for alias, told in sorted(wanted.items())]
        )


def proposed(names: Mapping[str, int]) -> Iterator[tuple[str, str, str]]:
    """Names that may mean another one of ``names`` (how often each stands), with the other one and why, in Chinese."""
    known = sorted(names)
    by_plain = {squeeze(name): name for name in reversed(known)}
    for name in known:
        found = _other(name, known, by_plain, names)
        if found is not None:
            yield name, *found


def _other(
    name: str, known: list[str], by_plain: Mapping[str, str], names: Mapping[str, int]
) -> tuple[str, str] | None:
    plain = squeeze(name)
    if plain.endswith('等') and len(plain) > 2:
        whole = plain.removesuffix('等')
        return by_plain.get(whole, whole), '末尾的“等”不是名称的一部分'
    bracketed = _BRACKETED.fullmatch(plain)
    if bracketed is not None and (other := by_plain.get(bracketed[1])) is not None:
        return other, '括号里是说明'
    short = _KIND.fullmatch(plain)
    if short is None or len(known) > _MOST:
        return None
    longer = [
        other
        for other in known
        if (kind := _KIND.fullmatch(squeeze(other))) is not None
        and len(kind[1]) > len(short[1])
        and (
            (kind[2] == short[2] and kind[1][0] == short[1][0] and _is_short(short[1], kind[1]))
            or (kind[2][0] == short[2][0] and _GROUP.get(short[1], -1) == _GROUP.get(kind[1]))
        )
    ]
    return (max(longer, key=lambda other: names[other]), '像是简称') if len(longer) == 1 else None


def _is_short(short: str, whole: str) -> bool:
    """Whether ``short``, of two or three characters, is ``whole`` with characters left out."""
    rest = iter(whole)
    return 2 <= len(short) <= 3 and all(sign in rest for sign in short)
