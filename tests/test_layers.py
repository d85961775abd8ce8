"""The house's one-way imports: extractors know nobody, normalizers only its types, the pipeline both; inside each, rooms know those above."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.rooms import PAGE, ROOMS, TREES, arrows, drawn, imports, modules, room_of

HOUSE = Path(__file__).parents[1]
OURS = ('extractors', 'normalizers', 'pipeline')
ALLOWED = {
    'extractors': ('kaohe.extractors',),
    'normalizers': (
        'kaohe.normalizers',
        'kaohe.extractors.document',
        'kaohe.extractors.findings',
        'kaohe.extractors.labels',
        'kaohe.extractors.parallel',
        'kaohe.extractors.plugins',
    ),
    'pipeline': tuple(f'kaohe.{package}' for package in OURS),
}
SLOW = ('jieba', 'spacy', 'pandas', 'docx', 'pdfplumber', 'datasette', 'cv2', 'rapidocr', 'distributed')


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


def test_every_module_lies_in_a_room() -> None:
    outside = [module for module in modules() if '.' in module and room_of(module) is None]
    assert outside == [], 'say in tools/rooms.py where they belong'


@pytest.mark.parametrize('tree', TREES)
def test_no_arrow_runs_back_up_between_rooms(tree: str) -> None:
    order = list(ROOMS[tree])
    back = [
        f'{module} ({here}) imports {other} ({there})'
        for module, imported in arrows().items()
        for other in imported
        if module.partition('.')[0] == other.partition('.')[0] == tree
        and (here := room_of(module)) is not None
        and (there := room_of(other)) is not None
        and order.index(there) > order.index(here)
    ]
    assert back == []


def test_no_modules_import_each_other_in_a_circle_not_even_for_types() -> None:
    left = {module: set(imported) for module, imported in arrows().items()}
    while free := [module for module, imported in left.items() if not imported & left.keys()]:
        for module in free:
            del left[module]
    while free := [module for module in left if not any(module in imported for imported in left.values())]:
        for module in free:
            del left[module]
    assert left == {}


def test_the_diagram_of_the_rooms_is_current() -> None:
    page = PAGE.read_text(encoding='utf-8')
    assert drawn(page) == page, 'run python -m tools.rooms'
