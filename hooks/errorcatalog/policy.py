"""What browsers may do on the site's pages, as the headers that every answer carries."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

_SELF = "'self'"
_NONE = "'none'"

# What a page may load, from its own host alone. What is not named here is refused, by the first
# of them. The icons inside stylesheets are `data:` addresses.
_SOURCES: Mapping[str, str] = {
    "default-src": _NONE,
    "script-src": _SELF,
    "style-src": _SELF,
    "img-src": f"{_SELF} data:",
    "connect-src": _SELF,
    "worker-src": _SELF,
    "form-action": _SELF,
    "base-uri": _NONE,
    "frame-ancestors": _NONE,
}

# What no page of a reference needs; a page that is taken over cannot ask for it either.
_REFUSED_FEATURES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)

# `type` of a script that browsers run; any other holds data.
_RUN_TYPES = frozenset({"", "module", "text/javascript", "application/javascript"})

# Attributes whose value is an address.
_ADDRESSES = frozenset({"href", "src", "action", "formaction", "xlink:href"})

_Attributes = list[tuple[str, str | None]]


def headers_of(frame: str) -> dict[str, str]:
    """The headers of every answer, by name.

    `frame` is a built page without content of the catalogue or an editor: the inline scripts in
    it are the theme's, and are allowed by their hashes. No other inline script is.
    """
    sources = dict(_SOURCES)
    sources["script-src"] = " ".join([_SELF, *sorted(map(source_of, inline_scripts(frame)))])
    features = [f"{name}=()" for name in _REFUSED_FEATURES]
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in sources.items()),
        "Permissions-Policy": ", ".join(features),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        # For browsers that do not know `frame-ancestors`.
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def source_of(script: str) -> str:
    """The hash by which a policy allows an inline script.

    >>> source_of("alert(1)")
    "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
    """
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{b64encode(digest).decode('ascii')}'"


def inline_scripts(html: str) -> frozenset[str]:
    """The scripts that a page holds itself and a browser runs."""
    return frozenset(_scan(html).scripts)


def refused(html: str) -> tuple[str, ...]:
    """What the policy refuses in HTML that is put inside the theme's frame.

    >>> refused('<p style="color: red">…</p>')
    ('`style` on <p>',)
    >>> refused('<a href="javascript:alert(1)" onclick="alert(2)">…</a>')
    ('`javascript:` in `href` on <a>', '`onclick` on <a>')
    >>> refused("<script>alert(1)</script><style></style>")
    ('<style>', 'an inline <script>')
    """
    found = _scan(html)
    return (*found.refused, *("an inline <script>" for _ in found.scripts))


class _Scan(HTMLParser):
    """What stands in a page itself, instead of in files of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.refused: list[str] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        names = {name: value or "" for name, value in attrs}
        if tag == "script":
            self._open = "src" not in names and names.get("type", "").lower() in _RUN_TYPES
            if self._open:
                self.scripts.append("")
        elif tag == "style":
            self.refused.append("<style>")
        self.refused += (f"{what} on <{tag}>" for what in _refused_in(names))

    def handle_data(self, data: str) -> None:
        if self._open:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._open = False


def _refused_in(attributes: Mapping[str, str]) -> Iterator[str]:
    for name, value in attributes.items():
        if name == "style" or name.startswith("on"):
            yield f"`{name}`"
        elif name in _ADDRESSES and _letters(value).startswith("javascript:"):
            yield f"`javascript:` in `{name}`"


def _letters(address: str) -> str:
    """An address as a browser reads its beginning: without spaces and control characters."""
    return "".join(character for character in address if character > " ").lower()


def _scan(html: str) -> _Scan:
    scan = _Scan()
    scan.feed(html)
    scan.close()
    return scan
