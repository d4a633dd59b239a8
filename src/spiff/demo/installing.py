"""Makes the demo's data: applies the example catalogue and reads the keys and ids that the shop needs from it."""

from pathlib import Path

from spiff.catalogue.cli import apply_to
from spiff.catalogue.compiled import Compiled, CompiledProduct
from spiff.catalogue.compiling import compile_catalogue
from spiff.demo.ready import DemoProduct, Ready
from spiff.settings import load_settings

EXAMPLES = Path(__file__).parents[3] / "examples"
CATALOGUE = EXAMPLES / "shop" / "catalogue.yaml"


class ExamplesMissing(Exception):
    """The demo was started from an installation without the examples."""


def install(data: Path, base_url: str, shop_url: str) -> Ready:
    """Bring the data folder up to date with the example catalogue; what is there already stays."""
    if not CATALOGUE.is_file():
        raise ExamplesMissing(f"the demo needs {CATALOGUE}: start it from a checkout of the repository")
    data.mkdir(parents=True, exist_ok=True)
    compiled = compile_catalogue(CATALOGUE)
    apply_to(load_settings(data_dir=str(data), base_url=base_url), compiled)
    integration = compiled.integrations[0]
    return Ready(
        base_url=base_url,
        shop_url=shop_url,
        access_key=integration.access_key,
        secret=integration.secrets[0],
        application_key=integration.application_keys[0] if integration.application_keys else "",
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
