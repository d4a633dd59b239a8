"""Which elements, attributes and properties an illustration may use. Knows names only, not what they do."""

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
XHTML = "http://www.w3.org/1999/xhtml"
FORBIDDEN_NAMESPACES = {XHTML, "http://www.w3.org/1998/Math/MathML"}

SHAPES = frozenset({"rect", "circle", "ellipse", "line", "polyline", "polygon", "path"})
CONTAINERS = frozenset({"svg", "g", "use", "symbol", "defs", "switch"})
WORDS = frozenset({"title", "desc", "metadata"})
"""For people and programs; nothing of them is drawn or kept."""
CLIP = "clipPath"
BEYOND_PATHS = frozenset({"filter", "linearGradient", "marker", "mask", "pattern", "radialGradient"})
"""They draw nothing where they stand. Drawing programs leave many unused; what uses one is refused with its name."""
ELEMENTS = SHAPES | CONTAINERS | WORDS | BEYOND_PATHS | {CLIP, "stop", "style"}
FILTER_PARTS = "fe"
"""How the names of a filter's parts begin."""

INHERITED = frozenset(
    {
        "clip-rule",
        "color",
        "fill",
        "fill-opacity",
        "fill-rule",
        "paint-order",
        "stroke",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-opacity",
        "stroke-width",
        "visibility",
    }
)
OWN = frozenset({"clip-path", "display", "opacity", "overflow"})
UNDERSTOOD = INHERITED | OWN

NEUTRAL: dict[str, frozenset[str]] = {
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
