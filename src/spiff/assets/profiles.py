"""Looks at a printer's colour profile before it is kept. Knows no database; runs in a child process with limits."""

from spiff.errors import Invalid
from spiff.rendering.failures import NotDrawable
from spiff.rendering.profiles import Conversion

SIGNATURE = b"acsp"
SIGNATURE_AT = 36
MOST_BYTES = 8_000_000
_PRINTER, _CMYK = b"prtr", b"CMYK"


class ProfileRefused(Invalid):
    """The file is no profile of a press; `code` says why and begins with `profile-`."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def require_profile(data: bytes) -> None:
    """Check an ICC profile of a press in CMYK (ICC.1, 7.2) by converting through it. Raises ProfileRefused."""
    if len(data) > MOST_BYTES:
        raise ProfileRefused("profile-too-large", f"a colour profile has at most {MOST_BYTES} bytes, not {len(data)}")
    if data[12:16] != _PRINTER or data[16:20] != _CMYK:
        raise ProfileRefused("profile-kind", "a colour profile must be that of a press (class prtr) in CMYK")
    if int.from_bytes(data[:4], "big") != len(data):
        raise ProfileRefused("profile-damaged", "the colour profile is shorter or longer than it says")
    try:
        Conversion(data).cmyk("#336699")
    except NotDrawable as failure:
        raise ProfileRefused("profile-damaged", "no colour can be converted through the profile") from failure
