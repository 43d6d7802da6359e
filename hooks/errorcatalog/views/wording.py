"""The strings that views ask of a locale themselves; all others stand in the templates."""

from __future__ import annotations

from collections.abc import Mapping

from errorcatalog.changes import KINDS
from errorcatalog.diagnostics import Place
from errorcatalog.guidance import PARTIES, RETRIES
from errorcatalog.phrases import Phrase

HOME_TITLE = "home.title"
ALL_CODES_TITLE = "codes.title"
CHANGES_TITLE = "changes.title"
RETIRED = "code.retired"
MEANING = "_meaning"
SECTIONS = {
    "action": "guidance.action_heading",
    "payer-text": "guidance.payer_text_heading",
    "message": "code.message_heading",
    "other-scenarios": "code.other_scenarios_heading",
    "same-message": "code.same_message_heading",
}

# What the search box says itself, by script; what is in braces is filled in there.
SEARCH_TEXTS: Mapping[str, Mapping[str, str]] = {
    "more": {"total": "{total}"},
    "near": {},
    "unknown": {"code": "{code}"},
    "failed": {},
    "retry": {},
    "browse": {},
}

CHANGE_KINDS = {kind: f"changes.{kind}" for kind in KINDS}

_PLACE = Place("hooks/errorcatalog/views/wording.py")

# They stand in the navigation too, or are chosen by a record's value.
VIEW_PHRASES = (
    *(
        Phrase(key, frozenset(), _PLACE)
        for key in (
            HOME_TITLE,
            ALL_CODES_TITLE,
            CHANGES_TITLE,
            *SECTIONS.values(),
            *CHANGE_KINDS.values(),
            *(f"party.{value}" for value in PARTIES),
            *(f"retry.{value}" for value in RETRIES),
            *(f"party{MEANING}.{value}" for value in PARTIES),
            *(f"retry{MEANING}.{value}" for value in RETRIES),
        )
    ),
    *(Phrase(f"search.{name}", frozenset(values), _PLACE) for name, values in SEARCH_TEXTS.items()),
    Phrase(RETIRED, frozenset({"date", "reason"}), _PLACE),
)
