"""Whether two tables are drawn on the same columns, wherever they stand on their pages and however large they are drawn."""

from __future__ import annotations

from collections.abc import Sequence

# Column borders nearer than this, in points, are one: pages differ by a point or two.
NEAR = 6.0
# With fewer columns than this, equal proportions may be chance.
_TELLING = 3
_LEAST, _MOST = 0.5, 2.0


def moved_onto(frame: Sequence[float], edges: Sequence[float]) -> tuple[float, ...] | None:
    """``edges`` where they stand on a page on which they meet those of ``frame``; None where they do not: outer edges must meet, and
    all edges of the one that has fewer.

    A page may lie aside (mirrored margins, a scan) or be drawn larger or smaller (a page on its side).
    """
    if _meet(frame, edges):
        return tuple(edges)
    wide, own = frame[-1] - frame[0], edges[-1] - edges[0]
    aside = tuple(edge + frame[0] - edges[0] for edge in edges)
    if _meet(frame, aside):
        return aside
    if own <= 0 or not _LEAST <= wide / own <= _MOST or min(len(frame), len(edges)) <= _TELLING:
        return None
    scaled = tuple(frame[0] + (edge - edges[0]) * wide / own for edge in edges)
    return scaled if _meet(frame, scaled) else None


def _meet(frame: Sequence[float], edges: Sequence[float]) -> bool:
    if abs(frame[0] - edges[0]) > NEAR or abs(frame[-1] - edges[-1]) > NEAR:
        return False
    fewer, more = sorted((frame, edges), key=len)
    return all(min(abs(edge - other) for other in more) <= NEAR for edge in fewer)
