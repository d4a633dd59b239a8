"""Ids are unguessable UUIDs, whoever asks for them."""

import os
import uuid
from concurrent.futures import ThreadPoolExecutor

from spiff.storage.work import random_id


def test_an_id_is_a_uuid_of_version_4_in_its_canonical_form() -> None:
    for _ in range(1000):
        text = random_id()

        assert str(uuid.UUID(text)) == text
        assert (uuid.UUID(text).version, uuid.UUID(text).variant) == (4, uuid.RFC_4122)


def test_no_id_is_given_twice_however_many_threads_ask() -> None:
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(lambda _: random_id(), range(20_000)))

    assert len(set(drawn)) == 20_000


def test_a_forked_child_does_not_give_out_the_ids_of_its_parent() -> None:
    random_id()
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        os.write(writing, "".join(random_id() for _ in range(300)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)

    assert len(said) == 36 * 300
    assert not {said[at : at + 36] for at in range(0, len(said), 36)} & {random_id() for _ in range(300)}
