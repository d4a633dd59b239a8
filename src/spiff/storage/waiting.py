"""Those who wait for a commit, and how they hear of it: coroutines and plain threads alike. Knows no database."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

import msgspec

Outcome = tuple[Any, BaseException | None]
"""What an operation returned, or what it raised."""


class Waiting(msgspec.Struct, frozen=True):
    """An operation and who waits for it; `loop` is that of a coroutine, and None where a thread waits.

    With `asked` the operation is one on many, and that is what it is asked here.
    """

    operation: Callable[..., Any]
    answer: "asyncio.Future[Any] | Future[Any]"
    loop: asyncio.AbstractEventLoop | None = None
    asked: Any = None


def tell(outcomes: Iterable[tuple[Waiting, Outcome]]) -> None:
    """Hand everyone their outcome. An event loop is woken once, however many wait in it: each time costs a switch."""
    by_loop: dict[asyncio.AbstractEventLoop | None, list[tuple[Waiting, Outcome]]] = {}
    for waiting, outcome in outcomes:
        by_loop.setdefault(waiting.loop, []).append((waiting, outcome))
    for loop, told in by_loop.items():
        if loop is None:
            _answer(told)
        else:
            with suppress(RuntimeError):  # the loop was closed meanwhile: nobody in it can hear us any more
                loop.call_soon_threadsafe(_answer, told)


def _answer(told: list[tuple[Waiting, Outcome]]) -> None:
    for waiting, (result, refusal) in told:
        if waiting.answer.done():
            continue  # gave up after its operation had begun
        if refusal is None:
            waiting.answer.set_result(result)
        else:
            waiting.answer.set_exception(refusal)
