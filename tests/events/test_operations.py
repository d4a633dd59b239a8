"""Events are kept with their change, in order, and listed from a cursor."""

from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from spiff.events.model import EVENT_TYPES, EventType
from spiff.events.operations import list_events, record_event
from spiff.events.store import events
from spiff.storage.database import Database
from spiff.storage.work import Work, random_id

PARTNER, INTEGRATION, OTHER = random_id(), random_id(), random_id()


def _record(work: Work, type_: EventType, number: int, integration_id: str = INTEGRATION) -> None:
    record_event(work, type_, random_id(), partner_id=PARTNER, integration_id=integration_id, number=number)


def _refused(work: Work) -> None:
    _record(work, "order.received", 0)
    raise ValueError("refused")


def test_an_event_is_kept_if_and_only_if_its_change_is(database: Database) -> None:
    with pytest.raises(ValueError, match="refused"):
        database.write_now(_refused)
    database.write_now(lambda work: _record(work, "order.received", 1))

    found = database.read_now(list_events)

    assert [(event.type, event.payload) for event in found] == [("order.received", {"number": 1})]


def test_events_are_listed_from_a_cursor_in_the_order_they_were_committed(database: Database) -> None:
    for number in range(5):
        database.write_now(partial(_record, type_="item.held", number=number))

    first = database.read_now(lambda work: list_events(work, limit=2))
    rest = database.read_now(lambda work: list_events(work, after=first[-1].id))

    assert [event.payload["number"] for event in (*first, *rest)] == [0, 1, 2, 3, 4]


def test_events_are_listed_by_integration_and_type(database: Database) -> None:
    def write(work: Work) -> None:
        _record(work, "item.held", 1)
        _record(work, "item.failed", 2)
        _record(work, "item.held", 3, OTHER)

    database.write_now(write)

    found = database.read_now(lambda work: list_events(work, integration_id=INTEGRATION, types=["item.held"]))

    assert [event.payload["number"] for event in found] == [1]


def test_ids_of_removed_events_are_never_given_again(database: Database) -> None:
    database.write_now(lambda work: _record(work, "item.held", 1))
    before = database.read_now(list_events)[-1].id
    database.write_now(lambda work: work.connection.execute(events.delete()).rowcount)

    database.write_now(lambda work: _record(work, "item.held", 2))

    assert database.read_now(lambda work: work.connection.execute(select(func.min(events.c.id))).scalar_one()) > before


def test_every_event_is_in_the_reference() -> None:
    page = (Path(__file__).parents[2] / "docs" / "events.md").read_text("utf-8")

    assert [name for name in EVENT_TYPES if f"`{name}`" not in page] == []
