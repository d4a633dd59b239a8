"""What a catalogue file says once it is understood: rows to be stored, workflow documents, files. Knows no YAML."""

from dataclasses import dataclass
from hashlib import sha256

import msgspec

from spiff.assets.model import File, Kind
from spiff.catalogue.model import IntegrationProduct, Product, WorkflowName
from spiff.composing.workflow import Workflow
from spiff.merchants.model import Integration, Partner
from spiff.webhooks.operations import WantedEndpoint


@dataclass(frozen=True, slots=True)
class CompiledFile:
    """A file as it is kept, with its bytes; pictures have their size, upright.

    `proxy` is what a screen shows instead: of large pictures a small copy, of fonts their name drawn.
    """

    sha256: str
    kind: Kind
    mime_type: str
    name: str
    data: bytes
    width_px: int | None = None
    height_px: int | None = None
    proxy: "CompiledFile | None" = None

    @property
    def file(self) -> File:
        """The record of it. A picture without a proxy is small enough to be its own."""
        small = self.proxy or (self if self.kind == "picture" else None)
        return File(
            self.sha256,
            self.kind,
            self.mime_type,
            self.name,
            len(self.data),
            self.width_px,
            self.height_px,
            small.sha256 if small else None,
        )


@dataclass(frozen=True, slots=True)
class CompiledWorkflow:
    """A workflow and what its newest version shall say."""

    row: WorkflowName
    workflow: Workflow

    @property
    def document(self) -> bytes:
        """The exact bytes that are published."""
        return msgspec.json.encode(self.workflow)

    @property
    def digest(self) -> str:
        """The SHA-256 of those bytes."""
        return sha256(self.document).hexdigest()


@dataclass(frozen=True, slots=True)
class CompiledProduct:
    """A product with the ids of its workflows in their order."""

    row: Product
    workflow_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompiledWebhook:
    """An address that an integration wants to be told at."""

    key: str
    integration: Integration
    wanted: WantedEndpoint


@dataclass(frozen=True, slots=True)
class Compiled:
    """One catalogue file."""

    partner: Partner
    integrations: tuple[Integration, ...]
    files: tuple[CompiledFile, ...]
    workflows: tuple[CompiledWorkflow, ...]
    products: tuple[CompiledProduct, ...]
    integration_products: tuple[IntegrationProduct, ...]
    webhooks: tuple[CompiledWebhook, ...] = ()
