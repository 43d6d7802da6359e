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


def minify(files: Files, documents: str) -> None:
    """Take comments and spaces out of the styles and scripts in the folder `documents`."""
    for file in files:
        minifier = _MINIFIERS.get(PurePath(file.src_uri).suffix)
        if minifier and file.src_dir == documents:
            file.content_string = minifier(file.content_string)


def theme_file(files: Files, pattern: str) -> str:
    """The address of a file of the theme, whose name holds a hash; raises PluginError for none."""
    for file in files:
        if fnmatch(file.src_uri, pattern):
            return file.url
    message = f"the theme has no {pattern}; templates/theme/main.html asks for it."
    raise PluginError(message)
