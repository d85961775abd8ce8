"""docs/formats.md tells of every format and every limit as the code has them."""

import re
from pathlib import Path

from kaohe.extractors.findings import CODES
from kaohe.extractors.formats import FORMATS
from kaohe.extractors.layout.composition import PAGE_LIMIT
from kaohe.extractors.ocr import pixels, scanned_pages
from kaohe.extractors.office import TIMEOUT_SECONDS
from kaohe.extractors.zip import archive, limits

PAGE = (Path(__file__).parents[1] / 'docs' / 'formats.md').read_text(encoding='utf-8')


def test_every_format_has_its_row_with_its_suffixes() -> None:
    rows = re.findall(r'^\| `(\w+)` \| ([^|]*) \|', PAGE, re.MULTILINE)
    assert rows == [(known.name, ' '.join(known.suffixes)) for known in FORMATS]


def test_the_limits_are_those_of_the_code() -> None:
    assert f'| pages of a PDF or OFD | {PAGE_LIMIT:,} |' in PAGE
    assert f'recognised | {scanned_pages.MOST_PAGES} (' in PAGE
    assert f'| {pixels.MAX_PIXELS // 1_000_000} million pixels |' in PAGE
    zipped = (
        f'{archive.MAX_FILES:,} files, {archive.MAX_TOTAL_BYTES >> 30} GB together, {limits.MAX_BYTES >> 20} MB each'
    )
    assert zipped in PAGE
    assert f'packed at most {limits.MAX_RATIO} times' in PAGE
    assert f'{limits.MAX_BYTES >> 20} MB, of them {limits.MAX_XML_BYTES >> 20} MB XML' in PAGE
    assert f'| {TIMEOUT_SECONDS} seconds |' in PAGE


def test_every_finding_that_the_page_names_exists() -> None:
    assert set(re.findall(r'`((?:file|page|ocr)\.\w+)`', PAGE)) <= set(CODES)
