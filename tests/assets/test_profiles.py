"""A printer's colour profile is taken only when colours can be converted through it."""

import pytest

from spiff.assets.inspecting import Accepted, Refused, inspect_file
from spiff.assets.profiles import MOST_BYTES
from spiff.rendering.profiles import coated, srgb
from tests.intake import shared_intake


def code(data: bytes) -> str:
    """Why a file is refused."""
    found = inspect_file(shared_intake(), "press.icc", data)
    assert isinstance(found, Refused)
    return found.code


def tables_gone(profile: bytes) -> bytes:
    """The same length, but nothing behind the header."""
    return profile[:128] + bytes(len(profile) - 128)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (srgb(), "profile-kind"),
        (coated()[:-1], "profile-damaged"),
        (coated() + b"\0", "profile-damaged"),
        (tables_gone(coated()), "profile-damaged"),
        (coated() + bytes(MOST_BYTES), "profile-too-large"),
    ],
)
def test_what_no_colour_can_be_printed_through_is_refused(data: bytes, why: str) -> None:
    assert code(data) == why


def test_the_profile_of_a_press_is_kept_as_it_came() -> None:
    found = inspect_file(shared_intake(), "press.icc", coated())

    assert isinstance(found, Accepted)
    assert (found.kind, found.kept.data) == ("profile", coated())
