"""What holds for every test."""

from __future__ import annotations

import gc
import os
import resource
import tempfile
import warnings
from collections.abc import Iterator

import pytest
from hypothesis import settings

# A reader that a damaged file talks into claiming all memory must fail its test, not take the machine down.
resource.setrlimit(resource.RLIMIT_AS, (8 * 2**30, resource.getrlimit(resource.RLIMIT_AS)[1]))

# How long an example takes is for the benchmark to say: on a busy machine it says nothing about the program.
settings.register_profile('any machine', deadline=None)
settings.load_profile('any machine')

# What the program remembers of the files it wrote is not to be that of whoever runs the tests.
os.environ['XDG_STATE_HOME'] = tempfile.mkdtemp(prefix='kaohe-tests-state-')


@pytest.fixture(scope='module')
def left_by_datasette() -> Iterator[None]:
    """For modules that run Datasette here: the connections of its threads, which it never closes, are collected before others are blamed for them
    (Python tells of them since 3.13)."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', ResourceWarning)
        gc.collect()
