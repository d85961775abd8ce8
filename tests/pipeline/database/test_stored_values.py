"""Lists of texts are written as any other value is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kaohe.pipeline.database.stored_values import json_text, json_texts


@given(st.lists(st.text(st.characters(exclude_categories=['Cs']))))
def test_texts_in_order_are_the_same_json_whoever_writes_them(texts: list[str]) -> None:
    assert json_texts(texts) == json_texts(tuple(texts)) == json_text(texts)
