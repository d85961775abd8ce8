"""Words what people decide about whole notices, findings and parties."""

from __future__ import annotations

import sqlite3

from kaohe.pipeline.decisions.choices import COUNTED, JOINED, NO_NOTICE, PARTED, RETIRED, SAME, TICKED
from kaohe.pipeline.decisions.decision import Decision, RowPlace, now
from kaohe.pipeline.decisions.notices.likeness import squeezed
from kaohe.pipeline.decisions.notices.stored_editions import identity_of
from kaohe.pipeline.decisions.wording import ShownState, state_now
from kaohe.pipeline.refusal import Refusal

_NONE = RowPlace()


_EDITION = 'SELECT id, edition_of FROM documents WHERE id IN (?, ?) ORDER BY id'
_STANDING = 'SELECT edition_of, retired FROM documents WHERE id = ?'
_SAMPLES = 'SELECT id, in_answers FROM documents WHERE sample ORDER BY id'
_FINDING = 'SELECT message, state FROM findings WHERE id = ?'
_PARTY = 'SELECT party, state FROM aliases WHERE alias = ?'


class Chooser:
    """One person deciding about what an open database holds. ``shown`` collects what the decisions rest on."""

    def __init__(self, connection: sqlite3.Connection, by: str) -> None:
        self._connection = connection
        self._by = by
        self._at = now()
        self.shown: list[ShownState] = []

    def editions(self, a: str, b: str, *, same: bool, why: str | None = None) -> Decision:
        """The documents ``a`` and ``b`` are editions of one notice, or they are not."""
        if a == b:
            raise Refusal('两处写的是同一个文件；请写两个不同的编号', 2)
        self._see(_EDITION, (a, b), a)
        return self._choice('editions', a, JOINED if same else PARTED, b, why)

    def retired(self, document: str, *, retired: bool, why: str | None = None) -> Decision:
        """The notice is in no answer any more, or it is again."""
        self._see(_STANDING, (document,), document)
        return self._choice('notices', document, RETIRED, int(retired), why)

    def samples(self, *, counted: bool) -> Decision:
        """The samples count in answers, or they do not."""
        self._see(_SAMPLES, (), '示例')
        return self._choice('samples', None, COUNTED, int(counted), None)

    def ticked(self, wanted: str, *, ticked: bool, remark: str | None) -> tuple[Decision, str]:
        """The finding whose id is or begins with ``wanted`` is dealt with, or open again; with its message. Raises `Refusal`."""
        rows = self._connection.execute(
            'SELECT id, document_id, code, message FROM findings WHERE id >= :wanted AND id < :end LIMIT 2',
            {'wanted': wanted, 'end': f'{wanted}~'},
        ).fetchall()
        if not wanted.startswith('n_') or len(rows) != 1:
            raise Refusal(f'没有疑点 {wanted}，或对应不止一条；编号以 n_ 开头，可从 kaohe findings --ids 抄来', 2)
        (finding, document, code, message) = rows[0]
        self._see(_FINDING, (finding,), str(message))
        place = RowPlace(key=code, text=squeezed(message))
        return self._choice('findings', document, TICKED, int(ticked), remark, place), str(message)

    def party(self, alias: str, party: str | None, why: str | None = None) -> Decision:
        """``alias`` is another name of ``party``; None: it is a name of its own."""
        self._see(_PARTY, (alias,), alias)
        return self._choice('parties', None, SAME, party, why, RowPlace(text=alias))

    def _see(self, query: str, about: tuple[str, ...], label: str) -> None:
        self.shown.append(state_now(self._connection, query, about, label))

    def _choice(
        self, topic: str, document: str | None, field: str, value: str | int | None, why: str | None,
        place: RowPlace = _NONE,
    ) -> Decision:  # fmt: skip
        notice = NO_NOTICE if document is None else identity_of(self._connection, document)
        return Decision('choose', self._at, self._by, why, notice, topic, place, field=field, value=value)
