"""``python -m tools.samples [FOLDER]`` writes the samples (by default into data/raw/示例). PDF needs LibreOffice."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tools.samples.model import Sample
from tools.samples.notices import FAULTY, SAMPLES
from tools.samples.office import convert
from tools.samples.text import dumped, piped
from tools.samples.word import word

DRAW: dict[str, Callable[[Sample], bytes]] = {
    'docx': word,
    'pdf': lambda sample: convert(word(sample), 'pdf'),
    'txt': lambda sample: (piped if sample is FAULTY else dumped)(sample).encode(),
}


def main(folder: Path) -> None:
    """Writes every sample in the formats it is kept in."""
    folder.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        for suffix in sample.formats:
            (folder / f'{sample.name}.{suffix}').write_bytes(DRAW[suffix](sample))


if __name__ == '__main__':
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / 'data' / 'raw' / '示例')
