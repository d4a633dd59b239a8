"""Reads `partner`, `integrations` and `products` of a catalogue file."""

import re
from uuid import UUID, uuid5

import yaml

from spiff.auth.live_secrets import MOST_SECRETS
from spiff.catalogue.compiled import CompiledProduct, CompiledWorkflow
from spiff.catalogue.model import IntegrationProduct, Product
from spiff.catalogue.reading.prices import read_currency, read_price_breaks, read_rates
from spiff.catalogue.reading.printing import read_printing
from spiff.catalogue.reading.reading import NAMESPACE, Reading
from spiff.catalogue.reading.references import digest_named
from spiff.catalogue.reading.rules import read_rules
from spiff.catalogue.reading.terms import read_terms, read_web_address
from spiff.catalogue.reading.themes import read_theme
from spiff.catalogue.tables import Table, refer, scalar
from spiff.merchants.model import ApplicationKey, Integration, Partner

_ACCESS_KEY = re.compile(r"[A-Za-z0-9._~-]{8,100}\Z")
_LEAST_SECRET_CHARACTERS = 16


def read_partner(reading: Reading, node: yaml.Node) -> Partner:
    """The partner. Its id becomes the namespace of all derived ids in the file, its terms those of its products."""
    table = reading.table(node, '"partner"', "partner")
    name, currency = table.text("name"), read_currency(table, "currency")
    found = table.identifier(uuid5(NAMESPACE, name))
    reading.partner_id = UUID(found)
    reading.terms = read_terms(reading, table)
    return Partner(found, name, currency, read_rates(table, currency))


def read_integration(reading: Reading, key: str, node: yaml.Node) -> Integration:
    """One integration with its keys."""
    table = reading.table(node, f'integration "{key}"', "integration")
    access_key = table.text("accessKey")
    if access_key and not _ACCESS_KEY.match(access_key):
        reading.mistakes.add(table.place("accessKey"), '"accessKey" must be 8 to 100 letters, digits or . _ ~ -')
    external_id = table.text("externalId")
    reading.require_unique(table.place("accessKey"), "accessKey", access_key)
    reading.require_unique(table.place("externalId"), "externalId", external_id)
    return Integration(
        id=reading.id_of(table, "integration", key),
        partner_id=str(reading.partner_id),
        name=table.text("name", key),
        external_id=external_id,
        access_key=access_key,
        secrets=_secrets(reading, table),
        application_keys=tuple(_application_key(reading, each) for each in table.items("applicationKeys")),
        enabled=table.flag("enabled", True),
        shop_url=read_web_address(table, "shopUrl"),
        test=table.flag("test", False),
        theme=read_theme(reading, table),
        requires_message_signatures=table.flag("messageSignatures", False),
    )


def read_product(
    reading: Reading, key: str, node: yaml.Node, workflows: dict[str, CompiledWorkflow]
) -> tuple[CompiledProduct, Table]:
    """One product, and its table, in which `soldThrough` is still to be read."""
    table = reading.table(node, f'product "{key}"', "product")
    named = (refer(each, workflows, "workflow", reading.mistakes) for each in table.items("workflows"))
    chosen = [each for each in named if each is not None]
    if not table.items("workflows"):
        reading.mistakes.add(table.place("workflows"), f"{table.what} needs at least one workflow")
    row = Product(
        id=reading.id_of(table, "product", key),
        partner_id=str(reading.partner_id),
        key=key,
        name=table.text("name", key),
        description=table.text("description", "", most=5000),
        base_price=table.whole("price"),
        minimum_order_quantity=table.whole("minimumOrderQuantity", 1, least=1, most=1_000_000),
        image=digest_named(reading, table, "image", "picture"),
        model=digest_named(reading, table, "model", "model"),
        enabled=table.flag("enabled", True),
        price_breaks=read_price_breaks(reading, table),
        printing=read_printing(reading, table),
        terms=read_terms(reading, table),
        **read_rules(reading, table, chosen),
    )
    ids = tuple(dict.fromkeys(each.row.id for each in chosen))
    return CompiledProduct(row, ids), table


def read_sales(
    reading: Reading, product: Product, table: Table, integrations: dict[str, Integration]
) -> list[IntegrationProduct]:
    """The integrations a product is sold through, with the shop's own ids."""
    return [_sale(reading, product, node, integrations) for node in table.items("soldThrough")]


def _sale(
    reading: Reading, product: Product, node: yaml.Node, integrations: dict[str, Integration]
) -> IntegrationProduct:
    table = reading.table(node, '"soldThrough"', "soldThrough")
    if not table.has("integration"):
        reading.mistakes.add(node, '"soldThrough" needs "integration"')
    integration = table.reference("integration", integrations, "integration")
    external, variant = table.text("externalProductId"), table.text("externalVariantId", "")
    within = table.text("integration", "")
    reading.require_unique(node, "shop product", within, external, variant)
    return IntegrationProduct(
        id=reading.id_of(table, "sold", within, product.key, external, variant),
        integration_id=integration.id if integration else "",
        product_id=product.id,
        external_product_id=external,
        external_variant_id=variant or None,
    )


def _secrets(reading: Reading, table: Table) -> tuple[str, ...]:
    single = table.value("secret")
    nodes = [single] if single is not None else table.items("secrets")
    if single is not None and table.has("secrets"):
        reading.mistakes.add(table.place("secrets"), 'write either "secret" or "secrets"')
    if not 1 <= len(nodes) <= MOST_SECRETS:
        reading.mistakes.add(table.place("secrets"), f"{table.what} needs one secret, or two while one is exchanged")
    return tuple(read_secret(reading, node) for node in nodes)


def read_secret(reading: Reading, node: yaml.Node, *, least: int = _LEAST_SECRET_CHARACTERS) -> str:
    """The text itself, or of the environment variable it names. A mistake never shows it."""
    if isinstance(node, yaml.MappingNode):
        name = reading.table(node, '"secret"', "secret").text("env")
        value = reading.environ.get(name, "")
        if name and not value:
            reading.mistakes.add(node, f"the environment has no variable {name}")
            return ""
    else:
        value = _word(reading, node)
    if value and len(value) < least:
        reading.mistakes.add(node, f"a secret needs at least {least} characters")
    return value


def _application_key(reading: Reading, node: yaml.Node) -> ApplicationKey:
    if not isinstance(node, yaml.MappingNode):
        found = ApplicationKey(_word(reading, node))
    else:
        table = reading.table(node, '"applicationKeys"', "applicationKey")
        found = ApplicationKey(table.text("key"), table.flag("orders", False))
    reading.require_unique(node, "application key", found.value)
    return found


def _word(reading: Reading, node: yaml.Node) -> str:
    found = scalar(node, "this", reading.mistakes)
    return str(found.value) if found is not None else ""
