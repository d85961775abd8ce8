"""Plugins: what other people's packages add to the program, through entry points of the group ``kaohe.plugins`` (docs/plugins.md).

They are looked up once, when the formats are first asked for. A plugin that fails to load stops the program with its name: results without it
would differ in silence. Words are data, of a group of their own (``kaohe.words``): they are found without running any code of the package, which
may itself import what the words go into.
"""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pluggy

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

    from kaohe.extractors.findings import Finding
    from kaohe.extractors.known_format import Format

GROUP = 'kaohe.plugins'
WORDS_GROUP = 'kaohe.words'
WORDS_FILE = 'words.toml'
_specification = pluggy.HookspecMarker('kaohe')
hookimpl = pluggy.HookimplMarker('kaohe')
"""Marks the functions of a plugin that the program calls."""


class PluginFault(ImportError):
    """A plugin cannot be used, so that nothing is done: which, why, the package to update or uninstall, in Chinese."""

    def __init__(self, name: str, why: str, package: str) -> None:
        super().__init__(name, why, package)

    def __str__(self) -> str:
        name, why, package = self.args
        return f'插件 {name} 不能用（{why}），什么都没有做。{advice(package)}，再运行一次'


def advice(*packages: str) -> str:
    """What to do about packages that bring something that cannot be used, in Chinese, without an end."""
    return f'请更新软件包 {"、".join(packages)}，或用 pip uninstall {" ".join(packages)} 卸下'


@dataclass(frozen=True, slots=True)
class Source:
    """Whose plugin it is: the name of its entry point, and the package that pip knows."""

    name: str
    package: str


class Hooks:
    """What a plugin may offer. All are optional."""

    @_specification
    def kaohe_formats(self) -> list[Format]:  # type: ignore[empty-body]
        """File formats; each names a module with ``read(data: bytes) -> Document``. They are asked after the built-in ones, before plain text."""

    @_specification
    def kaohe_checks(self, catalogue: Any) -> list[Finding]:  # type: ignore[empty-body]
        """Findings about a notice that was read (`kaohe.normalizers.catalogue.Catalogue`). Their codes begin with the plugin's name and
        a dot (``wenku.no_issuer``); where one does not, or the function raises, none of its findings are used and the notice says so."""

    @_specification
    def kaohe_stored(self, database: Path, documents: list[str]) -> None:
        """Called once after a run that stored, failed or retired documents, with their ids. What it raises is told and changes nothing."""


@cache
def manager() -> pluggy.PluginManager:
    """The plugins of this installation. Raises `PluginFault` for one that cannot be loaded."""
    made = pluggy.PluginManager('kaohe')
    made.add_hookspecs(Hooks)
    for name, package in sorted(_packages(GROUP).items()):
        try:
            made.load_setuptools_entrypoints(GROUP, name)
        except Exception as error:
            raise PluginFault(name, f'{type(error).__name__}: {error}', package) from error
    return made


def has_plugins() -> bool:
    """Whether there are any, asked without loading them."""
    return bool(_packages(GROUP))


def plugin_versions() -> tuple[str, ...]:
    """Name and version of each package that brings plugins: part of what decides what is read."""
    return tuple(sorted(f'{found.project_name} {found.version}' for _, found in manager().list_plugin_distinfo()))


def functions(hook: str) -> tuple[tuple[Source, pluggy.HookImpl], ...]:
    """The functions that plugins offer under this name, each with its source, in the order of the plugins' names."""
    packages = _packages(GROUP)
    found = getattr(manager().hook, hook).get_hookimpls()
    return tuple((Source(each.plugin_name, packages[each.plugin_name]), each) for each in found)


@cache
def formats_of_plugins() -> dict[Format, Source]:
    """The formats that plugins bring, in order. Raises `PluginFault` where one cannot tell its formats."""
    from kaohe.extractors.known_format import Format

    found = {}
    for source, each in functions('kaohe_formats'):
        try:
            told = list(cast('list[Format]', each.function()))
        except Exception as error:
            raise PluginFault(source.name, place_of(error), source.package) from error
        if not all(isinstance(known, Format) for known in told):
            raise PluginFault(source.name, 'kaohe_formats 要给出 Format 的列表', source.package)
        found.update(dict.fromkeys(told, source))
    return found


def place_of(error: BaseException) -> str:
    """An unexpected exception and where it arose, in one line for whoever maintains the code."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    where = f'，{Path(last.filename).name} 第 {last.lineno} 行' if last else ''
    return f'{type(error).__name__}: {" ".join(str(error)[:200].split())}{where}'


def package_of_words(name: str) -> str:
    """The package that brings the words of this entry point."""
    return _packages(WORDS_GROUP)[name]


@cache
def words_of_plugins() -> dict[str, Path]:
    """The file of words that each package brings, by the name of its entry point, in order. Raises `PluginFault` where a package has none."""
    found = {}
    for point in sorted(_entry_points(WORDS_GROUP), key=lambda point: point.name):
        package = point.value.partition('.')[0]
        spec = find_spec(package)  # one at the top: finding it imports nothing
        folders = list(spec.submodule_search_locations or ()) if spec else []
        file = Path(folders[0], *point.value.split('.')[1:], WORDS_FILE) if folders else None
        if file is None or not file.is_file():
            why = f'{point.value} 里没有 {WORDS_FILE}'
            raise PluginFault(point.name, why, package_of_words(point.name))
        found[point.name] = file
    return found


@cache
def _packages(group: str) -> dict[str, str]:
    """The package of each entry point of a group."""
    return {point.name: point.dist.name if point.dist else point.name for point in _entry_points(group)}


def _entry_points(group: str) -> EntryPoints | tuple[()]:
    declared = _declared()
    if declared is not None and group.encode() not in declared:
        return ()
    from importlib.metadata import entry_points

    return entry_points(group=group)


@cache
def _declared() -> bytes | None:
    """What installed packages declare, in their own words; None where some may lie elsewhere than in folders. What takes these words apart
    needs 25 ms of every start, and most installations have no plugins."""
    if any(hasattr(finder, 'find_distributions') and finder is not PathFinder for finder in sys.meta_path):
        return None
    found = []
    for place in dict.fromkeys(sys.path):
        if os.path.isfile(place):  # noqa: PTH113  # a `Path` for each package takes longer than all else here
            return None
        with suppress(OSError), os.scandir(place or '.') as packages:
            for package in packages:
                if package.name.lower().endswith(('.dist-info', 'egg-info')):
                    with suppress(OSError), open(os.path.join(package.path, 'entry_points.txt'), 'rb') as file:  # noqa: PTH118, PTH123
                        found.append(file.read())
    return b'\n'.join(found)
