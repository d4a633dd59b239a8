"""What shops read of a design."""

from msgspec.structs import replace

from spiff.transactions import operations
from spiff.transactions.documents import design_resource
from spiff.web.routing import Services
from tests.transactions.conftest import Shopper

DIGEST = "ab" * 32


def test_an_upload_is_told_by_its_address_and_nothing_else_is_taken_for_one(
    shopper: Shopper, services: Services
) -> None:
    shopper.patch(shopper.chosen())
    shopper.complete()
    design_id = shopper.read().json()["links"][0]["href"].rpartition("/")[2]
    design = services.database.read_now(lambda work: operations.get_design(work, design_id))
    metadata = {"Photo image": DIGEST, "Mirror image text": DIGEST, "Own image": "no digest"}

    told = design_resource("https://prints.example", replace(design, metadata=metadata)).data.metadata

    assert told == metadata | {"Photo image": f"https://prints.example/files/{DIGEST}"}
