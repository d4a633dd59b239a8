"""What is looked at before a key is looked up: does it read as a signature, is it of this time. Knows no key store.

The server and `spiff verify` both come this way, so that both say the same.
"""

from datetime import datetime

from spiff.auth import doctor, message_signatures, soa
from spiff.auth.message_signatures import MessageSignature
from spiff.auth.presented import Presented

_SIGNED = frozenset({b"authorization", b"date", b"content-type"})


def signed_of(request: Presented) -> soa.Signed:
    """The parts of a request that an SOA signature covers."""
    headers = request.headers
    return soa.Signed(
        request.method, request.path, headers.get("content-type", ""), headers.get("date", ""), request.body
    )


def claims_soa(request: Presented) -> bool:
    """Whether the request says that it is signed as contract/rest.md 3 has it."""
    return request.headers.get("authorization", "").strip().partition(" ")[0].upper() == "SOA"


def claims_message_signature(request: Presented) -> bool:
    """Whether the request says that it is signed as RFC 9421 has it."""
    return "signature-input" in request.headers


def read_soa(request: Presented, now: datetime, window_seconds: float) -> tuple[str, bytes]:
    """The access key and the signature it comes with. Raises SignatureRefused."""
    signed = signed_of(request)
    if repeated := _repeated(request):
        raise doctor.repeated(signed, repeated)
    parts = soa.read_authorization(request.headers.get("authorization", ""))
    if parts is None:
        raise doctor.malformed(signed)
    sent = soa.read_date(signed.date)
    if sent is None:
        raise doctor.date_missing(signed)
    if abs((now - sent).total_seconds()) > window_seconds:
        raise doctor.date_outside_window(signed, now, window_seconds)
    return parts


def read_message(request: Presented, now: datetime, window_seconds: float) -> MessageSignature:
    """The message signature, which covers what it must and the body that came. Raises SignatureRefused."""
    signature = message_signatures.read_signature(request)
    if signature is None:
        raise doctor.message_malformed()
    if missing := message_signatures.uncovered(request, signature.components):
        raise doctor.message_uncovered(missing)
    if "content-digest" in signature.components and not message_signatures.digest_fits(request):
        raise doctor.digest_wrong(request)
    expired = signature.expires is not None and signature.expires < now.timestamp()
    if abs(now.timestamp() - signature.created) > window_seconds or (expired and window_seconds != float("inf")):
        raise doctor.message_outside_window(signature, now, window_seconds)
    return signature


def _repeated(request: Presented) -> str | None:
    """A header that is signed and came twice: a program between us and the sender may have believed the other value."""
    came = [name for name, _ in request.lines if name in _SIGNED]
    return next((name.decode() for name in came if came.count(name) > 1), None)
