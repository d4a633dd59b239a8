"""Products, what integrations sell of them, and published workflows. Knows no HTTP, no SQL, no YAML."""

from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256

import msgspec

from spiff.catalogue.channels import Delivery
from spiff.composing.resources import Level
from spiff.composing.workflow import Workflow
from spiff.merchants.model import Theme
from spiff.pricing.model import PriceBreak
from spiff.rendering.printing import Printing


class Terms(msgspec.Struct, frozen=True):
    """What a shopper agrees to before a design is finished: a sentence, and where all of it can be read."""

    text: str
    link: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of the text and, where there is one, a line feed and the link (UTF-8)."""
        written = self.text if self.link is None else f"{self.text}\n{self.link}"
        return sha256(written.encode()).hexdigest()


class Product(msgspec.Struct, frozen=True):
    """Something that is sold. `base_price` is in subunits of the partner's currency.

    `overlay` is the SHA-256 of the picture above everything else; `profanities` are words nobody may write on it;
    `preflight` says what it makes of findings about printing; `model` is the GLB that shows it in 3D.
    """

    id: str
    partner_id: str
    key: str
    name: str
    description: str
    base_price: int
    minimum_order_quantity: int
    image: str | None
    enabled: bool
    overlay: str | None = None
    model: str | None = None
    profanities: list[str] = msgspec.field(default_factory=list)
    preflight: dict[str, Level] = msgspec.field(default_factory=dict)
    price_breaks: tuple[PriceBreak, ...] = ()
    printing: Printing = Printing()
    terms: Terms | None = None
    delivery: Delivery = Delivery()


class IntegrationProduct(msgspec.Struct, frozen=True):
    """A product sold through an integration; its id stands in the shop's page."""

    id: str
    integration_id: str
    product_id: str
    external_product_id: str
    external_variant_id: str | None


class WorkflowName(msgspec.Struct, frozen=True):
    """A workflow; what it says is in its numbered versions."""

    id: str
    partner_id: str
    key: str
    name: str


class WorkflowVersion(msgspec.Struct, frozen=True):
    """An immutable published version. `digest` is the SHA-256 of its document's bytes."""

    workflow_id: str
    number: int
    digest: str


class PublishedWorkflow(msgspec.Struct, frozen=True):
    """A version with what it says."""

    version: WorkflowVersion
    workflow: Workflow


class Offer(msgspec.Struct, frozen=True):
    """All that a shop page needs to know of an integration product; `workflows` in their order, newest versions."""

    id: str
    product: Product
    integration_id: str
    integration_name: str
    theme: Theme | None
    currency: str
    rates: Mapping[str, Decimal]
    """How much one unit of `currency` is in others that prices can be had in."""
    enabled: bool
    workflows: tuple[tuple[WorkflowName, WorkflowVersion], ...]
