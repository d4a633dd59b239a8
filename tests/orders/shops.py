"""A shop for tests: a partner with an integration, finished designs to order, and a server that signs."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx2 as httpx
import msgspec
from starlette.testclient import TestClient

from spiff.assets.model import File
from spiff.assets.operations import record_file
from spiff.auth import soa
from spiff.auth.caller import Caller, Scope
from spiff.catalogue.model import IntegrationProduct, Product
from spiff.catalogue.store import save
from spiff.composing.canonical import canonical_scene
from spiff.composing.scene import PathElement, Scene, ScenePanel
from spiff.merchants.model import ApplicationKey, Integration, Partner
from spiff.merchants.operations import save_integration, save_partner
from spiff.rendering.printing import Printing
from spiff.storage.work import Work
from spiff.transactions.agreeing import Agreement
from spiff.transactions.model import Design, Transaction, design_digest
from spiff.transactions.operations import get_design, get_transaction
from spiff.transactions.store import add_design, add_transaction, save_transaction
from spiff.web.routing import Services

SCENE = Scene(
    panels=(
        ScenePanel(
            name="front",
            width=200.0,
            height=100.0,
            bleed=5.0,
            background="#ffffff",
            elements=(PathElement(d="M10 10L190 10L190 90L10 90Z", fill="#cc0033"),),
        ),
        ScenePanel(name="back", width=100.0, height=100.0, bleed=0.0, background=None, elements=()),
    )
)


@dataclass(frozen=True)
class Shop:
    """One merchant's shop. Nothing here goes around the platform's own code but the making of designs."""

    services: Services
    partner: Partner
    integration: Integration
    integration_product: IntegrationProduct
    product: Product

    @property
    def caller(self) -> Caller:
        """Whom a request signed by this shop acts for."""
        return Caller(self.partner.id, self.integration.id, scopes=frozenset(Scope))

    def finished(self, scene: Scene = SCENE, agreement: Agreement | None = None) -> str:
        """The id of a transaction whose design is finished."""
        data = canonical_scene(scene).encode()
        digest = self.services.files.put(data)

        def write(work: Work) -> str:
            record_file(work, File(digest, "scene", "application/json", "scene.json", len(data)))
            transaction = self._transaction(work, design_id=work.new_id())
            add_transaction(work, transaction)
            add_design(work, msgspec.structs.replace(_design(transaction, digest), agreement=agreement))
            return transaction.id

        return self.services.database.write_now(write)

    def finish_again(self, work: Work, transaction_id: str) -> None:
        """Finish the next revision of a transaction, as its shopper does who came back to it from the cart."""
        before = get_transaction(work, transaction_id)
        assert before.design_id is not None
        scene_digest = get_design(work, before.design_id).scene_digest
        changed = msgspec.structs.replace(before, revision=before.revision + 1, design_id=work.new_id())
        add_design(work, _design(changed, scene_digest))
        assert save_transaction(work, changed, expected_revision=before.revision)

    def unfinished(self) -> str:
        """The id of a transaction that a shopper is still working on."""

        def write(work: Work) -> str:
            transaction = self._transaction(work, design_id=None)
            add_transaction(work, transaction)
            return transaction.id

        return self.services.database.write_now(write)

    def _transaction(self, work: Work, *, design_id: str | None) -> Transaction:
        return Transaction(
            id=work.new_id(),
            partner_id=self.partner.id,
            integration_id=self.integration.id,
            integration_product_id=self.integration_product.id,
            product_id=self.product.id,
            product_name=self.product.name,
            workflow_id=work.new_id(),
            workflow_version=1,
            status="completed" if design_id else "created",
            revision=2 if design_id else 1,
            owner_token_hash="0" * 64,
            answers={},
            base_cost=1000,
            options_cost=250,
            currency="AUD",
            design_id=design_id,
        )

    def headers(
        self, body: bytes, path: str = "/api/v2/orders", method: str = "POST", **changed: Any
    ) -> dict[str, str]:
        """The headers of a request that this shop's server signs."""
        now = self.services.database.clock() + timedelta(seconds=changed.get("late_by_seconds", 0))
        date = changed.get("date", now.strftime("%a, %d %b %Y %H:%M:%S GMT"))
        content_type = changed.get("content_type", "application/json")
        request = soa.Signed(method, path, content_type, date, body)
        signature = soa.sign(
            changed.get("secret", self.integration.secrets[0]), request, changed.get("digest", "sha512")
        )
        key = changed.get("key", self.integration.access_key)
        return {"Authorization": f"SOA {key}:{signature}", "Date": date, "Content-Type": content_type}

    def order(self, client: TestClient, *transaction_ids: str, **members: Any) -> httpx.Response:
        """Order one each of these transactions; `members` are added to the body or replace its own."""
        return self.send(client, order_body(*transaction_ids, **members))

    def send(self, client: TestClient, body: bytes, path: str = "/api/v2/orders", **headers: str) -> httpx.Response:
        """Sign and send a body."""
        sent: httpx.Response = client.post(path, content=body, headers=self.headers(body, path) | headers)
        return sent

    def read(self, client: TestClient, order_id: str) -> httpx.Response:
        """Read an order back with a signed request without a body."""
        path = f"/api/v2/orders/{order_id}"
        signed = self.headers(b"", path, "GET", content_type="")
        del signed["Content-Type"]
        answer: httpx.Response = client.get(path, headers=signed)
        return answer


def order_body(*transaction_ids: str, **members: Any) -> bytes:
    """The body of an order of one each."""
    items = [{"transactionId": each, "amountToOrder": 1} for each in transaction_ids]
    return json.dumps({"orderItems": items, **members}).encode()


def open_shop(services: Services, name: str = "acme") -> Shop:
    """A new merchant with one integration and one product."""

    def write(work: Work) -> Shop:
        partner = Partner(work.new_id(), name, "AUD")
        save_partner(work, partner)
        integration = Integration(
            id=work.new_id(),
            partner_id=partner.id,
            name=name,
            external_id=f"{name}-external",
            access_key=f"{name}-key",
            secrets=(f"{name}-secret", f"{name}-second-secret"),
            application_keys=(ApplicationKey(f"{name}-app", orders=True), ApplicationKey(f"{name}-shown")),
            enabled=True,
        )
        save_integration(work, integration)
        product = Product(work.new_id(), partner.id, "mug", "Mug", "", 1000, 1, None, True)
        save(work, product)
        offered = IntegrationProduct(work.new_id(), integration.id, product.id, "mug", None)
        save(work, offered)
        return Shop(services, partner, integration, offered, product)

    return services.database.write_now(write)


def changed(integration: Integration, **members: Any) -> Integration:
    """The integration with some members changed."""
    return msgspec.structs.replace(integration, **members)


def _design(transaction: Transaction, scene_digest: str) -> Design:
    assert transaction.design_id is not None
    return Design(
        id=transaction.design_id,
        transaction_id=transaction.id,
        revision=transaction.revision,
        partner_id=transaction.partner_id,
        integration_id=transaction.integration_id,
        product_name=transaction.product_name,
        workflow_id=transaction.workflow_id,
        workflow_version=transaction.workflow_version,
        answers={},
        scene_digest=scene_digest,
        digest=design_digest(transaction.workflow_id, transaction.workflow_version, {}, scene_digest),
        base_cost=transaction.base_cost,
        options_cost=transaction.options_cost,
        currency=transaction.currency,
        exported_data={},
        metadata={},
        preflight=[
            {
                "stepName": "photo",
                "stepTitle": "Photo",
                "code": "resolution-too-low",
                "value": "90",
                "detail": "too few pixels: 90",
            }
        ],
        printing=Printing(),
    )
