"""`spiff analytics` shows the funnels of all products to the operator."""

import pytest
from typer.testing import CliRunner

from spiff.cli import commands
from spiff.web.routing import Services
from tests.catalogue import small


@pytest.fixture
def environment(services: Services) -> dict[str, str]:
    return {"SPIFF_DATABASE_URL": services.settings.database}


def test_the_operator_sees_every_products_funnel(services: Services, environment: dict[str, str]) -> None:
    sold = small.apply(services)[0].integration_products[0].id

    shown = CliRunner().invoke(commands, ["analytics", "--from", "2026-01-01", "--to", "2026-01-31"], env=environment)

    assert shown.exit_code == 0, shown.output
    lines = shown.output.splitlines()
    assert lines[:2] == ["2026-01-01 to 2026-01-31", f"Card ({sold})"]
    assert "       0   reached Pattern" in lines
    assert lines[-1] == "       0 designs ordered"


def test_a_product_that_is_not_there_is_named(environment: dict[str, str]) -> None:
    found = CliRunner().invoke(commands, ["analytics", "nothing"], env=environment)

    assert "there is no integration product nothing" in str(found.exception)
