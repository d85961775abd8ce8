"""``python -m tools.samples.conformance`` writes the samples that only an office program or a scanner makes into tests/conformance.

They are committed, so that the tests need neither. The other formats are drawn while the tests run.
"""

from __future__ import annotations

from pathlib import Path

from tools.samples.notices import CLEAN_HOSPITAL, INSPECTION, SAMPLES
from tools.samples.office import convert
from tools.samples.scan import scanned
from tools.samples.word import word

FOLDER = Path(__file__).parents[2] / 'tests' / 'conformance'


def main() -> None:
    """Writes every sample as .doc and .pdf, two of them as scans, one as .rtf."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        drawn = word(sample)
        paper = convert(drawn, 'pdf')
        (FOLDER / f'{sample.name}.doc').write_bytes(convert(drawn, 'doc'))
        (FOLDER / f'{sample.name}.pdf').write_bytes(paper)
        if sample in (CLEAN_HOSPITAL, INSPECTION):
            (FOLDER / f'{sample.name}（扫描件）.pdf').write_bytes(scanned(paper))
    (FOLDER / f'{CLEAN_HOSPITAL.name}.rtf').write_bytes(convert(word(CLEAN_HOSPITAL), 'rtf'))


if __name__ == '__main__':
    main()
