"""What a shop and its shoppers send, again and again until it is acknowledged, and what they were told.

Knows the public API alone. Answers get lost on purpose: the caller hangs up after sending and asks again.
"""

import http.client
import json
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import formatdate
from random import Random
from typing import Any
from urllib.parse import urlsplit

from spiff.auth import soa

ORDERS = "/api/v2/orders"
PATIENCE_SECONDS = 120.0
_BETWEEN_TRIES_SECONDS = 0.05


class Unheard(Exception):
    """Nothing was acknowledged for so long that something is broken for good."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    document: dict[str, Any]
    headers: Mapping[str, str]


@dataclass
class Told:
    """Every answer that promised something. Filled by many threads, each key by one."""

    designs: dict[str, int] = field(default_factory=dict)
    """Revision by transaction: its completion was acknowledged."""
    ordered: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Transactions by the name of the order that was acknowledged."""
    orders: dict[str, set[str]] = field(default_factory=dict)
    """Every order id that any answer gave for that name."""
    statuses: Counter[int] = field(default_factory=Counter)
    """How often each status was seen; 0 stands for no answer."""
    surprises: list[str] = field(default_factory=list)
    """Answers that no caller should get, whatever dies."""

    def refused(self) -> int:
        """How many answers were 5xx."""
        return sum(count for status, count in self.statuses.items() if status >= 500)


class Sent:
    """Counts requests as they go out, for those who want to strike in the middle of one."""

    def __init__(self) -> None:
        self.count = 0
        self._changed = threading.Condition()

    def one_more(self) -> None:
        """Another request is on its way."""
        with self._changed:
            self.count += 1
            self._changed.notify_all()

    def wait_for(self, more: int, seconds: float) -> None:
        """Return once so many more were sent, or when the time is over."""
        with self._changed:
            target = self.count + more
            self._changed.wait_for(lambda: self.count >= target, seconds)


class Merchant:
    """One shop with its shoppers, calling any of several web processes. Each thread has a Merchant of its own."""

    def __init__(self, urls: Sequence[str], key: str, secret: str, product: str, seed: str) -> None:
        self.told = Told()
        self.sent = Sent()
        self._urls, self._key, self._secret, self._product = urls, key, secret, product
        self._random = Random(seed)  # noqa: S311 - chance, not secrecy
        self._pause = threading.Event()

    def like(self, name: str) -> "Merchant":
        """Another caller for another thread, who keeps the same books."""
        other = Merchant(self._urls, self._key, self._secret, self._product, f"{self._random.random()} {name}")
        other.told, other.sent = self.told, self.sent
        return other

    def design(self, text: str) -> str:
        """Design and finish one; its transaction."""
        created = self._insist("POST", "/api/transactions", {"integrationProductId": self._product}, {}, 201)
        here, owner = f"/api/transactions/{created['id']}", {"Authorization": f"Bearer {created['ownerToken']}"}
        workflow = self._insist("GET", urlsplit(created["workflow"]["href"]).path)
        answers = {"answers": _answers(workflow["workflow"], text)}
        changed = self._insist("PATCH", here, answers, {**owner, "If-Match": '"1"'}, 200, already=412)
        revision = changed.get("currentRevision") or changed["revision"]
        finished = self._insist("POST", f"{here}/complete", {}, {**owner, "If-Match": f'"{revision}"'})
        self.told.designs[created["id"]] = finished["revision"]
        return str(created["id"])

    def order(self, transactions: Sequence[str], name: str | None = None, *, with_key: bool = True) -> str:
        """Order these until it is acknowledged, then sometimes once more; the order's id."""
        name = name or str(uuid.UUID(int=self._random.getrandbits(128), version=4))
        items = [{"transactionId": each, "amountToOrder": 1} for each in transactions]
        body = json.dumps({"orderItems": items} | ({} if with_key else {"externalId": name})).encode()
        for _ in range(1 + (self._random.random() < 0.2)):
            answer = self._until_answered(lambda: self._ask(ORDERS, body, name if with_key else None))
            if answer.status != 201:
                self.told.surprises.append(f"order {name}: {answer.status} {answer.document}")
                return ""
            self.told.ordered[name] = tuple(transactions)
            self.told.orders.setdefault(name, set()).add(answer.document["id"])
        return str(answer.document["id"])

    def _ask(self, path: str, body: bytes, key: str | None) -> Answer | None:
        date = formatdate(usegmt=True)
        signature = soa.sign(self._secret, soa.Signed("POST", path, "application/json", date, body), "sha512")
        headers = {"Authorization": f"SOA {self._key}:{signature}", "Date": date, "Content-Type": "application/json"}
        return self.send("POST", path, body, headers | ({"Idempotency-Key": key} if key else {}))

    def _insist(
        self,
        method: str,
        path: str,
        content: object = None,
        headers: Mapping[str, str] | None = None,
        status: int = 200,
        already: int = 0,
    ) -> dict[str, Any]:
        """The document of the expected answer, or of the one that says it was done before."""
        body = None if content is None else json.dumps(content).encode()
        known = {"Content-Type": "application/json"} if body else {}
        answer = self._until_answered(lambda: self.send(method, path, body, {**known, **(headers or {})}))
        if answer.status not in {status, already}:
            self.told.surprises.append(f"{method} {path}: {answer.status} {answer.document}")
            raise Unheard(self.told.surprises[-1])
        return answer.document

    def _until_answered(self, attempt: Callable[[], Answer | None]) -> Answer:
        """Ask until something other than silence or 5xx comes back."""
        for _ in range(int(PATIENCE_SECONDS / _BETWEEN_TRIES_SECONDS)):
            answer = attempt()
            if answer is not None and answer.status < 500:
                return answer
            if answer is not None and (answer.status != 503 or "retry-after" not in answer.headers):
                self.told.surprises.append(f"{answer.status} {answer.headers} {answer.document}")
            self._pause.wait(_BETWEEN_TRIES_SECONDS)
        raise Unheard(f"nothing acknowledged within {PATIENCE_SECONDS} seconds")

    def send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer | None:
        """Send once, to any of the web processes. None where no answer came, or we hung up before it did."""
        host = self._random.choice(self._urls).removeprefix("http://")
        connection = http.client.HTTPConnection(host, timeout=30)
        try:
            connection.request(method, path, body, dict(headers))
            self.sent.one_more()
            if self._random.random() < 0.05:
                return self._heard(None)
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return self._heard(Answer(answer.status, json.loads(answer.read() or b"{}"), named))
        except (OSError, http.client.HTTPException, ValueError):
            self.sent.one_more()
            return self._heard(None)
        finally:
            connection.close()

    def _heard(self, answer: Answer | None) -> Answer | None:
        self.told.statuses[answer.status if answer else 0] += 1
        return answer


def _answers(workflow: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The first choice wherever one must choose, and the text."""
    options = {option["id"]: option["variants"] for option in workflow["options"]}
    answers: dict[str, Any] = {}
    for step in (step for step in workflow["steps"] if not step.get("conditions") and not step.get("silent")):
        variants = options.get(step.get("option"), [])
        answers[step["stepName"]] = {"variantId": variants[0]["id"]} if variants else {}
        if step["type"] == "Text":
            answers[step["stepName"]]["text"] = text
    return answers
