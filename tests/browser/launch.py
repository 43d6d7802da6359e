"""Starting the system's Chromium."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

# Chromium looks up its maker's hosts at every start; none of that belongs to a test.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)


def browser_command() -> list[str]:
    """The browser that CHROMIUM names, or the first that is installed, with what it always gets."""
    chosen = os.environ.get("CHROMIUM")
    found = chosen or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, "no Chromium: `make tools` installs one"
    # As root there is no sandbox; the pages are our own.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return [found, *QUIET, *sandbox]


def launch(playwright: Playwright) -> Browser:
    """Start the browser."""
    path, *arguments = browser_command()
    return playwright.chromium.launch(executable_path=path, args=arguments)
