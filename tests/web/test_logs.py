"""Log lines are all written, in order, whoever writes them from wherever."""

import asyncio
import io
import threading

from spiff.web.logs import Lines


class File(io.BytesIO):
    """Counts how often it is flushed."""

    flushed = 0

    def flush(self) -> None:
        self.flushed += 1


def test_the_lines_of_one_turn_are_written_at_once_and_in_order() -> None:
    file = File()
    lines = Lines(file)

    async def tell() -> None:
        for number in range(3):
            lines.info(b"%d" % number)
        await asyncio.sleep(0)
        lines.info(b"3")
        await asyncio.sleep(0)

    asyncio.run(tell())

    assert (file.getvalue(), file.flushed) == (b"0\n1\n2\n3\n", 2)


def test_a_line_of_a_thread_is_written_before_it_goes_on() -> None:
    file = File()
    thread = threading.Thread(target=Lines(file).error, args=(b"from a thread",))

    thread.start()
    thread.join()

    assert file.getvalue() == b"from a thread\n"


def test_a_loop_that_ended_keeps_no_line_of_the_next_back() -> None:
    file = File()
    lines = Lines(file)
    first = asyncio.new_event_loop()
    first.run_until_complete(_tell(lines, b"first"))
    first.close()

    asyncio.run(_tell_and_wait(lines, b"second"))

    assert file.getvalue() == b"first\nsecond\n"


async def _tell(lines: Lines, line: bytes) -> None:
    lines.info(line)


async def _tell_and_wait(lines: Lines, line: bytes) -> None:
    lines.info(line)
    await asyncio.sleep(0)


class FullDisk(io.BytesIO):
    """A file that takes nothing."""

    def write(self, _data: object) -> int:
        raise OSError(28, "No space left on device")


def test_a_log_on_a_full_disk_fails_nobody() -> None:
    async def request() -> str:
        Lines(FullDisk()).info(b"a line")
        await asyncio.sleep(0)
        return "answered"

    Lines(FullDisk()).info(b"a line of a thread")

    assert asyncio.run(request()) == "answered"
