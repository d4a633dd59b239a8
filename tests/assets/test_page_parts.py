"""Parts of the customiser stay where pages look for them, whichever version answers."""

import pytest
from starlette.testclient import TestClient

from spiff.assets import page_parts
from spiff.assets.page_parts import keep_parts
from spiff.housekeeping.tidying import Tidying
from spiff.web.pages import PARTS
from spiff.web.parts import PageParts
from spiff.web.routing import Services


@pytest.fixture
def after_an_update(
    services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """This version was here; the one that answers now has other parts."""
    keep_parts(services)
    keep_parts(services)
    monkeypatch.setattr(page_parts, "PARTS", PageParts(tmp_path_factory.mktemp("newer")))


@pytest.mark.usefixtures("after_an_update")
def test_a_frame_opened_before_an_update_loads_its_other_parts_after_it(client: TestClient, services: Services) -> None:
    """The 3D viewer was 404 there, and so was every part of a page that another of two versions had sent."""
    names = PARTS.names_for_good()

    assert names
    for name in names:
        answer = client.get(f"/static/{name}")

        assert (answer.status_code, answer.content) == (200, PARTS.read(name))
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-type"].partition(";")[0] == PARTS.reply(name, {}).media_type


@pytest.mark.usefixtures("after_an_update")
def test_they_are_not_tidied_up(client: TestClient, services: Services) -> None:
    Tidying(services.settings, services.database, services.files).tidy(services.database.clock())

    assert client.get(f"/static/{min(PARTS.names_for_good())}").status_code == 200


@pytest.mark.parametrize("name", ["customiser/index.html", "customiser/other-ABCDEFGH.js", "a%00-ABCDEFGH.js"])
@pytest.mark.usefixtures("after_an_update")
def test_what_no_version_had_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404
