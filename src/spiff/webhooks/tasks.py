"""The worker's door of webhooks: follows the events, and sends. Knows HTTP, no SQL.

A job may run twice: whoever is killed between sending and writing that down sends again, under the same `webhook-id`.
"""

from functools import partial

import structlog

from spiff.auth.caller import Caller
from spiff.jobs.handlers import Handler
from spiff.storage.work import Work
from spiff.web.outgoing import Unanswered
from spiff.web.routing import Services
from spiff.web.targets import AddressRefused
from spiff.webhooks import sending
from spiff.webhooks.jobs import SEND
from spiff.webhooks.model import DELAYS_SECONDS, JITTER, Message, WebhookFailed

log = structlog.get_logger()


def follow_events(services: Services) -> int:
    """Promise every endpoint what it has not been promised yet; how many events were looked at."""
    behind = services.database.read_now(sending.list_behind)
    return sum(services.database.write_now(partial(sending.fan_out, endpoint_id=each)) for each in behind)


def on_send(services: Services, _caller: Caller, *, endpoint_id: str, event_id: str) -> None:
    """Tell an endpoint of an event. Raises WebhookFailed where it is to be tried again."""
    number = int(event_id)
    message = services.database.read_now(lambda work: sending.message(work, endpoint_id, number))
    if message is None:
        services.database.write_now(lambda work: sending.settle_missing(work, endpoint_id, number))
        return
    status, failure = _post(services, message)
    outcome = services.database.write_now(lambda work: sending.answered(work, endpoint_id, number, status, failure))
    log.info("webhook", endpoint=endpoint_id, webhook_id=f"evt_{number}", status=status, outcome=outcome)
    if outcome == "disabled":
        log.warning("webhook_endpoint_disabled", endpoint=endpoint_id, status=status)
    if outcome == "again":
        raise WebhookFailed(failure or "")


def on_given_up(_caller: Caller, work: Work, *, reason: str, endpoint_id: str, event_id: str) -> None:
    """Ten tries failed: the message becomes a dead letter."""
    sending.give_up(work, endpoint_id, int(event_id), reason)


def _post(services: Services, message: Message) -> tuple[int | None, str | None]:
    """The status of the answer, and why it is no success."""
    try:
        answer = services.outgoing.send("POST", message.url, headers=message.headers, body=message.body)
    except (Unanswered, AddressRefused) as failure:
        return None, failure.detail
    return answer.status, None if answer.accepted else f"the receiver answered {answer.status}"


handlers = {SEND: Handler(on_send, on_given_up, delays_seconds=DELAYS_SECONDS, jitter=JITTER, lane="network")}
"""The jobs of this domain, by name."""

chores = (follow_events,)
"""What is to be looked after before jobs."""
