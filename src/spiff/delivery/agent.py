"""The print agent: runs beside a printer, fetches its channel's files and puts them into a folder. No database.

It only ever calls out. Killed anywhere, it begins again where it stood (staging.py): what the server was told of comes
into the folder once, and what it was not told of comes again after its lease, to this agent or to another.
"""

import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from spiff.delivery.agent_rest import AgentDelivery, AgentFile
from spiff.delivery.staging import Staging
from spiff.errors import SpiffError

_SECONDS = 60.0
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class AgentFailed(SpiffError):
    """The server did not do what was asked, or sent something else; the agent tries again later."""

    status, code, title = 502, "agent-failed", "The server cannot be used right now"


class LeaseGone(AgentFailed):
    """The server gave this delivery to somebody else."""


class Agent:
    """Fetches deliveries of one channel into one folder."""

    def __init__(self, server: str, key: str, folder: Path) -> None:
        self._server = server.rstrip("/")
        self._staging = Staging(folder)
        self._authorization = f"Bearer {key}"
        parts = urlsplit(self._server)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise AgentFailed(f"an agent calls its server by https, not {self._server}")

    def fetch(self) -> Iterator[AgentDelivery]:
        """Finish what was begun, then fetch what there is; yields each delivery once its files are in the folder.

        Raises AgentFailed, or OSError where the folder does not take files.
        """
        self._staging.publish()
        for lease in list(self._staging.leases()):
            self._claim(lease)
        while data := self._post("/api/v2/agent/leases"):
            delivery = msgspec.json.decode(data, type=AgentDelivery)
            files = {each.name: self._checked(each) for each in delivery.files}
            if delivery.ticket_name:
                files[delivery.ticket_name] = msgspec.json.encode(delivery.ticket)
            self._staging.keep(delivery.lease_id, files)
            if self._claim(delivery.lease_id):
                yield delivery

    def _claim(self, lease: str) -> bool:
        """Tell the server that the files are here; False where they went to somebody else meanwhile."""
        try:
            self._post(f"/api/v2/agent/leases/{lease}/delivered")
        except LeaseGone:
            self._staging.forget(lease)
            return False
        self._staging.accept(lease)
        self._staging.publish()
        return True

    def _checked(self, file: AgentFile) -> bytes:
        data = _answer(urllib.request.Request(f"{self._server}/files/{file.sha256}"))  # noqa: S310 - https, see above
        if hashlib.sha256(data).hexdigest() != file.sha256:
            raise AgentFailed(f"{file.name} did not arrive as it was sent")
        return data

    def _post(self, path: str) -> bytes:
        headers = {"Authorization": self._authorization, "User-Agent": "spiff-agent"}
        return _answer(urllib.request.Request(self._server + path, b"", headers, method="POST"))  # noqa: S310 - https


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the key elsewhere."""

    def redirect_request(self, *_: object) -> None:
        """Follow nowhere: the answer is then an error."""


_OPENER = urllib.request.build_opener(_NoRedirect)


def _answer(request: urllib.request.Request) -> bytes:
    try:
        with _OPENER.open(request, timeout=_SECONDS) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as refusal:
        failed = LeaseGone if refusal.code == 409 else AgentFailed
        raise failed(f"the server answered {refusal.code}: {_detail(refusal)}") from None
    except (OSError, http.client.HTTPException) as failure:
        reason = getattr(failure, "reason", failure)
        said = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        raise AgentFailed(f"the server cannot be reached: {said}") from None


def _detail(refusal: urllib.error.HTTPError) -> str:
    with suppress(msgspec.MsgspecError, OSError):
        return msgspec.json.decode(refusal.read(), type=_Problem).detail
    return refusal.reason


class _Problem(msgspec.Struct):
    detail: str
