"""The refusal of an illustration. Knows only that it has a reason."""

from spiff.errors import Invalid


class SvgRefused(Invalid):
    """The file cannot be reduced to paths; `code` says why and begins with `svg-` (docs/assets.md)."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


_LONGEST = 60


def shown(text: str) -> str:
    """A stranger's text as it may stand in a message: short, on one line."""
    line = " ".join(text.split())
    return repr(line if len(line) <= _LONGEST else line[:_LONGEST] + "…")
