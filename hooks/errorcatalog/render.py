"""A view to a page, by Jinja: templates hold all the HTML there is."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError
from jinja2.runtime import Context
from markupsafe import Markup

from errorcatalog.diagnostics import CatalogError, Diagnostic, Place
from errorcatalog.markdown_text import code_block, code_span, escaped
from errorcatalog.phrases import FUNCTION, compile_problem, syntax_problem
from errorcatalog.views.changes_page import ChangesView, FeedView
from errorcatalog.views.code_page import CodeView
from errorcatalog.views.explanation import Explanation
from errorcatalog.views.home_page import HomeView
from errorcatalog.views.hosting import HeadersView, NginxView, RedirectsView
from errorcatalog.views.page_foot import FootView
from errorcatalog.views.parts import TITLE_ANCHOR, Format, PageView
from errorcatalog.views.permalink_pages import MovedView, OpenSearchView, PermalinkView
from errorcatalog.views.site_files import ChooserView, NotFoundView, SitemapView
from errorcatalog.views.table_pages import AllCodesView, ScenarioView
from errorcatalog.views.text_pages import LlmsFullView, LlmsIndexView, MarkdownView

_TEMPLATES: Mapping[type, str] = {
    HomeView: "home.html",
    ScenarioView: "scenario.html",
    CodeView: "code.html",
    AllCodesView: "codes.html",
    ChangesView: "changes.html",
    MarkdownView: "code.md",
    ChooserView: "chooser.html",
    NotFoundView: "not-found.html",
    SitemapView: "sitemap.xml",
    PermalinkView: "permalink.html",
    MovedView: "moved.html",
    OpenSearchView: "opensearch.xml",
    FeedView: "changes.xml",
    FootView: "foot.html",
    LlmsIndexView: "llms.txt",
    LlmsFullView: "llms-full.txt",
    Explanation: "explain.txt",
    HeadersView: "hosting/_headers",
    RedirectsView: "hosting/_redirects",
    NginxView: "hosting/_nginx.conf",
}


# A view that is no page of one locale inside the theme's frame: a file, or a part of such pages.
FileView = (
    ChooserView
    | NotFoundView
    | SitemapView
    | PermalinkView
    | MovedView
    | OpenSearchView
    | FeedView
    | FootView
)

# A view whose template writes Markdown.
TextView = MarkdownView | LlmsIndexView | LlmsFullView

# A view whose template writes what a host reads. None of the catalogue's texts are in it.
HostView = HeadersView | RedirectsView | NginxView

_Block = Callable[[Context], Iterator[str]]


@dataclass(frozen=True)
class TocEntry:
    """An entry of a page's table of contents, escaped."""

    id: str
    name: str
    level: int
    children: tuple[TocEntry, ...] = ()


@dataclass(frozen=True)
class RenderedPage:
    """A page without the theme's frame; all its texts are escaped HTML.

    `html` renders its content, each time: of a large site's pages, one is kept at a time. It
    raises CatalogError where the template is wrong.

    `title` is short, for navigation; `document_title` is what a browser's tab and web search
    show; `description` is the sentence under it.
    """

    address: str
    locale: str
    title: Markup
    document_title: Markup
    share_title: Markup
    """What a chat or ticket system shows where the page's address is pasted."""
    description: Markup
    toc: TocEntry
    formats: tuple[Format, ...]
    styles: tuple[str, ...]
    """The stylesheets that the page's template names, beside the one of all pages."""
    sidebars: bool
    """Whether navigation and contents stand beside the page where there is room."""
    html: Callable[[], Markup] = field(repr=False)


class Renderer:
    """Renders views with the templates of one folder.

    Every method raises CatalogError, with the template's file and line, where a template is
    wrong.
    """

    def __init__(self, templates: Path) -> None:
        self._folder = templates
        self._environment = Environment(autoescape=True, **_options(templates))
        # What a template of Markdown prints is escaped as `autoescape` does it for HTML.
        self._markdown = Environment(autoescape=False, finalize=escaped, **_options(templates))  # noqa: S701
        self._markdown.filters |= {"code_block": code_block, "code_span": code_span}
        self._plain = Environment(autoescape=False, **_options(templates))  # noqa: S701

    def page(self, view: PageView) -> RenderedPage:
        """A page of a locale; its template has the blocks `title`, `description` and `content`.

        A block `styles` may name further stylesheets.
        """
        names = {"view": view, FUNCTION: view.locale.text, "title_anchor": TITLE_ANCHOR}
        template = self._template(_TEMPLATES[type(view)])
        return RenderedPage(
            address=view.address,
            locale=view.locale.id,
            title=Markup.escape(view.title),
            share_title=Markup.escape(view.share_title),
            document_title=self._block(template, "title", names),
            description=self._block(template, "description", names),
            toc=_toc(view),
            formats=view.formats,
            styles=self._styles(template, names),
            sidebars=not isinstance(view, HomeView | AllCodesView),
            html=partial(self._block, template, "content", names),
        )

    def file(self, view: FileView) -> str:
        """A view that has no place of its own in the theme, as the whole text of its template."""
        return self._whole(self._environment, view, {})

    def markdown(self, view: TextView) -> str:
        """A view as Markdown."""
        names = {FUNCTION: view.locale.text} if isinstance(view, MarkdownView) else {}
        return self._whole(self._markdown, view, names)

    def text(self, view: Explanation) -> str:
        """An answer for the terminal, as plain text in one locale."""
        return self._whole(self._plain, view, {FUNCTION: view.locale.text})

    def for_host(self, view: HostView) -> str:
        """A view as what a host reads, nothing in it escaped."""
        return self._whole(self._plain, view, {})

    def _whole(
        self,
        environment: Environment,
        view: FileView | TextView | HostView | Explanation,
        names: Mapping[str, Any],
    ) -> str:
        template = self._template(_TEMPLATES[type(view)], environment)
        try:
            return template.render(view=view, **names)
        except Exception as error:  # A template can raise anything.
            raise self._problem(template, error) from error

    def _styles(self, template: Template, names: Mapping[str, Any]) -> tuple[str, ...]:
        named = "styles" in template.blocks
        return tuple(self._block(template, "styles", names).split()) if named else ()

    def _block(self, template: Template, name: str, names: Mapping[str, Any]) -> Markup:
        if name not in template.blocks:
            remedy = f"add {{% block {name} %}}…{{% endblock %}}"
            place = Place(f"{self._folder.name}/{template.name}")
            problem = Diagnostic(place, "the template", f"no block `{name}`", remedy, "template")
            raise CatalogError([problem])
        try:
            return self._output(template, template.blocks[name], names)
        except Exception as error:  # A template can raise anything.
            raise self._problem(template, error) from error

    def _output(self, template: Template, block: _Block, names: Mapping[str, Any]) -> Markup:
        try:
            context = template.new_context(dict(names))
            # A block's output is escaped already: the environment does that.
            return Markup("".join(block(context)).strip())  # noqa: S704
        except Exception:
            # Gives the error's traceback the template's own lines.
            self._environment.handle_exception()

    def _template(self, name: str, environment: Environment | None = None) -> Template:
        try:
            return (environment or self._environment).get_template(name)
        except TemplateSyntaxError as error:
            file = f"{self._folder.name}/{error.name or name}"
            raise CatalogError([syntax_problem(file, error)]) from error
        except Exception as error:  # Jinja and Python compile it, and nest only so deep.
            raise CatalogError([compile_problem(f"{self._folder.name}/{name}", error)]) from error

    def _problem(self, template: Template, error: Exception) -> CatalogError:
        """The error with the innermost template and line that it came from."""
        file, line = template.name or "", 1
        for frame in traceback.extract_tb(error.__traceback__):
            if Path(frame.filename).is_relative_to(self._folder):
                file = Path(frame.filename).relative_to(self._folder).as_posix()
                line = frame.lineno or 1
        place = Place(f"{self._folder.name}/{file}", line)
        found = str(error).rstrip(".") or type(error).__name__
        remedy = "a template may use only what its view has; see the views"
        if isinstance(error, TemplateNotFound):
            found, remedy = f"there is no template `{error.name}`", "name a file of this folder"
        elif isinstance(error, RecursionError):
            found, remedy = "calls or includes itself without end", "remove what leads back here"
        problem = Diagnostic(place, "the template", found, remedy, "template")
        return CatalogError([problem])


def _options(templates: Path) -> dict[str, Any]:
    return {
        "loader": FileSystemLoader(templates),
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "auto_reload": False,
    }


def missing_templates(folder: Path) -> Iterator[Diagnostic]:
    """The templates that a folder must have and has not."""
    for name in _TEMPLATES.values():
        if not (folder / name).is_file():
            place = Place(f"{folder.name}/{name}")
            yield Diagnostic(place, "the template", "missing", "restore it", "template")


def _toc(view: PageView) -> TocEntry:
    """Sections of a code page, rows of a scenario page."""
    children: tuple[TocEntry, ...] = ()
    if isinstance(view, CodeView):
        children = tuple(_entry(section.id, section.title) for section in view.sections)
    elif isinstance(view, ScenarioView):
        rows = (*view.rows, *view.retired_rows)
        children = tuple(_entry(row.code, row.code) for row in rows)
    elif isinstance(view, ChangesView):
        children = tuple(_entry(day.anchor, day.day) for day in view.days)
    elif isinstance(view, HomeView):
        children = tuple(_entry(group.id, group.title) for group in view.groups)
    return TocEntry(TITLE_ANCHOR, Markup.escape(view.title), 1, children)


def _entry(anchor: str, name: str) -> TocEntry:
    return TocEntry(anchor, Markup.escape(name), 2)
