"""Puts a compiled catalogue file into the database: compares, then writes what differs, all or nothing.

What the file does not mention is left alone: removing something a shop page or an order refers to is never an accident.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import msgspec

from spiff.assets import operations as assets
from spiff.auth.caller import Caller, Scope
from spiff.catalogue import channel_store, store
from spiff.catalogue.channels import Channel
from spiff.catalogue.compiled import Compiled, CompiledProduct, CompiledWebhook, CompiledWorkflow
from spiff.catalogue.model import IntegrationProduct, WorkflowVersion
from spiff.errors import Conflict
from spiff.merchants import operations as merchants
from spiff.merchants.model import Integration, Partner
from spiff.storage.files import FileStore
from spiff.storage.work import Work
from spiff.webhooks import operations as webhooks
from spiff.webhooks.operations import WantedEndpoint

Verb = Literal["created", "changed", "unchanged"]
SOLD = "sold"
"""The part that a product is through an integration; its id is what a shop's page names."""
_SECRET = {"secret", "secrets", "application_keys", "access_key", "settings"}
"""Members whose values a report does not show."""
_KEPT = "its secrets were exchanged with `spiff keys`; those of the file are passed over"


@dataclass(frozen=True, slots=True)
class Change:
    """What applying does to one part of the catalogue; `write` does it."""

    part: str
    name: str
    verb: Verb
    details: tuple[str, ...]
    write: Callable[[Work], str | None]
    """Does it; what it says is told once and stands nowhere else."""

    def __str__(self) -> str:
        """One line for people."""
        tail = f": {'; '.join(self.details)}" if self.details else ""
        return f"{self.verb:9} {self.part} {self.name}{tail}"


def put_files(files: FileStore, compiled: Compiled) -> None:
    """Put the bytes of all files into the file store. Call it before `apply`, outside of transactions."""
    for file in compiled.files:
        files.put(file.data)


def apply(work: Work, compiled: Compiled) -> list[Change]:
    """Write what differs and say what was done. Raises Conflict where something belongs to another partner."""
    written = [_written(work, change) for change in plan(work, compiled)]
    assets.record_for_good(work, [each.file for each in compiled.files])
    return written


def _written(work: Work, change: Change) -> Change:
    told = change.write(work) if change.verb != "unchanged" else None
    return replace(change, details=(*change.details, told)) if told else change


def plan(work: Work, compiled: Compiled) -> list[Change]:
    """What applying would do, without doing it. Raises Conflict as `apply` does."""
    return [
        _partner(work, compiled.partner),
        *(_integration(work, each) for each in compiled.integrations),
        *(_channel(work, each) for each in compiled.channels),
        *_files(work, compiled),
        *(_workflow(work, each) for each in compiled.workflows),
        *(_product(work, each) for each in compiled.products),
        *(_sale(work, each) for each in compiled.integration_products),
        *(_webhook(work, each) for each in compiled.webhooks),
    ]


def _partner(work: Work, partner: Partner) -> Change:
    known = merchants.find_partner_by_name(work, partner.name)
    _same("partner", partner.name, partner.id, known)
    return _change(
        "partner",
        partner.name,
        merchants.find_partner(work, partner.id),
        partner,
        lambda work: merchants.save_partner(work, partner),
    )


def _integration(work: Work, integration: Integration) -> Change:
    for find, value in (
        (merchants.find_integration_by_external_id, integration.external_id),
        (merchants.find_integration_by_access_key, integration.access_key),
    ):
        _same("integration", integration.name, integration.id, find(work, value))
    stored = merchants.find_integration(work, integration.id)
    _owned("integration", integration.name, integration.partner_id, stored)
    for key in integration.application_keys:
        owner = merchants.find_integration_by_application_key(work, key.value)
        _same("application key", key.value, integration.id, owner)
    wanted = merchants.with_own_secrets(stored, integration)
    change = _change(
        "integration", integration.name, stored, wanted, lambda work: merchants.save_integration(work, wanted)
    )
    kept = wanted.rotated_at and set(wanted.secrets) != set(integration.secrets)
    return replace(change, details=(*change.details, _KEPT)) if kept else change


def _channel(work: Work, channel: Channel) -> Change:
    _same("channel", channel.key, channel.id, channel_store.find_by_key(work, channel.partner_id, channel.key))
    stored = channel_store.find_channel(work, channel.id)
    _owned("channel", channel.key, channel.partner_id, stored)
    return _change("channel", channel.key, stored, channel, lambda work: channel_store.save_channel(work, channel))


def _files(work: Work, compiled: Compiled) -> Iterator[Change]:
    """One change an asset, which may be several files: a font and the picture of its letters."""
    known = assets.find_files(work, [each.file.sha256 for each in compiled.files])
    new = {each.file.name for each in compiled.files if each.file.sha256 not in known}
    for name in dict.fromkeys(each.file.name for each in compiled.files):
        verb: Verb = "created" if name in new else "unchanged"
        yield Change("asset", name, verb, (), lambda work: None)  # recorded with all others, in `apply`


def _workflow(work: Work, compiled: CompiledWorkflow) -> Change:
    row = compiled.row
    _same("workflow", row.key, row.id, store.find_workflow_by_key(work, row.partner_id, row.key))
    stored = store.find_workflow(work, row.id)
    _owned("workflow", row.key, row.partner_id, stored)
    newest = store.find_version(work, row.id)
    version = WorkflowVersion(row.id, newest.number + 1 if newest else 1, compiled.digest)
    publishes = newest is None or newest.digest != version.digest
    details = (*_differences(stored, row), *([f"version {version.number} is published"] if publishes else []))

    def write(work: Work) -> str | None:
        store.save(work, row)
        if publishes:
            store.add_version(work, version, compiled.document.decode())
        return None

    return Change("workflow", row.key, _verb(stored, details), details, write)


def _product(work: Work, compiled: CompiledProduct) -> Change:
    row = compiled.row
    _same("product", row.key, row.id, store.find_product_by_key(work, row.partner_id, row.key))
    stored = store.find_product(work, row.id)
    _owned("product", row.key, row.partner_id, stored)
    linked = tuple(workflow.id for workflow in store.list_product_workflows(work, row.id))
    relinks = linked != compiled.workflow_ids
    details = (*_differences(stored, row), *(["its workflows change"] if stored and relinks else []))

    def write(work: Work) -> str | None:
        store.save(work, row)
        store.set_product_workflows(work, row.id, list(compiled.workflow_ids))
        return None

    return Change("product", row.key, _verb(stored, details), details, write)


def _sale(work: Work, sold: IntegrationProduct) -> Change:
    _same("sold product", sold.external_product_id, sold.id, store.find_sale(work, sold))
    stored = store.find_integration_product(work, sold.id)
    name = f"{sold.external_product_id} as integration product {sold.id}"
    return _change(SOLD, name, stored, sold, lambda work: store.save(work, sold))


def _webhook(work: Work, compiled: CompiledWebhook) -> Change:
    """A secret that is not in the file is made as the endpoint is, and told then."""
    wanted, integration = compiled.wanted, compiled.integration
    stored = webhooks.find_any(work, wanted.id or "")
    _owned("webhook", compiled.key, integration.partner_id, stored)
    before = (
        WantedEndpoint(
            stored.url,
            stored.events,
            stored.description,
            stored.secrets[0].value if wanted.secret else None,
            stored.id,
        )
        if stored
        else None
    )
    caller = Caller(integration.partner_id, integration.id, scopes=frozenset(Scope))

    def write(work: Work) -> str | None:
        if stored is None:
            added = webhooks.add_endpoint(caller, work, wanted, allow_private=True)
            return None if wanted.secret else f"its secret is {added.secrets[0].value} (keep it, it is not shown again)"
        webhooks.change_endpoint(caller, work, stored.id, wanted, allow_private=True)
        if wanted.secret and wanted.secret != stored.secrets[0].value:
            webhooks.rotate_secret(caller, work, stored.id, wanted.secret)
        return None

    return _change("webhook", compiled.key, before, wanted, write)


def _change(part: str, name: str, stored: Any, wanted: Any, write: Callable[[Work], str | None]) -> Change:
    details = _differences(stored, wanted)
    return Change(part, name, _verb(stored, details), details, write)


def _verb(stored: Any, details: tuple[str, ...]) -> Verb:
    if stored is None:
        return "created"
    return "changed" if details else "unchanged"


def _differences(stored: Any, wanted: Any) -> tuple[str, ...]:
    if stored is None:
        return ()
    before, after = msgspec.structs.asdict(stored), msgspec.structs.asdict(wanted)
    return tuple(
        f"{name} changes" if name in _SECRET else f"{name} {before[name]!r} -> {after[name]!r}"
        for name in after
        if before[name] != after[name]
    )


def _same(part: str, name: str, wanted_id: str, known: Any) -> None:
    if known is not None and known.id != wanted_id:
        sentence = f'{part} "{name}": its name or keys are already those of {known.id}, not of {wanted_id}'
        raise Conflict(f"{sentence}; write that id, or choose other names")


def _owned(part: str, name: str, partner_id: str, stored: Any) -> None:
    if stored is not None and stored.partner_id != partner_id:
        raise Conflict(f'{part} "{name}": the id {stored.id} belongs to another partner')
