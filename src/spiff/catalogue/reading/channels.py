"""Reads `channels` and a product's `delivery` (docs/delivery.md). Knows no transport."""

import re
import string
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import yaml

from spiff.catalogue.channels import (
    NAMES,
    AgentChannel,
    Channel,
    Delivery,
    EmailChannel,
    FolderChannel,
    Rule,
    S3Channel,
    Settings,
    SftpChannel,
    WebhookChannel,
)
from spiff.catalogue.reading.products import read_secret
from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.webhooks import read_webhook_secret, read_webhook_url
from spiff.catalogue.tables import Table, refer, scalar
from spiff.merchants.model import Integration
from spiff.pricing.model import MOST_PIECES

PLACEHOLDERS = ("order", "position", "product", "panel", "quantity", "id", "format")
_NEEDED = {"panel", "id", "format"}
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\Z")


def read_channel(reading: Reading, key: str, node: yaml.Node) -> Channel | None:
    """One way out for files; None after a mistake about its type."""
    what = f'channel "{key}"'
    read = Table(node, what, reading.mistakes).choice("type", _TYPES)
    if read is None:
        return None
    table = reading.table(node, what, f"{_WORDS[read]} channel")
    return Channel(reading.id_of(table, "channel", key), str(reading.partner_id), key, read(reading, table))


def read_delivery(
    reading: Reading, product: Table, integrations: dict[str, Integration], channels: dict[str, Channel]
) -> Delivery:
    """How a product's files go out; without `delivery` they do not."""
    node = product.value("delivery")
    if node is None:
        return Delivery()
    table = reading.table(node, f'"delivery" of {product.what}', "delivery")
    rules = [_rule(reading, each, integrations, channels) for each in table.items("to")]
    if not rules:
        table.mistakes.add(table.place("to"), '"delivery" needs "to", a list of channels')
    return Delivery(tuple(each for each in rules if each is not None), table.flag("autoPrint", True))


def _rule(
    reading: Reading, node: yaml.Node, integrations: dict[str, Integration], channels: dict[str, Channel]
) -> Rule | None:
    table = reading.table(node, "a delivery rule", "delivery rule")
    if not table.has("channel"):
        table.mistakes.add(node, 'a delivery rule needs "channel"')
    channel = table.reference("channel", channels, "channel")
    least = table.whole("quantityAtLeast", 1, least=1, most=MOST_PIECES)
    most = table.whole("quantityAtMost", least=least, most=MOST_PIECES) if table.has("quantityAtMost") else None
    named = (refer(each, integrations, "integration", reading.mistakes) for each in table.items("integrations"))
    only = tuple(each.id for each in named if each is not None)
    return Rule(channel.id, only, least, most, _countries(table)) if channel else None


def _folder(_reading: Reading, table: Table) -> FolderChannel:
    return FolderChannel(table.text("path", most=1000), _names(table), table.flag("ticket", False))


def _s3(reading: Reading, table: Table) -> S3Channel:
    return S3Channel(
        bucket=table.text("bucket"),
        access_key=_secret(reading, table, "accessKey", least=1),
        secret=_secret(reading, table, "secret", least=1),
        region=table.text("region", "us-east-1"),
        endpoint=table.text("endpoint", most=1000) if table.has("endpoint") else None,
        prefix=table.text("prefix", "", most=500),
        names=_names(table),
        ticket=table.flag("ticket", False),
    )


def _sftp(_reading: Reading, table: Table) -> SftpChannel:
    return SftpChannel(
        host=table.text("host"),
        user=table.text("user"),
        path=table.text("path", most=1000),
        key_file=table.text("keyFile", most=1000),
        known_hosts=table.text("knownHosts", most=1000),
        port=table.whole("port", 22, least=1, most=65_535),
        names=_names(table),
        ticket=table.flag("ticket", False),
    )


def _email(_reading: Reading, table: Table) -> EmailChannel:
    to = tuple(_words(table, "to"))
    if not to or not all(map(_EMAIL.match, to)):
        table.mistakes.add(table.place("to"), f'{table.what} needs "to", a list of e-mail addresses')
    return EmailChannel(to, _names(table))


def _webhook(reading: Reading, table: Table) -> WebhookChannel:
    if not table.has("secret"):
        table.mistakes.add(table.place("secret"), f'{table.what} needs "secret"')
    secret = read_webhook_secret(reading, table) or ""
    return WebhookChannel(read_webhook_url(reading, table), secret, _names(table))


def _agent(reading: Reading, table: Table) -> AgentChannel:
    key = _secret(reading, table, "key", least=16)
    reading.require_unique(table.place("key"), "agent key", key)
    return AgentChannel(sha256(key.encode()).hexdigest(), _names(table), table.flag("ticket", False))


_TYPES: dict[str, Callable[[Reading, Table], Settings]] = {
    "folder": _folder,
    "s3": _s3,
    "sftp": _sftp,
    "email": _email,
    "webhook": _webhook,
    "agent": _agent,
}
_WORDS: dict[Any, str] = {read: word for word, read in _TYPES.items()}


def _secret(reading: Reading, table: Table, key: str, *, least: int) -> str:
    node = table.value(key)
    if node is None:
        table.mistakes.add(table.place(key), f'{table.what} needs "{key}"')
        return ""
    return read_secret(reading, node, least=least)


def _countries(table: Table) -> tuple[str, ...]:
    found = tuple(_words(table, "countries"))
    for country in found:
        if not _COUNTRY.match(country):
            sentence = f'a country is two capital letters of ISO 3166, not "{country}" (in quotes, for NO)'
            table.mistakes.add(table.place("countries"), sentence)
    return found


def _names(table: Table) -> str:
    """What files are called. No two of an installation may get the same name."""
    names = table.text("names", NAMES)
    try:
        fields = [field for _, field, _, _ in string.Formatter().parse(names) if field is not None]
    except ValueError:
        fields = [""]
    if not _NEEDED <= set(fields) <= set(PLACEHOLDERS):
        known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
        sentence = f'"names" is made of {known}, with {{panel}}, {{id}} and {{format}} among them'
        table.mistakes.add(table.place("names"), sentence)
    return names


def _words(table: Table, key: str) -> list[str]:
    found = (scalar(each, f'"{key}"', table.mistakes) for each in table.items(key))
    return [str(each.value) for each in found if each is not None]
