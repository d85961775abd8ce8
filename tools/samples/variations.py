"""``python -m tools.samples.variations COUNT FOLDER`` writes many different notices quickly: the samples with other places, numbers and
rows, as .docx and .txt. For measuring and for trials of strength; what they say is as fictional as the samples.
"""

from __future__ import annotations

import itertools
import random
import re
import sys
from dataclasses import replace
from pathlib import Path

from tools.samples.model import Grid, Paragraph, Sample
from tools.samples.notices import SAMPLES
from tools.samples.text import dumped
from tools.samples.word import word

_PLACES = ['云', '青', '临', '安', '平', '东', '南', '西', '北', '新', '石', '白', '清', '长', '永', '金']
_CITY = re.compile('青禾|青一|云岭')
_DOC_NUMBER = re.compile(r'(?<=〕)\d+(?=号)')
_QUANTITY = re.compile(r'(?<=扣)0\.5(?=分)')


def variation(number: int) -> tuple[str, bytes]:
    """The name and the bytes of a notice: each number another one, always the same."""
    chance = random.Random(number)  # noqa: S311  # repeatable, not secret
    sample = _elsewhere(SAMPLES[number % len(SAMPLES)], number, chance)
    as_word = number // len(SAMPLES) % 2 == 0
    return f'{number:04} {sample.name}.{"docx" if as_word else "txt"}', word(sample) if as_word else dumped(
        sample
    ).encode()


def _elsewhere(sample: Sample, number: int, chance: random.Random) -> Sample:
    place = ''.join(list(itertools.product(_PLACES, repeat=3))[number % len(_PLACES) ** 3])
    deducted = f'{chance.choice((0.1, 0.2, 0.3, 0.5, 1, 2)):g}'

    def changed(text: str) -> str:
        return _QUANTITY.sub(deducted, _DOC_NUMBER.sub(str(number), _CITY.sub(place, text)))

    body = (
        Paragraph(changed(part.text), part.style)
        if isinstance(part, Paragraph)
        else Grid(part.widths, tuple(replace(cell, text=changed(cell.text)) for cell in part.cells), part.header_rows)
        for part in sample.body
    )
    # A paragraph of its own, so that no two are the same bytes whatever they share.
    return replace(sample, name=changed(sample.name), body=(*body, Paragraph(f'附注：本件为第{number}号试件。')))


def main(count: int, folder: Path) -> None:
    """Writes the notices of the first ``count`` numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        name, data = variation(number)
        (folder / name).write_bytes(data)


if __name__ == '__main__':
    main(int(sys.argv[1]), Path(sys.argv[2]))
