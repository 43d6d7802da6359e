"""A real browser, and the built site served at a root and under a sub-path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Dialog,
    Page,
    Playwright,
    sync_playwright,
)

from browser.launch import launch
from support import ROOT, build, serve

REPOSITORY = "https://github.com/acme/codes"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = launch(playwright)
    yield started
    started.close()


@pytest.fixture(scope="session", params=["/", "/codes/"], ids=["root", "sub-path"])
def anywhere(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The site's address, at a host's root and under a sub-path."""
    yield from _served(request.param, tmp_path_factory)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site's address; its pages link to a repository."""
    yield from _served("/codes/", tmp_path_factory, REPO_URL=REPOSITORY)


def _served(mount: str, factory: pytest.TempPathFactory, **environment: str) -> Iterator[str]:
    folder = factory.mktemp("served")
    with serve(folder, mount=mount) as url:
        build(ROOT, folder, site_url=url, **environment)
        yield url


@dataclass
class Watched:
    """What a page did that a reader's page must not do."""

    faults: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("request", lambda request: self._request(request.url))
        page.on("dialog", self._dialog)

    def _console(self, kind: str, text: str) -> None:
        # A browser reports the status of a page that is meant to be missing.
        if kind in {"error", "warning"} and "status of 404" not in text:
            self.faults.append(f"console: {text}")

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and parts.hostname != "127.0.0.1":
            self.faults.append(f"request to another host: {url}")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader's browser, in English, who has never been here."""
    opened = browser.new_context(locale="en-US")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that may not log an error nor ask another host."""
    opened = context.new_page()
    watched = Watched()
    watched.watch(opened)
    yield opened
    assert not watched.faults
