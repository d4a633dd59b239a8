"""What browsers say about being followed. Knows no domain: whoever counts visitors asks here first."""

from collections.abc import Mapping


def asks_not_to_be_followed(headers: Mapping[str, str]) -> bool:
    """Whether a request came with Global Privacy Control (`Sec-GPC: 1`) or the older Do Not Track (`DNT: 1`)."""
    return "1" in {headers.get("sec-gpc"), headers.get("dnt")}
