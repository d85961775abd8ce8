"""``nox``: the linters, and the tests on every Python that is there (3.11 to 3.14); ``nox -s tests-3.12 -- tests/normalizers`` runs a part."""

from __future__ import annotations

import nox

nox.options.error_on_missing_interpreters = False
nox.options.default_venv_backend = 'venv'


@nox.session
def lint(session: nox.Session) -> None:
    """What CI asks before the tests."""
    session.install('-e', '.[dev]')
    session.run('ruff', 'check', '.')
    session.run('ruff', 'format', '--check', '.')
    session.run('mypy')


@nox.session(python=['3.11', '3.12', '3.13', '3.14'])
def tests(session: nox.Session) -> None:
    """The tests; arguments after ``--`` go to pytest."""
    session.install('-e', '.[dev]', 'setuptools>=77')
    session.run('python', '-m', 'pytest', '-q', '-n', 'auto', *session.posargs)
