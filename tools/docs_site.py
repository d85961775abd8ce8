"""What mkdocs is told beside mkdocs.yml: the pages at the top of the tree, under the names that they have in the site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parents[1]
PAGES = {
    'README.zh.md': 'index.md',
    'README.md': 'overview.md',
    'CONTRIBUTING.md': 'contributing.md',
    'CHANGELOG.md': 'changelog.md',
}
_LINK = re.compile(r'\]\((?!https?:)([^)#]+)')


def on_files(files: Any, config: Any) -> Any:
    """Adds the pages at the top of the tree."""
    from mkdocs.structure.files import File

    for source, name in PAGES.items():
        files.append(File.generated(config, name, content=(HOUSE / source).read_text('utf-8')))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Links as the site has them; a link to what is no page of it (the license) stays as words."""

    def linked(found: re.Match[str]) -> str:
        target = found[1].removeprefix('../').removeprefix('docs/')
        return f']({PAGES.get(target, target)}'

    return re.sub(r'\[([^\]]+)\]\(LICENSE\)', r'\1', _LINK.sub(linked, markdown))
