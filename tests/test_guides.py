"""What people read beside the program: links lead somewhere, the site and the folder's guide hold every page."""

from __future__ import annotations

import re
import shutil
import subprocess
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


@pytest.mark.skipif(not (ROOT / '.venv-docs' / 'bin' / 'mkdocs').exists(), reason='make docs was not run here')
def test_the_site_is_not_built_with_a_dead_link(tmp_path: Path) -> None:
    (recipe,) = re.findall(r'^\t\$\(VENV\)-docs/bin/mkdocs (.+?)(?:  #.*)?$', (ROOT / 'Makefile').read_text('utf-8'), re.MULTILINE)  # fmt: skip
    for name in ('docs', 'tools'):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns('__pycache__'))
    for name in ('mkdocs.yml', 'README.md', 'README.zh.md', 'CONTRIBUTING.md', 'CHANGELOG.md'):
        shutil.copy(ROOT / name, tmp_path)
    command = [ROOT / '.venv-docs' / 'bin' / 'mkdocs', *recipe.split()]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 0
    with (tmp_path / 'docs' / 'sizing.md').open('a', encoding='utf-8') as page:
        page.write('\n[dead](nowhere.md)\n')
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 1
