"""Names in double braces."""

import pytest

from spiff.composing.templates import rendered

RECIPIENT = {"name": "Zoë", "home.city": "Wien", "sly": "{{name}}"}


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("For {{name}}", "For Zoë"),
        ("{{ recipient.name }}, {{{home.city}}}", "Zoë, Wien"),
        ("{{recipient.home.city}}", "Wien"),
        ("[{{nobody}}]", "[]"),
        ("{{sly}}", "{{name}}"),
        ("{ {name} } 100 %", "{ {name} } 100 %"),
    ],
)
def test_names_are_filled_in_once(text: str, made: str) -> None:
    assert rendered(text, RECIPIENT) == made


@pytest.mark.parametrize(
    "beside",
    [
        "{{#if name}}",
        "{{/if}}",
        "{{>part}}",
        "{{!note}}",
        "{{name",
        "}}",
        "{{}}",
        "{{1st}}",
        "{{{name}}",
        "{{name}}}",
        "{" * 5 + "name" + "}" * 5,
    ],
)
def test_anything_else_in_double_braces_leaves_all_of_the_text_as_it_was(beside: str) -> None:
    text = f"{{{{name}}}} {beside}"

    assert rendered(text, RECIPIENT) == text
