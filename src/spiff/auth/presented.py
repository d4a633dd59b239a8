"""A request as it came in, for whoever finds out who sent it. Knows no signature scheme."""

from collections.abc import Mapping, Sequence

import msgspec


class Presented(msgspec.Struct, frozen=True):
    """What a sender can sign, each exactly as it arrived."""

    method: str
    path: str
    """Decoded, without the query."""
    headers: Mapping[str, str]
    """By lower-case name; of a header that came twice, the first."""
    body: bytes
    raw_path: bytes = b""
    """As it stood in the request line, without the query; empty where it is `path` itself."""
    query: bytes = b""
    """Without its question mark."""
    lines: Sequence[tuple[bytes, bytes]] = ()
    """Every header in its order, names in lower case."""

    @property
    def wire_path(self) -> str:
        """The path as it stood in the request line."""
        return self.raw_path.decode("latin-1") or self.path

    def field(self, name: str) -> str | None:
        """A header's whole value, its lines joined (RFC 9421, 2.1); None where it did not come."""
        wanted = name.encode("latin-1", "replace")
        values = [value.strip(b" \t") for key, value in self.lines if key == wanted]
        return b", ".join(values).decode("latin-1") if values else None
