"""What may be done with counts: add steps that were reached, read funnels. Knows no HTTP, and no visitor."""

from collections import Counter
from collections.abc import Collection
from datetime import timedelta

from spiff.analytics import store
from spiff.analytics.model import Funnel, Period, StepCount
from spiff.auth.caller import Caller, Scope
from spiff.catalogue import operations as catalogue
from spiff.composing.workflow import Workflow
from spiff.errors import Invalid, NotFound
from spiff.storage.work import Work
from spiff.transactions.model import Abandoned


def record_steps(
    work: Work,
    integration_product_id: str,
    workflow_id: str,
    version: int,
    step_names: Collection[str],
    *,
    keep_days: int,
) -> None:
    """Count a visit's steps, and forget days that are older than is kept. Raises NotFound, Invalid."""
    offer = catalogue.get_offer(work, integration_product_id)
    if workflow_id not in {name.id for name, _ in offer.workflows}:
        raise NotFound(f"the product has no workflow {workflow_id}")
    workflow = catalogue.get_published(work, workflow_id, version).workflow
    if unknown := set(step_names) - {step.step_name for step in workflow.steps}:
        raise Invalid(f"the workflow has no step {min(unknown)!r}")
    if keep_days:
        store.add_reached(work, work.now.date(), integration_product_id, set(step_names))
    store.remove_before(work, work.now.date() - timedelta(days=keep_days))


def list_funnels(caller: Caller, work: Work, period: Period, integration_product_id: str | None) -> list[Funnel]:
    """The funnels of the products that the caller's integration sells, or of one. Raises NotFound, Unauthorized."""
    _, integration_id = caller.require(Scope.ORDERS_READ)
    return _funnels(work, period, store.list_sold(work, integration_id), integration_product_id)


def list_all_funnels(work: Work, period: Period, integration_product_id: str | None) -> list[Funnel]:
    """The same for the operator, who sees everybody's products."""
    return _funnels(work, period, store.list_sold(work, None), integration_product_id)


def keep_counts(work: Work, abandoned: Collection[Abandoned]) -> None:
    """Go on counting designs that are removed in this transaction: each on the day it was begun, and last finished."""
    begun = Counter((each.begun, each.integration_product_id) for each in abandoned)
    finished = Counter((each.finished, each.integration_product_id) for each in abandoned if each.finished)
    for key in sorted({*begun, *finished}):
        store.add_past(work, *key, begun=begun[key], finished=finished[key])


def _funnels(work: Work, period: Period, sold: dict[str, str], wanted: str | None) -> list[Funnel]:
    if wanted is not None and wanted not in sold:
        raise NotFound(f"there is no integration product {wanted}")
    sessions, created = store.count_page_sessions(work, period), store.count_created(work, period)
    completed, ordered = store.count_completed(work, period), store.count_ordered(work, period)
    return [
        Funnel(
            integration_product_id=each,
            product_name=name,
            page_sessions=sessions.get(each, 0),
            created=created.get(each, 0),
            completed=completed.get(each, 0),
            ordered=ordered.get(each, 0),
            steps=_steps(work, period, each),
        )
        for each, name in sold.items()
        if wanted in {None, each}
    ]


def _steps(work: Work, period: Period, integration_product_id: str) -> tuple[StepCount, ...]:
    """The steps that shoppers see, in their order; what newer versions do not have any more is left out."""
    reached = store.count_steps(work, period, integration_product_id)
    workflows = [
        catalogue.get_published(work, version.workflow_id, version.number).workflow
        for _, version in catalogue.get_offer(work, integration_product_id).workflows
    ]
    shown = {name: title for workflow in workflows for name, title in _shown(workflow).items()}
    return tuple(StepCount(name, title, reached.get(name, 0)) for name, title in shown.items())


def _shown(workflow: Workflow) -> dict[str, str]:
    titles = {step.step_name: step.step_title for step in workflow.steps if not step.silent}
    return {name: titles[name] for scene in workflow.scenes for name in scene.step_names if name in titles}
