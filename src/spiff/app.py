"""Puts the parts together: the only place that knows all of them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route as HttpRoute
from starlette.types import ASGIApp

from spiff.analytics.rest import routes as analytics_routes
from spiff.assets.inspecting import intake_pool
from spiff.assets.page_parts import routes as part_routes
from spiff.assets.pinned import keep_script
from spiff.assets.pinned import routes as pinned_routes
from spiff.assets.rest import routes as asset_routes
from spiff.catalogue.rest import routes as catalogue_routes
from spiff.delivery.agent_rest import routes as agent_routes
from spiff.delivery.tasks import handlers as delivery_handlers
from spiff.errors import NotFound, SpiffError
from spiff.events.rest import routes as event_routes
from spiff.graphql.rest import routes as graphql_routes
from spiff.housekeeping.tasks import chores as housekeeping_chores
from spiff.housekeeping.tasks import handlers as housekeeping_handlers
from spiff.jobs.worker import Worker
from spiff.known_types import learn_types
from spiff.merchants.authentication import authenticate
from spiff.orders.rest import routes as order_routes
from spiff.orders.steering_rest import routes as steering_routes
from spiff.orders.tasks import handlers as order_handlers
from spiff.pricing.operations import ensure_key
from spiff.pricing.rest import routes as price_routes
from spiff.rendering.processes.pool import RenderPool
from spiff.settings import Settings
from spiff.short_links.rest import routes as short_link_routes
from spiff.storage.clock import clock_beside, utc_now
from spiff.storage.database import Database
from spiff.storage.files import FileStore
from spiff.storage.migrating import migrate
from spiff.transactions.batch_rest import routes as batch_routes
from spiff.transactions.links_rest import routes as link_routes
from spiff.transactions.rest import routes as transaction_routes
from spiff.transactions.uploads_rest import routes as upload_routes
from spiff.web.doors import Door, StraightIn
from spiff.web.edge import Endpoint, new_request_id, problem_reply
from spiff.web.installs import routes as install_routes
from spiff.web.limits import RATE_HEADERS, Limits
from spiff.web.nothing import is_read_by_a_person, nothing_here
from spiff.web.outgoing import Outgoing
from spiff.web.pages import description_routes
from spiff.web.pages import routes as page_routes
from spiff.web.routing import Access, Reply, Route, Services
from spiff.webhooks.rest import routes as webhook_routes
from spiff.webhooks.tasks import chores as webhook_chores
from spiff.webhooks.tasks import handlers as webhook_handlers

domain_routes: list[Route] = [
    *catalogue_routes,
    *asset_routes,
    *pinned_routes,
    *part_routes,
    *transaction_routes,
    *upload_routes,
    *link_routes,
    *batch_routes,
    *order_routes,
    *steering_routes,
    *agent_routes,
    *price_routes,
    *event_routes,
    *webhook_routes,
    *analytics_routes,
    *install_routes,
    *short_link_routes,
    *page_routes,
    *graphql_routes,
]

handlers = {**webhook_handlers, **order_handlers, **delivery_handlers, **housekeeping_handlers}
"""What the worker knows to do, by job name."""

chores = (*webhook_chores, *housekeeping_chores)
"""What it looks after before it looks for jobs."""


# Here, and not in a function: now everything is imported, and nothing runs in a thread yet.
learn_types()

WAITING_UPLOADS = 4
"""Each waits with all of its bytes in memory."""


def open_services(settings: Settings) -> Services:
    """Database (brought up to date), file store and child processes of an installation. Close them when done."""
    migrate(settings.database)
    return Services(
        settings=settings,
        database=Database(
            settings.database, clock=clock_beside(settings.clock_file) if settings.clock_file else utc_now
        ),
        files=FileStore(settings.files),
        rendering=RenderPool(settings.render_processes),
        intake=intake_pool(settings.intake_processes, most_waiting=WAITING_UPLOADS),
        outgoing=Outgoing(allow_private=settings.webhooks_allow_private),
    )


def close_services(services: Services) -> None:
    """Let go of everything `open_services` took."""
    services.intake.close()
    services.rendering.close()
    services.database.close()


def make_worker(services: Services) -> Worker:
    """A worker that knows every job of this platform."""
    return Worker(services, handlers, chores=chores, lease_seconds=services.settings.job_lease_seconds)


def create_app(services: Services, *, worker: Worker | None = None) -> ASGIApp:
    """The platform as an ASGI application; `worker`, where given, lives and ends with it."""
    routes = [*domain_routes, *description_routes(domain_routes, services.settings.base_url)]

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await services.database.write(ensure_key)
        await asyncio.to_thread(keep_script, services)
        if worker is not None:
            worker.start()
        yield
        if worker is not None:
            worker.stop()

    doors = _doors(routes, services)
    app = Starlette(
        routes=[HttpRoute(path, door, methods=list(door.endpoints)) for path, door in doors.items()],
        middleware=[Middleware(CORSMiddleware, **_CORS)],
        exception_handlers={HTTPException: _http_exception},
        lifespan=lifespan,
    )
    # A redirect would repeat whatever host the caller claimed, and a signed request could not follow it anyway.
    app.router.redirect_slashes = False
    return StraightIn(app, _for_servers(doors))


_CORS: dict[str, Any] = {
    # Public on purpose: nothing here rides on cookies, and designing works from any shop's page.
    "allow_origins": ["*"],
    "allow_methods": ["GET", "POST", "PATCH", "PUT"],
    # Any: uploads declare Cache-Control (contract/rest.md 10), and what else clients add gives nobody more rights.
    "allow_headers": ["*"],
    "expose_headers": ["ETag", "Location", "X-Request-Id", "Idempotent-Replayed", "Retry-After", *RATE_HEADERS],
    "max_age": 86400,
}


def _doors(routes: Sequence[Route], services: Services) -> dict[str, Door]:
    by_path: dict[str, dict[str, Endpoint]] = {}
    limits = Limits(services.settings)
    for route in routes:
        by_path.setdefault(route.path, {})[route.method] = Endpoint(route, services, authenticate, limits)
    return {path: Door(endpoints) for path, endpoints in by_path.items()}


def _for_servers(doors: dict[str, Door]) -> dict[tuple[str, str], Endpoint]:
    """Signed doors with no parameter in their path, by method and path."""
    return {
        (method, path): endpoint
        for path, door in doors.items()
        for method, endpoint in door.endpoints.items()
        if endpoint.route.access in {Access.SIGNED, Access.EITHER} and "{" not in path
    }


async def _http_exception(http: HttpRequest, failure: Exception) -> Response:
    """Paths and methods that no route serves, in the one error shape."""
    assert isinstance(failure, HTTPException)
    if failure.status_code == 404 and http.method in {"GET", "HEAD"} and is_read_by_a_person(http.headers):
        return _response(nothing_here())
    if failure.status_code == 404:
        return _problem(NotFound(f"there is nothing at {http.url.path}"))
    refusal = SpiffError(f"{http.method} is not served at {http.url.path}")
    refusal.status, refusal.code, refusal.title = failure.status_code, "method-not-allowed", "Method not allowed"
    refusal.headers = dict(failure.headers or {})
    return _problem(refusal)


def _problem(failure: SpiffError) -> Response:
    return _response(problem_reply(failure, new_request_id()))


def _response(reply: Reply) -> Response:
    return Response(reply.body, reply.status, dict(reply.headers), reply.media_type)
