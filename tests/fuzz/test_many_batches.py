"""`make fuzz` itself: it comes to its end however many batches each of its processes is given."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path


def test_more_batches_than_a_process_lasts_come_to_their_end(tmp_path: Path) -> None:
    trial = tmp_path / 'trial.py'
    trial.write_text(
        textwrap.dedent("""
            from tools.fuzzing.tally import Tally

            def quick(seeds, numbers, seconds):
                tally = Tally()
                tally.kinds['x'] += len(numbers)
                return tally

            if __name__ == '__main__':
                from tools import fuzz
                fuzz.run = quick
                batches = [range(at, at + 3) for at in range(2 * fuzz._LASTS + 1)]
                told = [tally.kinds['x'] for tally in fuzz._tallies(None, batches, 1, 1.0)]
                print(len(told), sum(told))
        """)
    )
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, str(trial)], env={'PYTHONPATH': str(root)}, capture_output=True, text=True, timeout=120, check=False
    )  # fmt: skip
    assert (ran.returncode, ran.stdout.split()) == (0, ['21', '63']), ran.stderr
