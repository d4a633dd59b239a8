"""The doors of analytics: the customiser's frame says which steps were reached, a shop's server reads funnels."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec

from spiff.analytics import operations
from spiff.analytics.model import Funnel, Period
from spiff.errors import BadRequest
from spiff.web.privacy import asks_not_to_be_followed
from spiff.web.routing import Access, Message, Reply, Request, Route, require_uuid

_MOST_STEPS = 100


class StepsReached(Message, frozen=True):
    """Steps that one visit reached for the first time."""

    integration_product_id: UUID
    workflow_id: UUID
    workflow_version: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
    steps: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=_MOST_STEPS)]


class StepReached(Message, frozen=True):
    """A step, and in how many visits it was reached."""

    step_name: str
    title: str
    reached: int


class ProductFunnel(Message, frozen=True):
    """What happened with a product in the period, each counted on the day it happened."""

    integration_product_id: str
    product_name: str
    page_sessions: int
    created: int
    completed: int
    ordered: int
    steps: list[StepReached]


class Funnels(Message, frozen=True):
    """The funnels of a period; its days are of UTC, both included."""

    first: str = msgspec.field(name="from")
    last: str = msgspec.field(name="to")
    products: list[ProductFunnel]


async def count_steps(request: Request[StepsReached]) -> Reply:
    """`POST /api/analytics/steps`: add to the day's counts. Who asked not to be followed is not counted."""
    body, settings = request.body, request.services.settings
    if asks_not_to_be_followed(request.headers):
        return Reply(status=204)
    await request.services.database.write(
        lambda work: operations.record_steps(
            work,
            str(body.integration_product_id),
            str(body.workflow_id),
            body.workflow_version,
            [str(each) for each in body.steps],
            keep_days=settings.analytics_days,
        )
    )
    return Reply(status=204)


async def read_funnel(request: Request[Any]) -> Reply:
    """`GET /api/v2/analytics/funnel`: the caller's products in a period, by default the last thirty days."""
    today = request.services.database.clock().date()
    period = Period.of(_day(request, "from"), _day(request, "to") or today)
    named = request.query.get("integrationProductId")
    wanted = require_uuid(named, "integration product") if named else None
    funnels = await request.services.database.count(
        lambda work: operations.list_funnels(request.caller, work, period, wanted)
    )
    answer = Funnels(first=str(period.first), last=str(period.last), products=[_document(each) for each in funnels])
    return Reply(answer, headers={"Cache-Control": "no-store"})


def _day(request: Request[Any], name: str) -> date | None:
    said = request.query.get(name)
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise BadRequest(f"{name} is a day such as 2026-01-31") from None


def _document(funnel: Funnel) -> ProductFunnel:
    return ProductFunnel(
        funnel.integration_product_id,
        funnel.product_name,
        funnel.page_sessions,
        funnel.created,
        funnel.completed,
        funnel.ordered,
        [StepReached(each.step_name, each.title, each.reached) for each in funnel.steps],
    )


routes: list[Route] = [
    Route(
        method="POST",
        path="/api/analytics/steps",
        handler=count_steps,
        summary="Count steps that a visit reached",
        tag="Analytics",
        body=StepsReached,
        status=204,
        refusals=(404,),
    ),
    Route(
        method="GET",
        path="/api/v2/analytics/funnel",
        handler=read_funnel,
        summary="How many came, began, got how far, finished and ordered",
        tag="Analytics",
        access=Access.SIGNED,
        answer=Funnels,
        query=("from", "to", "integrationProductId"),
        refusals=(400, 404, 422),
    ),
]
