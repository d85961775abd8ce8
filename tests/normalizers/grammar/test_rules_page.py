from __future__ import annotations

from tests.normalizers.grammar.rules_page import PAGE, page


def test_the_page_of_rules_says_what_the_rules_say() -> None:
    assert PAGE.read_text(encoding='utf-8') == page(), 'run python -m tests.normalizers.grammar.rules_page'
