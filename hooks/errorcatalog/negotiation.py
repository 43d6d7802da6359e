"""Which locale a reader gets who comes without one, by the header Accept-Language.

As regular expressions, which mean the same in Python and in web servers, and ignore case.
"""

from __future__ import annotations

from collections.abc import Sequence

# A language's weight, as the header writes it, from worst to best; `q=0` is a refusal and in none.
_WEIGHTS = (
    r";\s*q=0?\.0\d*[1-9]\d*",
    *(rf";\s*q=0?\.{tenth}\d*" for tenth in range(1, 10)),
    r"(?:;\s*q=1(?:\.0*)?)?",
)


def wanted(locales: Sequence[str]) -> tuple[str, ...]:
    r"""What finds a language of ours in the header, by weight, from worst to best.

    The last that matches has found the reader's language, in its first group; between two of
    one weight, the header's order decides.

    >>> wanted(["zh-TW", "en"])[-2]
    '(?:^|,)\\s*((?:zh|en)(?:-[\\w-]*)?)\\s*;\\s*q=0?\\.9\\d*\\s*(?:,|$)'
    """
    families = "|".join(dict.fromkeys(map(_family, locales)))
    return tuple(
        rf"(?:^|,)\s*((?:{families})(?:-[\w-]*)?)\s*{weight}\s*(?:,|$)" for weight in _WEIGHTS
    )


def spoken_by(locale: str, locales: Sequence[str]) -> str:
    """The languages that a locale is for: its own, or all of its family where it is the first.

    The same choice is made by `forward.js` in docs/assets.

    >>> spoken_by("zh-TW", ["zh-TW", "zh-CN", "en"])
    '^(?!zh-CN$)zh(?:-|$)'
    >>> spoken_by("zh-CN", ["zh-TW", "zh-CN", "en"])
    '^zh-CN$'
    """
    family = [other for other in locales if _family(other) == _family(locale)]
    if locale != family[0]:
        return f"^{locale}$"
    others = "".join(f"(?!{other}$)" for other in family[1:])
    return f"^{others}{_family(locale)}(?:-|$)"


def _family(locale: str) -> str:
    return locale.partition("-")[0]
