"""Where the reference is kept: addresses to edit a line of a file, and to report a problem."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from errorcatalog.diagnostics import Place

# The folder that an edit address names by MkDocs' custom; our files are named from its parent.
_DOCUMENTS = "docs/"

_LINE = "line"
REPORT_PLACEHOLDERS = ("code", "locale", "page", "scenario", "title")

_PLACEHOLDER = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class _Host:
    """What a host of repositories calls things."""

    line: str = "#L{line}"
    """What follows the address of a file to open it at a line."""
    new_issue: str = ""
    """A new issue, from the repository's address; "" where no title can be filled in."""


# The hosts for which MkDocs knows how files are edited.
_HOSTS = {
    "github.com": _Host(new_issue="issues/new?title={title}&body={page}"),
    "gitlab.com": _Host(
        new_issue="-/issues/new?issue%5Btitle%5D={title}&issue%5Bdescription%5D={page}"
    ),
    "bitbucket.org": _Host(line="#lines-{line}"),
}


@dataclass(frozen=True)
class Repository:
    """Where readers edit and report; an address that is "" leads nowhere."""

    files: str = ""
    """What the name of a file, from the project's folder, completes to where it is edited."""
    line: str = ""
    """What follows that, with `{line}` in it."""
    report: str = ""
    """Where problems are reported, with some of REPORT_PLACEHOLDERS in it."""

    @classmethod
    def of(
        cls, *, repo_url: str = "", edit_uri: str = "", edit_line: str = "", report_url: str = ""
    ) -> Repository:
        """What the site's settings say, each "" where it is not set.

        `edit_uri` is a full address, or follows `repo_url`. Raises ValueError, naming the setting,
        where a placeholder is missing or not known.
        """
        if edit_line and {*_PLACEHOLDER.findall(edit_line)} != {_LINE}:
            raise ValueError(f"EDIT_LINE is `{edit_line}`; write {{line}} in it, as in #L{{line}}")
        if unknown := {*_PLACEHOLDER.findall(report_url)}.difference(REPORT_PLACEHOLDERS):
            known = ", ".join(f"{{{name}}}" for name in REPORT_PLACEHOLDERS)
            raise ValueError(f"REPORT_URL has `{{{min(unknown)}}}`; it can have {known}")
        root = f"{repo_url.rstrip('/')}/" if repo_url else ""
        # A query belongs to the repository's address itself.
        files = urljoin(repo_url if edit_uri.startswith("?") else root, edit_uri)
        new_issue = _host(root).new_issue
        return cls(
            files=files.removesuffix(_DOCUMENTS) if edit_uri else "",
            line=edit_line or _host(files).line,
            report=report_url or (root + new_issue if new_issue else ""),
        )

    def edit_address(self, place: Place) -> str:
        """Where a file is edited, at a line; every editor begins at the first by itself."""
        if not self.files:
            return ""
        line = self.line.replace(f"{{{_LINE}}}", str(place.line)) if place.line > 1 else ""
        return self.files + quote(place.file) + line

    def report_address(self, **values: str) -> str:
        """Where a problem is reported; `values` has a text for each of REPORT_PLACEHOLDERS."""
        return _PLACEHOLDER.sub(lambda name: quote(values[name[1]], safe=""), self.report)


def _host(address: str) -> _Host:
    return _HOSTS.get(urlsplit(address).netloc.lower(), _Host())
