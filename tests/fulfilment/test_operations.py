from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from spiff.fulfilment.model import PrintFile
from spiff.fulfilment.operations import attach_print_files, list_print_files
from spiff.storage.database import Database
from spiff.storage.work import random_id

ITEM = random_id()
FRONT = PrintFile(ITEM, 0, "front", "pdf", "a" * 64, 10)
BACK = PrintFile(ITEM, 1, "back", "pdf", "b" * 64, 20)


def test_print_files_are_listed_by_item_in_the_order_of_their_panels(database: Database) -> None:
    other = random_id()
    database.write_now(lambda work: attach_print_files(work, [BACK, FRONT]))

    found = database.read_now(lambda work: list_print_files(work, [ITEM, other]))

    assert found == {ITEM: [FRONT, BACK], other: []}


def test_a_panel_has_one_file_of_a_format(database: Database) -> None:
    def attach_twice(work: Any) -> None:
        attach_print_files(work, [FRONT])
        attach_print_files(work, [FRONT])

    with pytest.raises(IntegrityError):
        database.write_now(attach_twice)

    assert database.read_now(lambda work: list_print_files(work, [ITEM])) == {ITEM: []}
