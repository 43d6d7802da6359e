"""Asks PyPI's vulnerability service about every locked dependency, by pip-audit.

Where the service is out of reach, pip-audit takes each dependency for unknown and finds no fault
with it: here it is said that nothing was audited.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

LOCKS = ("requirements.txt", "requirements-dev.txt")


def main() -> int:
    """Print what is known; returns 1 where something is vulnerable, else 0."""
    locks = [argument for lock in LOCKS for argument in ("--requirement", lock)]
    command = [sys.executable, "-m", "pip_audit", *locks, "--require-hashes", "--disable-pip"]
    done = subprocess.run(  # noqa: S603
        [*command, "--format=json", "--progress-spinner=off"],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        dependencies: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except ValueError:
        said = (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]
        print(f"Nothing was audited: {said}")
        return 0
    return _report(dependencies)


def _report(dependencies: list[dict[str, Any]]) -> int:
    vulnerable = [item for item in dependencies if item.get("vulns")]
    for item in vulnerable:
        for found in item["vulns"]:
            mended = ", ".join(found["fix_versions"]) or "no version yet"
            print(f"{item['name']} {item['version']}: {found['id']}; mended in {mended}")
    unknown = [item["name"] for item in dependencies if "skip_reason" in item]
    if len(unknown) == len(dependencies):
        print("Nothing was audited: PyPI's vulnerability service cannot be reached from here.")
        return 0
    if unknown:
        print(f"Not known to the vulnerability service: {', '.join(unknown)}")
    print(f"{len(dependencies) - len(unknown)} dependencies audited, {len(vulnerable)} vulnerable.")
    return 1 if vulnerable else 0


if __name__ == "__main__":
    sys.exit(main())
