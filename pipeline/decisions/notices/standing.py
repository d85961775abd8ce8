"""Which notices count in answers: current editions that nobody retired, and the samples only as long as there is no real notice."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from kaohe.pipeline.database.offices import SAMPLES
from kaohe.pipeline.decisions.choices import Chosen
from kaohe.pipeline.decisions.notices.likeness import squeezed


def store_standing(connection: sqlite3.Connection, current: Mapping[str, str], chosen: Chosen) -> None:
    """Writes ``office``, ``sample``, ``retired`` and ``in_answers`` of the documents where they changed, in the caller's transaction."""
    offices: dict[str, dict[str, None]] = {}
    samples: dict[str, bool] = {}
    there: dict[str, int] = {}
    for document, source, present, office in connection.execute(
        'SELECT document_id, source, present, office FROM sources ORDER BY document_id, present DESC, source'
    ):
        if office:
            offices.setdefault(document, {})[office] = None
        if there.setdefault(document, present) == present:  # names that left tell nothing as long as others are there
            samples[document] = samples.get(document, True) and SAMPLES in source.split('/')[:-1]
    unread = {row[0] for row in connection.execute("SELECT id FROM documents WHERE status = 'failed'")}
    real = any(not sample for document, sample in samples.items() if document not in unread)
    counted = chosen.samples if chosen.samples is not None else not real
    groups = {current.get(document, document) for document in chosen.retired}
    for document, edition_of, *stored in connection.execute(
        'SELECT id, edition_of, office, sample, retired, in_answers FROM documents'
    ).fetchall():
        sample = samples.get(document, False)
        retired = current.get(document, document) in groups
        wanted = [
            '、'.join(sorted(offices.get(document, ()))) or None, int(sample), int(retired),
            int(edition_of is None and not retired and (counted or not sample)),
        ]  # fmt: skip
        if wanted != stored:
            connection.execute(
                'UPDATE documents SET office = ?, sample = ?, retired = ?, in_answers = ? WHERE id = ?',
                (*wanted, document),
            )


def store_ticks(connection: sqlite3.Connection, chosen: Chosen) -> None:
    """Marks the findings that somebody has dealt with, and opens those again that are no longer ticked off."""
    connection.execute(
        "UPDATE findings SET state = 'open', remark = NULL, ticked_by = NULL, ticked_on = NULL WHERE state = 'ticked'"
    )
    for (document, code, message), tick in chosen.ticked.items():
        for finding_id, said in connection.execute(
            "SELECT id, message FROM findings WHERE document_id = ? AND code = ? AND state = 'open'", (document, code)
        ).fetchall():
            if squeezed(said) == message:
                connection.execute(
                    "UPDATE findings SET state = 'ticked', remark = ?, ticked_by = ?, ticked_on = ? WHERE id = ?",
                    (tick.remark, tick.by, tick.on, finding_id),
                )
