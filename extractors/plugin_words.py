"""The words that plugins bring: files of the group ``kaohe.words`` (docs/plugins.md).

Words are data. They are found without running any code of the package, which may itself import what the words go into.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Final

GROUP: Final = 'kaohe.words'
FILE: Final = 'words.toml'


@cache
def words_of_plugins() -> dict[str, Path]:
    """The file of words that each package brings, by the name of its entry point, in order. Raises ``LookupError`` where a package has none."""
    found = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        package = point.value.partition('.')[0]
        spec = find_spec(package)  # one at the top: finding it imports nothing
        folders = list(spec.submodule_search_locations or ()) if spec else []
        file = Path(folders[0], *point.value.split('.')[1:], FILE) if folders else None
        if file is None or not file.is_file():
            raise LookupError(
                f'插件 {point.name} 不能用（{point.value} 里没有 {FILE}），请更新它，或用 pip uninstall 卸下'
            )
        found[point.name] = file
    return found
