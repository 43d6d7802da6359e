"""The theme's frame, rendered once for many pages: each must be as if it were rendered for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import Site, build, copy_project

URL = "https://docs.example.com/codes/"

# What a page of a code would be without sharing; see templates/theme/code.html.
ALONE = '{% extends "main.html" %}'


def lines(page: Path) -> list[str]:
    """A page's lines, but for those that hold nothing."""
    return [line for line in page.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize(("url", "repository"), [("", ""), (URL, "https://github.com/acme/codes")])
def test_a_page_in_a_shared_frame_is_as_in_its_own(
    tmp_path: Path, url: str, repository: str
) -> None:
    root = copy_project(tmp_path / "project")
    shared = build(root, tmp_path / "shared", site_url=url, REPO_URL=repository)
    (root / "templates" / "theme" / "code.html").write_text(ALONE, encoding="utf-8")
    alone = build(root, tmp_path / "alone", site_url=url, REPO_URL=repository)
    pages = pages_of(alone)
    assert pages == pages_of(shared)
    assert [
        page for page in pages if lines(shared.folder / page) != lines(alone.folder / page)
    ] == []


def pages_of(site: Site) -> list[str]:
    found = site.folder.rglob("*.html")
    return sorted(path.relative_to(site.folder).as_posix() for path in found)
