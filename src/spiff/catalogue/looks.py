"""A shop's own look as pages of the platform are told it. Knows no page and no request."""

from spiff.assets.addresses import file_href
from spiff.merchants.model import Theme
from spiff.merchants.palette import is_dark, palette
from spiff.web.routing import Message


class ThemeAnswer(Message, frozen=True):
    """The shop's own look, with every colour that follows from those it named: `#rrggbb`, by name.

    `radius` of corners in pixels; `density` is `comfortable` or `compact`; `fontUrl` leads to a font to be used before
    the `typeface`, `logoUrl` to a picture.
    """

    dark: bool
    colors: dict[str, str]
    radius: int | None
    density: str
    typeface: str
    font_url: str | None
    logo_url: str | None


def theme_answer(base_url: str, theme: Theme | None) -> ThemeAnswer | None:
    """The look of an integration, where it has one."""
    if theme is None:
        return None
    return ThemeAnswer(
        dark=is_dark(theme),
        colors=palette(theme),
        radius=theme.radius,
        density="compact" if theme.compact else "comfortable",
        typeface=theme.typeface,
        font_url=file_href(base_url, theme.font) if theme.font else None,
        logo_url=file_href(base_url, theme.logo) if theme.logo else None,
    )
