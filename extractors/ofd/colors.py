"""How light an object of an OFD page is drawn (GB/T 33190-2016, 8.3): its fill colour and its transparency."""

from __future__ import annotations

from lxml import etree

from kaohe.extractors.ofd.package import child

_OPAQUE = 255.0


def lightness_of(item: etree._Element) -> float:
    """0 for black, 1 for white or fully transparent. What states no colour is black; a pattern or shading is taken for black, too."""
    color = child(item, 'FillColor')
    parts = _numbers(color.get('Value') if color is not None else None)
    opacity = _opacity(item) * (_opacity(color) if color is not None else 1.0)
    return 1 - (1 - _lightness(parts)) * opacity


def _lightness(parts: list[float]) -> float:
    """Of a grey, an RGB or a CMYK colour of parts from 0 to 255."""
    parts = [min(max(part, 0.0), 255.0) / 255 for part in parts]
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 3:
        return 0.3 * parts[0] + 0.6 * parts[1] + 0.1 * parts[2]
    if len(parts) == 4:
        return (1 - parts[3]) * (1 - (0.3 * parts[0] + 0.6 * parts[1] + 0.1 * parts[2]))
    return 0.0


def _opacity(item: etree._Element) -> float:
    parts = _numbers(item.get('Alpha'))
    return min(max(parts[0], 0.0), _OPAQUE) / _OPAQUE if len(parts) == 1 else 1.0


def _numbers(text: str | None) -> list[float]:
    try:
        return [float(int(part[1:], 16)) if part.startswith('#') else float(part) for part in (text or '').split()]
    except ValueError:
        return []
