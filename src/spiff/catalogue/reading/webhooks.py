"""Reads `webhooks` of a catalogue file: addresses to be told of events. Knows no database and looks no host up."""

import yaml

from spiff.catalogue.compiled import CompiledWebhook
from spiff.catalogue.reading.products import read_secret
from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.tables import Table, refer
from spiff.events.model import EVENT_TYPES, EventType
from spiff.merchants.model import Integration
from spiff.web.targets import AddressRefused, read_target
from spiff.webhooks.operations import WantedEndpoint
from spiff.webhooks.signing import SecretRefused, require_secret

_TYPES: dict[str, EventType] = {name: name for name in EVENT_TYPES}


def read_webhook(
    reading: Reading, key: str, node: yaml.Node, integrations: dict[str, Integration]
) -> CompiledWebhook | None:
    """One address of an integration; None after a mistake."""
    table = reading.table(node, f'webhook "{key}"', "webhook")
    if not table.has("integration"):
        reading.mistakes.add(node, f'{table.what} needs "integration"')
    integration = table.reference("integration", integrations, "integration")
    events = [refer(each, _TYPES, "event", reading.mistakes) for each in table.items("events")]
    wanted = WantedEndpoint(
        url=read_webhook_url(reading, table),
        events=tuple(each for each in events if each is not None),
        description=table.text("description", ""),
        secret=read_webhook_secret(reading, table),
        id=reading.id_of(table, "webhook", key),
    )
    return CompiledWebhook(key, integration, wanted) if integration else None


def read_webhook_url(reading: Reading, table: Table) -> str:
    """The address. Whether the installation sends there is decided as it sends: here only its form is looked at."""
    url = table.text("url", most=2000)
    try:
        if url:
            read_target(url, allow_private=True)
    except AddressRefused as refusal:
        reading.mistakes.add(table.place("url"), refusal.detail)
    return url


def read_webhook_secret(reading: Reading, table: Table) -> str | None:
    """What requests are signed with; None where the file does not say."""
    node = table.value("secret")
    if node is None:
        return None
    value = read_secret(reading, node)
    try:
        return require_secret(value) if value else None
    except SecretRefused as refusal:
        reading.mistakes.add(node, refusal.detail)
        return None
