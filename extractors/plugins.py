"""Plugins: what other people's packages add to the program, through entry points of the group ``kaohe.plugins`` (docs/plugins.md).

They are looked up once, when the formats are first asked for. A plugin that fails to load stops the program with its name: results without it
would differ in silence. Words are data, of a group of their own (``kaohe.words``): they are found without running any code of the package, which
may itself import what the words go into.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from kaohe.extractors.findings import Finding
    from kaohe.extractors.known_format import Format

GROUP = 'kaohe.plugins'
WORDS_GROUP = 'kaohe.words'
WORDS_FILE = 'words.toml'
_specification = pluggy.HookspecMarker('kaohe')
hookimpl = pluggy.HookimplMarker('kaohe')
"""Marks the functions of a plugin that the program calls."""


class Hooks:
    """What a plugin may offer. All are optional."""

    @_specification
    def kaohe_formats(self) -> list[Format]:  # type: ignore[empty-body]
        """File formats; each names a module with ``read(data: bytes) -> Document``. They are asked after the built-in ones, before plain text."""

    @_specification
    def kaohe_checks(self, catalogue: Any) -> list[Finding]:  # type: ignore[empty-body]
        """Findings about a notice that was read (`kaohe.normalizers.catalogue.Catalogue`). Their codes begin with the plugin's name."""

    @_specification
    def kaohe_stored(self, database: Path, documents: list[str]) -> None:
        """Called once after a run that stored, failed or retired documents, with their ids. What it raises is told and changes nothing."""


@cache
def manager() -> pluggy.PluginManager:
    """The plugins of this installation. Raises ``ImportError`` with the name of one that cannot be loaded."""
    made = pluggy.PluginManager('kaohe')
    made.add_hookspecs(Hooks)
    for name in sorted({point.name for point in entry_points(group=GROUP)}):
        try:
            made.load_setuptools_entrypoints(GROUP, name)
        except Exception as error:
            raise ImportError(
                f'插件 {name} 不能用（{type(error).__name__}: {error}），请更新它，或用 pip uninstall 卸下'
            ) from error
    return made


def plugin_versions() -> tuple[str, ...]:
    """Name and version of each package that brings plugins: part of what decides what is read."""
    return tuple(sorted(f'{found.project_name} {found.version}' for _, found in manager().list_plugin_distinfo()))


@cache
def words_of_plugins() -> dict[str, Path]:
    """The file of words that each package brings, by the name of its entry point, in order. Raises ``LookupError`` where a package has none."""
    found = {}
    for point in sorted(entry_points(group=WORDS_GROUP), key=lambda point: point.name):
        package = point.value.partition('.')[0]
        spec = find_spec(package)  # one at the top: finding it imports nothing
        folders = list(spec.submodule_search_locations or ()) if spec else []
        file = Path(folders[0], *point.value.split('.')[1:], WORDS_FILE) if folders else None
        if file is None or not file.is_file():
            raise LookupError(
                f'插件 {point.name} 不能用（{point.value} 里没有 {WORDS_FILE}），请更新它，或用 pip uninstall 卸下'
            )
        found[point.name] = file
    return found
