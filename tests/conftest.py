"""What holds for every test."""

from __future__ import annotations

import resource

# A reader that a damaged file talks into claiming all memory must fail its test, not take the machine down.
resource.setrlimit(resource.RLIMIT_AS, (8 * 2**30, resource.getrlimit(resource.RLIMIT_AS)[1]))
