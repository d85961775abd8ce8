"""No page of the desk names a command: every message that it shares with the command line has words of its own there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kaohe.extractors.findings import CODES
from kaohe.pipeline.language.button_words import at_the_desk

ROOT = Path(__file__).parents[3]
COMMAND = re.compile(r'(?:kaohe|make|sudo apt|pip) [a-z]|(?<!\w)--[a-z]')
HAN = re.compile('[一-鿿]')
# What is printed at a terminal, or stands in files that commands write: no page shows it.
ELSEWHERE = (
    'pipeline/commands/', 'pipeline/command.py', 'pipeline/workbook/drawing.py', 'pipeline/planning/added_words.py',
    'pipeline/assessment/worksheets/worksheet_pages.py', 'pipeline/desk/accounts.py', 'pipeline/desk/serving.py',
    'pipeline/browser/server.py', 'pipeline/language/button_words.py', 'pipeline/receipts/', 'pipeline/library/', 'pipeline/assessment/scoring_runs.py',
    'pipeline/assessment/worksheet_runs.py', 'pipeline/assessment/report_answers.py', 'pipeline/assessment/score_report.py',
    'pipeline/assessment/score_comparison.py', 'pipeline/readers/cluster.py', 'pipeline/workbook/data_files.py',
    'pipeline/inspection/traced_picture.py', 'pipeline/system/written_files.py', 'pipeline/database/backups/',
)  # fmt: skip


def said(tree: ast.AST) -> Iterator[str]:
    """The texts of a module that are no docstrings, with ``X`` where something is filled in."""
    notes = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    inside = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in node.values}
            parts = [str(part.value) if isinstance(part, ast.Constant) else 'X' for part in node.values]
            yield ''.join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not {id(node)} & (notes | inside):
            yield node.value


def messages() -> list[tuple[str, str]]:
    found = []
    for tree in ('extractors', 'pipeline'):
        for source in sorted((ROOT / tree).rglob('*.py')):
            name = source.relative_to(ROOT).as_posix()
            if name.startswith(ELSEWHERE):
                continue
            found += [
                (name, text)
                for text in said(ast.parse(source.read_text('utf-8')))
                if HAN.search(text) and COMMAND.search(text)
            ]
    return found


def test_messages_with_commands_are_found() -> None:
    assert len(messages()) > 20


@pytest.mark.parametrize(('source', 'text'), messages())
def test_no_message_names_a_command_at_the_desk(source: str, text: str) -> None:
    assert not COMMAND.search(at_the_desk(text)), (source, at_the_desk(text))


def test_the_pages_themselves_name_no_command() -> None:
    for page in (ROOT / 'pipeline' / 'desk').rglob('*.[hj][ts]*'):
        for number, line in enumerate(page.read_text('utf-8').splitlines(), start=1):
            assert not (HAN.search(line) and re.search(r'(?:kaohe|make) [a-z]', line)), (page.name, number)


def test_other_words_stay() -> None:
    text = '请对照原文核对这一句怎么计分，必要时更正'
    assert at_the_desk(text) == text


def test_likeness_is_settled_by_buttons() -> None:
    assert at_the_desk(CODES['edition.assumed'].todo) == '是同一份的，请点“是同一份”；不是的，请点“不是同一份”'
