"""Which elements, attributes and properties an illustration may use. Knows names only, not what they do."""

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
XHTML = "http://www.w3.org/1999/xhtml"
FORBIDDEN_NAMESPACES = {XHTML, "http://www.w3.org/1998/Math/MathML"}

SHAPES = frozenset({"rect", "circle", "ellipse", "line", "polyline", "polygon", "path"})
CONTAINERS = frozenset({"svg", "g", "use", "symbol", "defs"})
WORDS = frozenset({"title", "desc", "metadata"})
"""For people and programs; nothing of them is drawn or kept."""
ELEMENTS = SHAPES | CONTAINERS | WORDS | {"style"}

INHERITED = frozenset(
    {
        "color",
        "fill",
        "fill-opacity",
        "fill-rule",
        "paint-order",
        "stroke",
        "stroke-dasharray",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-opacity",
        "stroke-width",
        "visibility",
    }
)
OWN = frozenset({"display", "overflow"})
UNDERSTOOD = INHERITED | OWN

NEUTRAL: dict[str, frozenset[str]] = {
    "opacity": frozenset({"1", "1.0", "100%"}),
    "fill-opacity": frozenset({"1", "1.0", "100%"}),
    "stroke-opacity": frozenset({"1", "1.0", "100%"}),
    "stroke-dasharray": frozenset({"none"}),
    "clip-path": frozenset({"none"}),
    "clip": frozenset({"auto"}),
    "mask": frozenset({"none"}),
    "filter": frozenset({"none"}),
    "marker": frozenset({"none"}),
    "marker-start": frozenset({"none"}),
    "marker-mid": frozenset({"none"}),
    "marker-end": frozenset({"none"}),
    "mix-blend-mode": frozenset({"normal"}),
    "backdrop-filter": frozenset({"none"}),
    "vector-effect": frozenset({"none"}),
    "transform-origin": frozenset({"0 0", "0px 0px"}),
}
"""Properties that are refused by name unless they say that they do nothing."""

NOT_IN_CSS = frozenset(
    {
        "all",
        "animation",
        "animation-name",
        "content",
        "cx",
        "cy",
        "d",
        "height",
        "mask-image",
        "offset",
        "offset-path",
        "perspective",
        "position",
        "r",
        "rotate",
        "rx",
        "ry",
        "scale",
        "transform",
        "transform-box",
        "transition",
        "translate",
        "width",
        "x",
        "y",
        "zoom",
    }
)
"""Properties that move or reshape: we read those from attributes only, so in CSS they are refused."""
