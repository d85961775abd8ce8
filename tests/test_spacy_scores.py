"""The measurement with spaCy's Scorer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools.spacy_scores import scores


def test_spans_count_with_their_borders_and_labels(tmp_path: Path) -> None:
    text = '每缺1项扣0.5分，扣完为止；满意度≥90%得2分'
    right = {
        'text': text,
        'clauses': [{'text': '每缺1项扣0.5分', 'effect': 'deduct'}, {'text': '扣完为止', 'effect': 'cap'}],
    }
    right['clauses'].append({'text': '满意度≥90%得2分', 'effect': 'award'})  # type: ignore[attr-defined]
    wrong = {'text': text, 'clauses': [{'text': '每缺1项扣0.5分', 'effect': 'award'}]}
    file = tmp_path / 'a.jsonl'
    file.write_text(json.dumps(right, ensure_ascii=False) + '\n', 'utf-8')
    assert scores([file])['spans_clauses_f'] == 1
    file.write_text(
        json.dumps(right, ensure_ascii=False) + '\n' + json.dumps(wrong, ensure_ascii=False) + '\n', 'utf-8'
    )
    told = scores([file])
    assert told['spans_clauses_r'] == pytest.approx(3 / 4)
    assert told['spans_clauses_p'] == pytest.approx(3 / 6)


def test_targets_are_also_measured_without_what_they_measure(tmp_path: Path) -> None:
    text = '患者满意度≥90%得2分'
    file = tmp_path / 'a.jsonl'
    for annotated in ('患者满意度≥90%', '满意度≥90%', '≥90%'):
        one = {'text': text, 'thresholds': [{'text': annotated, 'metric': '患者满意度', 'comparator': '>='}]}
        file.write_text(json.dumps(one, ensure_ascii=False) + '\n', 'utf-8')
        told = scores([file])
        assert told['spans_amounts_f'] == 1
        assert told['spans_targets_f'] == (annotated == '患者满意度≥90%')
