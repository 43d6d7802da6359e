"""What tells a host how to serve the site: its headers, its languages, and its files' kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from errorcatalog import addresses
from errorcatalog.model import Catalog
from errorcatalog.negotiation import spoken_by, wanted

# In a file's name, what changes with its content; such a file is kept by browsers for good.
_HASHED = r"\.[0-9a-f]{8}\.(?:min\.)?(?:css|js)$"


@dataclass(frozen=True)
class Choice:
    """A language, as a tag or a regular expression over one, and where it leads."""

    language: str
    home: str


@dataclass(frozen=True)
class Hosting:
    """What every host must know; paths begin at the host's root."""

    base: str
    """The path of the site's root, with "/" at both ends."""
    headers: Mapping[str, str]
    """What every answer carries, by name."""
    data: tuple[str, ...]
    """Addresses of the data that pages of other sites may read too; with "/" at the end, of all
    below it."""


@dataclass(frozen=True)
class HeadersView(Hosting):
    """The file `_headers`, which some static hosts read."""

    hashed: tuple[str, ...]
    """Addresses of files whose name changes with their content."""


@dataclass(frozen=True)
class RedirectsView:
    """The file `_redirects`, which some static hosts read."""

    base: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class NginxView(Hosting):
    """The part of a server's configuration that is this site's."""

    root: str
    """The path of the site's root as nginx compares it: decoded."""
    hashed: str
    """The end of a file's name that changes with its content, as a regular expression."""
    wanted: tuple[str, ...]
    """What finds the reader's language in Accept-Language; the last that matches has found it."""
    choices: tuple[Choice, ...]
    """Where each language leads."""
    default: str
    """The home of readers of other languages."""
    not_found: str = addresses.NOT_FOUND
    feed: str = addresses.CHANGES_FEED
    schema: str = addresses.CATALOG_SCHEMA

    @property
    def pattern(self) -> str:
        """The site's root in a regular expression."""
        return re.escape(self.root)


def headers_view(*, site_url: str, headers: Mapping[str, str], files: Iterable[str]) -> HeadersView:
    """`files` are the addresses of the site's files."""
    hashed = tuple(sorted(file for file in files if re.search(_HASHED, file)))
    return HeadersView(addresses.root_path(site_url), headers, addresses.DATA, hashed)


def redirects_view(catalog: Catalog, *, site_url: str) -> RedirectsView:
    """These hosts know a language by its first letters, so each leads to one locale."""
    base = addresses.root_path(site_url)
    homes: dict[str, str] = {}
    for locale in catalog.locales:
        homes.setdefault(locale.id.partition("-")[0], base + addresses.home(locale.id))
    return RedirectsView(base, tuple(Choice(*item) for item in homes.items()))


def nginx_view(catalog: Catalog, *, site_url: str, headers: Mapping[str, str]) -> NginxView:
    """What a server needs for the site at its path."""
    base = addresses.root_path(site_url)
    locales = [locale.id for locale in catalog.locales]
    return NginxView(
        base=base,
        headers=headers,
        data=addresses.DATA,
        root=unquote(base),
        hashed=_HASHED,
        wanted=wanted(locales),
        choices=tuple(
            Choice(spoken_by(locale, locales), base + addresses.home(locale)) for locale in locales
        ),
        default=base + addresses.home(catalog.default_locale.id),
    )
