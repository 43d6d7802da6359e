"""Fixtures of the whole suite."""

from __future__ import annotations

import pytest

from errorcatalog.model import Catalog
from errorcatalog.project import Project
from support import ROOT, Site, build

SITE_URL = "https://docs.example/codes/"


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The real catalogue."""
    return Project(ROOT).load().catalog


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The real site, built once, strictly, for a sub-path."""
    return build(ROOT, tmp_path_factory.mktemp("site"), site_url=SITE_URL)
