"""Writes PDF objects into a file (ISO 32000-1, 7.3 to 7.5). Knows nothing of what the objects mean."""

import hashlib

import deflate

_LEVEL = 1
"""Level 6 takes twice as long for a fifth fewer bytes, and most bytes of a print file are photos anyway."""


class PdfFile:
    """Collects numbered objects. Equal objects give equal bytes: there is no date and no random identifier."""

    def __init__(self) -> None:
        self._objects: list[list[bytes]] = []
        self._identity = hashlib.sha256()

    @property
    def count(self) -> int:
        """How many objects there are; the next one gets the number after it."""
        return len(self._objects)

    def add(self, dictionary: str, stream: bytes | None = None, identity: bytes = b"") -> int:
        """Add an object and return its number. `identity` stands for a big stream in the file's identifier."""
        if stream is None:
            parts = [f"{dictionary}\n".encode("ascii")]
        else:
            opening = f"{dictionary[:-2]} /Length {len(stream)}>>\nstream\n"
            parts = [opening.encode("ascii"), stream, b"\nendstream\n"]
        self._identity.update(parts[0] + (identity or stream or b""))
        self._objects.append(parts)
        return len(self._objects)

    def identity(self) -> bytes:
        """A digest of all objects so far."""
        return self._identity.digest()

    def add_compressed(self, dictionary: str, stream: bytes) -> int:
        """Add a stream compressed by Flate. `dictionary` holds its other entries."""
        return self.add(f"{dictionary[:-2]} /Filter /FlateDecode>>", compressed(stream))

    def to_bytes(self, *, root: int, info: int) -> bytes:
        """The whole file, with a classic cross-reference table."""
        # The second line tells transfer programs that the file is binary (7.5.2).
        chunks = [b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n"]
        position = len(chunks[0])
        entries = ["0000000000 65535 f \n"]
        for index, parts in enumerate(self._objects, start=1):
            entries.append(f"{position:010} 00000 n \n")
            whole = [b"%d 0 obj\n" % index, *parts, b"endobj\n"]
            position += sum(map(len, whole))
            chunks += whole
        chunks.append(self._ending(entries, position, root, info))
        return b"".join(chunks)

    def _ending(self, entries: list[str], position: int, root: int, info: int) -> bytes:
        identifier = f"<{self._identity.hexdigest()[:32]}>"
        trailer = f"<</Size {len(entries)} /Root {root} 0 R /Info {info} 0 R /ID [{identifier} {identifier}]>>"
        table = f"xref\n0 {len(entries)}\n{''.join(entries)}"
        return f"{table}trailer\n{trailer}\nstartxref\n{position}\n%%EOF\n".encode("ascii")


def compressed(data: bytes) -> bytes:
    """`data` in a zlib container. libdeflate gives the same bytes on every machine."""
    return bytes(deflate.zlib_compress(data, _LEVEL))


def text_string(text: str) -> str:
    """A text as a PDF string object (7.9.2): UTF-16 with its mark, in hexadecimal: nothing needs escaping."""
    return f"<feff{text.encode('utf-16-be', 'replace').hex()}>"
