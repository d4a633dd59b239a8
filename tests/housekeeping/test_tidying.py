"""What nobody ordered goes after its time, with its files; nothing that is needed ever goes, whoever comes between."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event

import msgspec
import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from spiff.assets.model import File
from spiff.assets.operations import record_file, record_for_good
from spiff.catalogue.store import save
from spiff.composing.scene import Scene
from spiff.errors import NotFound
from spiff.housekeeping.jobs import EVERY
from spiff.housekeeping.model import Tidied
from spiff.housekeeping.tidying import Tidying
from spiff.jobs.model import jobs
from spiff.jobs.worker import Worker
from spiff.orders.ordered import list_ordered
from spiff.orders.placing import place_order
from spiff.orders.reading import OrderLine, OrderRequest, read_order
from spiff.storage.database import Database
from spiff.storage.files import FileStore
from spiff.storage.work import Work, random_id
from spiff.transactions import store
from spiff.transactions.model import Upload
from spiff.web.routing import Services
from tests.clock import Clock
from tests.orders.shops import SCENE, Shop

Tidy = Callable[..., Tidied]
LONG = timedelta(days=61)
LATER = timedelta(days=3)


@pytest.fixture
def tidy(services: Services) -> Tidy:
    """Tidies up as of now."""

    def now(*, pretend: bool = False) -> Tidied:
        doing = Tidying(services.settings, services.database, services.files, pretend=pretend)
        return doing.tidy(services.database.clock())

    return now


def scene(colour: str) -> Scene:
    front, *others = SCENE.panels
    return Scene(panels=(msgspec.structs.replace(front, background=colour), *others))


def scene_of(shop: Shop, transaction_id: str) -> str:
    """The digest of the finished scene."""
    query = select(store.designs.c.scene_digest).where(store.designs.c.transaction_id == transaction_id)
    return str(shop.services.database.read_now(lambda work: work.connection.execute(query).scalar_one()))


def upload(shop: Shop, transaction_id: str, data: bytes) -> str:
    """A shopper's picture; its digest."""
    digest = shop.services.files.put(data)

    def write(work: Work) -> None:
        record_file(work, File(digest, "picture", "image/png", "mine.png", len(data)))
        store.add_upload(work, transaction_id, Upload(digest, "picture", "mine.png", 1, 1, digest))

    shop.services.database.write_now(write)
    return digest


def is_there(services: Services, digest: str) -> bool:
    try:
        services.files.get(digest)
    except NotFound:
        return False
    return True


def test_more_old_designs_than_a_statement_takes_values_could_not_be_looked_through(
    client: TestClient, services: Services, shop: Shop
) -> None:
    """`spiff tidy --dry-run` looks through all there are at once."""
    kept = shop.finished()
    assert shop.order(client, kept).status_code == 201
    many = [random_id() for _ in range(70_000)]

    assert services.database.read_now(lambda work: list_ordered(work, [*many, kept])) == {kept}


def test_a_design_that_nobody_ordered_goes_after_its_time_and_its_files_after_theirs(
    client: TestClient, services: Services, shop: Shop, clock: Clock, tidy: Tidy
) -> None:
    abandoned = shop.finished(scene("#111111"))
    files = [scene_of(shop, abandoned), upload(shop, abandoned, b"a picture")]
    clock.ahead = timedelta(days=59)
    assert (tidy().designs, client.get(f"/api/transactions/{abandoned}").status_code) == (0, 200)

    clock.ahead = LONG
    first = tidy()
    assert (first.designs, first.set_aside, first.removed) == (1, 2, 0)
    assert client.get(f"/api/transactions/{abandoned}").status_code == 404
    assert shop.order(client, abandoned).status_code == 404
    assert all(is_there(services, each) for each in files)

    clock.ahead = LONG + LATER
    assert tidy().removed == 2
    assert not any(is_there(services, each) for each in files)
    assert [client.get(f"/files/{each}").status_code for each in files] == [404, 404]
    assert tidy() == Tidied()


def test_nothing_of_an_order_goes_however_old_it_is(
    client: TestClient, services: Services, shop: Shop, clock: Clock, tidy: Tidy, worker: Worker
) -> None:
    ordered = shop.finished()
    picture = upload(shop, ordered, b"a picture that is printed")
    body = {"externalId": "7"}
    first = shop.order(client, ordered, **body)
    worker.drain()

    for years in (1, 2, 3):
        clock.ahead = timedelta(days=365 * years)
        assert (tidy().designs, tidy().set_aside) == (0, 0)

    again = shop.order(client, ordered, **body)
    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert again.json()["id"] == first.json()["id"]
    files = [each["url"].rpartition("/")[2] for each in again.json()["orderItems"][0]["printFiles"]]
    assert files
    assert all(is_there(services, each) for each in (*files, picture, scene_of(shop, ordered)))


def test_a_design_that_an_order_names_stays_whatever_its_own_row_says(
    client: TestClient, services: Services, shop: Shop, clock: Clock, tidy: Tidy
) -> None:
    ordered = shop.finished()
    shop.order(client, ordered)
    services.database.write_now(
        lambda work: work.connection.execute(update(store.transactions).values(status="completed"))
    )

    clock.ahead = LONG
    assert tidy().designs == 0
    assert client.get(f"/api/transactions/{ordered}").status_code == 200


def test_what_two_designs_share_stays_until_the_second_has_gone(
    services: Services, shop: Shop, clock: Clock, tidy: Tidy
) -> None:
    shop.finished()
    clock.ahead = timedelta(days=30)
    kept = shop.finished()
    clock.ahead = LONG
    assert (tidy().designs, is_there(services, scene_of(shop, kept))) == (1, True)
    clock.ahead = LONG + LATER
    assert (tidy().set_aside, is_there(services, scene_of(shop, kept))) == (0, True)


def test_files_of_a_catalogue_stay_also_where_it_names_them_no_more(
    services: Services, shop: Shop, clock: Clock, tidy: Tidy
) -> None:
    data = b"an overlay that older designs are drawn with"
    overlay = services.files.put(data)
    file = File(overlay, "picture", "image/png", "overlay.png", len(data))
    services.database.write_now(lambda work: record_file(work, file))  # a shopper had the same picture before
    services.database.write_now(lambda work: record_for_good(work, [file]))
    services.database.write_now(lambda work: save(work, msgspec.structs.replace(shop.product, overlay=None)))

    for days in (10, 20, 30):
        clock.ahead = timedelta(days=days)
        tidy()

    assert is_there(services, overlay)


def test_bytes_that_were_put_and_never_recorded_go(services: Services, shop: Shop, clock: Clock, tidy: Tidy) -> None:
    orphan = services.files.put(b"its upload was cut off")
    assert tidy().set_aside == 0

    clock.ahead = LATER
    tidy()
    clock.ahead = 2 * LATER
    tidy()

    assert not is_there(services, orphan)


def test_an_upload_that_finds_its_bytes_there_keeps_them_although_they_were_about_to_go(
    services: Services, shop: Shop, clock: Clock, tidy: Tidy
) -> None:
    data = b"somebody had this picture before"
    services.files.put(data)
    clock.ahead = LATER
    transaction = shop.unfinished()

    digest = services.files.put(data)  # the upload under way: its bytes are there, so nothing is written
    assert tidy().set_aside == 1  # and before it is recorded they are set aside
    assert upload(shop, transaction, b"another") != digest
    services.database.write_now(
        lambda work: record_file(work, File(digest, "picture", "image/png", "mine.png", len(data)))
    )
    services.database.write_now(
        lambda work: store.add_upload(work, transaction, Upload(digest, "picture", "mine.png", 1, 1, digest))
    )

    assert is_there(services, digest)
    clock.ahead = 2 * LATER
    assert tidy().brought_back == 1
    clock.ahead = 3 * LATER
    assert (tidy().removed, is_there(services, digest)) == (0, True)


def test_a_file_that_is_put_again_while_it_is_set_aside_stays(
    services: Services, shop: Shop, clock: Clock, tidy: Tidy
) -> None:
    data = b"gone, and here again"
    services.files.put(data)
    clock.ahead = LATER
    tidy()
    digest = upload(shop, shop.unfinished(), data)

    clock.ahead = 2 * LATER
    tidy()

    assert is_there(services, digest)
    assert services.database.read_now(lambda work: store.list_needed_files(work, [digest])) == {digest}


def test_a_design_that_is_ordered_just_as_it_would_go_is_ordered_or_gone_and_never_half(
    services: Services, shop: Shop, clock: Clock, tidy: Tidy
) -> None:
    """The order comes by another server, with a connection of its own."""
    another = Database(services.settings.database, clock=clock)

    def order(transaction_id: str) -> bool:
        sent = OrderRequest([OrderLine(transaction_id, 1)])
        wanted = read_order(sent, most_items=1, idempotency_key=transaction_id, signature=None)
        try:
            another.write_now(lambda work: place_order(shop.caller, work, wanted))
        except NotFound:
            return False
        return True

    for _ in range(6):
        abandoned = [shop.finished() for _ in range(3)]
        clock.ahead += LONG
        with ThreadPoolExecutor(4) as pool:
            tidying = pool.submit(tidy)
            ordered = list(pool.map(order, abandoned))
            tidying.result()
        for transaction_id, is_ordered in zip(abandoned, ordered, strict=True):
            stored = services.database.read_now(partial(store.find_transaction, transaction_id=transaction_id))
            assert (stored is not None and stored.status == "ordered") == is_ordered
    another.close()


def test_several_workers_tidy_up_at_once_beside_shoppers_who_upload_what_is_about_to_go(
    services: Services, shop: Shop, clock: Clock, tmp_path: Path
) -> None:
    """In each round what was abandoned and set aside is old enough to go, and the same pictures come again."""
    files = FileStore(f"file://{tmp_path / 'old'}")
    shop = replace(shop, services=replace(services, files=files))
    tidying = Tidying(services.settings, services.database, files)
    kept: list[tuple[str, bytes]] = []

    def come_back(each: int) -> None:
        data = b"picture %d" % each
        kept.append((upload(shop, shop.unfinished(), data), data))

    for number in range(6):
        for each in range(3):
            upload(shop, shop.finished(scene(f"#0000{each}{number}")), b"picture %d" % each)
        services.database.write_now(lambda work: _abandon_all(work, work.now - LONG))
        for path in (tmp_path / "old").rglob("*"):
            os.utime(path, (0, 0))
        kept.clear()
        with ThreadPoolExecutor(8) as pool:
            doing: list[Future[object]] = [pool.submit(tidying.tidy, clock()) for _ in range(3)]
            doing += [pool.submit(come_back, each) for each in range(3)]
            for done in doing:
                done.result()

        assert [files.get(name) for name, _ in kept] == [data for _, data in kept]


def test_a_worker_tidies_up_by_itself_once_a_period_and_a_clock_that_jumps_removes_nothing(
    services: Services, shop: Shop, clock: Clock, worker: Worker
) -> None:
    shop.unfinished()
    another = Worker(services, worker._handlers, chores=worker._chores)
    assert (worker.drain(), another.drain()) == (0, 0)

    clock.ahead = timedelta(days=400)  # wrong, and set right before the next turn
    assert (worker.drain(), another.drain()) == (1, 0)
    assert _count(services) == 1
    clock.ahead = timedelta()
    assert (worker.drain(), _count(services)) == (0, 1)

    for period in (1, 2):  # right, and it stays so
        clock.ahead = LONG + period * EVERY
        worker.drain()
    assert _count(services) == 0


def test_records_of_jobs_that_were_done_go_after_a_month(
    client: TestClient, services: Services, shop: Shop, clock: Clock, tidy: Tidy, worker: Worker
) -> None:
    shop.order(client, shop.finished())
    worker.drain()
    count = select(jobs.c.status)
    assert services.database.read_now(lambda work: work.connection.execute(count).scalars().all()) == ["done"]

    clock.ahead = timedelta(days=31)
    assert tidy().jobs == 1


def test_tidying_up_where_nothing_is_old_made_orders_wait(services: Services, shop: Shop, tidy: Tidy) -> None:
    shop.finished()
    with ThreadPoolExecutor(2) as pool:
        over = Event()
        writing = pool.submit(services.database.write_now, lambda work: over.wait(30))
        try:
            tidied = pool.submit(tidy).result(20)
        finally:
            over.set()

    assert writing.result() and tidied == Tidied()


def test_what_would_be_removed_is_told_and_left(services: Services, shop: Shop, clock: Clock, tidy: Tidy) -> None:
    kept = scene_of(shop, shop.finished())
    services.files.put(b"nobody's")
    clock.ahead = LONG

    told = tidy(pretend=True)

    assert (told.designs, told.set_aside) == (1, 1)
    assert _count(services) == 1
    assert is_there(services, kept)


def test_funnels_go_on_counting_designs_that_were_removed(
    client: TestClient, services: Services, shop: Shop, clock: Clock, tidy: Tidy
) -> None:
    shop.finished()
    shop.unfinished()
    before = _funnel(client, shop)
    assert (before["created"], before["completed"]) == (2, 1)

    clock.ahead = LONG
    assert tidy().designs == 2

    assert _funnel(client, shop) == before


def _funnel(client: TestClient, shop: Shop) -> dict[str, object]:
    path = "/api/v2/analytics/funnel"
    signed = shop.headers(b"", path, "GET", content_type="")
    del signed["Content-Type"]
    first = (shop.services.database.clock() - timedelta(days=300)).date()
    found = client.get(f"{path}?from={first}&to={shop.services.database.clock().date()}", headers=signed).json()
    return dict(found["products"][0])


def _count(services: Services) -> int:
    query = select(store.transactions.c.id)
    return len(services.database.read_now(lambda work: work.connection.execute(query).all()))


def _abandon_all(work: Work, touched_at: datetime) -> None:
    work.connection.execute(update(store.transactions).values(touched_at=touched_at))
