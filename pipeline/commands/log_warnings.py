"""What every verb that uses the log of decisions says of it."""

from __future__ import annotations

from pathlib import Path

import click

from kaohe.pipeline.language.terms import plain


def warn_of_log(decisions: Path, db: Path) -> None:
    """Says on stderr which lines of the log are set aside and what it lacks; nothing where it is whole. Raises `Refusal`."""
    from kaohe.pipeline.decisions.log_state import complaints

    for line in complaints(decisions, db):
        click.echo(f'! {plain(line)}', err=True)
