"""`compose`: a workflow version and a shopper's answers become a scene and findings (docs/composing.md). Pure."""

from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec.structs import replace

from spiff.composing.answers import Answers, Finding
from spiff.composing.checking import step_findings, unknown_steps
from spiff.composing.grounds import Grounds
from spiff.composing.kinds import Drawing, Drawn
from spiff.composing.preflight import Preflight
from spiff.composing.resources import NO_CONTEXT, Context, Resources
from spiff.composing.scene import Scene, ScenePanel
from spiff.composing.selection import Selection, made_panels, selections
from spiff.composing.steps.registry import kind_of
from spiff.composing.workflow import Panel, Workflow


class Composition(NamedTuple):
    """What is drawn, and what keeps it from being finished or from printing well."""

    scene: Scene
    findings: tuple[Finding, ...]


class Needed(NamedTuple):
    """The files `compose` will ask for, by digest."""

    fonts: frozenset[str]
    drawings: frozenset[str]


def compose(workflow: Workflow, answers: Answers, resources: Resources) -> Composition:
    """The scene of these answers and all findings. Equal input gives equal bytes on every machine.

    Raises ResourceMissing where something that `needed` names was not handed over.
    """
    selected = selections(workflow, answers, resources.context)
    made = made_panels(workflow, selected)
    if made != workflow.panels:  # what is drawn there is neither made nor looked at
        workflow = replace(workflow, panels=made)
        selected = selections(workflow, answers, resources.context)
    drawings = [kind_of(each).draw(each, resources) if each.active else Drawing() for each in selected]
    ordered = sorted((each for drawing in drawings for each in drawing.drawn), key=_height)
    findings: list[Finding] = []
    preflight = Preflight(workflow, resources.context, Grounds(workflow.panels, ordered))
    for selection, drawing in zip(selected, drawings, strict=True):
        findings.extend(step_findings(selection, drawing.found))
        printing = preflight.look(selection, drawing.drawn)
        findings.extend(Finding(selection.step.step_name, *each) for each in printing)
    findings.extend(unknown_steps(workflow, answers))
    return Composition(Scene(tuple(_panel(panel, ordered) for panel in workflow.panels)), tuple(findings))


def needed(workflow: Workflow, answers: Answers, context: Context = NO_CONTEXT) -> Needed:
    """The files to load before composing."""
    active = [each for each in selections(workflow, answers, context) if each.active]
    return Needed(
        _digests(active, lambda each: kind_of(each).fonts(each)),
        _digests(active, lambda each: kind_of(each).drawings(each)),
    )


def _height(drawn: Drawn) -> tuple[bool, int, int]:
    return drawn.above, drawn.region.layer, drawn.region.layer_index


def _digests(active: list[Selection[Any]], of: Callable[[Selection[Any]], Any]) -> frozenset[str]:
    return frozenset(digest for each in active for digest in of(each))


def _panel(panel: Panel, ordered: list[Drawn]) -> ScenePanel:
    elements = tuple(each.element for each in ordered if each.region.panel == panel.name)
    return ScenePanel(panel.name, panel.width, panel.height, panel.bleed, panel.background, elements)
