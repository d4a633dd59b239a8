"""Names in double braces, filled in for each recipient (docs/composing.md, Text 1). Knows no workflow."""

import re
from collections.abc import Mapping

PLACEHOLDER = "{{}}"
"""Where the shopper's words go in a replaceable text."""

# At most four braces, so that a thousand of them are looked through once and not from each of them anew.
_NAME = re.compile(r"(\{{2,4}) *([A-Za-z_][A-Za-z0-9_.-]*) *(\}{2,4})")


def rendered(text: str, recipient: Mapping[str, str]) -> str:
    """The text with `{{name}}` and `{{recipient.name}}` filled in, unknown names by nothing.

    Any other use of double braces leaves the text as it is, as a template that cannot be rendered does
    (contract/domain.md 7).
    """
    if "{{" not in text:
        return text
    rest = _NAME.sub("", text)
    if "{{" in rest or "}}" in rest or not all(map(_is_whole, _NAME.finditer(text))):
        return text
    return _NAME.sub(lambda found: recipient.get(found[2].removeprefix("recipient."), ""), text)


def _is_whole(found: re.Match[str]) -> bool:
    """As many braces close it as open it: two, or three."""
    return len(found[1]) == len(found[3]) <= 3
