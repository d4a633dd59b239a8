"""The JSON documents of batches (contract/rest.md 7). Knows no rule and no database."""

from collections.abc import Mapping
from typing import Any

import msgspec

from spiff.composing.answers import Answers
from spiff.composing.resources import Resources
from spiff.composing.selection import Selection, selections
from spiff.composing.steps.registry import kind_of
from spiff.composing.workflow import TextStep, Workflow
from spiff.transactions.agreeing import Statement
from spiff.transactions.batch import Wanted
from spiff.transactions.documents import CompletedDocument, PreflightLine, PriceData
from spiff.transactions.headless import SentStep, canonical
from spiff.transactions.model import Design
from spiff.web.problems import Problem
from spiff.web.routing import JsonObject, Message, as_object, require_uuid

_PLAIN = "#000000"
"""The colour of a text whose step offers none (docs/composing.md)."""


class BatchStep(Message, frozen=True):
    """A step by its name, which is a UUID, and its answer; what `data` may hold depends on the step's type."""

    name: str
    data: JsonObject | None = None


class BatchTransaction(Message, frozen=True):
    """One design to be made, with the product's first workflow unless told otherwise. Steps not named have defaults.

    `termsDigest` states that the customer agreed to the product's terms, where it has some.
    """

    integration_product_id: str
    workflow_slug: str | None = None
    steps: list[BatchStep] | None = None
    terms_digest: str | None = None

    def wanted(self) -> Wanted:
        """As operations take it. Raises NotFound for an id that is none."""
        product = require_uuid(self.integration_product_id, "integration product")
        workflow = canonical(self.workflow_slug) if self.workflow_slug else None
        return Wanted(product, workflow, self.sent_steps(), Statement(self.terms_digest, "merchant"))

    def sent_steps(self) -> tuple[SentStep, ...]:
        """The steps as operations take them."""
        return tuple(SentStep(canonical(each.name), as_object(each.data) or {}) for each in self.steps or ())


class BatchRequest(Message, frozen=True):
    """Designs to be made without a shopper."""

    transactions: list[BatchTransaction]


class ExportedStep(Message, frozen=True):
    """What a step of a design says: the variants selected, what each adds in subunits, and text and colour of texts."""

    step_title: str
    selections: list[str]
    selection_price_modifiers: list[int]
    text: str | msgspec.UnsetType = msgspec.UNSET
    color: str | msgspec.UnsetType = msgspec.UNSET


class BatchData(Message, frozen=True):
    """A finished design. `id` is what is ordered, `exportedData` is by step name; prices in subunits of `currency`."""

    id: str
    design_id: str
    exported_data: dict[str, ExportedStep]
    base_cost: int
    options_cost: int
    currency: str
    preview_image: str | None
    preflight: list[PreflightLine]
    price: PriceData
    price_token: str


class BatchItem(Message, frozen=True):
    """What became of one transaction: `data` of the design, or the `problem` for which nothing was made."""

    data: BatchData | msgspec.UnsetType = msgspec.UNSET
    problem: Problem | msgspec.UnsetType = msgspec.UNSET


class BatchAnswer(Message, frozen=True):
    """In the order of the request."""

    content: list[BatchItem]


def exported_steps(workflow: Workflow, answers: Answers, resources: Resources) -> dict[str, ExportedStep]:
    """All active steps by name, hiding nothing: the reader is the merchant's own server."""
    active = [each for each in selections(workflow, answers, resources.context) if each.active]
    return {each.step.step_name: _exported(each, resources) for each in active}


def batch_data(completed: CompletedDocument, design: Design, exported: Mapping[str, ExportedStep]) -> BatchData:
    """The document of a design that was made."""
    shared = {name: getattr(completed, name) for name in BatchData.__struct_fields__ if hasattr(completed, name)}
    return BatchData(**shared | {"id": design.transaction_id, "design_id": design.id, "exported_data": dict(exported)})


def _exported(selection: Selection[Any], resources: Resources) -> ExportedStep:
    written = {each.key: each.value for each in kind_of(selection).entries(selection, resources)}
    if isinstance(selection.step, TextStep):  # of which readers expect both (contract/rest.md 7)
        written = {"text": "", "color": _PLAIN} | written
    return ExportedStep(
        step_title=selection.step.step_title,
        selections=[variant.name for variant in selection.variants],
        selection_price_modifiers=[variant.price_modifier for variant in selection.variants],
        text=written.get("text", msgspec.UNSET),
        color=written.get("color", msgspec.UNSET),
    )
