"""The ways out for files. Each is a module with `send(services, settings, parcel)`, which raises NotDelivered.

Sending the same parcel again leaves the same files under the same names.
"""

from collections.abc import Callable
from typing import Any

from spiff.catalogue.channels import (
    Channel,
    EmailChannel,
    FolderChannel,
    S3Channel,
    SftpChannel,
    WebhookChannel,
)
from spiff.delivery.channels import email, folder, s3, sftp, webhook
from spiff.delivery.model import Parcel
from spiff.web.routing import Services

_SENDERS: dict[type, Callable[[Services, Any, Parcel], None]] = {
    FolderChannel: folder.send,
    S3Channel: s3.send,
    SftpChannel: sftp.send,
    EmailChannel: email.send,
    WebhookChannel: webhook.send,
}
"""Agents are not among them: they fetch."""


def send(services: Services, channel: Channel, parcel: Parcel) -> None:
    """Send a parcel through a channel. Raises NotDelivered."""
    _SENDERS[type(channel.settings)](services, channel.settings, parcel)
