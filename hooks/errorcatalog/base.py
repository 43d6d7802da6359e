"""The catalogue as it was published before: from a file, a site, or a git revision."""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from http import HTTPStatus
from http.client import HTTPException
from io import BytesIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from errorcatalog.diagnostics import CatalogError, Diagnostic, Place
from errorcatalog.export.as_data import Publisher
from errorcatalog.load import load_catalog
from errorcatalog.since import Base
from errorcatalog.views.lookup import Lookup

_WEB = ("http://", "https://")
_SECONDS = 30
_NOTHING = b'{"schema_version": 1, "codes": []}'
_MOST_BYTES = 200_000_000


def read_base(name: str, catalog: Path, *, first: bool = False) -> Base:
    """Read what `name` was published as.

    `name` is a file or the address of a `catalog.json`, or a git revision, of which the
    folder `catalog` is read as it was then. An address with nothing there (status 404) is a
    base of nothing where this may be the `first` publication. Raises CatalogError where there
    is no such thing, or where it cannot be read.
    """
    if name.startswith(_WEB):
        return Base.read(_fetched(name, first=first), name)
    try:
        if Path(name).is_file():
            return Base.read(Path(name).read_bytes(), name)
    except OSError as error:
        raise _problem(name, f"cannot be read ({error.strerror})") from None
    return _at_revision(name, catalog)


def _fetched(url: str, *, first: bool) -> bytes:
    try:
        request = Request(url, headers={"Accept": "application/json"})  # noqa: S310 - see _WEB
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            content: bytes = answer.read(_MOST_BYTES)
    except HTTPError as error:
        if first and error.code == HTTPStatus.NOT_FOUND:
            return _NOTHING
        raise _problem(url, f"cannot be fetched (status {error.code})") from None
    except (HTTPException, OSError, ValueError) as error:
        raise _problem(url, f"cannot be fetched ({error})") from None
    return content


def _at_revision(revision: str, catalog: Path) -> Base:
    """The catalogue of a revision, read by today's program and published as it is today."""
    with tempfile.TemporaryDirectory() as folder:
        archive = _archived(revision, catalog)
        try:
            # Links in it become files that hold their targets, so nothing outside is read.
            with zipfile.ZipFile(BytesIO(archive)) as files:
                files.extractall(folder)
        except (OSError, zipfile.BadZipFile) as error:
            raise _problem(revision, f"cannot be unpacked ({error})") from None
        try:
            then = load_catalog(Path(folder) / catalog.name, phrases=None, earlier=True)
        except CatalogError as error:
            found = f"its catalogue has problems by today's rules: {error.diagnostics[0]}"
            raise _problem(revision, found) from None
    publisher = Publisher(Lookup.of(then), "")
    return Base.of(publisher.records(), publisher.changes())


def _archived(revision: str, catalog: Path) -> bytes:
    if revision.startswith("-"):
        raise _problem(revision, "no file, address or revision")
    command = ["git", "archive", "--format=zip", revision, "--", catalog.name]
    try:
        done = subprocess.run(command, cwd=catalog.parent, capture_output=True, check=False)  # noqa: S603
    except OSError as error:
        raise _problem(revision, f"no file or address, and git cannot be run ({error})") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise _problem(revision, f"no file, address or revision ({said[-1] if said else 'git'})")
    return done.stdout


def _problem(name: str, found: str) -> CatalogError:
    remedy = "name a catalog.json, its address, or a git revision"
    return CatalogError([Diagnostic(Place(name), "the base", found, remedy, "base")])
