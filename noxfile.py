"""``make nox``: the linters, and the tests on every Python that is there (3.11 to 3.14), with the locked versions; ``make nox ARGS='-s tests-3.12 -- tests/normalizers'`` runs a part."""

from __future__ import annotations

import nox

nox.options.error_on_missing_interpreters = False
nox.options.default_venv_backend = 'venv'


def install(session: nox.Session) -> None:
    """What people get: every package of the lock file, by its hash, and the program."""
    session.install('--require-hashes', '-r', 'requirements-dev.lock')
    session.install('--no-deps', '--no-build-isolation', '-e', '.')


@nox.session
def lint(session: nox.Session) -> None:
    """What CI asks before the tests."""
    install(session)
    session.run('ruff', 'check', '.')
    session.run('ruff', 'format', '--check', '.')
    session.run('mypy')


@nox.session(python=['3.11', '3.12', '3.13', '3.14'])
def tests(session: nox.Session) -> None:
    """The tests; arguments after ``--`` go to pytest."""
    install(session)
    session.run('python', '-m', 'pytest', '-q', '-n', 'auto', *session.posargs)
