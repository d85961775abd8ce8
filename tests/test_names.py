"""Names that say one thing: no two modules of one name in a tree, no two classes of one name in the house, no folder too full."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
TREES = ('extractors', 'normalizers', 'pipeline')
# What every format has: told apart by the format's room. The grammar's rooms each have a reader.
SHARED = {'__init__', '__main__', 'reader', 'package', 'page', 'tables', 'lists'}
# The names that `import kaohe` gives to other people: the things themselves, once more.
PUBLIC = 'pipeline/library/'
# Modules in a folder.
FULL = 15
LONG = 300
# Tables of data, a row for each thing there is: longer with each, but no harder to read.
DATA = {'extractors/findings.py', 'normalizers/vocabulary/target_words.py', 'normalizers/vocabulary/point_words.py'}


def modules(tree: str) -> list[Path]:
    return sorted((HOUSE / tree).rglob('*.py'))


@pytest.mark.parametrize('tree', TREES)
def test_no_two_modules_of_a_tree_have_one_name(tree: str) -> None:
    places = defaultdict(list)
    for source in modules(tree):
        places[source.stem].append(str(source.relative_to(HOUSE)))
    assert [where for name, where in places.items() if len(where) > 1 and name not in SHARED] == []


def test_no_two_classes_of_the_house_have_one_name() -> None:
    places = defaultdict(list)
    for tree in TREES:
        for source in modules(tree):
            for node in ast.walk(ast.parse(source.read_text(encoding='utf-8'))):
                where = source.relative_to(HOUSE).as_posix()
                if isinstance(node, ast.ClassDef) and node.name[0] != '_' and not where.startswith(PUBLIC):
                    places[node.name].append(where)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


@pytest.mark.parametrize('tree', TREES)
def test_no_folder_holds_more_than_a_person_can_look_over(tree: str) -> None:
    folders = defaultdict(list)
    for source in modules(tree):
        if source.stem != '__init__':
            folders[str(source.parent.relative_to(HOUSE))].append(source.stem)
    assert {folder: len(names) for folder, names in folders.items() if len(names) > FULL} == {}


@pytest.mark.parametrize('tree', TREES)
def test_no_module_is_long_but_tables_of_data(tree: str) -> None:
    long = {
        name: lines
        for source in modules(tree)
        if (lines := source.read_text(encoding='utf-8').count('\n')) > LONG
        and (name := source.relative_to(HOUSE).as_posix()) not in DATA
    }
    assert long == {}


@pytest.mark.parametrize('page', ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md'])
def test_files_that_a_page_names_are_there(page: str) -> None:
    text = (HOUSE / page).read_text(encoding='utf-8')
    named = re.findall(r'`((?:extractors|normalizers|pipeline|tests|tools|docs|src)/[\w./-]*)`', text)
    linked = re.findall(r'\]\(([\w./-]+)\)', text)
    missing = [name for name in named if 'NNNN' not in name and not (HOUSE / name).exists()]
    missing += [name for name in linked if not (HOUSE / page).parent.joinpath(name).exists()]
    assert missing == []
    assert named or linked
