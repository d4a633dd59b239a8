"""What the edge promises beside what the contract tests walk over."""

import pytest
from starlette.testclient import TestClient


def test_a_path_with_a_slash_too_many_is_not_redirected_to_a_host_the_caller_made_up(client: TestClient) -> None:
    response = client.post("/api/v2/orders/", headers={"Host": "evil.example"}, follow_redirects=False)

    assert response.status_code == 404
    assert "location" not in response.headers


def test_a_signed_door_does_not_tell_a_stranger_which_ids_are_well_formed(client: TestClient) -> None:
    assert client.get("/api/v2/orders/no-uuid").status_code == 401


def test_the_pointer_ends_where_the_decoder_lost_the_way(client: TestClient) -> None:
    response = client.patch(
        "/api/transactions/00000000-0000-4000-8000-000000000000",
        headers={"Authorization": "Bearer x", "If-Match": '"1"'},
        content=b'{"answers": {"step": {"text": 7}}}',
    )

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == ["/answers"]


def test_a_missing_owner_token_says_which_scheme_is_wanted(client: TestClient) -> None:
    response = client.patch("/api/transactions/00000000-0000-4000-8000-000000000000", content=b"{}")

    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")


def test_what_goes_wrong_is_logged_without_what_was_sent(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("the shopper wrote: Amira")

    monkeypatch.setattr("spiff.transactions.operations.get_design", fails)

    response = client.get("/api/designs/00000000-0000-4000-8000-000000000000")

    said = "".join(capsys.readouterr())
    assert response.status_code == 500
    assert response.json()["requestId"] in said
    assert "RuntimeError" in said
    assert "Amira" not in said + response.text
