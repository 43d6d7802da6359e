"""What makes one build speak several languages.

The theme knows one language, one site name, one navigation and one base address a build. Each
page gets a copy of the configuration with those of its locale.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from mkdocs.utils import get_relative_url

from errorcatalog import addresses
from errorcatalog.locales import Locale
from errorcatalog.views.wording import SEARCH_TEXTS

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext


# One entry of the theme's language selector: `name`, `link` and `lang`.
Alternate = dict[str, str]


# The theme's key for the language of a page; its own is that of its translation.
_LANGUAGE = "language"

# The theme's key for a page in other languages.
_ALTERNATES = "alternate"


@dataclass(frozen=True)
class LocaleContext:
    """One locale's part of the theme's context."""

    locale: Locale
    navigation: Navigation
    config: MkDocsConfig
    """The site's configuration in this locale, before anything of a single page."""

    @classmethod
    def of(cls, locale: Locale, navigation: Navigation, config: MkDocsConfig) -> LocaleContext:
        return cls(locale, navigation, _localized(config, locale))

    def apply(
        self, context: TemplateContext, address: str, alternates: Sequence[Alternate]
    ) -> None:
        """Put this locale into the context of the page at `address`."""
        context["base_url"] = get_relative_url(addresses.home(self.locale.id), address)
        context["nav"] = self.navigation
        context["config"] = with_alternates(self.config, alternates)

    def apply_to_error_page(self, context: TemplateContext, locales: Sequence[Locale]) -> None:
        """Put this locale into the context of a page that is shown at any address.

        Such a page's base stays the site's root, and its links must not depend on its address.
        """
        homes = [
            _alternate(item, context["base_url"] + addresses.home(item.id)) for item in locales
        ]
        context["nav"] = self.navigation
        context["config"] = with_alternates(self.config, homes)


def with_alternates(config: MkDocsConfig, alternates: Sequence[Alternate]) -> MkDocsConfig:
    """A configuration for a page that has these alternates."""
    return _changed(config, extra={**config.extra, _ALTERNATES: alternates})


def alternates_in(config: MkDocsConfig) -> Sequence[Alternate]:
    """The alternates of the page that a configuration is for."""
    alternates: Sequence[Alternate] = config.extra[_ALTERNATES]
    return alternates


def alternates_of(
    address: str, locale_id: str, locales: Sequence[Locale], built: Collection[str]
) -> list[Alternate]:
    """The same page in every locale, or a locale's home where it has no such page."""
    alternates = []
    for other in locales:
        same = addresses.in_locale(address, locale_id, other.id)
        alternates.append(_alternate(other, same if same in built else addresses.home(other.id)))
    return alternates


def _alternate(locale: Locale, link: str) -> Alternate:
    return {"name": Markup.escape(locale.name), "link": link, "lang": locale.id}


def _localized(config: MkDocsConfig, locale: Locale) -> MkDocsConfig:
    """Names come from the catalogue, and the theme does not escape: so they are escaped here."""
    record = locale.record
    theme = {
        **config.theme,
        "language": record.theme_language,
        "palette": [_palette(option, record.color_schemes) for option in config.theme["palette"]],
    }
    return _changed(
        config,
        site_name=Markup.escape(record.site_name),
        site_description=Markup.escape(record.site_description),
        theme=theme,
        # The theme would ask the repository's host for its stars; edit links are our own.
        repo_url=None,
        extra={
            **config.extra,
            "theme_texts": {**record.theme, _LANGUAGE: locale.id},
            "search_texts": {
                name: Markup.escape(locale.text(f"search.{name}", **values))
                for name, values in SEARCH_TEXTS.items()
            },
            # Browsers take a full address only, so there is none where the site's is not known.
            "opensearch": addresses.opensearch(locale.id) if config.site_url else "",
        },
    )


def _palette(option: Mapping[str, Any], names: Any) -> dict[str, Any]:
    """A colour scheme whose toggle is named; mkdocs.yml has the name's key in its place."""
    toggle = option["toggle"]
    return {**option, "toggle": {**toggle, "name": Markup.escape(getattr(names, toggle["name"]))}}


def _changed(config: MkDocsConfig, **values: Any) -> MkDocsConfig:
    changed = copy.copy(config)  # copies the values' mapping too
    changed.update(values)
    return changed
