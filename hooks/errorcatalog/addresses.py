"""Every address of the site, and nothing else builds one.

An address is relative to the site's root, ends in "/" where it is a page, and never begins
with "/": the same site works at a domain's root and under a sub-path.
"""

from __future__ import annotations

import posixpath
from urllib.parse import urljoin, urlsplit
from uuid import NAMESPACE_URL, uuid5

CHOOSER = ""
ASSETS = "assets/"

# The catalogue as data, and its changes.
CATALOG_JSON = "catalog.json"
CATALOG_CSV = "catalog.csv"
CATALOG_SCHEMA = "catalog.schema.json"
CHANGES_FEED = "changes.xml"

# The site for language models, where https://llmstxt.org has them look.
LLMS = "llms.txt"
LLMS_FULL = "llms-full.txt"

# Data for programs; with "/" at the end, all below it.
DATA = (CATALOG_JSON, CATALOG_CSV, CATALOG_SCHEMA, CHANGES_FEED, "codes/")

# The page for wrong addresses; a host shows it at any address.
NOT_FOUND = "404.html"

# For those who host the site, never for readers.
HOST_HEADERS = "_headers"
HOST_REDIRECTS = "_redirects"
HOST_NGINX = "_nginx.conf"

# Names that no code, scenario or locale may have, because files of the site have them or are
# promised to. Addresses once published are kept, so this list only grows.
RESERVED_AT_ROOT = (
    "assets",
    "search",
    "codes",
    "index.html",
    NOT_FOUND,
    "robots.txt",
    "sitemap.xml",
    "sitemap.xml.gz",
    CATALOG_JSON,
    CATALOG_CSV,
    CATALOG_SCHEMA,
    CHANGES_FEED,
    LLMS,
    LLMS_FULL,
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


def changes(locale: str) -> str:
    """What has changed in the catalogue, by date."""
    return f"{home(locale)}changes/"


def change(locale: str, day: str) -> str:
    """The changes of one day, which is written like 2026-11-22."""
    return f"{changes(locale)}#{day}"


def code_json(code_id: str) -> str:
    """A code as data, in every scenario it stands in."""
    return f"codes/{code_id}.json"


def markdown(page: str) -> str:
    """A page as Markdown."""
    return f"{page}index.md"


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
    *folders, name = path.split("/")
    *here, _ = start.split("/")
    same = len(posixpath.commonprefix([folders, here]))
    steps = [*[".."] * (len(here) - same), *folders[same:], name]
    return f"{'/'.join(steps) or './'}{mark}{anchor}"


def source_uri(address: str) -> str:
    """The name under which MkDocs keeps a page: its folder's index, whatever the code is called."""
    return f"{address}index.md"


def output_file(address: str) -> str:
    """The file that answers at an address."""
    return f"{address}index.html" if address.endswith("/") or not address else address


def absolute(site_url: str, address: str) -> str:
    """The full address, or "" where the site's own address is not known."""
    return f"{site_url.rstrip('/')}/{address}" if site_url else ""


def on_site(site_url: str, page: str, href: str) -> str:
    """A link on `page` as a full address, or as it is where the site's own is not known.

    >>> on_site("https://docs.example/codes/", "en/payment/4454/", "../#4454")
    'https://docs.example/codes/en/payment/#4454'
    """
    return urljoin(absolute(site_url, page), href) if site_url else href


def identifier(site_url: str, address: str) -> str:
    """A URI that names what is at an address: the full one, or else one that leads nowhere."""
    return absolute(site_url, address) or uuid5(NAMESPACE_URL, address).urn


def root_path(site_url: str) -> str:
    """The path of the site's root on its host, with "/" at both ends."""
    return f"/{urlsplit(site_url).path.strip('/')}/".replace("//", "/")
