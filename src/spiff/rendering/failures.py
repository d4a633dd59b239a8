"""The failures of rendering. Knows nothing of HTTP or of the domains: whoever asked for a rendering translates them."""


class NotDrawable(ValueError):
    """The panel or one of its images cannot be drawn; trying again gives the same answer."""

    code = "not-drawable"


class RenderFailed(Exception):
    """A child process did not give a result.

    `code` is `not-drawable`, `out-of-memory`, `out-of-time`, `crashed`, `closed`, the `code` of the
    failure that the called function raised, or `unexpected` for one that has none.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail

    @property
    def final(self) -> bool:
        """Whether trying again is pointless. A crash may have had a cause outside of the job."""
        return self.code not in {"crashed", "closed"}
