"""Ties a program to the process that started it: `python tether.py PARENT program…`. Imports nothing of ours.

It asks the kernel (Linux) for SIGTERM when the parent dies, however it dies, and becomes the program. A separate step,
because code between fork and exec is not safe in a process with threads.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Tie, then become the program."""
    parent, *program = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != int(parent):  # it died before we could ask
            sys.exit(1)
    os.execv(program[0], program)  # noqa: S606 - the program that our parent chose


if __name__ == "__main__":
    main()
