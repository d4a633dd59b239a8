"""Partners and integrations: found by what they are known by, and silent about their secrets."""

import uuid

import pytest

from spiff.errors import NotFound
from spiff.merchants import operations
from spiff.merchants.model import ApplicationKey, Integration, Partner
from spiff.storage.database import Database


def _shop(database: Database) -> Integration:
    partner = Partner(str(uuid.uuid4()), "Test & Sons", "AUD")
    integration = Integration(
        str(uuid.uuid4()),
        partner.id,
        "Shop",
        "shop.example",
        "key-1",
        ("secret one", "secret two"),
        (ApplicationKey("app"),),
        True,
    )
    database.write_now(lambda work: operations.save_partner(work, partner))
    database.write_now(lambda work: operations.save_integration(work, integration))
    return integration


def test_what_is_unknown_is_not_found(database: Database) -> None:
    unknown = str(uuid.uuid4())

    assert database.read_now(lambda work: operations.find_integration_by_access_key(work, "key-1")) is None
    with pytest.raises(NotFound):
        database.read_now(lambda work: operations.get_integration(work, unknown))
    with pytest.raises(NotFound):
        database.read_now(lambda work: operations.get_partner(work, unknown))


def test_an_integration_is_found_by_its_access_key_and_by_the_shops_id(database: Database) -> None:
    integration = _shop(database)

    read = database.read_now
    assert read(lambda work: operations.find_integration_by_access_key(work, "key-1")) == integration
    assert read(lambda work: operations.find_integration_by_external_id(work, "shop.example")) == integration
    assert read(lambda work: operations.find_integration_by_access_key(work, "KEY-1")) is None


def test_an_integration_does_not_show_its_secrets(database: Database) -> None:
    assert "secret one" not in f"{_shop(database)!r} {_shop!s}"
