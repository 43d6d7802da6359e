"""Time an editor's wait: from saving a record to the page of `mkdocs serve` that shows it.

Run it by `make bench-serve`. It edits a copy of the real catalogue in a temporary folder.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from support import copy_project, serving

RUNS = 9
# So long an editor writes on at least; MkDocs looks for changes four times a second.
PAUSE = 2.0
LONGEST = 60.0

FILE = Path("catalog", "scenarios", "payment.yml")
PAGE = "en/payment/4454/"
TEXT = "does not have enough balance"


def wait_for(text: str, url: str) -> float:
    """Ask for a page until it has a text; the seconds until then."""
    begun = time.monotonic()
    while time.monotonic() - begun < LONGEST:
        try:
            with urlopen(url, timeout=LONGEST) as answer:  # noqa: S310 - our own server
                if text in answer.read().decode("utf-8"):
                    return time.monotonic() - begun
        except URLError:
            pass  # It is still building for the first time.
        time.sleep(0.02)
    raise SystemExit(f"{url} has not shown “{text}” within {LONGEST:.0f} s")


def main() -> None:
    """Print how long edits took to be shown."""
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder) / "project")
        file = project / FILE
        original = file.read_text("utf-8")
        assert original.count(TEXT) == 1, f"{FILE} does not say once: {TEXT}"
        with serving(project) as (url, _):
            wait_for(TEXT, url + PAGE)
            waits = []
            for run in range(RUNS):
                time.sleep(PAUSE)
                edited = f"{TEXT} ({run})"
                file.write_text(original.replace(TEXT, edited), encoding="utf-8")
                waits.append(wait_for(edited, url + PAGE))
    print(
        f"an edit is shown after {statistics.median(waits):.2f} s"
        f" ({min(waits):.2f} to {max(waits):.2f}; {RUNS} edits)"
    )


if __name__ == "__main__":
    main()
