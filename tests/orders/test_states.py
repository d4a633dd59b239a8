"""What happens moves an item forward only, whatever comes late or twice; people may open another turn."""

from hypothesis import given
from hypothesis import strategies as st

from spiff.orders.states import MOVES, NEXT_TURNS, STATUSES, Status, may_begin_again, may_move, order_status

ENDS: set[Status] = {"delivered", "failed", "cancelled"}
HAPPENS: list[Status] = ["rendering", "ready", "delivering", "delivered", "failed"]
"""Where events of the machinery move an item; holding, releasing and cancelling are done by people."""
RANKS: dict[Status, int] = {
    "held": 0, "received": 0, "rendering": 1, "ready": 2, "delivering": 3, "delivered": 4, "failed": 5, "cancelled": 5,
}  # fmt: skip
EVENTS = st.lists(st.sampled_from(HAPPENS), max_size=30)
ANYTHING = st.lists(st.tuples(st.sampled_from(STATUSES), st.integers(1, 4), st.booleans()), max_size=40)


def _follow(start: Status, events: list[Status]) -> list[Status]:
    states = [start]
    for wanted in events:
        if may_move(states[-1], wanted):
            states.append(wanted)
    return states


@given(start=st.sampled_from(STATUSES), events=EVENTS)
def test_no_state_is_entered_twice_by_what_happens(start: Status, events: list[Status]) -> None:
    states = _follow(start, events)

    assert len(states) == len(set(states))


@given(start=st.sampled_from(STATUSES), events=EVENTS)
def test_a_repeated_or_late_event_moves_nothing_back(start: Status, events: list[Status]) -> None:
    states = _follow(start, events)

    assert all(not may_move(states[-1], earlier) for earlier in states if earlier in HAPPENS)


@given(start=st.sampled_from(STATUSES), asked=ANYTHING)
def test_turn_and_state_together_never_go_back(start: Status, asked: list[tuple[Status, int, bool]]) -> None:
    """Events and people in any order, with the turn that each believes to be in."""
    status, turn = start, 1
    for wanted, believed_turn, is_person in asked:
        before = (turn, RANKS[status])
        if is_person and may_begin_again(status, wanted):
            status, turn = wanted, turn + 1
        elif (is_person or believed_turn == turn) and may_move(status, wanted):
            status = wanted

        assert (turn, RANKS[status]) >= before


@given(start=st.sampled_from(STATUSES), events=st.lists(st.sampled_from(STATUSES), max_size=30))
def test_an_end_is_never_left_by_itself(start: Status, events: list[Status]) -> None:
    states = _follow(start, events)

    assert not ENDS & set(states[:-1])


def test_every_state_is_told_and_every_unfinished_one_leads_on() -> None:
    assert set(MOVES) == set(RANKS) == set(STATUSES)
    assert {status for status in STATUSES if not MOVES[status]} == ENDS


def test_nothing_is_printed_that_is_held() -> None:
    assert not may_move("held", "rendering")
    assert [status for status in STATUSES if may_move(status, "rendering")] == ["received"]


def test_what_was_cancelled_stays_cancelled_and_nothing_is_cancelled_that_was_begun() -> None:
    assert not any("cancelled" in before for before in NEXT_TURNS.values())
    assert {status for status in STATUSES if may_move(status, "cancelled")} == {"held", "received"}


@given(items=st.lists(st.sampled_from(STATUSES), min_size=1))
def test_an_order_is_where_its_last_item_is_and_failed_if_one_failed(items: list[Status]) -> None:
    status = order_status(items)

    assert status in items
    assert status == "failed" or "failed" not in items
    assert status != "cancelled" or set(items) == {"cancelled"}
