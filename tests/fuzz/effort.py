"""How hard the property tests try: little in `make test`, long and at random in `make fuzz`."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, Phase, settings

# How many times as long as in `make test`; `make fuzz` sets it.
TIMES = int(os.environ.get("FUZZ_TIMES", "0"))

# A build that takes longer than this hangs, as far as an editor can tell.
_SECONDS = 5

# The same examples at every run: what fails here has been broken by the change at hand.
# They are not made smaller where they fail: that takes minutes, and `make fuzz` does it.
_ONCE = [Phase.explicit, Phase.generate]
settings.register_profile("short", derandomize=True, database=None, deadline=None, phases=_ONCE)
# Examples are files on a disk: slow, and some too large.
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("long", deadline=None, print_blob=True, suppress_health_check=_SLOW)
settings.load_profile("long" if TIMES else "short")


def tries(number: int) -> settings:
    """That many examples in `make test`, many times as many in `make fuzz`."""
    return settings(max_examples=number * (TIMES or 1))


@contextmanager
def in_time() -> Iterator[None]:
    """Raises TimeoutError where something keeps the processor busy for too long.

    It is the processor's time that counts, so a busy machine changes nothing.
    """

    def stop(*_: object) -> None:
        raise TimeoutError(f"hangs: more than {_SECONDS} seconds of the processor")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
