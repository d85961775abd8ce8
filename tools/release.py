"""Makes a release: ``python -m tools.release 0.2.0`` sets the version, gives the changes their number and day, commits and tags ``v0.2.0``."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[1]
PROJECT, CHANGES = HOUSE / 'pyproject.toml', HOUSE / 'CHANGELOG.md'
UNRELEASED = '## Unreleased\n'
SECTION = re.compile(r'^## (0\.\d+\.\d+) — (\d{4}-\d\d-\d\d)$', re.MULTILINE)
_VERSION = re.compile(r'^version = "(0\.\d+\.\d+)"$', re.MULTILINE)


class Unready(Exception):
    """Why there can be no release."""


def version_of(project: str) -> str:
    """The version that pyproject.toml states."""
    found = _VERSION.search(project)
    if found is None:
        raise Unready('pyproject.toml states no version 0.x.y')
    return found[1]


def number(version: str) -> tuple[int, ...]:
    """What versions are ordered by."""
    return tuple(map(int, version.split('.')))


def released(project: str, changes: str, version: str, day: str) -> tuple[str, str]:
    """pyproject.toml and CHANGELOG.md of the release. Raises `Unready`."""
    before = version_of(project)
    if not re.fullmatch(r'0\.\d+\.\d+', version):
        raise Unready(f'{version} is no 0.x.y')
    if SECTION.search(changes) and number(version) <= number(before):
        raise Unready(f'{version} does not follow {before}')
    head, _, rest = changes.partition(UNRELEASED)
    told, _, _ = rest.partition('\n## ')
    if not told.strip():
        raise Unready('CHANGELOG.md names no change under Unreleased')
    return _VERSION.sub(f'version = "{version}"', project), f'{head}{UNRELEASED}\n## {version} — {day}\n{rest}'


def main(version: str) -> None:
    """Raises `Unready` where something is not committed."""
    if _git('status', '--porcelain'):
        raise Unready('something is not committed')
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    project, changes = released(
        PROJECT.read_text(encoding='utf-8'), CHANGES.read_text(encoding='utf-8'), version, today
    )
    PROJECT.write_text(project, encoding='utf-8')
    CHANGES.write_text(changes, encoding='utf-8')
    _git('commit', '--all', '--message', f'Version {version}')
    _git('tag', '--annotate', f'v{version}', '--message', f'Version {version}')


def _git(*words: str) -> str:
    return subprocess.run(['git', *words], cwd=HOUSE, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == '__main__':
    try:
        main(*sys.argv[1:])
    except Unready as why:
        sys.exit(str(why))
