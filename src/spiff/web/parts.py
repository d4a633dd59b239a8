"""Serves the built browser parts: compressed where the browser takes it, for good where the name holds a hash."""

import mimetypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.resources.abc import Traversable

from spiff.errors import NotFound
from spiff.web.routing import Reply

_HASHED = re.compile(r"[\w./-]{1,180}-[0-9A-Z]{8}\.\w{1,8}\Z", re.ASCII)
_NEVER = re.compile(r"q=0(\.0{0,3})?\Z")
FOR_GOOD = "public, max-age=31536000, immutable"
"""How long what is named by a hash of itself may be kept (Cache-Control)."""
_ASK_FIRST = "no-cache"
_PACKED = ".gz"


@dataclass(frozen=True, slots=True)
class _Content:
    body: bytes
    etag: str


class PageParts:
    """The files below a folder. It is listed once: names are looked up and never become paths."""

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        self._read: dict[str, _Content] = {}

    def reply(self, name: str, headers: Mapping[str, str]) -> Reply:
        """The file of that name, as the request's headers want it. Raises NotFound."""
        if name.endswith(_PACKED) or name not in self._files:
            raise NotFound(f"there is no page part {name[:100]!r}")
        packed = name + _PACKED in self._files and _takes_gzip(headers.get("accept-encoding", ""))
        content = self._content(name + _PACKED if packed else name)
        answer = {
            "Cache-Control": FOR_GOOD if self.is_for_good(name) else _ASK_FIRST,
            "ETag": content.etag,
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
        }
        if _has_it(content.etag, headers.get("if-none-match", "")):
            return Reply(status=304, headers=answer, media_type=media_type(name))
        if packed:
            answer["Content-Encoding"] = "gzip"
        return Reply(content.body, headers=answer, media_type=media_type(name))

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises NotFound."""
        if name not in self._files:
            raise NotFound(f"there is no page part {name[:100]!r}")
        return self._content(name).body

    def is_for_good(self, name: str) -> bool:
        """Whether a name holds a hash of what it names, and so never means anything else."""
        return _HASHED.match(name) is not None

    def names_for_good(self) -> set[str]:
        """The names of all files here that hold a hash."""
        return {name for name in self._files if self.is_for_good(name)}

    @cached_property
    def _files(self) -> Mapping[str, Traversable]:
        return dict(_below(self._folder, ""))

    def _content(self, name: str) -> _Content:
        if name not in self._read:
            try:
                body = self._files[name].read_bytes()
            except FileNotFoundError:  # built anew since it was listed
                raise NotFound(f"there is no page part {name!r} any more; start the server again") from None
            self._read[name] = _Content(body, f'"{sha256(body).hexdigest()}"')
        return self._read[name]


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for each in folder.iterdir() if folder.is_dir() else ():
        if each.is_dir():
            yield from _below(each, f"{prefix}{each.name}/")
        else:
            yield prefix + each.name, each


def _takes_gzip(accepted: str) -> bool:
    wanted: dict[str, bool] = {}
    for each in accepted.lower().split(","):
        coding, _, weight = each.partition(";")
        wanted[coding.strip()] = not _NEVER.match(weight.strip())
    return wanted.get("gzip", wanted.get("*", False))


def _has_it(etag: str, known: str) -> bool:
    return known.strip() == "*" or etag in (each.strip().removeprefix("W/") for each in known.split(","))


def media_type(name: str) -> str:
    """What a file of that name is."""
    if name.endswith(".wasm"):
        return "application/wasm"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
