"""What pages load beside themselves: our own files made small, and the theme's by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fnmatch import fnmatch
from pathlib import PurePath
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from rcssmin import cssmin
from rjsmin import jsmin

if TYPE_CHECKING:
    from mkdocs.structure.files import Files

_MINIFIERS: Mapping[str, Callable[[str], str]] = {".css": cssmin, ".js": jsmin}

# Its name has a hash in it. The theme's other stylesheet holds colours, and ours has all of those.
_THEME_STYLES = "assets/stylesheets/main.*.min.css"


def minify(files: Files, documents: str) -> None:
    """Take comments and spaces out of the styles and scripts in the folder `documents`."""
    for file in files:
        minifier = _MINIFIERS.get(PurePath(file.src_uri).suffix)
        if minifier and file.src_dir == documents:
            file.content_string = minifier(file.content_string)


def theme_styles(files: Files) -> str:
    """The address of the theme's main stylesheet; raises PluginError where there is none."""
    for file in files:
        if fnmatch(file.src_uri, _THEME_STYLES):
            return file.url
    message = f"the theme has no {_THEME_STYLES}; see `styles` in templates/theme/main.html."
    raise PluginError(message)
