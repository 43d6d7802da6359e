"""The catalogue as published data: `catalog.json`, and a file for each code."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from errorcatalog import addresses
from errorcatalog.changes import KINDS, current_names
from errorcatalog.export.published import (
    SCHEMA_VERSION,
    PublishedCatalog,
    PublishedChange,
    PublishedChoice,
    PublishedCode,
    PublishedGroup,
    PublishedLocale,
    PublishedRecords,
    PublishedRetirement,
    PublishedScenario,
    schema,
)
from errorcatalog.guidance import PARTIES, RETRIES
from errorcatalog.model import Change, ErrorCode, Retired, Scenario
from errorcatalog.record import LocalizedText
from errorcatalog.views.lookup import Lookup
from errorcatalog.views.parts import heading_of, label_meaning, label_text

# What is not content: where the file and its pages are.
_ADDRESSES: Any = {
    "schema_address": True,
    "content_hash": True,
    "scenarios": {"__all__": {"pages"}},
    "codes": {"__all__": {"permalink", "pages", "markdown"}},
}


@dataclass(frozen=True)
class Publisher:
    """Makes the published data of one catalogue; `site_url` is "" where it is not known."""

    lookup: Lookup
    site_url: str

    def files(self, catalog: PublishedCatalog) -> Iterator[tuple[str, str]]:
        """Every file of data for programs, as (address, text); `catalog` is what it makes."""
        yield addresses.CATALOG_JSON, _json(catalog)
        own_address = addresses.absolute(self.site_url, addresses.CATALOG_SCHEMA)
        yield addresses.CATALOG_SCHEMA, schema(own_address)
        for code_id, records in self.lookup.by_code.items():
            address = addresses.code_json(code_id)
            found = [self.code(scenario, code, seen_from=address) for scenario, code in records]
            alone = found[0] if len(found) == 1 else found
            yield address, _json(PublishedRecords(alone))

    def catalog(self) -> PublishedCatalog:
        """Everything."""
        unhashed = self._catalog(content_hash=_hash(b""))
        content = unhashed.model_dump(mode="json", exclude=_ADDRESSES)
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return unhashed.model_copy(update={"content_hash": _hash(canonical.encode())})

    def records(self) -> list[PublishedCode]:
        """Every record as `catalog.json` has it: none needs a locale's strings."""
        here = addresses.CATALOG_JSON
        return [self.code(*record, seen_from=here) for record in self.lookup.catalog.records()]

    def changes(self) -> list[PublishedChange]:
        """The changes as `catalog.json` has them."""
        return [self._change(change) for change in self.lookup.catalog.changes]

    def code(self, scenario: Scenario, code: ErrorCode, *, seen_from: str) -> PublishedCode:
        """One record; `seen_from` is the address of the file that holds it."""
        locales = [locale.id for locale in self.lookup.catalog.locales]
        pages = {item: addresses.code(item, scenario.id, code.code) for item in locales}
        return PublishedCode(
            scenario=scenario.id,
            group=scenario.group.id,
            code=code.code,
            message=code.message,
            title={item.id: heading_of(code, item) for item in self.lookup.catalog.locales},
            description=self._texts(code.description),
            source=code.source,
            names=code.names,
            party=code.party,
            retry=code.retry,
            action=self._texts(code.action) if code.action else None,
            payer_text=self._texts(code.payer_text) if code.payer_text else None,
            added=code.added,
            retired=self._retirement(code.retired) if code.retired else None,
            permalink=self._link(self.lookup.permalink(scenario, code), seen_from),
            pages={item: self._link(page, seen_from) for item, page in pages.items()},
            markdown={
                item: self._link(addresses.markdown(page), seen_from)
                for item, page in pages.items()
            },
        )

    def _catalog(self, *, content_hash: str) -> PublishedCatalog:
        catalog, here = self.lookup.catalog, addresses.CATALOG_JSON
        return PublishedCatalog(
            schema_address=self._link(addresses.CATALOG_SCHEMA, here),
            schema_version=SCHEMA_VERSION,
            content_hash=content_hash,
            message_language=catalog.message_language,
            locales=[
                PublishedLocale(id=item.id, name=item.name, default=item is catalog.default_locale)
                for item in catalog.locales
            ],
            groups=[
                PublishedGroup(id=item.id, title=self._texts(item.title)) for item in catalog.groups
            ],
            scenarios=[self._scenario(item, here) for item in catalog.scenarios],
            parties=self._choices("party", PARTIES),
            retries=self._choices("retry", RETRIES),
            codes=self.records(),
            changes=self.changes(),
        )

    def _scenario(self, scenario: Scenario, seen_from: str) -> PublishedScenario:
        return PublishedScenario(
            id=scenario.id,
            group=scenario.group.id,
            title=self._texts(scenario.title),
            summary=self._texts(scenario.summary),
            source=scenario.record.source,
            former_ids=scenario.former_ids,
            pages={
                item.id: self._link(addresses.scenario(item.id, scenario.id), seen_from)
                for item in self.lookup.catalog.locales
            },
        )

    def _change(self, change: Change) -> PublishedChange:
        names = current_names(self.lookup.catalog)
        return PublishedChange(
            on=change.on,
            summary=self._texts(change.summary) if change.summary else None,
            **{kind: [names[name] for name in getattr(change, kind)] for kind in KINDS},
        )

    def _choices(self, kind: str, values: Iterable[str]) -> list[PublishedChoice]:
        locales = self.lookup.catalog.locales
        return [
            PublishedChoice(
                value=value,
                label={item.id: label_text(item, kind, value) for item in locales},
                meaning={item.id: label_meaning(item, kind, value) for item in locales},
            )
            for value in values
        ]

    def _retirement(self, retired: Retired) -> PublishedRetirement:
        reason = self._texts(retired.reason)
        return PublishedRetirement(on=retired.on, reason=reason, replaced_by=retired.replaced_by)

    def _texts(self, texts: LocalizedText) -> LocalizedText:
        """A text in every language, in the order of the catalogue's locales."""
        return {locale.id: texts[locale.id] for locale in self.lookup.catalog.locales}

    def _link(self, target: str, seen_from: str) -> str:
        """A full address, or one relative to the file that holds it."""
        full = addresses.absolute(self.site_url, target)
        return full or addresses.relative(target, seen_from)


def _hash(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _json(data: BaseModel) -> str:
    return data.model_dump_json(indent=1) + "\n"
