"""What is in a file and not shown, so that it is left out, and said."""

from __future__ import annotations

from kaohe.extractors.findings import Finding, finding


def hidden(*, rows: int = 0, columns: int = 0, texts: int = 0) -> tuple[Finding, ...]:
    """The one finding that says how much hidden or struck-out content was left out; none where there was nothing."""
    counted = ((rows, '行'), (columns, '列'), (texts, '处文字'))
    detail = '、'.join(f'{count} {unit}' for count, unit in counted if count)
    return (finding('part.hidden', detail=detail),) if detail else ()
