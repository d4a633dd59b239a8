"""What may be asked of partners and integrations. Knows no HTTP and no signature; authentication builds on it."""

from spiff.errors import NotFound
from spiff.merchants import store
from spiff.merchants.model import Integration, Partner
from spiff.storage.work import Work


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


def find_integration_by_external_id(work: Work, external_id: str) -> Integration | None:
    """The integration that its shop knows by this id."""
    return store.find_integration_by_external_id(work, external_id)


def save_integration(work: Work, integration: Integration) -> None:
    """Write an integration, new or changed. For the catalogue only: no door leads here."""
    store.save_integration(work, integration)
