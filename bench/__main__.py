"""``python -m bench [--quick]``: measures everything and writes ``docs/performance.md``. Run from the project's folder; see ``make bench``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.commands import commands, jobs, pdf_contest, scoring
from bench.contests import formats, grammar, pdf, tall, word
from bench.growth import growth
from bench.inputs import Inputs
from bench.model import FULL, QUICK
from bench.page import machine, rendered, write

PAGE = Path('docs', 'performance.md')
# In the order of the page.
CONTESTS = (commands, word, tall, grammar, growth, scoring, pdf, pdf_contest, formats, jobs)


def main() -> None:
    """Measures, shows each table when it is done, and writes the page at the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--quick', action='store_true', help='small sizes, few repeats')
    parser.add_argument('--dry', action='store_true', help='write no page')
    options = parser.parse_args()
    sys.stderr.write(f'{machine(options.quick)}\n')
    inputs, size = Inputs(Path('build', 'bench')), QUICK if options.quick else FULL
    tables = []
    for contest in CONTESTS:
        tables.append(contest(inputs, size))
        sys.stderr.write(f'{rendered(tables[-1:], options.quick)}\n')
        if not options.dry:
            write(PAGE, tables, options.quick)


if __name__ == '__main__':
    main()
