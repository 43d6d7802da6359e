"""What a locale may ask of the installed theme."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from importlib.util import find_spec
from pathlib import Path

from errorcatalog.diagnostics import Diagnostic, did_you_mean
from errorcatalog.locales import Locale

_THEME = "material"
_LANGUAGES = Path("templates", "partials", "languages")


def theme_languages() -> frozenset[str]:
    """The languages that the theme is translated into, or none where it is not installed."""
    spec = find_spec(_THEME)
    if spec is None or spec.origin is None:
        return frozenset()
    folder = Path(spec.origin).parent / _LANGUAGES
    return frozenset(path.stem for path in folder.glob("*.html"))


def check_theme_languages(
    locales: Collection[Locale], known: Collection[str]
) -> Iterator[Diagnostic]:
    """A locale's theme language is one of the theme's; `known` is empty where there is no theme."""
    for locale in locales:
        language = locale.record.theme_language
        if known and language not in known:
            remedy = did_you_mean(language, known) or "name one, such as `en`"
            yield locale.record.origin.problem(
                "theme_language",
                found=f"`{language}` is no language of the theme",
                remedy=remedy,
                check="theme-language",
            )
