"""What may be asked of the catalogue: what a page sells, and what a published workflow says. Knows no HTTP.

Everything here is public: a shop's page shows it to anybody. Changing the catalogue is `applying.py`.
"""

from spiff.assets import operations as assets
from spiff.assets.model import File
from spiff.catalogue import channel_store, store
from spiff.catalogue.channels import Channel
from spiff.catalogue.mentioned import digests_in
from spiff.catalogue.model import IntegrationProduct, Offer, Product, PublishedWorkflow, WorkflowName, WorkflowVersion
from spiff.catalogue.published import parsed_workflow
from spiff.composing.workflow import Workflow
from spiff.errors import NotFound
from spiff.merchants import operations as merchants
from spiff.storage.work import Work


def get_offer(work: Work, integration_product_id: str) -> Offer:
    """An integration product with all a page needs to know of it. Raises NotFound."""
    if found := store.find_integration_product(work, integration_product_id):
        return _offer(work, found)
    raise NotFound(f"there is no integration product {integration_product_id}")


def get_offer_by_external_ids(work: Work, integration_id: str, product_id: str) -> Offer:
    """The same by the ids that the shop itself uses. Raises NotFound."""
    asked = f"{integration_id}{product_id}"
    integration = merchants.find_integration_by_external_id(work, integration_id) if "\0" not in asked else None
    if integration is not None:
        found = store.find_integration_product_by_external_ids(work, integration.id, product_id)
        if found is not None:
            return _offer(work, found)
    raise NotFound(f"integration {integration_id!r} sells no product {product_id!r}")


def get_product(work: Work, product_id: str) -> Product:
    """The product with this id. Raises NotFound."""
    return store.get_product(work, product_id)


def list_integration_products(work: Work, product_id: str) -> list[IntegrationProduct]:
    """Everywhere a product is sold."""
    return store.list_integration_products(work, product_id)


def find_channel(work: Work, channel_id: str) -> Channel | None:
    """The channel with this id. For the domain that sends files: no door leads here."""
    return channel_store.find_channel(work, channel_id)


def find_channel_of_agents(work: Work, key_hash: str) -> Channel | None:
    """The channel whose agents show the key with this SHA-256. Nobody has been authenticated yet."""
    return channel_store.find_by_agent_key(work, key_hash)


def get_published(work: Work, workflow_id: str, number: int) -> PublishedWorkflow:
    """A published version of a workflow; it never changes. Raises NotFound."""
    version = store.find_version(work, workflow_id, number)
    if version is None:
        raise NotFound(f"there is no version {number} of workflow {workflow_id}")
    workflow = parsed_workflow(version.digest, lambda: store.get_document(work, version))
    return PublishedWorkflow(version, workflow)


def get_files_of(work: Work, workflow: Workflow) -> dict[str, File]:
    """The fonts, pictures, drawings and models that a workflow mentions, by digest."""
    return assets.find_files(work, digests_in(workflow))


def _offer(work: Work, found: IntegrationProduct) -> Offer:
    product = store.get_product(work, found.product_id)
    integration = merchants.get_integration(work, found.integration_id)
    partner = merchants.get_partner(work, product.partner_id)
    return Offer(
        id=found.id,
        product=product,
        integration_id=integration.id,
        integration_name=integration.name,
        theme=integration.theme,
        currency=partner.currency,
        rates=partner.rates,
        enabled=product.enabled and integration.enabled,
        workflows=_workflows(work, product),
    )


def _workflows(work: Work, product: Product) -> tuple[tuple[WorkflowName, WorkflowVersion], ...]:
    names = store.list_product_workflows(work, product.id)
    newest = store.list_newest_versions(work, [name.id for name in names])
    return tuple((name, newest[name.id]) for name in names if name.id in newest)
