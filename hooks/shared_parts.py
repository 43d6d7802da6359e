"""The parts of the theme's frame that many pages share, rendered once.

The theme renders its frame for every page anew: most of its work. What is in a part's key is all
that the part depends on, so pages with one key have the same part to the byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader
from mkdocs.structure.pages import Page

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup
    from mkdocs.theme import Theme

# Where templates of ours find the theme's own of the same name.
_THEME = "of-the-theme"


class SharedParts:
    """What was rendered so far; the templates of templates/theme ask for it and give to it."""

    def __init__(self) -> None:
        self._rendered: dict[tuple[str, str], Markup] = {}

    def of(self, part: str, key: str) -> Markup | None:
        """What pages with a key have in common, or None before the first of them."""
        return self._rendered.get((part, key))

    def keep(self, part: str, key: str, rendered: Markup) -> Markup:
        """Remember what the first of them has, and give it back."""
        self._rendered[part, key] = rendered
        return rendered


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
