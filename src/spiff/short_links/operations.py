"""What may be done with short links: make one, follow it (contract/rest.md 11). Knows no HTTP.

A shortener that takes any address lends our name to whoever wants to hide where a link leads. This one leads to this
installation, and to hosts that its operator named; both when it is made and when it is followed.
"""

import base64
import hashlib
import re
from urllib.parse import urlsplit

from spiff.errors import Invalid, NotFound
from spiff.settings import Settings
from spiff.short_links import store
from spiff.storage.work import Work
from spiff.web.targets import AddressRefused, read_target

PATH = "/s/"
_CODE = re.compile(r"[A-Za-z0-9_-]{11,43}")
_LETTERS = 11
"""Of a code: 66 bits. Where two addresses begin alike, the later one gets more."""


class NotShortened(Invalid):
    """Short links lead here, or to hosts that were named; this address is elsewhere, or none."""

    code, title = "link-refused", "No short link leads there"


def shorten(work: Work, settings: Settings, long_url: str) -> str:
    """The code that leads to an address, the same each time. Raises NotShortened."""
    require_ours(settings, long_url)
    digest = base64.urlsafe_b64encode(hashlib.sha256(long_url.encode()).digest()).decode().rstrip("=")
    for length in range(_LETTERS, len(digest) + 1):
        code = digest[:length]
        store.add_link(work, code, long_url)
        if store.find_url(work, code) == long_url:
            return code
    raise NotShortened("another address has this very SHA-256")


def follow(work: Work, settings: Settings, code: str) -> str:
    """Where a code leads. Raises NotFound, also where its host is not named any more."""
    url = store.find_url(work, code) if _CODE.fullmatch(code) else None
    try:
        if url is not None:
            require_ours(settings, url)
            return url
    except NotShortened:
        pass
    raise NotFound("this link leads nowhere")


def require_ours(settings: Settings, url: str) -> None:
    """Raise NotShortened unless the address is of this installation, or `https` on a host that was named."""
    try:
        target = read_target(url, allow_private=True)
    except AddressRefused as refusal:
        raise NotShortened(refusal.detail).at("/longUrl") from None
    base = urlsplit(settings.base_url)
    ours = (base.scheme, (base.hostname or "").lower(), base.port or {"http": 80, "https": 443}[base.scheme])
    if (target.scheme, target.host, target.port) == ours and not target.path.startswith(base.path + PATH):
        return
    named = {each.strip().lower() for each in settings.short_link_hosts.split(",")} - {""}
    if (target.scheme, target.port) != ("https", 443) or target.host not in named:
        hosts = f"short links lead to {settings.base_url} and to the hosts in SPIFF_SHORT_LINK_HOSTS"
        raise NotShortened(hosts).at("/longUrl")
