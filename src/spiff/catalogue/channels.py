"""Where print files go once they are made, as a catalogue file says it. Knows no transport and no database."""

import msgspec

NAMES = "{order}-{position}-{panel}-{id}.{format}"
"""What a file is called where nothing else is said (docs/delivery.md)."""


class FolderChannel(msgspec.Struct, frozen=True, tag_field="type", tag="folder"):
    """A folder of the machine on which the worker runs, such as a printer's hot folder.

    A relative path lies in the installation's data folder.
    """

    path: str
    names: str = NAMES
    ticket: bool = False
    """Whether a JSON file beside the files says what they are for."""


class S3Channel(msgspec.Struct, frozen=True, tag_field="type", tag="s3"):
    """A bucket of an S3-compatible object store."""

    bucket: str
    access_key: str
    secret: str
    region: str = "us-east-1"
    endpoint: str | None = None
    prefix: str = ""
    names: str = NAMES
    ticket: bool = False


class SftpChannel(msgspec.Struct, frozen=True, tag_field="type", tag="sftp"):
    """A folder of an SFTP server. Key and known hosts are files of the machine on which the worker runs."""

    host: str
    user: str
    path: str
    key_file: str
    known_hosts: str
    port: int = 22
    names: str = NAMES
    ticket: bool = False


class EmailChannel(msgspec.Struct, frozen=True, tag_field="type", tag="email"):
    """Addresses that get the files, or links to them where they are too large to be sent along."""

    to: tuple[str, ...]
    names: str = NAMES


class WebhookChannel(msgspec.Struct, frozen=True, tag_field="type", tag="webhook"):
    """An address that is told where the files are, signed as Standard Webhooks says."""

    url: str
    secret: str
    names: str = NAMES


class AgentChannel(msgspec.Struct, frozen=True, tag_field="type", tag="agent"):
    """A queue that print agents fetch from; `key_hash` is the SHA-256 of the key they show."""

    key_hash: str
    names: str = NAMES
    ticket: bool = False


Settings = FolderChannel | S3Channel | SftpChannel | EmailChannel | WebhookChannel | AgentChannel


class Channel(msgspec.Struct, frozen=True):
    """One way out for files, by the key it has in the partner's catalogue file."""

    id: str
    partner_id: str
    key: str
    settings: Settings

    def __repr__(self) -> str:
        """Without the secrets: this may end up in a log."""
        return f"Channel({self.key!r}, {type(self.settings).__name__})"


class Rule(msgspec.Struct, frozen=True):
    """A channel, and the items that go there: those that meet every condition; a condition left empty is met."""

    channel_id: str
    integration_ids: tuple[str, ...] = ()
    least: int = 1
    most: int | None = None
    countries: tuple[str, ...] = ()


class Delivery(msgspec.Struct, frozen=True):
    """How a product's print files go out. Without rules they are not sent: they wait to be fetched."""

    rules: tuple[Rule, ...] = ()
    auto_print: bool = True
    """Whether they go out as soon as they are made; otherwise where the order asks for it, or a person does."""
