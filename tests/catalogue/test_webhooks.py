"""Webhooks of a catalogue file: made once, with a secret that is told once, and changed where they stand."""

from pathlib import Path

import pytest

from spiff.catalogue import applying
from spiff.catalogue.mistakes import CatalogueMistaken
from spiff.web.routing import Services
from spiff.webhooks import operations as webhooks
from spiff.webhooks.model import Endpoint
from tests.catalogue import small

GIVEN = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
OTHER = "whsec_" + "QUJD" * 10


def _with(*lines: str) -> str:
    return small.TEXT + "".join(f"\n{line}" for line in ("webhooks:", "  orders:", *(f"    {each}" for each in lines)))


PLAIN = _with("integration: shop", "url: https://shop.example/hook", "events: [order.received, item.failed]")


def _endpoints(services: Services) -> list[Endpoint]:
    return services.database.read_now(webhooks.list_all)


def test_a_webhook_is_made_with_a_secret_that_is_told_once(services: Services, tmp_path: Path) -> None:
    compiled = small.compiled(tmp_path, PLAIN)
    planned = services.database.read_now(lambda work: applying.plan(work, compiled))
    first = small.apply(services, PLAIN)[1][-1]
    again = small.apply(services, PLAIN)[1][-1]

    (endpoint,) = _endpoints(services)
    secret = endpoint.secrets[0].value
    assert (first.part, first.name, first.verb) == ("webhook", "orders", "created")
    assert secret in str(first)
    assert "whsec_" not in str(planned[-1]) + str(again)
    assert again.verb == "unchanged"
    assert (endpoint.url, endpoint.events) == ("https://shop.example/hook", ("order.received", "item.failed"))


def test_what_changes_in_the_file_changes_the_endpoint_and_keeps_its_secret(services: Services) -> None:
    small.apply(services, PLAIN)
    (before,) = _endpoints(services)

    change = small.apply(services, PLAIN.replace("/hook", "/other"))[1][-1]

    (after,) = _endpoints(services)
    assert str(change).startswith("changed   webhook orders: url")
    assert (after.id, after.url, after.secrets) == (before.id, "https://shop.example/other", before.secrets)


def test_a_given_secret_is_never_shown_and_exchanged_beside_the_old_one(services: Services) -> None:
    first = small.apply(services, f"{PLAIN}\n    secret: {GIVEN}")[1][-1]
    second = small.apply(services, f"{PLAIN}\n    secret: {OTHER}")[1][-1]
    third = small.apply(services, f"{PLAIN}\n    secret: {OTHER}")[1][-1]

    (endpoint,) = _endpoints(services)
    assert [each.value for each in endpoint.secrets] == [OTHER, GIVEN]
    assert [change.verb for change in (first, second, third)] == ["created", "changed", "unchanged"]
    assert "whsec_" not in f"{first}{second}{third}"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("integration: shap", 'there is no integration "shap"'),
        ("url: ftp://shop.example/", "the address must begin with"),
        ("url: https://169.254.169.254/", "not a public address"),
        ("events: [order.recieved]", 'there is no event "order.recieved"'),
        ("secret: whsec_c2hvcnRzaG9ydA==", "a secret is whsec_"),
        ("secrets: []", 'has no "secrets"'),
    ],
)
def test_mistakes_are_named_by_their_line(tmp_path: Path, line: str, sentence: str) -> None:
    key = line.partition(":")[0]
    lines = {"integration": "integration: shop", "url": "url: https://shop.example/", key: line}

    with pytest.raises(CatalogueMistaken) as mistaken:
        small.compiled(tmp_path, _with(*lines.values()))

    assert [sentence in each for each in mistaken.value.lines] == [True], mistaken.value.lines
