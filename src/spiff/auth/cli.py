"""The commands `spiff sign` and `spiff verify`: a shop's side of a signature, and ours. Know no database."""

import math
import os
import re
import secrets
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote

import typer

from spiff.auth import doctor, message_signatures, soa
from spiff.auth.presented import Presented
from spiff.auth.presenting import claims_message_signature, claims_soa, read_message, read_soa, signed_of


def _path_alone(given: str) -> str:
    """An address would be signed as it stands, and the server signs the path alone: nobody would see what differs."""
    if "://" in given.partition("?")[0]:
        raise typer.BadParameter("give the path alone, such as /api/v2/orders, without the host before it")
    return given


File = Annotated[str, typer.Argument(help="File with the request's body; `-` reads standard input.")]
SecretOption = Annotated[str | None, typer.Option(help="The secret key. Better: --secret-env.")]
SecretEnv = Annotated[str | None, typer.Option(help="Name of the environment variable that holds the secret key.")]
Path_ = Annotated[
    str, typer.Option("--path", callback=_path_alone, help="Path of the request, without host and query.")
]
Method = Annotated[str, typer.Option(help="Method of the request.")]
ContentType = Annotated[str, typer.Option(help="The Content-Type header, exactly as it is sent.")]
Scheme = Annotated[Literal["soa", "rfc9421"], typer.Option(help="rfc9421 is for message signatures.")]
Host = Annotated[str, typer.Option(help="Address of the installation; message signatures cover it.")]
Headers = Annotated[
    list[str] | None, typer.Option("--header", "-H", help="A header that was sent, as 'Name: value'; may be repeated.")
]
DigestOption = Annotated[Literal["sha512", "md5"], typer.Option(help="Digest of the body.")]


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
    _require_word(key, "--key", "an access key has neither blanks nor a colon")
    _require_word(method, "--method", "a method is one word, such as POST")
    if scheme == "rfc9421":
        _tell(_message_headers(_body(file), key, _secret(secret, secret_env), method.upper(), path, host))
        return
    sent = date or datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    if soa.read_date(sent) is None:
        raise typer.BadParameter("a date is written Wed, 01 Jan 2020 00:00:00 GMT", param_hint="--date")
    request = soa.Signed(method.upper(), path.partition("?")[0], content_type, sent, _body(file))
    authorization = f"SOA {key}:{soa.sign(_secret(secret, secret_env), request, digest)}"
    _tell({"Authorization": authorization, "Date": sent, "Content-Type": content_type})


def _message_headers(body: bytes, key: str, secret: str, method: str, path: str, host: str) -> dict[str, str]:
    plain, _, query = path.partition("?")
    request = Presented(method, plain, {}, body, query=query.encode())
    now = int(datetime.now(UTC).timestamp())
    return message_signatures.sign(request, key, secret, created=now, base_url=host, nonce=secrets.token_urlsafe(12))


def _require_word(given: str, option: str, sentence: str) -> None:
    if not re.fullmatch(r"[!-9;-~]+", given):
        raise typer.BadParameter(sentence, param_hint=option)


def _tell(headers: dict[str, str]) -> None:
    for name, value in headers.items():
        typer.echo(f"{name}: {value}")


def verify(
    file: File,
    authorization: Annotated[str | None, typer.Option(help="The Authorization header that was sent.")] = None,
    date: Annotated[str | None, typer.Option(help="The Date header that was sent.")] = None,
    header: Headers = None,
    secret: SecretOption = None,
    secret_env: SecretEnv = None,
    path: Path_ = "/api/v2/orders",
    method: Method = "POST",
    content_type: ContentType = "application/json",
    window_seconds: Annotated[int | None, typer.Option(help="Also check the time by this machine's clock.")] = None,
    host: Host = "http://127.0.0.1:8600",
) -> None:
    """Print what the server would say to a signed request; the exit status is 1 where it would refuse.

    Headers are given one by one as `--header 'Name: value'`; those of message signatures (RFC 9421) always are.
    """
    named = {"Content-Type": content_type, "Date": date, "Authorization": authorization}
    lines = [(name, value) for name, value in named.items() if value is not None]
    request = _presented(method.upper(), path, [*map(_header, header or []), *lines], _body(file))
    try:
        _check(request, _secret(secret, secret_env), window_seconds, host)
    except doctor.SignatureRefused as refusal:
        _explain(refusal)
        raise typer.Exit(1) from None
    typer.echo("accepted")


def _check(request: Presented, secret: str, window_seconds: int | None, host: str) -> None:
    """Look at a request as the server does. Raises SignatureRefused."""
    now, window = datetime.now(UTC), math.inf if window_seconds is None else window_seconds
    if claims_message_signature(request) and not claims_soa(request):
        signature = read_message(request, now, window)
        base = message_signatures.signature_base(request, signature.components, signature.parameters, host)
        if not message_signatures.matching_secret([secret], base, signature.value):
            raise doctor.message_wrong(request, signature, host)
        return
    signed = signed_of(request)
    if "authorization" not in request.headers:
        raise doctor.missing(signed)
    _, value = read_soa(request, now, window)
    if not soa.verify([secret], signed, value):
        raise doctor.wrong(signed)


def _explain(refusal: doctor.SignatureRefused) -> None:
    said = refusal.extra
    typer.echo(f"{refusal.code}: {refusal.detail}\n{said['advice']}")
    for way in said.get("acceptedVariants", ()):
        typer.echo(f"\n--- string to sign ({way['digest']}, path {way['path']})\n{way['stringToSign']}")
    if base := said.get("signatureBase"):
        typer.echo(f"\n--- signature base\n{base}")
    for algorithm, digest in said.get("bodyDigests", {}).items() if "acceptedVariants" not in said else ():
        typer.echo(f"\n--- {algorithm} of the {said['bodyBytes']} bytes of the body\n{digest}")


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not name.strip():
        raise typer.BadParameter("write a header as it is sent: 'Name: value'", param_hint="--header")
    return name.strip(), value.strip()


def _presented(method: str, path: str, headers: Sequence[tuple[str, str]], body: bytes) -> Presented:
    """The request as the server would see it; of a header that is given twice the first counts for SOA."""
    lines = [(name.lower(), value) for name, value in headers]
    first = dict(reversed(lines))
    plain, _, query = path.partition("?")
    coded = [(name.encode("latin-1", "replace"), value.encode("latin-1", "replace")) for name, value in lines]
    return Presented(method, unquote(plain), first, body, plain.encode(), query.encode(), coded)


def _body(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


def _secret(secret: str | None, secret_env: str | None) -> str:
    found = os.environ.get(secret_env) if secret_env else secret
    if not found:
        raise typer.BadParameter(
            "give --secret-env NAME (of a variable that is set) or --secret", param_hint="--secret"
        )
    return found
