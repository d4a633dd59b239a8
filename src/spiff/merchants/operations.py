"""What may be asked of partners and integrations. Knows no HTTP and no signature; authentication builds on it."""

import secrets
from datetime import datetime, timedelta

import msgspec

from spiff.auth.live_secrets import MOST_SECRETS
from spiff.errors import Conflict, NotFound
from spiff.merchants import store
from spiff.merchants.model import Integration, Partner, Secret
from spiff.storage.work import Work

_SECRET_BYTES = 32
_LATELY = timedelta(hours=1)


class KeysInUse(Conflict):
    """A key may not go now; the sentence says why."""

    code, title = "key-in-use", "This key is still needed"


def get_partner(work: Work, partner_id: str) -> Partner:
    """The partner with this id. Raises NotFound."""
    if partner := store.find_partner(work, partner_id):
        return partner
    raise NotFound(f"there is no partner {partner_id}")


def find_partner(work: Work, partner_id: str) -> Partner | None:
    """The partner with this id."""
    return store.find_partner(work, partner_id)


def find_partner_by_name(work: Work, name: str) -> Partner | None:
    """The partner with this name."""
    return store.find_partner_by_name(work, name)


def save_partner(work: Work, partner: Partner) -> None:
    """Write a partner, new or changed. For the catalogue only: no door leads here."""
    store.save_partner(work, partner)


def get_integration(work: Work, integration_id: str) -> Integration:
    """The integration with this id. Raises NotFound."""
    if integration := store.find_integration(work, integration_id):
        return integration
    raise NotFound(f"there is no integration {integration_id}")


def find_integration(work: Work, integration_id: str) -> Integration | None:
    """The integration with this id."""
    return store.find_integration(work, integration_id)


def find_integration_by_access_key(work: Work, key: str) -> Integration | None:
    """The integration whose server signs with this access key. Nobody has been authenticated yet."""
    return store.find_integration_by_access_key(work, key)


def find_integration_by_application_key(work: Work, key: str) -> Integration | None:
    """The integration whose pages show this key."""
    return store.find_integration_by_application_key(work, key)


def find_integration_by_external_id(work: Work, external_id: str) -> Integration | None:
    """The integration that its shop knows by this id."""
    return store.find_integration_by_external_id(work, external_id)


def save_integration(work: Work, integration: Integration) -> None:
    """Write an integration, new or changed. For the catalogue only: no door leads here."""
    store.save_integration(work, integration)


def list_integrations(work: Work) -> list[Integration]:
    """All integrations of the installation. For operators."""
    return store.list_integrations(work)


def list_secrets(work: Work, integration_id: str) -> list[Secret]:
    """An integration's live secrets, the oldest first: when they were made and last used, never what they are."""
    return store.list_secrets(work, integration_id)


def list_application_key_uses(work: Work, integration_id: str) -> dict[str, datetime | None]:
    """An integration's application keys, and when each was last used."""
    return store.list_application_key_uses(work, integration_id)


def rotate_secret(work: Work, integration_id: str) -> str:
    """Make another secret live beside the one there is, and return it. Raises KeysInUse where there are two already."""
    integration = get_integration(work, integration_id)
    if len(integration.secrets) >= MOST_SECRETS:
        raise KeysInUse(f"{MOST_SECRETS} secrets are live already; retire the old one first")
    made = secrets.token_urlsafe(_SECRET_BYTES)
    changed = msgspec.structs.replace(integration, secrets=(*integration.secrets, made), rotated_at=work.now)
    store.save_integration(work, changed)
    return made


def retire_secret(work: Work, integration_id: str, number: int, *, even_if_used: bool = False) -> None:
    """Let a secret be live no more. Raises NotFound; KeysInUse for the only one, and for one that was used lately."""
    found = store.list_secrets(work, integration_id)
    secret = next((each for each in found if each.number == number), None)
    if secret is None:
        raise NotFound(f"there is no live secret {number}")
    if len(found) == 1:
        raise KeysInUse("this is the only live secret; make another one first")
    if not even_if_used and secret.last_used_at and secret.last_used_at > work.now - _LATELY:
        raise KeysInUse(f"secret {number} signed a request at {secret.last_used_at:%H:%M} UTC; the shop still uses it")
    store.remove_secret(work, integration_id, number)


def note_use(work: Work, integration_id: str, key: str) -> None:
    """A secret or an application key, by its value, let a request in."""
    store.note_use(work, integration_id, key)


def with_own_secrets(stored: Integration | None, wanted: Integration) -> Integration:
    """What is to be stored of a catalogue file's integration: its secrets only until one was made here."""
    if stored is None:
        return wanted
    if stored.rotated_at:
        return msgspec.structs.replace(wanted, secrets=stored.secrets, rotated_at=stored.rotated_at)
    live = [each for each in stored.secrets if each in wanted.secrets]
    added = [each for each in wanted.secrets if each not in live]
    return msgspec.structs.replace(wanted, secrets=(*live, *added))
