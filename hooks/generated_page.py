"""A MkDocs page of the catalogue: nothing is read from disk and no Markdown is run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from errorcatalog import addresses
from errorcatalog.render import RenderedPage, TocEntry

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files


# The template of a page with a frame of its own, and of one that shares it; in templates/theme.
_ALONE, _SHARED = "main.html", "code.html"


@dataclass(frozen=True)
class FrameKey:
    """Pages of one key have the same frame of the theme, but for their own texts."""

    parent: str
    """The address of the page in the navigation under which they hang."""
    contents: tuple[TocEntry, ...]
    styles: tuple[str, ...]


class GeneratedPage(Page):
    """Takes the place of the page that MkDocs would make of a Markdown file."""

    def __init__(self, rendered: RenderedPage, file: File, config: MkDocsConfig) -> None:
        super().__init__(rendered.title, file, config)
        self._rendered = rendered

    @property
    def frame(self) -> FrameKey | None:
        """None for a page that is in the navigation itself."""
        # What MkDocs does with a parent, it can do with a page; see locale_navigation.py.
        parent: StructureItem | None = self.parent
        if not isinstance(parent, Page):
            return None
        return FrameKey(parent.url, self._rendered.toc.children, self._rendered.styles)

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        self.meta = {
            "title": self._rendered.title,
            "document_title": self._rendered.document_title,
            "share_title": self._rendered.share_title,
            "description": self._rendered.description,
            "formats": self._rendered.formats,
            "styles": self._rendered.styles,
            "template": _SHARED if self.frame else _ALONE,
            "hide": [] if self._rendered.sidebars else ["navigation", "toc"],
            # The index of each locale is made from the catalogue, see errorcatalog/search.py.
            "search": {"exclude": True},
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Tell what its contents and anchors are; what it shows is rendered when it is written."""
        self.content = ""
        self.toc = TableOfContents([_anchor(self._rendered.toc)])
        self.present_anchor_ids = set(_ids(self._rendered.toc))

    def show(self) -> None:
        """Render the content. Raises CatalogError."""
        self.content = self._rendered.html()

    def forget(self) -> None:
        """Let go of the content, once the page is written."""
        self.content = ""


def generated_file(rendered: RenderedPage, config: MkDocsConfig) -> File:
    """The file of a rendered page.

    It is kept out of the navigation: that is built from the catalogue.
    """
    file = File.generated(
        config,
        addresses.source_uri(rendered.address),
        content="",
        inclusion=InclusionLevel.NOT_IN_NAV,
    )
    file.page = GeneratedPage(rendered, file, config)
    return file


def generated_text(address: str, text: str, config: MkDocsConfig) -> File:
    """A file at `address` that is no page, though it may be called like the source of one."""
    file = File.generated(config, address, content=text)
    if file.is_documentation_page():
        file = File.generated(config, f"{address}.txt", content=text)
        file.dest_uri = address
    return file


def _anchor(entry: TocEntry) -> AnchorLink:
    link = AnchorLink(entry.name, entry.id, entry.level)
    link.children = [_anchor(child) for child in entry.children]
    return link


def _ids(entry: TocEntry) -> list[str]:
    return [entry.id, *(anchor for child in entry.children for anchor in _ids(child))]
