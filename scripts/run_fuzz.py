"""Runs the property tests for a while, each round with another seed; stops where one fails.

python scripts/run_fuzz.py --minutes 30
python scripts/run_fuzz.py --seed 4711      the round of that seed, once
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time

# How many times as many examples as in `make test` a round tries.
TIMES = 10


def main() -> int:
    """Returns the exit status: that of the round that failed, or 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, help="of one round, to see it fail again")
    options = parser.parse_args()
    end = time.monotonic() + 60 * options.minutes
    while True:
        seed = random.randrange(1_000_000) if options.seed is None else options.seed  # noqa: S311
        print(f"Seed {seed}", flush=True)
        if status := _round(seed):
            print(f"Seed {seed} fails: make fuzz SEED={seed} runs it again.")
            return status
        if options.seed is not None or time.monotonic() > end:
            return 0


def _round(seed: int) -> int:
    command = [sys.executable, "-m", "pytest", "--quiet", "--numprocesses", "2", "tests/fuzz"]
    environment = {**os.environ, "FUZZ_TIMES": str(TIMES)}
    return subprocess.run(  # noqa: S603
        [*command, f"--hypothesis-seed={seed}"], env=environment, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
