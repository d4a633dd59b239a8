from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from spiff.auth.cli import sign, verify

app = typer.Typer()
app.command()(sign)
app.command()(verify)
BODY = '{"externalId":"external-id","autoPrint":false,"orderItems":[]}'
DATE = "Wed, 1 Jan 2020 0:0:0 GMT"


@pytest.fixture
def body(tmp_path: Path) -> str:
    path = tmp_path / "order.json"
    path.write_text(BODY)
    return str(path)


def test_sign_prints_the_headers_of_the_contracts_vector(body: str) -> None:
    options = ["--key", "access-key", "--secret", "secret-key", "--date", DATE, "--digest", "md5"]

    result = CliRunner().invoke(app, ["sign", body, *options])

    assert result.stdout == (
        f"Authorization: SOA access-key:MjMMxR+ryhmQVTxiDXDvl8JwGWE=\nDate: {DATE}\nContent-Type: application/json\n"
    )


def test_sign_reads_standard_input_and_a_secret_from_the_environment() -> None:
    arguments = ["sign", "-", "--key", "access-key", "--secret-env", "SHOP_SECRET", "--date", DATE]

    result = CliRunner().invoke(app, arguments, input=BODY, env={"SHOP_SECRET": "secret-key"})

    assert "SOA access-key:mEdovKnRzfNARzC01VtZUj2sMXU=" in result.stdout


def test_sign_without_a_secret_says_so(body: str) -> None:
    result = CliRunner().invoke(app, ["sign", body, "--key", "access-key"])

    assert result.exit_code == 2


def test_verify_accepts_what_the_server_accepts(body: str) -> None:
    sent = ["--authorization", "SOA access-key:MjMMxR+ryhmQVTxiDXDvl8JwGWE=", "--date", DATE, "--secret", "secret-key"]

    result = CliRunner().invoke(app, ["verify", body, *sent])

    assert (result.exit_code, result.stdout) == (0, "accepted\n")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (["--secret", "other"], "signature-wrong"),
        (["--date", "yesterday"], "date-missing"),
        (["--authorization", "Basic abc"], "signature-malformed"),
        (["--window-seconds", "900"], "date-outside-window"),
    ],
)
def test_verify_says_what_the_server_would_say(body: str, changed: list[str], code: str) -> None:
    sent = ["--authorization", "SOA access-key:MjMMxR+ryhmQVTxiDXDvl8JwGWE=", "--date", DATE, "--secret", "secret-key"]

    result = CliRunner().invoke(app, ["verify", body, *sent, *changed])

    assert result.exit_code == 1
    assert result.stdout.startswith(code)
    assert "string to sign (md5, path /api/v2/orders)" in result.stdout


@pytest.fixture
def message(body: str) -> list[str]:
    """What `sign` prints for a message signature, as options of `verify`."""
    options = ["--key", "access-key", "--secret", "secret-key", "--scheme", "rfc9421", "--path", "/api/v2/orders?a=1"]
    printed = CliRunner().invoke(app, ["sign", body, *options, "--host", "https://spiff.example"]).stdout
    sent = [f"--header={line}" for line in printed.splitlines()]
    return [*sent, "--path", "/api/v2/orders?a=1", "--host", "https://spiff.example", "--secret", "secret-key"]


def test_verify_accepts_the_message_signature_that_sign_prints(body: str, message: list[str]) -> None:
    result = CliRunner().invoke(app, ["verify", body, *message, "--window-seconds", "900"])

    assert (result.exit_code, result.stdout) == (0, "accepted\n")


@pytest.mark.parametrize(
    ("changed", "code", "shown"),
    [
        (["--secret", "other"], "signature-wrong", '"@target-uri": https://spiff.example/api/v2/orders?a=1'),
        (["--path", "/api/v2/orders?a=2"], "signature-wrong", "orders?a=2"),
        (["--host", "https://other.example"], "signature-wrong", "https://other.example/"),
        (["--method", "PUT"], "signature-wrong", '"@method": PUT'),
        (["--window-seconds", "0"], "date-outside-window", "sign every attempt anew"),
        (["-H", "Signature-Input: spiff=()"], "signature-malformed", "hmac-sha256"),
    ],
)
def test_verify_is_the_doctor_of_message_signatures_too(
    body: str, message: list[str], changed: list[str], code: str, shown: str
) -> None:
    result = CliRunner().invoke(app, ["verify", body, *message, *changed])

    assert result.exit_code == 1
    assert result.stdout.startswith(code)
    assert shown in result.stdout


def test_verify_says_which_body_came_where_its_digest_is_another(tmp_path: Path, body: str, message: list[str]) -> None:
    other = tmp_path / "other.json"
    other.write_text(BODY + " ")

    result = CliRunner().invoke(app, ["verify", str(other), *message])

    assert result.exit_code == 1
    assert result.stdout.startswith("content-digest-wrong")
    assert "sha512 of the 63 bytes" in result.stdout


def test_verify_without_any_signature_says_that_one_is_missing(body: str) -> None:
    result = CliRunner().invoke(app, ["verify", body, "--secret", "secret-key"])

    assert result.exit_code == 1
    assert result.stdout.startswith("signature-missing")
