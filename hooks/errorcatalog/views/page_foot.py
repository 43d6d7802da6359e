"""What stands below every page: where to edit what it shows, and where to report a problem."""

from __future__ import annotations

from dataclasses import dataclass

from errorcatalog import addresses
from errorcatalog.locales import Locale
from errorcatalog.repository import Repository
from errorcatalog.views.parts import PageView


@dataclass(frozen=True)
class FootView:
    """Two addresses outside the site; one that is "" is not shown."""

    locale: Locale
    of_record: bool
    """Whether what is edited is a code's record, and not a page."""
    edit: str
    report: str


def foot_view(page: PageView, repository: Repository, *, site_url: str) -> FootView:
    """The foot of a page; a report names the page in full where the site's address is known."""
    return FootView(
        locale=page.locale,
        of_record=bool(page.subject.code),
        edit=repository.edit_address(page.source),
        report=repository.report_address(
            code=page.subject.code,
            locale=page.locale.id,
            page=addresses.absolute(site_url, page.address) or page.address,
            scenario=page.subject.scenario,
            title=page.share_title,
        ),
    )
