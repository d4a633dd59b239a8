"""What composing is told beside a workflow and answers: strangers do not read it, owners compose with it."""

from spiff.catalogue.model import Product
from spiff.composing.resources import Context
from spiff.composing.workflow import Picture
from spiff.transactions.contexts import context_of, files_in
from spiff.transactions.model import Upload
from tests.transactions.conftest import Shopper

PRODUCT = Product("p", "a", "mug", "Mug", "", 100, 1, None, True, overlay="0" * 64, profanities=["darn"])
UPLOADS = [
    Upload("1" * 64, "picture", "photo", 30, 20),
    Upload("2" * 64, "drawing", "logo"),
    Upload("3" * 64, "video", "film"),
]


def test_a_stranger_reads_no_context(shopper: Shopper) -> None:
    data = shopper.client.get(f"/api/transactions/{shopper.id}").json()["data"]

    assert not {"context", "files", "uploads", "answers"} & set(data)


def test_the_owner_reads_the_context_that_the_server_composes_with(shopper: Shopper) -> None:
    headers = {"Authorization": f"Bearer {shopper.token}"}

    data = shopper.client.get(f"/api/transactions/{shopper.id}", headers=headers).json()["data"]

    assert data["context"] == {"seed": int(shopper.id[:8], 16)}
    assert data["files"] == {}


def test_a_context_tells_product_uploads_and_one_transaction_from_another() -> None:
    context = context_of("https://x", PRODUCT, "000000ff-0000-4000-8000-000000000000", UPLOADS)

    assert context == Context(
        pictures={"1" * 64: Picture(30, 20)},
        drawings=("2" * 64,),
        links={"3" * 64: f"https://x/files/{'3' * 64}"},
        overlay="0" * 64,
        profanities=("darn",),
        seed=255,
    )


def test_every_file_of_a_context_has_an_address() -> None:
    context = context_of("https://x", PRODUCT, "000000ff-0000-4000-8000-000000000000", UPLOADS)

    assert files_in("https://x", context) == {digit * 64: f"https://x/files/{digit * 64}" for digit in "0123"}
