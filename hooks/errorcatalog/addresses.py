"""Every address of the site, and nothing else builds one.

An address is relative to the site's root, ends in "/" where it is a page, and never begins
with "/": the same site works at a domain's root and under a sub-path.
"""

from __future__ import annotations

import posixpath
from urllib.parse import urlsplit

CHOOSER = ""
ASSETS = "assets/"

# Names that no code, scenario or locale may have, because files of the site have them or are
# promised to. Addresses once published are kept, so this list only grows.
RESERVED_AT_ROOT = (
    "assets",
    "search",
    "codes",
    "index.html",
    "404.html",
    "robots.txt",
    "sitemap.xml",
    "sitemap.xml.gz",
    "catalog.json",
    "catalog.csv",
    "catalog.schema.json",
    "changes.xml",
    "llms.txt",
    "llms-full.txt",
)
RESERVED_IN_LOCALE = ("search", "codes", "changes", "index.html", "sitemap.xml", "opensearch.xml")
RESERVED_IN_SCENARIO = ("index.html", "index.md")


def home(locale: str) -> str:
    """A locale's home, which is also the base of everything in that locale."""
    return f"{locale}/"


def scenario(locale: str, scenario_id: str) -> str:
    """A scenario's page."""
    return f"{home(locale)}{scenario_id}/"


def code(locale: str, scenario_id: str, code_id: str) -> str:
    """A code's own page."""
    return f"{scenario(locale, scenario_id)}{code_id}/"


def row(locale: str, scenario_id: str, code_id: str) -> str:
    """A code's row on its scenario's page; the anchor is the code itself."""
    return f"{scenario(locale, scenario_id)}#{code_id}"


def all_codes(locale: str) -> str:
    """Every code of the reference in one table, and the legend of its labels."""
    return f"{home(locale)}codes/"


def legend(locale: str, label: str) -> str:
    """Where a label is explained."""
    return f"{all_codes(locale)}#{label}"


def permalink(code_id: str) -> str:
    """A code's short address, for tickets: it names no language and no scenario."""
    return f"{code_id}/"


def scenario_permalink(scenario_id: str) -> str:
    """A scenario's address without a language."""
    return f"{scenario_id}/"


def record_permalink(scenario_id: str, code_id: str) -> str:
    """The address without a language of a code in one scenario."""
    return f"{scenario_id}/{code_id}/"


def opensearch(locale: str) -> str:
    """The description by which a browser searches one locale from its address bar."""
    return f"{home(locale)}opensearch.xml"


def search_index(locale: str) -> str:
    """The search index of one locale, where the theme looks for it."""
    return f"{home(locale)}search/search_index.json"


def sitemap(locale: str) -> str:
    """The sitemap of one locale."""
    return f"{home(locale)}sitemap.xml"


def in_locale(address: str, locale: str, other: str) -> str:
    """The same page in another locale."""
    return home(other) + address.removeprefix(home(locale))


def is_in(address: str, locale: str) -> bool:
    """Whether an address is one of a locale's."""
    return address.startswith(home(locale))


def relative(target: str, start: str) -> str:
    """`target` as a link on the page `start`.

    >>> relative("en/payment/4454/", "en/payment/")
    '4454/'
    >>> relative("en/payment/#4454", "en/payment/4454/")
    '../#4454'
    """
    path, mark, anchor = target.partition("#")
    if path == start and mark:
        return f"#{anchor}"
    folder, _, name = path.rpartition("/")
    up = posixpath.relpath(f"/{folder}", f"/{start.rpartition('/')[0]}")
    prefix = "" if up == "." and name else f"{up}/"
    return f"{prefix}{name}{mark}{anchor}"


def source_uri(address: str) -> str:
    """The name under which MkDocs keeps a page: its folder's index, whatever the code is called."""
    return f"{address}index.md"


def output_file(address: str) -> str:
    """The file that answers at an address."""
    return f"{address}index.html" if address.endswith("/") or not address else address


def absolute(site_url: str, address: str) -> str:
    """The full address, or "" where the site's own address is not known."""
    return f"{site_url.rstrip('/')}/{address}" if site_url else ""


def root_path(site_url: str) -> str:
    """The path of the site's root on its host, with "/" at both ends."""
    return f"/{urlsplit(site_url).path.strip('/')}/".replace("//", "/")
