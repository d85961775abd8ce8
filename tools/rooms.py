"""The rooms of the house and the arrows between them, drawn from the imports: ``python -m tools.rooms`` writes them into docs/architecture.md.

The order of the rooms is the rule: a module imports from its own room and from those above it in the list, never from one below.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).parents[1]
PAGE = HOUSE / 'docs' / 'architecture.md'
# Tree: room: the folders and modules in it. The longest place that fits a module is its own.
ROOMS: dict[str, dict[str, tuple[str, ...]]] = {
    'extractors': {
        'document': ('raised', 'findings', 'left_out', 'document', 'encoding', 'labels', 'optional', 'parallel', 'zip/limits', 'sniffing', 'storable_text'),
        'word': ('word',),
        'docx': ('docx',),
        'office': ('office',),
        'doc': ('doc',),
        'text': ('text',),
        'html': ('html',),
        'sheet': ('sheet',),
        'layout': ('layout',),
        'ocr': ('ocr',),
        'pdf': ('pdf',),
        'ofd': ('ofd',),
        'formats': ('known_format', 'office_programs', 'plugins', 'formats'),
        'zip': ('zip',),
    },
    'normalizers': {
        'catalogue': ('catalogue',),
        'vocabulary': ('vocabulary',),
        'text': ('text',),
        'grammar': ('grammar',),
        'grammar/quantities': ('grammar/quantities',),
        'grammar/rules': ('grammar/rules',),
        'grammar/clauses': (
            'grammar/clauses/scan', 'grammar/clauses/heads', 'grammar/clauses/worth', 'grammar/clauses/reader', 'grammar/clauses/prose', 'placed_clauses', 'counted_from', 'limits_beside',
        ),
        'grammar/targets': ('grammar/targets',),
        'grammar/facts': ('grammar/facts',),
        'columns': ('columns',),
        'lines': ('lines',),
        'notice': ('notice',),
        'stitching': ('stitching',),
        'articles': ('articles',),
        'meaning': ('meaning', 'written_line', 'report_facts'),
        'checks': ('checks', 'all_checks'),
        'steps': ('', 'steps'),
        'scoring': ('scoring',),
    },
    'pipeline': {
        'language': ('refusal', 'language'),
        'system': ('system',),
        'database': ('database',),
        'decisions': ('decisions',),
        'assessment': ('assessment',),
        'planning': ('planning',),
        'readers': ('readers',),
        'receipts': ('receipts',),
        'ingestion': ('ingestion',),
        'decisions/force': ('decisions/force', 'decisions/taking_over'),
        'assessment/runs': ('assessment/scoring_runs', 'assessment/worksheet_runs'),
        'inspection': ('inspection',),
        'workbook': ('workbook',),
        'comparison': ('comparison',),
        'library': ('library',),
        'browser': ('browser',),
        'desk': ('desk',),
        'desk/pages': ('desk/pages', 'desk/app', 'desk/serving'),
        'commands': ('commands',),
        'command': ('command', '__main__'),
    },
}  # fmt: skip
TREES = tuple(ROOMS)


@cache
def modules() -> Mapping[str, Path]:
    """Every module of the three trees by its dotted name without ``kaohe.``."""
    found = {}
    for tree in TREES:
        for source in sorted((HOUSE / tree).rglob('*.py')):
            parts = source.relative_to(HOUSE).with_suffix('').parts
            found['.'.join(parts[:-1] if parts[-1] == '__init__' else parts)] = source
    return found


def imports(source: Path) -> Iterator[tuple[str, bool]]:
    """The modules that a file imports, those for types alone too, and whether it does so when it is loaded itself."""
    tree = ast.parse(source.read_text(encoding='utf-8'))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f'{source}: relative import'
            inside = [f'{node.module}.{alias.name}' for alias in node.names]
            names = [name if name.removeprefix('kaohe.') in modules() else str(node.module) for name in inside]
        else:
            continue
        for name in dict.fromkeys(names):
            yield name, node in tree.body


@cache
def arrows() -> Mapping[str, frozenset[str]]:
    """For each module of the house those that it imports."""
    return {
        module: frozenset(
            name.removeprefix('kaohe.') for name, _ in imports(source) if name.removeprefix('kaohe.') in modules()
        )
        - {module}
        for module, source in modules().items()
    }


def room_of(module: str) -> str | None:
    """The room in which a module lies; None where nobody has said."""
    tree, _, rest = module.partition('.')
    place = rest.replace('.', '/')
    fits = [
        (len(prefix), room)
        for room, prefixes in ROOMS[tree].items()
        for prefix in prefixes
        if place == prefix or (prefix and place.startswith(f'{prefix}/'))
    ]
    return max(fits)[1] if fits else None


def between_rooms(tree: str) -> dict[str, set[str]]:
    """Which rooms of a tree each of its rooms imports from."""
    found: dict[str, set[str]] = {room: set() for room in ROOMS[tree]}
    for module, imported in arrows().items():
        for other in imported:
            if module.partition('.')[0] == other.partition('.')[0] == tree:
                here, there = room_of(module), room_of(other)
                if here and there and here != there:
                    found[here].add(there)
    return found


def drawing(tree: str) -> str:
    """The rooms of a tree as a mermaid diagram. An arrow that others imply is left out."""
    direct = between_rooms(tree)
    order = list(ROOMS[tree])
    reached: dict[str, set[str]] = {}
    for room in order:
        reached[room] = set().union(*({other} | reached.get(other, set()) for other in direct[room]))
    mark = {room: f'{tree[0]}_{room.replace("/", "_")}' for room in order}
    lines = ['```mermaid', 'flowchart TD', *(f'    {mark[room]}["{room}"]' for room in reversed(order))]
    lines += (
        f'    {mark[room]} --> {mark[other]}'
        for room in reversed(order)
        for other in sorted(direct[room], key=order.index, reverse=True)
        if not any(other in reached[via] for via in direct[room] - {other})
    )
    return '\n'.join([*lines, '```'])


def drawn(page: str) -> str:
    """The page with its diagrams made anew."""
    for tree in TREES:
        start, end = f'<!-- rooms of {tree} -->\n', f'\n<!-- end of {tree} -->'
        before, _, rest = page.partition(start)
        page = before + start + drawing(tree) + end + rest.partition(end)[2]
    return page


if __name__ == '__main__':
    PAGE.write_text(drawn(PAGE.read_text(encoding='utf-8')), encoding='utf-8')
