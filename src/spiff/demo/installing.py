"""Reads the example catalogue: the keys and ids that the shop needs, and what goes into the database."""

from dataclasses import replace
from pathlib import Path

from msgspec import structs

from spiff.catalogue.cli import apply_to
from spiff.catalogue.compiled import Compiled, CompiledProduct
from spiff.catalogue.compiling import compile_catalogue
from spiff.demo.ready import DemoProduct, Ready
from spiff.settings import load_settings

EXAMPLES = Path(__file__).parents[3] / "examples"
CATALOGUE = EXAMPLES / "shop" / "catalogue.yaml"


class ExamplesMissing(Exception):
    """The demo was started from an installation without the examples."""


def require_examples() -> None:
    """Raise ExamplesMissing where there are none."""
    if not CATALOGUE.is_file():
        raise ExamplesMissing(f"the demo needs {CATALOGUE}: start it from a checkout of the repository")


def read_catalogue() -> Compiled:
    """The example catalogue with its files."""
    return compile_catalogue(CATALOGUE)


def apply_catalogue(compiled: Compiled, data: Path, shop_url: str) -> None:
    """Bring the data up to date with the catalogue; all else that is there stays."""
    compiled = replace(
        compiled, integrations=tuple(structs.replace(each, shop_url=shop_url) for each in compiled.integrations)
    )
    apply_to(load_settings(data_dir=str(data)), compiled)


def describe(compiled: Compiled, base_url: str, shop_url: str) -> Ready:
    """What the shop and scripts need to know."""
    integration = compiled.integrations[0]
    return Ready(
        base_url=base_url,
        shop_url=shop_url,
        access_key=integration.access_key,
        secret=integration.secrets[0],
        application_key=integration.application_keys[0].value if integration.application_keys else "",
        products=_products(compiled, integration.id),
    )


def _products(compiled: Compiled, integration_id: str) -> tuple[DemoProduct, ...]:
    by_id: dict[str, CompiledProduct] = {each.row.id: each for each in compiled.products}
    sold = [each for each in compiled.integration_products if each.integration_id == integration_id]
    return tuple(
        DemoProduct(
            name=by_id[each.product_id].row.name,
            integration_product_id=each.id,
            workflow_id=by_id[each.product_id].workflow_ids[0],
        )
        for each in sold
    )
