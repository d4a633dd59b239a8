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
