from hypothesis import given
from hypothesis import strategies as st

from spiff.orders.states import MOVES, STATUSES, Status, may_move, order_status, sources

EVENTS = st.lists(st.sampled_from(STATUSES), max_size=30)
ENDS: set[Status] = {"delivered", "failed"}


def _follow(start: Status, events: list[Status]) -> list[Status]:
    states = [start]
    for wanted in events:
        if may_move(states[-1], wanted):
            states.append(wanted)
    return states


@given(start=st.sampled_from(STATUSES), events=EVENTS)
def test_no_state_is_ever_entered_twice(start: Status, events: list[Status]) -> None:
    states = _follow(start, events)

    assert len(states) == len(set(states))


@given(start=st.sampled_from(STATUSES), events=EVENTS)
def test_a_repeated_or_late_event_moves_nothing_back(start: Status, events: list[Status]) -> None:
    states = _follow(start, events)

    assert all(not may_move(states[-1], earlier) for earlier in states)


@given(start=st.sampled_from(STATUSES), events=EVENTS)
def test_an_end_is_never_left(start: Status, events: list[Status]) -> None:
    states = _follow(start, events)

    assert not ENDS & set(states[:-1])


def test_every_state_is_told_and_every_unfinished_one_leads_on() -> None:
    assert set(MOVES) == set(STATUSES)
    assert {status for status in STATUSES if not MOVES[status]} == ENDS


def test_nothing_is_printed_that_is_held() -> None:
    assert not may_move("held", "rendering")
    assert sources("rendering") == ("received",)


@given(items=st.lists(st.sampled_from(STATUSES), min_size=1))
def test_an_order_is_where_its_last_item_is_and_failed_if_one_failed(items: list[Status]) -> None:
    status = order_status(items)

    assert status in items
    assert status == "failed" or "failed" not in items
