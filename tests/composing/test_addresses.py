"""Web addresses as people type them: letters beyond ASCII become what browsers make of them."""

import pytest

from spiff.composing.addresses import web_address


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("https://müller.de/ä", "https://xn--mller-kva.de/%C3%A4"),
        ("MÜLLER.de", "https://xn--mller-kva.de"),
        ("mu\u0308ller.de", "https://xn--mller-kva.de"),
        ("straße.de:8080/?q=ß#ß", "https://xn--strae-oqa.de:8080/?q=%C3%9F#%C3%9F"),
        ("почта.рф", "https://xn--80a1acny.xn--p1ai"),
        ("日本語.jp", "https://xn--wgv71a119e.jp"),
        ("ラーメン.jp", "https://xn--4dkp5a8a.jp"),
        ("مثال.إختبار", "https://xn--mgbh0fb.xn--kgbechtv"),
        ("example.com/日本", "https://example.com/%E6%97%A5%E6%9C%AC"),
        ("https://example.com/a/é", "https://example.com/a/%C3%A9"),
    ],
)
def test_letters_beyond_ascii_are_written_as_browsers_send_them(typed: str, written: str) -> None:
    assert web_address(typed) == written


@pytest.mark.parametrize(
    "typed",
    [
        "abcא.de",
        "1א.de",
        "ａｂ.de",
        "\u0301a.de",
        "-ä.de",
        "ä-.de",
        "♥.de",
        "\ue000.de",
        "ä b.de",
        "ä@example.com",
        "ꭰ.com",
        "a\u200dä.de",
        "example.com/ä\u3000b",
        "ä" * 64 + ".de",
        "https://example.com/" + "ä" * 200,
    ],
)
def test_what_no_browser_takes_or_would_read_otherwise_is_no_address(typed: str) -> None:
    assert web_address(typed) is None
