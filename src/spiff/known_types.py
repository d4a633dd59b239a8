"""Has msgspec look at our types before threads ask it to. Knows none of them."""

from collections.abc import Iterator
from contextlib import suppress

import msgspec


def learn_types() -> None:
    """Have every struct type that was imported looked at, once, while nobody else decodes.

    msgspec looks at a type when it is first asked for, and lets other threads run meanwhile. One of them that decodes
    the same type then reads what is not there yet, and the whole process ends (seen with msgspec 0.22).
    """
    for each in _subclasses(msgspec.Struct):
        with suppress(TypeError, NameError):  # what holds services or functions is never decoded
            msgspec.json.Decoder(each)


def _subclasses(of: type) -> Iterator[type]:
    below: list[type] = of.__subclasses__()
    for each in below:
        yield each
        yield from _subclasses(each)
