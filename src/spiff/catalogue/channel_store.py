"""The table of channels. Knows SQL and no transport."""

from typing import Any

import msgspec
from sqlalchemy import JSON, Column, ForeignKey, RowMapping, String, Table, UniqueConstraint, insert, select, update

from spiff.catalogue.channels import AgentChannel, Channel, Settings
from spiff.storage.schema import Id, metadata
from spiff.storage.work import Work

channels = Table(
    "channels",
    metadata,
    Column("id", Id, primary_key=True),
    Column("partner_id", Id, ForeignKey("partners.id"), nullable=False),
    Column("key", String(100), nullable=False),
    Column("settings", JSON, nullable=False),
    Column("agent_key_hash", String(64), unique=True),
    UniqueConstraint("partner_id", "key"),
)


def find_channel(work: Work, channel_id: str) -> Channel | None:
    """The channel with this id."""
    return _where(work, channels.c.id == channel_id)


def find_by_key(work: Work, partner_id: str, key: str) -> Channel | None:
    """The channel that a partner's catalogue file knows by this key."""
    return _where(work, (channels.c.partner_id == partner_id) & (channels.c.key == key))


def find_by_agent_key(work: Work, key_hash: str) -> Channel | None:
    """The channel whose agents show the key with this SHA-256."""
    return _where(work, channels.c.agent_key_hash == key_hash)


def save_channel(work: Work, channel: Channel) -> None:
    """Write a channel, new or changed."""
    settings = channel.settings
    values = msgspec.to_builtins(channel)
    values["agent_key_hash"] = settings.key_hash if isinstance(settings, AgentChannel) else None
    if not work.connection.execute(update(channels).where(channels.c.id == channel.id).values(values)).rowcount:
        work.connection.execute(insert(channels).values(values))


def _where(work: Work, condition: Any) -> Channel | None:
    row = work.connection.execute(select(channels).where(condition)).mappings().one_or_none()
    return _channel(row) if row else None


def _channel(row: RowMapping) -> Channel:
    settings: Settings = msgspec.convert(row["settings"], Settings)
    return Channel(row["id"], row["partner_id"], row["key"], settings)
