"""The notice made by hand and the command of the pipeline's tests."""

from __future__ import annotations

from tests.pipeline.conftest import (
    catalogue,
    command,
    dump,
    in_this_process,
    inbox,
    plain_reader,
)

__all__ = ['catalogue', 'command', 'dump', 'in_this_process', 'inbox', 'plain_reader']
