"""What people read beside the program: links lead somewhere, the site and the folder's guide hold every page."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tools.bundle.guide import pages

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / name for name in ('README.md', 'README.zh.md', 'CONTRIBUTING.md', 'CHANGELOG.md')] + sorted((ROOT / 'docs').glob('*.md'))  # fmt: skip


def anchors(page: Path) -> set[str]:
    headings = re.findall(r'^#+ (.+)$', page.read_text('utf-8'), re.MULTILINE)
    return {re.sub(r'[^\w-]', '', re.sub(r'[`*]', '', heading).replace(' ', '-')).lower() for heading in headings}


@pytest.mark.parametrize('page', PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    dead = []
    for target, anchor in re.findall(r'\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)', page.read_text('utf-8')):
        file = (page.parent / target) if target else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            dead.append(f'{target}#{anchor}')
    assert dead == []


def test_the_site_holds_every_page() -> None:
    told = set(re.findall(r'[\w.-]+\.md', (ROOT / 'mkdocs.yml').read_text('utf-8').partition('nav:')[2]))
    assert told == {page.name for page in (ROOT / 'docs').glob('*.md')} | {
        'index.md',
        'overview.md',
        'contributing.md',
        'changelog.md',
    }


def test_the_guide_of_the_folder_needs_nothing_from_elsewhere_and_its_links_lead_somewhere() -> None:
    made = pages(ROOT)
    assert '双击' in made['使用说明.html']
    for name, page in made.items():
        for target in re.findall(r'href="([^"]+)"', page):
            file, _, anchor = unquote(target).partition('#')
            assert (file or name) in made
            assert not anchor or f'id="{anchor}"' in made[file or name], anchor
        assert re.findall(r'src="(?!data:)[^"]*"', page) == []
