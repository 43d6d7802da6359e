"""The theme's frame, rendered once for many pages: each must be as if it were rendered for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import Site, build, copy_project

URL = "https://docs.example.com/codes/"

# What a page of a code would be without sharing; see templates/theme/code.html.
ALONE = '{% extends "main.html" %}'


def pages(site: Site) -> dict[str, list[str]]:
    """The lines of every page, but for those that hold nothing."""
    return {
        path.relative_to(site.folder).as_posix(): [
            line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
        for path in site.documents
    }


@pytest.mark.parametrize(("url", "repository"), [("", ""), (URL, "https://github.com/acme/codes")])
def test_a_page_in_a_shared_frame_is_as_in_its_own(
    tmp_path: Path, url: str, repository: str
) -> None:
    root = copy_project(tmp_path / "project")
    shared = pages(build(root, tmp_path / "shared", site_url=url, REPO_URL=repository))
    (root / "templates" / "theme" / "code.html").write_text(ALONE, encoding="utf-8")
    alone = pages(build(root, tmp_path / "alone", site_url=url, REPO_URL=repository))
    assert alone.keys() == shared.keys()
    assert [page for page in alone if shared[page] != alone[page]] == []
