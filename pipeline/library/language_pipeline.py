"""The grammar as a spaCy pipeline: jieba's words as tokens, clauses and targets as spans, for training data, displaCy and spaCy's own tools."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from kaohe.normalizers.grammar.clauses.reader import read_clauses
from kaohe.normalizers.grammar.targets.reader import read_thresholds
from kaohe.normalizers.text.words import words
from kaohe.pipeline.database.schema import open_to_read

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, DocBin
    from spacy.vocab import Vocab

CLAUSES, TARGETS, AMOUNTS = 'clauses', 'targets', 'amounts'
# Attributes of spans: ``span._.points`` and so on. Those of targets are None on clauses, and the other way round.
ATTRIBUTES = (
    'points', 'per_quantity', 'per_unit', 'condition', 'cap', 'rule', 'metric', 'comparator', 'value', 'value_high', 'unit',
)  # fmt: skip


class JiebaTokenizer:
    """Words of the notices' own dictionary, without a gap; what stands between words is a token of its own."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The text as a document, from which it can be had again to the character."""
        from spacy.tokens import Doc

        pieces = [word.text for word in words(text)]
        return Doc(self._vocab, words=pieces, spaces=[False] * len(pieces))

    def to_bytes(self, **options: Any) -> bytes:
        """Nothing: the dictionary belongs to the program."""
        return b''

    def from_bytes(self, data: bytes, **options: Any) -> JiebaTokenizer:
        """Itself."""
        return self

    def to_disk(self, path: str, **options: Any) -> None:
        """Nothing: the dictionary belongs to the program."""

    def from_disk(self, path: str, **options: Any) -> JiebaTokenizer:
        """Itself."""
        return self


def nlp() -> Language:
    """A blank Chinese pipeline whose documents hold ``doc.spans['clauses']`` (labels are effects) and ``doc.spans['targets']`` (labels are
    comparators), with their amounts as ``span._.points``, ``span._.per_quantity`` and so on. A target's span takes in what is measured
    (``满意度≥90%``); ``doc.spans['amounts']`` are the same targets without it (``≥90%``).

    A span whose borders fall inside a word is widened to it. A text is read as the criteria of a scored line.
    """
    import spacy
    from spacy.language import Language
    from spacy.tokens import Span

    for name in ATTRIBUTES:
        if not Span.has_extension(name):
            Span.set_extension(name, default=None)
    if not Language.has_factory('kaohe_grammar'):
        Language.component('kaohe_grammar', func=_read)
    made = spacy.blank('zh')
    made.tokenizer = JiebaTokenizer(made.vocab)
    made.add_pipe('kaohe_grammar')
    return made


def training_data(database: str | Path, notices: Collection[str] | None = None) -> DocBin:
    """The texts of the catalogue's current notices with what was read in them, corrections applied, as spaCy's training data.

    ``notices`` are the ids of those that are wanted (None: all). One document a column of a line (`doc.user_data['indicator']`, ``['field']``). A clause or target that people added by hand stands where
    its text stands in the column; one that is struck out is none. Raises `kaohe.Refusal`.
    """
    from contextlib import closing

    from spacy.tokens import DocBin

    pipeline = nlp()
    found = DocBin(store_user_data=True)
    with closing(open_to_read(Path(database))) as connection:
        clauses = _by_line(connection.execute('SELECT * FROM corrected_clauses WHERE NOT dropped AND indicator_id IS NOT NULL ORDER BY ordinal'))  # fmt: skip
        targets = _by_line(connection.execute('SELECT * FROM corrected_thresholds WHERE NOT dropped ORDER BY ordinal'))
        for line in connection.execute(
            'SELECT i.* FROM corrected_indicators AS i JOIN corrected_documents AS d ON d.id = i.document_id'
            ' WHERE NOT i.dropped AND (d.in_answers OR ?) ORDER BY i.document_id, i.ordinal',
            (notices is not None,),  # what is asked for by name is given even where it counts in no answer
        ):
            if notices is not None and line['document_id'] not in notices:
                continue
            for field in ('name', 'requirement', 'criteria'):
                text = line[field]
                if not text:
                    continue
                doc = pipeline.make_doc(text)
                _mark(doc, CLAUSES, [(*_place(text, row), row['effect'], row) for row in clauses.get((line['id'], field), ())])  # fmt: skip
                _mark_targets(doc, [(*_place(text, row), row['comparator'], row) for row in targets.get((line['id'], field), ())])  # fmt: skip
                doc.user_data['indicator'], doc.user_data['field'] = line['id'], field
                found.add(doc)
    return found


def _read(doc: Doc) -> Doc:
    """The component: what the grammar reads in the document."""
    clauses = read_clauses(doc.text).matches
    _mark(doc, CLAUSES, [(one.start, one.end, one.effect, asdict(one)) for one in clauses])
    targets = read_thresholds(doc.text, field='criteria', clauses=clauses)
    _mark_targets(doc, [(one.start, one.end, one.comparator, asdict(one)) for one in targets])
    return doc


def amount_at(text: str, metric: str | None) -> int:
    """Where in the text of a target its amount begins: behind the longest beginning that is words of the metric.

    >>> amount_at('满意度≥90%', '患者满意度')
    3
    """
    length = next((n for n in range(len(text) - 1, 0, -1) if text[:n] in (metric or '')), 0)
    return length + len(text[length:]) - len(text[length:].lstrip())


def _mark_targets(doc: Doc, found: Iterable[tuple[int, int, str, Any]]) -> None:
    found = list(found)
    _mark(doc, TARGETS, found)
    amounts = [(start + amount_at(doc.text[start:end], told['metric']), end, *rest, told) for start, end, *rest, told in found if end > start]  # fmt: skip
    _mark(doc, AMOUNTS, amounts)


def _mark(doc: Doc, group: str, found: Iterable[tuple[int, int, str, Any]]) -> None:
    spans = []
    for start, end, label, told in found:
        span = doc.char_span(start, end, label=label, alignment_mode='expand')
        if span is None:
            continue
        for name in ATTRIBUTES:
            if name in told.keys():  # noqa: SIM118 a row of SQLite is asked by its keys
                value = told[name]
                span._.set(name, float(value) if isinstance(value, Decimal) else value)
        spans.append(span)
    doc.spans[group] = spans


def _by_line(rows: Iterable[Any]) -> dict[tuple[str, str], list[Any]]:
    found: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        found.setdefault((row['indicator_id'], row['field']), []).append(row)
    return found


def _place(text: str, row: Any) -> tuple[int, int]:
    """Where it stands: where it was read, or where its words stand; nowhere is an empty span, which marks nothing."""
    if row['start'] is not None and text[row['start'] : row['end']] == row['text']:
        return row['start'], row['end']
    at = text.find(row['text'])
    return (at, at + len(row['text'])) if at >= 0 else (-1, -1)
