"""Channels and delivery rules in a catalogue file: each type, and each mistake by its line."""

from hashlib import sha256
from pathlib import Path

import pytest

from spiff.catalogue import operations
from spiff.catalogue.channels import (
    NAMES,
    AgentChannel,
    EmailChannel,
    FolderChannel,
    S3Channel,
    Settings,
    SftpChannel,
    WebhookChannel,
)
from spiff.catalogue.mistakes import CatalogueMistaken
from spiff.web.routing import Services
from tests.catalogue import small

WEBHOOK_SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
WAYS: dict[str, tuple[str, Settings]] = {
    "hot": ("{type: folder, path: hot}", FolderChannel("hot")),
    "named": (
        '{type: folder, path: /srv, names: "{product}/{panel}-{id}.{format}", ticket: true}',
        FolderChannel("/srv", "{product}/{panel}-{id}.{format}", ticket=True),
    ),
    "bucket": (
        "{type: s3, bucket: prints, accessKey: a, secret: {env: TEST_SECRET}, endpoint: 'https://s3.example'}",
        S3Channel("prints", "a", small.ENVIRON["TEST_SECRET"], endpoint="https://s3.example"),
    ),
    "press": (
        "{type: sftp, host: press.example, user: spiff, path: /in, keyFile: /k, knownHosts: /h, port: 2222}",
        SftpChannel("press.example", "spiff", "/in", "/k", "/h", 2222),
    ),
    "mail": (
        "{type: email, to: [a@press.example, b@press.example]}",
        EmailChannel(("a@press.example", "b@press.example")),
    ),
    "hook": (
        f"{{type: webhook, url: 'https://press.example/in', secret: {WEBHOOK_SECRET}}}",
        WebhookChannel("https://press.example/in", WEBHOOK_SECRET),
    ),
    "agent": (
        "{type: agent, key: a key of sixteen or more, ticket: true}",
        AgentChannel(sha256(b"a key of sixteen or more").hexdigest(), NAMES, ticket=True),
    ),
}
RULE = "{channel: hot, integrations: [shop], quantityAtLeast: 2, quantityAtMost: 9, countries: [DE]}"


def _text(channels: str = "", delivery: str = f"{{autoPrint: false, to: [{RULE}]}}") -> str:
    ways = "\n".join(f"  {key}: {said}" for key, (said, _) in WAYS.items())
    product = f"    workflows: [card]\n    delivery: {delivery}\n"
    return small.TEXT.replace("assets:\n", f"channels:\n{ways}\n{channels}\nassets:\n", 1).replace(
        "    workflows: [card]\n", product, 1
    )


def test_every_type_is_read(tmp_path: Path) -> None:
    compiled = small.compiled(tmp_path, _text())

    assert {each.key: each.settings for each in compiled.channels} == {key: wanted for key, (_, wanted) in WAYS.items()}


def test_a_products_rules_are_stored_and_applying_again_changes_nothing(services: Services) -> None:
    compiled, _ = small.apply(services, _text())
    again = small.apply(services, _text())[1]

    row = next(each.row for each in compiled.products if each.row.delivery.rules)
    stored = services.database.read_now(lambda work: operations.get_product(work, row.id))
    (rule,) = stored.delivery.rules
    channel = services.database.read_now(lambda work: operations.find_channel(work, rule.channel_id))
    assert stored.delivery == row.delivery
    assert (rule.least, rule.most, rule.countries, len(rule.integration_ids)) == (2, 9, ("DE",), 1)
    assert channel is not None and channel.settings == FolderChannel("hot")
    assert {change.verb for change in again} == {"unchanged"}


def test_a_report_shows_no_secret_of_a_channel(services: Services) -> None:
    small.apply(services, _text())

    changes = small.apply(services, _text().replace("a key of sixteen", "another key of sixteen"))[1]

    report = "\n".join(map(str, changes))
    assert "changed   channel agent" in report
    assert "key of sixteen" not in report


@pytest.mark.parametrize(
    ("channel", "sentence"),
    [
        ("{type: fax}", "fax"),
        ("{path: hot}", '"type"'),
        ("{type: folder}", '"path"'),
        ('{type: folder, path: hot, names: "{panel}.{format}"}', '"names" is made of'),
        ('{type: folder, path: hot, names: "{panel}-{id}-{name}.{format}"}', '"names" is made of'),
        ('{type: folder, path: hot, names: "{panel-{id}.{format}"}', '"names" is made of'),
        ("{type: email, to: []}", "list of e-mail addresses"),
        ("{type: email, to: [somebody]}", "list of e-mail addresses"),
        ("{type: agent, key: short}", "at least 16 characters"),
        ("{type: agent}", 'needs "key"'),
        ("{type: agent, key: a key of sixteen or more}", "agent key"),
        ("{type: webhook, url: 'https://press.example'}", 'needs "secret"'),
        ("{type: sftp, host: h, user: u, path: /, keyFile: k, knownHosts: h, password: p}", "password"),
    ],
)
def test_a_mistake_in_a_channel_is_named(tmp_path: Path, channel: str, sentence: str) -> None:
    with pytest.raises(CatalogueMistaken) as mistaken:
        small.compiled(tmp_path, _text(f"  extra: {channel}\n"))

    assert sentence in str(mistaken.value)


@pytest.mark.parametrize(
    ("delivery", "sentence"),
    [
        ("{}", 'needs "to"'),
        ("{to: [{channel: absent}]}", "absent"),
        ("{to: [{quantityAtLeast: 2}]}", 'needs "channel"'),
        ("{to: [{channel: hot, quantityAtLeast: 5, quantityAtMost: 4}]}", "quantityAtMost"),
        ("{to: [{channel: hot, countries: [Germany]}]}", "two capital letters"),
        ("{to: [{channel: hot, integrations: [absent]}]}", "absent"),
    ],
)
def test_a_mistake_in_a_rule_is_named(tmp_path: Path, delivery: str, sentence: str) -> None:
    with pytest.raises(CatalogueMistaken) as mistaken:
        small.compiled(tmp_path, _text(delivery=delivery))

    assert sentence in str(mistaken.value)
