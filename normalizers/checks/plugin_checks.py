"""The checks that plugins bring. One that fails is told with its plugin's name, and the notice is read without it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast, get_args

from kaohe.extractors.findings import About, Finding, Severity, finding
from kaohe.extractors.plugins import advice, functions, place_of
from kaohe.normalizers.catalogue import Catalogue


def check_plugins(catalogue: Catalogue) -> Iterator[Finding]:
    """The findings of each plugin; ``plugin.check`` in their place where its function raises or gives something that cannot be stored."""
    for source, check in reversed(functions('kaohe_checks')):
        why = None
        try:
            found = list(cast('list[Finding]', check.function(*(catalogue for _ in check.argnames))) or ())
            why = next(filter(None, (_wrong(each, source.name, catalogue) for each in found)), None)
        except MemoryError:
            raise
        except (Exception, SystemExit) as error:  # it is not ours
            why = place_of(error)
        if why is None:
            yield from found
        else:
            yield finding('plugin.check', name=source.name, advice=advice(source.package), detail=why)


def _wrong(found: object, name: str, catalogue: Catalogue) -> str | None:
    """Why this cannot be stored as a finding of the plugin of this name; None where it can."""
    if not isinstance(found, Finding):
        return f'kaohe_checks 给出的要是 Finding，不是 {type(found).__name__}'
    if not found.code.startswith(f'{name}.'):
        return f'编号 {found.code} 要以“{name}.”开头'
    if found.severity not in get_args(Severity) or found.about not in get_args(About) or not found.message:
        return f'{found.code} 的 severity、about 或 message 不合规定'
    places = (
        (found.table, len(catalogue.tables)),
        (found.indicator, len(catalogue.indicators)),
        (found.clause, len(catalogue.clauses)),
    )
    if any(at is not None and at not in range(count) for at, count in places):
        return f'{found.code} 指的表、行或条款不存在'
    if (found.page is not None and found.page < 1) or any(at is not None and at < 0 for at in (found.row, found.col)):
        return f'{found.code} 的页从 1 数起，行、列从 0 数起'
    return None
