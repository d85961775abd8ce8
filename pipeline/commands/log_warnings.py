"""What every verb that uses the logs of decisions and answers says of them."""

from __future__ import annotations

from pathlib import Path

import click

from kaohe.pipeline.language.terms import plain


def warn_of_log(decisions: Path, db: Path) -> None:
    """Says on stderr which lines of the logs are set aside and what they lack; nothing where they are whole. Raises `Refusal`."""
    from kaohe.pipeline.assessment.answers.answer_state import answer_complaints
    from kaohe.pipeline.decisions.log.log_state import complaints

    for line in (*complaints(decisions, db), *answer_complaints(decisions, db)):
        click.echo(f'! {plain(line)}', err=True)
