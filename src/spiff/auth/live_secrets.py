"""The secrets a signature is tried with: those that are live, and stand-ins that cost the same. Knows no scheme."""

from collections.abc import Sequence

MOST_SECRETS = 2
"""Live at once, of one integration: the old one and the new one while they are exchanged."""
NOBODYS_SECRET = "nobody's secret: computed with where there is none, so that timing tells nothing"  # noqa: S105 - not one


def tried_secrets(secrets: Sequence[str]) -> list[tuple[str, bool]]:
    """Always `MOST_SECRETS`, each with whether it is a live one: an unknown key costs what a known one does."""
    live = [(secret, True) for secret in secrets[:MOST_SECRETS]]
    return live + [(NOBODYS_SECRET, False)] * (MOST_SECRETS - len(live))
