"""Which rule read which words: the lines of a notice with the spans of all rules over them, as a web page for analysts.

spaCy's displaCy draws it: its span style stacks overlapping spans (a target inside a clause inside a sub-item), each under the name of
its rule, which is what one looks for here. (The receipts for office staff colour text themselves: docs/architecture.md says why.)
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

from kaohe.normalizers.catalogue import Catalogue
from kaohe.pipeline.language.terms import FIELD, plain

_FIELDS = ('name', 'requirement', 'criteria', 'points_text')
_COLOURS = {'clause': '#ffd8a8', 'target': '#b2d8ff', 'item': '#e3e3e3', 'fact': '#c3e6c3'}


def page(catalogue: Catalogue, title: str) -> str:
    """A self-contained page: every text in which a rule read something, the spans below it with the rules' names."""
    from spacy import displacy

    texts = list(_texts(catalogue))
    colours = {label: _COLOURS[layer] for text in texts for _, _, label, layer in text.spans}
    parts = [f'<h1>{html.escape(plain(title))}</h1>']
    for text in texts:
        drawn = displacy.render(text.drawn(), style='span', manual=True, options={'colors': colours}, jupyter=False)
        parts.append(f'<h2>{html.escape(text.heading)}</h2>{drawn}')
    if not texts:
        parts.append('<p>这份文件里没有规则读到的字句。</p>')
    return (
        '<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>规则与原文</title>'
        '<style>body{font:16px/1.6 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}h2{font-size:14px;color:#555}</style>'
        f'</head><body>{"".join(parts)}</body></html>'
    )


@dataclass(frozen=True, slots=True)
class RuleText:
    """A text with the spans that rules read in it: (start, end, name of the rule, layer)."""

    heading: str
    text: str
    spans: tuple[tuple[int, int, str, str], ...]

    def drawn(self) -> dict[str, object]:
        """As displaCy takes it: every character a token."""
        return {
            'text': self.text,
            'tokens': list(self.text),
            'spans': [{'start_token': start, 'end_token': end, 'label': label} for start, end, label, _ in self.spans],
        }


def _texts(catalogue: Catalogue) -> Iterator[RuleText]:
    """The texts in which a rule read something, in the order of the notice."""
    read: dict[tuple[str, int, str | None], list[tuple[int, int, str, str]]] = {}
    for item in catalogue.items:
        read.setdefault(('line', item.indicator, item.field), []).append((item.start, item.end, '小项', 'item'))
    for clause in catalogue.clauses:
        span = (clause.start, clause.end, clause.rule, 'clause')
        if clause.indicator is not None:
            read.setdefault(('line', clause.indicator, clause.field), []).append(span)
        elif clause.block is not None:
            read.setdefault(('block', clause.block, None), []).append(span)
    for target in catalogue.thresholds:
        span = (target.start, target.end, target.rule, 'target')
        read.setdefault(('line', target.indicator, target.field), []).append(span)
    for fact in catalogue.facts:
        read.setdefault(('block', fact.block, None), []).append((fact.start, fact.end, fact.rule, 'fact'))
    for number, line in enumerate(catalogue.indicators):
        for field in _FIELDS:
            spans = read.get(('line', number, field))
            if spans:
                yield RuleText(f'指标 {number + 1}　{FIELD[field]}', getattr(line, field), tuple(spans))
    for number, block in enumerate(catalogue.blocks):
        spans = read.get(('block', number, None))
        if spans:
            yield RuleText(f'第 {number + 1} 段', block.text, tuple(spans))
