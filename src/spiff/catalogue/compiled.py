"""What a catalogue file says once it is understood: rows to be stored, workflow documents, files. Knows no YAML."""

from dataclasses import dataclass
from hashlib import sha256

import msgspec

from spiff.assets.model import File, Kind
from spiff.catalogue.channels import Channel
from spiff.catalogue.model import IntegrationProduct, Product, WorkflowName
from spiff.composing.workflow import Workflow
from spiff.merchants.model import Integration, Partner
from spiff.webhooks.operations import WantedEndpoint


@dataclass(frozen=True, slots=True)
class CompiledFile:
    """A file's record and its bytes, what a screen shows instead where that is another, a model's materials by name."""

    file: File
    data: bytes
    proxy: "CompiledFile | None" = None
    materials: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The name of the file."""
        return self.file.sha256

    @property
    def kind(self) -> Kind:
        """What the file is."""
        return self.file.kind


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
    channels: tuple[Channel, ...]
    files: tuple[CompiledFile, ...]
    workflows: tuple[CompiledWorkflow, ...]
    products: tuple[CompiledProduct, ...]
    integration_products: tuple[IntegrationProduct, ...]
    webhooks: tuple[CompiledWebhook, ...] = ()
    notes: tuple[str, ...] = ()
    """What is no mistake but hardly meant so, by its line."""
