"""The MkDocs events: the catalogue's pages go in, and each page speaks its locale.

Everything is loaded and checked in `on_config`, and a sample of all pages rendered, before MkDocs
touches the site that was built last: a bad catalogue leaves it as it was.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger

from errorcatalog import addresses
from errorcatalog.diagnostics import CatalogError, Place
from errorcatalog.locales import Locale
from errorcatalog.policy import refused
from errorcatalog.project import Project
from errorcatalog.reference import Reference
from errorcatalog.repository import Repository
from errorcatalog.views.parts import PageView, Subject
from generated_page import GeneratedPage, generated_file, generated_text
from host_files import write_host_files
from locale_context import LocaleContext, alternates_of
from locale_navigation import LocaleNavigation, whole
from locale_search import split_index
from serving import refuse_taken_port
from shared_frames import SharedFrames
from static_assets import minify, theme_file

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

_LOG = get_plugin_logger("errorcatalog")
_SITEMAP = "sitemap.xml"
_REFUSED = "%s: %s: browsers refuse it by the site's policy; write it into a file of docs/assets"

# To gzip, in which MkDocs also writes the sitemap, this is "no time"; nothing else shows a page's
# date.
_UNDATED = "1970-01-01"


def on_startup(*, command: str, **_: Any) -> None:
    """Leave garbage of one build to the end of its process: looking for it takes a tenth of it.

    What a build makes is kept to its end, or let go of without being looked for.
    """
    if command == "build":
        gc.disable()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load the reference; everything after this is in the events of ReferenceBuild."""
    project = Project(Path(config.config_file_path or ".").resolve().parent)
    config.watch += [str(project.catalog), str(project.templates)]
    repository = _repository(config)
    with _told(" The site was not changed."):
        reference = project.load(site_url=config.site_url or "", repository=repository)
    config.plugins["errorcatalog"] = ReferenceBuild(project, reference)
    return config


@contextmanager
def _told(rest: str = "") -> Iterator[None]:
    """Tell of a CatalogError as MkDocs tells of errors: without a traceback."""
    try:
        yield
    except CatalogError as error:
        print(error.report(), file=sys.stderr)
        raise PluginError(f"{error.count()}{rest}") from None


def _repository(config: MkDocsConfig) -> Repository:
    """Where readers edit and report; MkDocs has worked out how its hosts edit a file."""
    try:
        return Repository.of(
            repo_url=config.repo_url or "",
            edit_uri=config.edit_uri or "",
            edit_line=config.extra.get("edit_line") or "",
            report_url=config.extra.get("report_url") or "",
        )
    except ValueError as error:
        raise PluginError(f"{error}.") from None


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The catalogue is configured by its own files."""


class ReferenceBuild(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """One build of one reference. MkDocs makes a new one for each build."""

    def __init__(self, project: Project, reference: Reference) -> None:
        self.project = project
        self.reference = reference
        self.locales = reference.catalog.locales
        self.views = {item.page.address: item.view for item in reference.pages}
        self.contexts: dict[str, LocaleContext] = {}
        self.addresses: frozenset[str] = frozenset()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        for item in self.reference.pages:
            files.append(generated_file(item.page, config))
        written = [file.url for file in files.documentation_pages() if not file.generated_by]
        for address, text in self.reference.files(written):
            files.append(generated_text(address, text, config))
        minify(files, config.docs_dir)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        pages = {file.page.url: file.page for file in files.documentation_pages() if file.page}
        self.addresses = frozenset(pages)
        navigations = []
        for locale in self.locales:
            navigation = LocaleNavigation.of(self.reference, locale, pages)
            self.contexts[locale.id] = LocaleContext.of(locale, navigation, config)
            navigations.append(navigation)
        return whole(navigations)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Date nothing by the day of the build: one catalogue gives the same bytes every day."""
        for file in files.documentation_pages():
            if file.page:
                file.page.update_date = _UNDATED
        # The theme's templates leave half of a page blank.
        env.trim_blocks = env.lstrip_blocks = True
        env.globals["theme_file"] = cache(partial(theme_file, files))
        env.globals["frames"] = SharedFrames()
        return env

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        if not page.file.generated_by:
            for found in refused(html):
                source = f"{self.project.documents.name}/{page.file.src_uri}"
                _LOG.warning(_REFUSED, source, found)
        return html

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        for locale_id, localized in self.contexts.items():
            if addresses.is_in(page.url, locale_id):
                alternates = alternates_of(page.url, locale_id, self.locales, self.addresses)
                localized.apply(context, page.url, alternates)
                with _told():
                    _give(context, foot=self.reference.foot(self._view(page, localized.locale)))
                    if isinstance(page, GeneratedPage):
                        page.show()
        return context

    def _view(self, page: Page, locale: Locale) -> PageView:
        """The view of a page: of the catalogue, or one that is written by hand."""
        if page.url in self.views:
            return self.views[page.url]
        source = Place(f"{self.project.documents.name}/{page.file.src_uri}")
        return PageView(locale, page.url, str(page.title), (), Subject(), source)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        if isinstance(page, GeneratedPage):
            page.forget()
        return output

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        if template_name == addresses.NOT_FOUND:
            default = self.contexts[self.reference.catalog.default_locale.id]
            default.apply_to_error_page(context, self.locales)
            _give(context, not_found=self.reference.not_found)
        elif template_name == _SITEMAP:
            _give(context, sitemaps=self.reference.sitemaps())
        return context

    @event_priority(-100)  # after the theme's search plugin has written its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        site = Path(config.site_dir)
        split_index(self.reference.catalog, site)
        write_host_files(self.reference, site)

    def on_serve(
        self, server: LiveReloadServer, *, config: Config, builder: Any
    ) -> LiveReloadServer:
        refuse_taken_port(*server.server_address[:2])
        return server


def _give(context: TemplateContext, **values: Any) -> None:
    """Give a template names that MkDocs' own type of its context does not have."""
    cast("dict[str, Any]", context).update(values)
