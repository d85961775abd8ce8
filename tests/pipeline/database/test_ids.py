"""Ids say what and where, and depend on content alone."""

from __future__ import annotations

from kaohe.pipeline.database.ids import LETTERS, Maker, document_id, unread_document_id

SHA = '9f' * 32


def test_ids_are_the_same_on_every_machine() -> None:
    assert document_id(SHA) == 'd_t6pz7h47t6pz7h47'
    assert Maker(document_id(SHA)).make('tables', 0) == 't_t6pz7h47uycbjrcdw2rm'
    assert unread_document_id('a.docx') == 'd_ix4zqlbdqkagwl6j'


def test_an_id_tells_its_kind_and_its_document() -> None:
    maker = Maker(document_id(SHA))
    for kind, letter in LETTERS.items():
        assert maker.make(kind, 'x').startswith(f'{letter}_t6pz7h47')


def test_rows_that_say_the_same_are_told_apart_by_their_occurrence() -> None:
    maker, again = Maker(document_id(SHA)), Maker(document_id(SHA))
    first = [maker.make('indicators', 0, 'key'), maker.make('indicators', 0, 'key')]
    assert len(set(first)) == 2
    assert first == [again.make('indicators', 0, 'key'), again.make('indicators', 0, 'key')]


def test_what_is_said_elsewhere_does_not_change_an_id() -> None:
    maker, other = Maker(document_id(SHA)), Maker(document_id(SHA))
    other.make('indicators', 0, 'another line')
    assert maker.make('indicators', 0, 'key') == other.make('indicators', 0, 'key')


def test_unknown_and_the_word_none_are_different() -> None:
    maker = Maker(document_id(SHA))
    assert maker.make('clauses', 'x', None) != maker.make('clauses', 'x', 'None')


def test_letters_are_unambiguous() -> None:
    assert len(set(LETTERS.values())) == len(LETTERS)
