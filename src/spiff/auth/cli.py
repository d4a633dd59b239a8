"""The commands `spiff sign` and `spiff verify`: a shop's side of a signature, and ours. Know no database."""

import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from spiff.auth import doctor, message_signatures, soa
from spiff.auth.presented import Presented

File = Annotated[str, typer.Argument(help="File with the request's body; `-` reads standard input.")]
SecretOption = Annotated[str | None, typer.Option(help="The secret key. Better: --secret-env.")]
SecretEnv = Annotated[str | None, typer.Option(help="Name of the environment variable that holds the secret key.")]
Path_ = Annotated[str, typer.Option("--path", help="Path of the request, without host and query.")]
Method = Annotated[str, typer.Option(help="Method of the request.")]
ContentType = Annotated[str, typer.Option(help="The Content-Type header, exactly as it is sent.")]
Scheme = Annotated[str, typer.Option(help="soa, or rfc9421 for message signatures.")]
Host = Annotated[str, typer.Option(help="Address of the installation; message signatures cover it.")]
DigestOption = Annotated[str, typer.Option(help="Digest of the body: sha512 or md5.")]


def sign(
    file: File,
    key: Annotated[str, typer.Option(help="The access key.")],
    secret: SecretOption = None,
    secret_env: SecretEnv = None,
    path: Path_ = "/api/v2/orders",
    method: Method = "POST",
    content_type: ContentType = "application/json",
    date: Annotated[str | None, typer.Option(help="The Date header; now, if absent.")] = None,
    digest: DigestOption = "sha512",
    scheme: Scheme = "soa",
    host: Host = "http://127.0.0.1:8600",
) -> None:
    """Print the headers that make FILE a signed request (docs/signing.md)."""
    if scheme == "rfc9421":
        _tell(_message_headers(_body(file), key, _secret(secret, secret_env), method.upper(), path, host))
        return
    if digest not in soa.DIGESTS:
        raise typer.BadParameter("give sha512 or md5", param_hint="--digest")
    used: soa.Digest = "md5" if digest == "md5" else "sha512"
    sent = date or datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    request = soa.Signed(method.upper(), path.partition("?")[0], content_type, sent, _body(file))
    authorization = f"SOA {key}:{soa.sign(_secret(secret, secret_env), request, used)}"
    _tell({"Authorization": authorization, "Date": sent, "Content-Type": content_type})


def _message_headers(body: bytes, key: str, secret: str, method: str, path: str, host: str) -> dict[str, str]:
    plain, _, query = path.partition("?")
    request = Presented(method, plain, {}, body, query=query.encode())
    now = int(datetime.now(UTC).timestamp())
    return message_signatures.sign(request, key, secret, created=now, base_url=host, nonce=secrets.token_urlsafe(12))


def _tell(headers: dict[str, str]) -> None:
    for name, value in headers.items():
        typer.echo(f"{name}: {value}")


def verify(
    file: File,
    authorization: Annotated[str, typer.Option(help="The Authorization header that was sent.")],
    date: Annotated[str, typer.Option(help="The Date header that was sent.")],
    secret: SecretOption = None,
    secret_env: SecretEnv = None,
    path: Path_ = "/api/v2/orders",
    method: Method = "POST",
    content_type: ContentType = "application/json",
    window_seconds: Annotated[int | None, typer.Option(help="Also check Date against this machine's clock.")] = None,
) -> None:
    """Print what the server would say to a signed request; the exit status is 1 where it would refuse."""
    request = soa.Signed(method.upper(), path.partition("?")[0], content_type, date, _body(file))
    refusal = _refusal(request, authorization, _secret(secret, secret_env), window_seconds)
    if refusal is None:
        typer.echo("accepted")
        return
    typer.echo(f"{refusal.code}: {refusal.detail}\n{refusal.extra['advice']}")
    for way in refusal.extra["acceptedVariants"]:
        typer.echo(f"\n--- string to sign ({way['digest']}, path {way['path']})\n{way['stringToSign']}")
    raise typer.Exit(1)


def _refusal(
    request: soa.Signed, authorization: str, secret: str, window_seconds: int | None
) -> doctor.SignatureRefused | None:
    parts = soa.read_authorization(authorization)
    sent, now = soa.read_date(request.date), datetime.now(UTC)
    if parts is None:
        return doctor.malformed(request)
    if sent is None:
        return doctor.date_missing(request)
    if window_seconds is not None and abs((now - sent).total_seconds()) > window_seconds:
        return doctor.date_outside_window(request, now, window_seconds)
    return None if soa.verify([secret], request, parts[1]) else doctor.wrong(request)


def _body(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


def _secret(secret: str | None, secret_env: str | None) -> str:
    found = os.environ.get(secret_env) if secret_env else secret
    if not found:
        raise typer.BadParameter(
            "give --secret-env NAME (of a variable that is set) or --secret", param_hint="--secret"
        )
    return found
