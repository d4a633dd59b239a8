"""Applying a catalogue file: all or nothing, twice the same as once, versions that never change."""

from pathlib import Path

import pytest

from spiff.assets import operations as assets
from spiff.catalogue import applying, operations
from spiff.catalogue.applying import Change
from spiff.catalogue.compiling import compile_catalogue
from spiff.composing.steps.registry import KINDS
from spiff.composing.workflow import Condition, ProductOverlayStep, Workflow
from spiff.errors import Conflict, NotFound
from spiff.merchants import operations as merchants
from spiff.web.routing import Services
from tests.catalogue import small

EXAMPLE = Path(__file__).parents[2] / "examples" / "shop" / "catalogue.yaml"


def _verbs(changes: list[Change]) -> dict[str, str]:
    return {change.part: change.verb for change in changes}


def test_applying_twice_changes_nothing(services: Services) -> None:
    first = small.apply(services)[1]

    again = small.apply(services)[1]

    assert {change.verb for change in first} == {"created"}
    assert {change.verb for change in again} == {"unchanged"}


def test_a_changed_workflow_becomes_a_new_version_and_the_old_one_stays(services: Services) -> None:
    workflow = small.apply(services)[0].workflows[0]

    changes = small.apply(services, small.TEXT.replace("maxLength: 20", "maxLength: 30"))[1]

    assert _verbs(changes) | {"workflow": "changed"} == {
        **dict.fromkeys(_verbs(changes), "unchanged"),
        "workflow": "changed",
    }
    read = services.database.read_now
    assert read(lambda work: operations.get_published(work, workflow.row.id, 1)).workflow == workflow.workflow
    second = read(lambda work: operations.get_published(work, workflow.row.id, 2)).workflow
    assert second != workflow.workflow
    assert [step.step_name for step in second.steps] == [step.step_name for step in workflow.workflow.steps]
    with pytest.raises(NotFound):
        read(lambda work: operations.get_published(work, workflow.row.id, 3))


def test_a_changed_price_keeps_the_ids_in_the_pages(services: Services) -> None:
    before = small.apply(services)[0].integration_products[0]

    found, changes = small.apply(services, small.TEXT.replace("price: 1200", "price: 1300"))

    assert found.integration_products[0] == before
    assert [str(change) for change in changes if change.verb == "changed"] == [
        "changed   product card: base_price 1200 -> 1300"
    ]


def test_planning_changes_nothing(services: Services, tmp_path: Path) -> None:
    compiled = small.compiled(tmp_path)

    plan = services.database.read_now(lambda work: applying.plan(work, compiled))

    assert {change.verb for change in plan} == {"created"}
    found = services.database.read_now(lambda work: merchants.find_partner(work, compiled.partner.id))
    assert found is None


def test_a_report_never_shows_a_secret(services: Services) -> None:
    small.apply(services)

    changes = small.apply(services, small.TEXT.replace("{env: TEST_SECRET}", "another-secret-entirely"))[1]

    report = " ".join(map(str, changes))
    assert "secrets changes" in report
    assert "another-secret-entirely" not in report
    assert small.ENVIRON["TEST_SECRET"] not in report


def test_what_belongs_to_another_partner_is_refused_and_nothing_is_applied(services: Services, tmp_path: Path) -> None:
    small.apply(services)
    other = small.compiled(tmp_path, small.TEXT.replace("Test & Sons", "Other Ltd"))

    with pytest.raises(Conflict, match="Test shop"):
        services.database.write_now(lambda work: applying.apply(work, other))

    assert services.database.read_now(lambda work: merchants.find_partner(work, other.partner.id)) is None


def test_an_explicit_id_is_kept(tmp_path: Path) -> None:
    wanted = "11111111-1111-4111-8111-111111111111"

    found = small.compiled(tmp_path, small.TEXT.replace("{integration: shop,", f"{{id: {wanted}, integration: shop,"))

    assert found.integration_products[0].id == wanted


def test_a_step_without_scenes_is_a_scene_of_its_own(tmp_path: Path) -> None:
    text = small.TEXT.replace("    scenes:\n      - {name: All, steps: [ground, pattern, name, box, wish]}\n", "")

    workflow = small.compiled(tmp_path, text).workflows[0].workflow

    assert [scene.name for scene in workflow.scenes] == ["Ground", "Pattern", "Name", "Box", "Wish"]


def test_the_example_catalogue_has_no_mistakes_and_what_it_promises() -> None:
    compiled = compile_catalogue(EXAMPLE, {})

    assert [product.row.key for product in compiled.products] == ["mug", "badge", "poster", "tote", "stickers"]
    workflows = [each.workflow for each in compiled.workflows]
    kinds = {type(step) for workflow in workflows for step in workflow.steps}
    assert set(KINDS) - kinds == {ProductOverlayStep}
    assert any(condition.required_variant_metafields for condition in _conditions(workflows))
    assert any(condition.required_variant_selections for condition in _conditions(workflows))
    for workflow in workflows:
        assert len(workflow.scenes) >= 2
    for workflow in workflows[:2]:
        fonts = {v.asset for option in workflow.options if option.type == "Font" for v in option.variants}
        assert len(fonts) >= 2
        assert any(variant.price_modifier for option in workflow.options for variant in option.variants)


def _conditions(workflows: list[Workflow]) -> list[Condition]:
    return [condition for workflow in workflows for step in workflow.steps for condition in step.conditions]


def test_a_font_is_recorded_with_its_family_its_characters_and_a_preview(services: Services) -> None:
    compiled = small.apply(services)[0]
    font = next(asset for asset in compiled.files if asset.kind == "font")

    file = services.database.read_now(lambda work: assets.get_file(work, font.sha256))
    preview = services.database.read_now(lambda work: assets.get_file(work, file.proxy or ""))

    assert (file.family, str(file.coverage).split(",")[:3]) == ("Pacifico", ["U+0", "U+D", "U+20-7E"])
    assert preview.kind == "drawing"
