"""What is made from a database is its own, though several lie in one folder."""

from __future__ import annotations

from pathlib import Path

from kaohe.pipeline.database.files import log_file, made_here, receipts_folder
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.receipts import write_receipts


def test_two_databases_in_one_folder_keep_their_receipts_and_logs_apart(inbox: Path, plain_reader: list[str]) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    first, second = Path('甲院.db'), Path('乙院.db')
    ingest([scope_of(inbox)], first, jobs=1)
    page = write_receipts(first)
    assert page is not None
    before = {path.name for path in page.parent.iterdir()}
    (inbox / 'a.txt').rename(inbox / 'b.txt')
    (inbox / 'b.txt').write_text('乙通知')
    ingest([scope_of(inbox)], second, jobs=1)
    write_receipts(second)
    assert {path.name for path in page.parent.iterdir()} == before
    assert receipts_folder(first) != receipts_folder(second)
    assert log_file(first) != log_file(second)
    assert log_file(first).exists()
    assert made_here(first)(page)


def test_the_usual_database_keeps_its_usual_folders() -> None:
    usual = Path('data/structured/catalogue.db')
    assert receipts_folder(usual) == Path('data/structured/receipts')
    assert log_file(usual) == Path('data/structured/logs/kaohe.log')
