"""A database that another program is writing is waited for, with a word, and refused clearly where it does not end."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from kaohe.pipeline.database import busy
from kaohe.pipeline.database.schema import open_to_write, transaction
from kaohe.pipeline.refusal import Refusal


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """A database that is there."""
    path = tmp_path / 'x.db'
    open_to_write(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute('PRAGMA journal_mode = DELETE')
    return path


def test_a_foreign_transaction_is_waited_for_with_a_word(held: Path, capfd: pytest.CaptureFixture[str]) -> None:
    foreign = sqlite3.connect(held, isolation_level=None, check_same_thread=False)
    foreign.execute('BEGIN IMMEDIATE')
    threading.Timer(0.6, foreign.rollback).start()
    with closing(open_to_write(held)) as connection, transaction(connection, held):
        pass
    assert '正被另一个程序占用，等它结束' in capfd.readouterr().err
    foreign.close()


def test_one_that_does_not_end_is_refused_clearly(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(busy, 'WAIT', 0.3)
    with closing(sqlite3.connect(held, isolation_level=None)) as foreign:
        foreign.execute('BEGIN IMMEDIATE')
        with pytest.raises(Refusal, match='正被另一个程序占用，等了一会儿还没有结束，什么也没有改'):
            open_to_write(held).close()
    open_to_write(held).close()


def test_nothing_is_said_where_nobody_writes(held: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with closing(open_to_write(held)) as connection, transaction(connection, held):
        pass
    assert capfd.readouterr().err == ''
