"""The parts of the theme's frame that many pages share, rendered once.

The theme renders its frame for every page anew: most of its work. What is in a part's key is all
that the part depends on, so pages with one key have the same part to the byte.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader
from mkdocs.structure.pages import Page

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.theme import Theme

# Where templates of ours find the theme's own of the same name.
_THEME = "of-the-theme"


class SharedParts:
    """What was rendered so far; the templates of templates/theme wrap each part in a `call`."""

    def __init__(self) -> None:
        self._rendered: dict[tuple[str, str], str] = {}

    def once(self, part: str, key: str, caller: Callable[[], str]) -> str:
        """What `caller` renders for the first page with a key; anew each time where that is ""."""
        if not key:
            return caller()
        if (part, key) not in self._rendered:
            self._rendered[part, key] = caller()
        return self._rendered[part, key]


def navigation_key(page: Page) -> str:
    """What pages with the same navigation have in common; "" for one with its own.

    These are pages that are not in it, and hang under the same page of it.
    """
    return page.parent.url if isinstance(page.parent, Page) else ""


def reach_theme(env: Environment, theme: Theme) -> Environment:
    """Let a template that takes the place of the theme's include the one it replaces."""
    replaced = FileSystemLoader(theme.dirs[1:])
    loaders = [loader for loader in [env.loader] if loader]
    env.loader = ChoiceLoader([*loaders, PrefixLoader({_THEME: replaced})])
    return env
