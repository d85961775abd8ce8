"""Moments as the clock on the wall shows them. The log of decisions keeps them in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

_BEIJING = timezone(timedelta(hours=8))


def on_the_wall(moment: str) -> tuple[str, str]:
    """Day and time (to the minute) of a moment (ISO 8601), and whose time that is: the machine's, or Beijing's where the machine keeps UTC,
    as machines do on which nobody has set a zone."""
    told = datetime.fromisoformat(moment)
    told = (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone()
    offset = told.utcoffset() or timedelta()
    if not offset:
        told, offset = told.astimezone(_BEIJING), timedelta(hours=8)
    return f'{told:%Y-%m-%d %H:%M}', zone(offset)


def zone(offset: timedelta) -> str:
    """What people call the time that is so far from UTC."""
    if offset == timedelta(hours=8):
        return '北京时间'
    minutes = int(offset.total_seconds() // 60)
    return f'UTC{"+" if minutes >= 0 else "-"}{abs(minutes) // 60}' + (
        f':{abs(minutes) % 60:02d}' if minutes % 60 else ''
    )
