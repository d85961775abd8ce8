"""What every verb that uses the logs of decisions and answers says of them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from kaohe.pipeline.language.terms import plain
from kaohe.pipeline.refusal import Refusal

_TOLD = 'kaohe.told_of_log'


def warn_of_log(decisions: Path, db: Path) -> None:
    """Says on stderr which lines of the logs are set aside and what they lack; nothing where they are whole. Raises `Refusal`.

    A command says each thing once.
    """
    from kaohe.pipeline.assessment.answers.answer_state import answer_complaints
    from kaohe.pipeline.decisions.log.log_state import complaints

    told = click.get_current_context().meta.setdefault(_TOLD, set())
    for line in (*complaints(decisions, db), *answer_complaints(decisions, db)):
        if line not in told:
            told.add(line)
            click.echo(f'! {plain(line)}', err=True)


def warn_of_lost_log(db: Path, decisions: Path | None = None) -> None:
    """Says the same where the log has certainly gone from beside the database, for commands that do not read it; a look that costs next to nothing."""
    if not db.is_file():  # nothing is known of a log, and what would look for it need not be loaded
        return
    from kaohe.pipeline.decisions.log.lost_log import lost_log

    folder = lost_log(db, decisions)
    if folder is not None:
        with suppress(Refusal):  # the command itself says what is wrong with the database
            warn_of_log(folder, db)
