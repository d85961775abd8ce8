"""``python -m tools.spacy_scores FILE.jsonl…``: how far the grammar's spans are those of annotated sentences, by spaCy's own Scorer.

A line of a file holds ``text`` and ``clauses``, ``thresholds`` or both, each with its ``text``, and ``effect`` or ``comparator``. A span counts
where its borders (widened to jieba's words) and its label are the annotated ones, so that the figures are below those of a yardstick that
asks for the amounts alone. Annotators take what is measured into a target's span or leave it out: ``amounts`` are the same targets without it, on both sides.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

import kaohe
from kaohe.pipeline.library.language_pipeline import AMOUNTS, CLAUSES, TARGETS, amount_at

_GROUPS = {
    CLAUSES: ('clauses', 'effect'),
    TARGETS: ('thresholds', 'comparator'),
    AMOUNTS: ('thresholds', 'comparator'),
}


def scores(files: Iterable[Path]) -> dict[str, Any]:
    """Precision, recall and F1 (0 to 1) of each group of spans, and of each label in it."""
    pipeline = kaohe.nlp()
    found: dict[str, Any] = {}
    records = [json.loads(line) for file in files for line in file.read_text('utf-8').splitlines() if line.strip()]
    for group, (annotated, label) in _GROUPS.items():
        examples = []
        for record in records:
            if annotated not in record:
                continue
            wanted = pipeline.make_doc(record['text'])
            wanted.spans[group] = list(_spans(wanted, record[annotated], label, alone=group == AMOUNTS))
            examples.append(Example(pipeline(record['text']), wanted))
        told = Scorer.score_spans(
            examples, f'spans_{group}', getter=lambda doc, key, group=group: doc.spans.get(group, []), allow_overlap=True, labeled=True
        )  # fmt: skip
        found |= told if examples else {}
    return found


def _spans(doc: Doc, annotated: Iterable[dict[str, Any]], label: str, *, alone: bool) -> Iterator[Any]:
    """Each annotated text where it stands next; one that does not stand there whole is missed. ``alone``: without what is measured."""
    at = 0
    for one in annotated:
        start = doc.text.find(one['text'], at)
        if start < 0:
            start = doc.text.find(one['text'])
        if start >= 0:
            at = start + 1
            amount = start + amount_at(one['text'], one.get('metric')) if alone else start
            yield doc.char_span(amount, start + len(one['text']), label=one[label], alignment_mode='expand')


def main() -> None:
    """Prints the figures."""
    told = scores(map(Path, sys.argv[1:]))
    for group in _GROUPS:
        if f'spans_{group}_f' in told:
            p, r, f = (told[f'spans_{group}_{part}'] for part in 'prf')
            print(f'{group}: P {p:.3f} R {r:.3f} F1 {f:.3f}')  # noqa: T201
            for label, one in sorted(told[f'spans_{group}_per_type'].items()):
                print(f'  {label}: P {one["p"]:.3f} R {one["r"]:.3f} F1 {one["f"]:.3f}')  # noqa: T201


if __name__ == '__main__':
    main()
