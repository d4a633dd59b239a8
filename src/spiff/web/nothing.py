"""What a person sees who comes to an address where nothing is. Programs get a problem document instead."""

from collections.abc import Mapping
from importlib.resources import files

from spiff.web.routing import Reply

PAGE_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""What pages without a script may do."""

_PAGE = (files("spiff.web") / "nothing.html").read_bytes()


def is_read_by_a_person(headers: Mapping[str, str]) -> bool:
    """Whether a browser asks for a page to show: it alone names HTML among what it takes."""
    return "text/html" in headers.get("accept", "")


def nothing_here() -> Reply:
    """The page, 404. It repeats nothing of the address."""
    headers = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-cache", "Vary": "Accept"}
    return Reply(_PAGE, status=404, headers=headers, media_type="text/html; charset=utf-8")
