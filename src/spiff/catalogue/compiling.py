"""Compiles a catalogue file: YAML in, rows, documents and files out, or all of its mistakes. Knows no database."""

import os
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from spiff.assets.inspecting import intake_pool
from spiff.catalogue.advising import advise
from spiff.catalogue.channels import Channel
from spiff.catalogue.compiled import Compiled, CompiledProduct, CompiledWorkflow
from spiff.catalogue.mistakes import CatalogueMistaken, lines_of
from spiff.catalogue.model import IntegrationProduct
from spiff.catalogue.proofreading import proofread
from spiff.catalogue.reading.assets import read_asset
from spiff.catalogue.reading.channels import read_channel, read_delivery
from spiff.catalogue.reading.options import read_option
from spiff.catalogue.reading.products import read_integration, read_partner, read_product, read_sales
from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.webhooks import read_webhook
from spiff.catalogue.reading.workflows import read_workflow
from spiff.catalogue.source import read_source
from spiff.catalogue.tables import Table
from spiff.merchants.model import Integration
from spiff.rendering.processes.pool import RenderPool

T = TypeVar("T")


def compile_catalogue(
    file: Path, environ: Mapping[str, str] = os.environ, *, intake: RenderPool | None = None
) -> Compiled:
    """What the file says. Raises CatalogueMistaken with every mistake in it.

    Its assets are looked through in the processes of `intake`, without one in processes of its own.
    """
    source = read_source(file)
    with nullcontext(intake) if intake else intake_pool() as pool:
        return _checked(Reading(file, environ, pool), source)


def _checked(reading: Reading, source: yaml.Node) -> Compiled:
    compiled = _compile(reading, source)
    if not reading.mistakes:
        proofread(reading, compiled)
    if reading.mistakes:
        raise CatalogueMistaken(str(reading.file), reading.mistakes.found)
    advise(reading, compiled)
    return replace(compiled, notes=lines_of(reading.notes.found, str(reading.file)))


def _compile(reading: Reading, root: yaml.Node) -> Compiled:
    table = reading.table(root, "a catalogue", "catalogue")
    partner_node = table.value("partner")
    if partner_node is None:
        reading.mistakes.add(root, 'a catalogue needs "partner"')
    partner = read_partner(reading, partner_node or yaml.MappingNode("", [], root.start_mark))
    reading.assets = _each(table, "assets", lambda key, node: read_asset(reading, key, node))
    integrations = _each(table, "integrations", lambda key, node: read_integration(reading, key, node))
    webhooks = _each(table, "webhooks", lambda key, node: read_webhook(reading, key, node, integrations))
    channels = _each(table, "channels", lambda key, node: read_channel(reading, key, node))
    ways = {key: channel for key, channel in channels.items() if channel is not None}
    reading.options = _each(table, "options", lambda key, node: read_option(reading, key, node))
    workflows = _each(table, "workflows", lambda key, node: read_workflow(reading, key, node))
    products, sales = _products(reading, table, workflows, integrations, ways)
    files = {file.sha256: file for asset in reading.assets.values() for file in (asset, asset.proxy) if file}
    return Compiled(
        partner,
        tuple(integrations.values()),
        tuple(ways.values()),
        tuple(files.values()),
        tuple(workflows.values()),
        products,
        sales,
        tuple(each for each in webhooks.values() if each is not None),
    )


def _each(table: Table, part: str, read: Callable[[str, yaml.Node], T]) -> dict[str, T]:
    return {key: read(key, node) for key, _, node in table.entries(part)}


def _products(
    reading: Reading,
    table: Table,
    workflows: dict[str, CompiledWorkflow],
    integrations: dict[str, Integration],
    channels: dict[str, Channel],
) -> tuple[tuple[CompiledProduct, ...], tuple[IntegrationProduct, ...]]:
    read = _each(table, "products", lambda key, node: read_product(reading, key, node, workflows))
    products: list[CompiledProduct] = []
    sales: list[IntegrationProduct] = []
    for product, within in read.values():
        delivery = read_delivery(reading, within, integrations, channels)
        products.append(replace(product, row=msgspec.structs.replace(product.row, delivery=delivery)))
        sales += read_sales(reading, product.row, within, integrations)
    return tuple(products), tuple(sales)
