"""What a style of Word's, or an element's own properties, says of text."""

from __future__ import annotations

from typing import NamedTuple


class StyleProperties(NamedTuple):
    """What a style, or an element's own properties, states; None where it says nothing.

    ``level`` counts from 1; 0 says “body text”. ``half_points`` is the size in half-points. ``num_id`` and ``ilvl`` are the list
    and the level in it (from 0); ``num_style`` is the style whose list membership this is. ``font`` is in lower case. ``raised``: written
    above the line. ``white``: in white; ``ground``: on a ground of its own that shows it.
    """

    level: int | None = None
    centered: bool | None = None
    half_points: int | None = None
    hidden: bool | None = None
    num_id: str | None = None
    ilvl: int | None = None
    num_style: str | None = None
    font: str | None = None
    struck: bool | None = None
    raised: bool | None = None
    white: bool | None = None
    ground: bool | None = None

    def over(self, below: StyleProperties) -> StyleProperties:
        """These properties where stated, else those of ``below``."""
        if self is NOTHING:
            return below
        return StyleProperties(
            self.level if self.level is not None else below.level,
            self.centered if self.centered is not None else below.centered,
            self.half_points if self.half_points is not None else below.half_points,
            self.hidden if self.hidden is not None else below.hidden,
            self.num_id if self.num_id is not None else below.num_id,
            self.ilvl if self.ilvl is not None else below.ilvl,
            self.num_style if self.num_id is not None else below.num_style,
            self.font if self.font is not None else below.font,
            self.struck if self.struck is not None else below.struck,
            self.raised if self.raised is not None else below.raised,
            self.white if self.white is not None else below.white,
            self.ground if self.ground is not None else below.ground,
        )


NOTHING = StyleProperties()
