"""Versions 0.x.y: each has a dated section in the changes, the newest is that of the program."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path

import pytest

from tools.release import SECTION, UNRELEASED, Unready, number, released, version_of

HOUSE = Path(__file__).parents[1]
PROJECT = (HOUSE / 'pyproject.toml').read_text(encoding='utf-8')
CHANGES = (HOUSE / 'CHANGELOG.md').read_text(encoding='utf-8')


def test_the_changes_hold_the_versions_newest_first_each_with_its_day() -> None:
    sections = SECTION.findall(CHANGES)
    heads = [line for line in CHANGES.splitlines() if line.startswith('## ')]
    assert heads == [UNRELEASED.strip(), *(f'## {version} — {day}' for version, day in sections)]
    versions = [version for version, _ in sections]
    assert versions == sorted(versions, key=number, reverse=True)
    days = [datetime.date.fromisoformat(day) for _, day in sections]
    assert days == sorted(days, reverse=True)
    assert versions[:1] in ([version_of(PROJECT)], [])


def test_every_tag_has_its_section() -> None:
    try:
        told = subprocess.run(
            ['git', 'tag', '--list', 'v0.*'], cwd=HOUSE, check=True, capture_output=True, text=True
        ).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip('no git, or no repository')
    assert {tag.removeprefix('v') for tag in told} <= {version for version, _ in SECTION.findall(CHANGES)}


def test_a_release_sets_the_version_and_dates_what_is_unreleased() -> None:
    project, changes = released('version = "0.1.0"\n', '# C\n\n## Unreleased\n\n- a\n', '0.2.0', '2026-12-01')
    assert project == 'version = "0.2.0"\n'
    assert changes == '# C\n\n## Unreleased\n\n## 0.2.0 — 2026-12-01\n\n- a\n'
    with pytest.raises(Unready, match='no change'):
        released(project, changes, '0.3.0', '2026-12-02')


@pytest.mark.parametrize('version', ['0.2.0', '0.1.9', '1.0.0', 'v0.3.0'])
def test_only_a_later_version_follows(version: str) -> None:
    with pytest.raises(Unready):
        released(
            'version = "0.2.0"\n',
            '# C\n\n## Unreleased\n\n- b\n\n## 0.2.0 — 2026-12-01\n\n- a\n',
            version,
            '2026-12-02',
        )
