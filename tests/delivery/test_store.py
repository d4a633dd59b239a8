"""What agents ask all day long goes by an index, however many files wait for one that is away."""

from spiff.delivery import store
from spiff.delivery.operations import LEASE
from spiff.storage.database import Database
from spiff.storage.work import random_id
from tests.storage.plans import plan_of


def test_all_that_waited_for_an_agent_was_sorted_whenever_it_asked(database: Database) -> None:
    plan = plan_of(database, lambda work: store.lease_next(work, random_id(), LEASE))

    assert "ix_deliveries_channel_id_status_created_at" in plan
    assert "SORT" not in plan.upper()
    assert "TEMP B-TREE" not in plan
