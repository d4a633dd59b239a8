"""Where requests to addresses that others choose may go: the rules for URLs and IP addresses. Opens no connection.

Without them a merchant's address could make this server ask the machines beside it, or a cloud's metadata service, in
its own name (server-side request forgery).
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from spiff.errors import Invalid

IpAddress = IPv4Address | IPv6Address

_NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: how a network without IPv4 reaches IPv4 addresses."""
_EMBEDDING = (_NAT64, IPv6Network("::/96"), IPv6Network("::ffff:0:0/96"), IPv6Network("::ffff:0:0:0/96"))
_GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All that IANA has given out for the open internet."""
_METADATA = frozenset(map(ip_address, ("169.254.169.254", "168.63.129.16", "192.0.0.192", "fd00:ec2::254")))
"""Where clouds answer to whoever asks from within; some of these look like any public address."""

_PRINTABLE = re.compile(r"[!-\[\]-~]+")
"""ASCII without spaces and backslashes: parsers disagree about everything else."""
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?|[0-9a-f:.]+")
LONGEST_URL = 2000


class AddressRefused(Invalid):
    """Requests are not sent there: the address is no proper one, or leads into a network that is not public."""

    code, title = "address-refused", "Nothing is sent to this address"


@dataclass(frozen=True, slots=True)
class Target:
    """A URL in its parts, none of which can be read in two ways."""

    scheme: str
    host: str
    port: int
    path: str
    """With the query."""

    @property
    def authority(self) -> str:
        """The value of the `Host` header (RFC 9110, 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == {"http": 80, "https": 443}[self.scheme] else f"{host}:{self.port}"


def read_target(url: str, *, allow_private: bool) -> Target:
    """The parts of an address that we may send to. Raises AddressRefused.

    With `allow_private`, `http` and networks of one's own are fine. A host that is a name is not looked up here:
    what it stands for may be another address each time, so that is checked as the connection is made.
    """
    if len(url) > LONGEST_URL or not _PRINTABLE.fullmatch(url):
        raise AddressRefused(f"an address has at most {LONGEST_URL} characters, all of them ASCII and none a space")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused("this is not a web address") from None
    schemes = {"https": 443, "http": 80} if allow_private else {"https": 443}
    if parts.scheme not in schemes:
        raise AddressRefused(f"the address must begin with {' or '.join(f'{each}://' for each in schemes)}")
    if "@" in parts.netloc or "#" in url or port == 0 or not _HOST.fullmatch(parts.hostname or ""):
        raise AddressRefused("the address must be a host, perhaps a port and a path, without user, password or #")
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    target = Target(parts.scheme, parts.hostname or "", port or schemes[parts.scheme], path)
    literal = _literal(target.host)
    if literal is not None:
        require_allowed(literal, allow_private=allow_private)
    return target


def require_allowed(address: IpAddress, *, allow_private: bool) -> None:
    """Raise AddressRefused unless requests may go to this address, in whatever form it is written."""
    meant = _meant(address)
    never = meant.is_link_local or meant.is_multicast or meant.is_unspecified or meant in _METADATA
    if never or not (allow_private or _is_public(meant)):
        raise AddressRefused(f"{address} is not a public address")


def _is_public(address: IpAddress) -> bool:
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_reserved
    # Tunnels would carry the request to an IPv4 address of the writer's choice.
    tunnel = address.sixtofour is not None or address.teredo is not None
    return address in _GLOBAL_UNICAST and address.is_global and not tunnel


def _meant(address: IpAddress) -> IpAddress:
    """The IPv4 address that some IPv6 addresses only wrap."""
    if isinstance(address, IPv6Address) and int(address) > 1 and any(address in net for net in _EMBEDDING):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address


def _literal(host: str) -> IpAddress | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
