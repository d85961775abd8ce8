"""The house's one-way imports: extractors know nobody, normalizers only its types, the pipeline both."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
OURS = ('extractors', 'normalizers', 'pipeline')
ALLOWED = {
    'extractors': ('kaohe.extractors',),
    'normalizers': (
        'kaohe.normalizers',
        'kaohe.extractors.document',
        'kaohe.extractors.findings',
        'kaohe.extractors.parallel',
        'kaohe.extractors.plugins',
    ),
    'pipeline': tuple(f'kaohe.{package}' for package in OURS),
}
SLOW = ('jieba', 'spacy', 'pandas', 'docx', 'pdfplumber', 'datasette', 'cv2', 'rapidocr', 'distributed')


def imports(source: Path) -> Iterator[tuple[str, bool]]:
    """The modules that a file imports, and whether it does so when it is loaded itself."""
    tree = ast.parse(source.read_text(encoding='utf-8'))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f'{source}: relative import'
            names = [str(node.module)]
        else:
            continue
        for name in names:
            yield name, node in tree.body


@pytest.mark.parametrize('package', OURS)
def test_a_package_imports_only_what_its_layer_may_know(package: str) -> None:
    wrong = [
        f'{source.relative_to(HOUSE)} imports {name}'
        for source in sorted((HOUSE / package).rglob('*.py'))
        for name, _ in imports(source)
        if name.split('.')[0] in ('kaohe', *OURS)
        and not any(name == allowed or name.startswith(f'{allowed}.') for allowed in ALLOWED[package])
    ]
    assert not wrong


@pytest.mark.parametrize('package', ['normalizers'])
def test_slow_packages_are_loaded_only_when_they_are_needed(package: str) -> None:
    eager = [
        f'{source.relative_to(HOUSE)} imports {name} when it is loaded'
        for source in sorted((HOUSE / package).rglob('*.py'))
        for name, at_load in imports(source)
        if at_load and name.split('.')[0] in SLOW
    ]
    assert not eager
