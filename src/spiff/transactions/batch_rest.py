"""The door for designs that a server has made by the thousand. Decides nothing; each design is a matter of its own."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from spiff.errors import NotFound, SpiffError, Unavailable
from spiff.transactions import batch
from spiff.transactions.batch_documents import (
    BatchAnswer,
    BatchData,
    BatchItem,
    BatchRequest,
    BatchTransaction,
    batch_data,
    exported_steps,
)
from spiff.transactions.designing import finish_composed
from spiff.transactions.documents import completed_document
from spiff.transactions.headless import pointer_into
from spiff.transactions.quoting import WantedQuote, quote
from spiff.web.problems import FieldProblem, Problem, problem_document
from spiff.web.routing import Access, Reply, Request, Route, same_route

IN_FLIGHT = 4
"""Designs of one batch being made at a time: enough to keep processes busy, few enough to let shoppers in between."""
LONGEST_SECONDS = 120.0
"""What was not begun by then is refused: nobody waits for an answer much longer."""


async def make_transactions(request: Request[BatchRequest]) -> Reply:
    """Make every design that can be made; for each other say why not."""
    partner_id = batch.require_maker(request.caller)
    sent = request.body.transactions
    if len(sent) > batch.MOST_TRANSACTIONS:
        detail = f"a batch has at most {batch.MOST_TRANSACTIONS} transactions, {len(sent)} came"
        raise batch.TooManyTransactions(detail, limit=batch.MOST_TRANSACTIONS)
    with ROOM.taken(partner_id):
        return Reply(BatchAnswer(await _make_all(request)), headers={"Cache-Control": "no-store"})


class Room:
    """Counts the batches being made in this process, each with its request and answer in memory.

    One partner takes only a part of the room: a batch may last minutes, and others need not wait for it.
    """

    def __init__(self, most: int, most_of_one: int) -> None:
        self._most, self._most_of_one = most, most_of_one
        self._taken: Counter[str] = Counter()

    @contextmanager
    def taken(self, partner_id: str) -> Iterator[None]:
        """While one more is made. Raises Unavailable where there are enough. For the event loop alone."""
        if self._taken.total() >= self._most or self._taken[partner_id] >= self._most_of_one:
            raise Unavailable("enough batches are being made; send this one again when they are done")
        self._taken[partner_id] += 1
        try:
            yield
        finally:
            self._taken -= Counter([partner_id])


MOST_BATCHES = 4
MOST_OF_ONE = 2
ROOM = Room(MOST_BATCHES, MOST_OF_ONE)


async def _make_all(request: Request[BatchRequest]) -> list[BatchItem]:
    sent = request.body.transactions
    made: list[BatchItem] = [BatchItem()] * len(sent)
    waiting, starts = iter(enumerate(sent)), batch.Starts()
    until = asyncio.get_running_loop().time() + LONGEST_SECONDS
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(IN_FLIGHT):
                group.create_task(_make_on(request, waiting, starts, made, until))
    except ExceptionGroup as unforeseen:
        # The edge logs where a failure happened, and a group happened here.
        raise unforeseen.exceptions[0] from None
    return made


async def _make_on(
    request: Request[BatchRequest],
    waiting: Iterator[tuple[int, BatchTransaction]],
    starts: batch.Starts,
    made: list[BatchItem],
    until: float,
) -> None:
    """Make one design after the other, until none waits any more."""
    for position, sent in waiting:
        try:
            if asyncio.get_running_loop().time() >= until:
                raise Unavailable(f"this was not begun within {LONGEST_SECONDS:.0f} seconds; send it again")
            made[position] = BatchItem(data=await _make(request, sent, starts))
        except SpiffError as refusal:
            made[position] = BatchItem(problem=_problem(request, position, sent, refusal))


async def _make(request: Request[BatchRequest], sent: BatchTransaction, starts: batch.Starts) -> BatchData:
    services, caller, base_url = request.services, request.caller, request.services.settings.base_url
    database, files, wanted = services.database, services.files, sent.wanted()
    begun = await database.read(lambda work: batch.begin(caller, work, base_url, wanted, starts))
    workflow = begun.start.published.workflow
    composed = await asyncio.to_thread(batch.composed, files, begun)
    finished = await finish_composed(files, services.rendering, workflow, composed, begun.proxies)
    transaction, design = await database.write(lambda work: batch.keep(caller, work, begun, composed, finished))
    quoted = await database.read(lambda work: quote(work, base_url, transaction, design, WantedQuote()))
    exported = exported_steps(workflow, composed.answers, composed.resources)
    return batch_data(completed_document(base_url, design, quoted), design, exported)


def _problem(request: Request[BatchRequest], position: int, sent: BatchTransaction, refusal: SpiffError) -> Problem:
    """The problem of one transaction, with pointers into the whole request."""
    problem = msgspec.convert(problem_document(refusal, request.request_id), Problem)
    here, steps, found = f"/transactions/{position}", sent.sent_steps(), problem.errors
    if isinstance(refusal, NotFound) and not found:  # nothing else of a batch is looked up by an id
        found = [FieldProblem("/integrationProductId", refusal.code, refusal.detail)]
    errors = [msgspec.structs.replace(each, pointer=here + pointer_into(steps, each.pointer)) for each in found]
    return msgspec.structs.replace(problem, errors=errors)


routes: list[Route] = [
    *same_route(
        "/api/batchtransactions",
        "/transactions",
        method="POST",
        handler=make_transactions,
        summary="Make finished designs without a shopper, up to 1000 at once; each is made whole or not at all",
        tag="Designing",
        access=Access.SIGNED,
        body=BatchRequest,
        answer=BatchAnswer,
        refusals=(422,),
        body_limit=lambda settings: settings.order_body_limit_bytes,
    )
]
