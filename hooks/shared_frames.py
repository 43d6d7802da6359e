"""The theme's frame, rendered once for all pages that have the same one.

The theme renders its frame for every page anew: most of its work. The pages of a scenario's codes
differ in a few places of it. So their frame is rendered with marks in these places, and the own
texts of each page are put there.
"""

from __future__ import annotations

import copy
import re
import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from mkdocs.utils import normalize_url

from generated_page import FrameKey
from locale_context import alternates_in, with_alternates

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

# Renders a frame: for a page that stands for all, the configuration, and the mark of each place.
_Render = Callable[["Page", "MkDocsConfig", Mapping[str, str]], str]


class SharedFrames:
    """The frames of pages that hang under the same page; these follow one another in a build."""

    def __init__(self) -> None:
        # No text of a catalogue can guess a mark. The theme leaves a link as it is that begins so.
        self._mark = f"#{secrets.token_hex(16)}-{{}};"
        self._marks = re.compile(self._mark.format(r"(\w+)"))
        self._frames: dict[FrameKey, list[str]] = {}

    def filled(
        self,
        key: FrameKey,
        page: Page,
        config: MkDocsConfig,
        own: Mapping[str, str],
        caller: _Render,
    ) -> str:
        """A page in its frame. `own` is its HTML by place: `title` and those of frame.html."""
        links = [normalize_url(item["link"], page) for item in alternates_in(config)]
        texts = {**own, **{f"link{number}": link for number, link in enumerate(links)}}
        if key not in self._frames:
            self._forget_others(key)
            marks = {place: self._mark.format(place) for place in texts}
            self._frames[key] = self._marks.split(_rendered(page, config, marks, caller))
        # In turn: text, and the name of a place.
        pieces = self._frames[key].copy()
        pieces[1::2] = [texts[place] for place in pieces[1::2]]
        return "".join(pieces)

    def _forget_others(self, key: FrameKey) -> None:
        """Keep the frames below one page only: the others' pages are done, or to come."""
        if any(frame.parent != key.parent for frame in self._frames):
            self._frames.clear()


def _rendered(page: Page, config: MkDocsConfig, marks: Mapping[str, str], caller: _Render) -> str:
    """The frame with its marks."""
    stand_in = copy.copy(page)
    stand_in.meta = {**page.meta, "title": marks["title"]}
    alternates = [
        {**item, "link": marks[f"link{number}"]}
        for number, item in enumerate(alternates_in(config))
    ]
    return caller(stand_in, with_alternates(config, alternates), marks)
