"""比较: what changed between two notices."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kaohe.pipeline.desk.rendering import desk_of, page
from kaohe.pipeline.refusal import Refusal


def show(request: Request) -> Response:
    """The page; with ``before`` and ``after`` (ids of notices) also the changes."""
    before, after = (request.query_params.get(name, '') for name in ('before', 'after'))
    found: dict[str, object] = {'rows': (), 'summary': None, 'why': None}
    with desk_of(request).catalogue() as connection:
        notices = (
            []
            if connection is None
            else connection.execute(
                'SELECT id, coalesce(title, source) AS title, year, issuer, sample FROM corrected_documents'
                " WHERE kind = 'assessment' ORDER BY sample, year DESC, title, id"
            ).fetchall()
        )
        if connection is not None and before and after:
            from kaohe.pipeline.comparison.comparison_report import rows, summary
            from kaohe.pipeline.comparison.differences import compare
            from kaohe.pipeline.comparison.sides import side_of_notice

            try:
                comparison = compare(side_of_notice(connection, before), side_of_notice(connection, after))
                found |= {'rows': rows(comparison), 'summary': summary(comparison)}
            except Refusal as why:
                found['why'] = str(why)
    return page(request, 'compare.html', found, notices=notices, before=before, after=after)
