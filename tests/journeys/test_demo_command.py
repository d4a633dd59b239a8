"""What scripts and people rely on: one line when ready, samples, an end without remains, a clear word about ports."""

import json
import signal
import socket
from pathlib import Path

import pytest

from tests.journeys.running import RunningDemo, eventually, is_living, read_bytes, read_json


def test_it_says_everything_a_script_needs_in_one_line(own_demo: RunningDemo) -> None:
    own_demo.start("--sample-transactions", "3")

    said = own_demo.ready

    assert set(said) == {
        "baseUrl", "shopUrl", "accessKey", "secret", "applicationKey", "products", "sampleTransactions",
    }  # fmt: skip
    assert all(set(each) == {"name", "integrationProductId", "workflowId"} for each in said["products"])
    assert len({each["integrationProductId"] for each in said["products"]}) == len(said["products"]) >= 2
    assert json.loads((own_demo.data / "demo.json").read_text("utf-8")) == said
    assert (own_demo.data / "demo.json").stat().st_mode & 0o077 == 0
    _check_samples(said["baseUrl"], said["sampleTransactions"])
    assert b"Kiln" in read_bytes(said["shopUrl"])


def _check_samples(base_url: str, samples: list[str]) -> None:
    documents = [read_json(f"{base_url}/api/transactions/{each}")["data"] for each in samples]
    assert len({each["id"] for each in documents}) == 3
    assert {each["status"] for each in documents} == {"completed"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])
def test_ending_it_leaves_no_process(own_demo: RunningDemo, number: int) -> None:
    own_demo.start()
    processes = own_demo.processes()

    code = own_demo.signal(number)

    assert code == 0
    assert len(processes) >= 3
    assert not any(map(is_living, processes))


def test_killing_it_leaves_no_process_either(own_demo: RunningDemo) -> None:
    own_demo.start()
    processes = own_demo.processes()

    own_demo.signal(signal.SIGKILL)

    eventually(lambda: not any(map(is_living, processes)), "all have ended")


def test_a_second_start_continues_with_the_data(own_demo: RunningDemo) -> None:
    first = own_demo.start("--sample-transactions", "1").ready
    own_demo.signal(signal.SIGINT)

    second = own_demo.start().ready

    assert {**second, "sampleTransactions": []} == {**first, "sampleTransactions": []}
    (sample,) = first["sampleTransactions"]
    assert read_json(f"{second['baseUrl']}/api/transactions/{sample}")["data"]["status"] == "completed"


def test_a_taken_port_is_named_and_nothing_is_started(own_demo: RunningDemo) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", own_demo.shop_port))
        taken.listen()

        code, output, messages = own_demo.refused("--json")

    assert code == 1
    assert output == ""
    assert f"port {own_demo.shop_port} is taken by another program; choose another with --shop-port" in messages
    assert not Path(own_demo.data).exists()
