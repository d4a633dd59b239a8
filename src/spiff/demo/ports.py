"""Checks ports before anything is started, so that a taken one gets a sentence and not a stack of messages."""

import errno
import socket

HOST = "127.0.0.1"


class PortTaken(Exception):
    """The sentence for the person who started the demo."""


def require_free(port: int, option: str) -> None:
    """Raise PortTaken when nobody could listen there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as failure:
            reason = "is taken by another program" if failure.errno == errno.EADDRINUSE else "cannot be used"
            raise PortTaken(f"port {port} {reason}; choose another with {option}") from None
