"""Small drawings in SVG, one for each thing that flattening must get right. Names say what."""

_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(body: str, attributes: str = 'viewBox="0 0 100 100"') -> bytes:
    """A document around `body`."""
    return f"{_HEAD} {attributes}>{body}</svg>".encode()


STAR = "M50 5L79 95L3 39L97 39L21 95Z"
ROUND = 'stroke-linejoin="round" stroke-linecap="round"'
_HOLE = "M10 10H90V90H10zM30 30H70V70H30z"

DRAWINGS: dict[str, bytes] = {
    "rectangles": svg(
        '<rect x="5" y="5" width="40" height="25"/><rect x="50" y="5" width="45" height="25" rx="8" fill="red"/>'
        '<rect x="5" y="40" width="40" height="50" rx="30" ry="5" fill="#0a0"/>'
        '<rect x="55" y="40" width="50%" height="20%" ry="4" fill="rgb(0, 0, 255)"/>'
    ),
    "round shapes": svg(
        '<circle cx="30" cy="30" r="25" fill="teal"/>'
        '<ellipse cx="60" cy="70" rx="35" ry="12" fill="hsl(30, 100%, 50%)"/>'
        '<circle cx="80" cy="20" r="10%" fill="none" stroke="navy" stroke-width="3"/>'
    ),
    "lines": svg(
        '<g stroke="black" stroke-width="6" fill="none"><line x1="10" y1="10" x2="90" y2="20"/>'
        '<polyline points="10,40 30,60 50,40 70,60" stroke-linejoin="bevel" stroke-linecap="square"/>'
        '<polygon points="20 70 40 95 80 70" stroke-linejoin="miter"/>'
        f'<path d="M80 35l10 5-10 15" {ROUND} stroke="red"/></g>'
    ),
    "sharp miters": svg('<path d="M10 20L80 30L10 40M10 60L80 62L10 64" fill="none" stroke="green" stroke-width="4"/>'),
    "relative": svg(
        '<path d="m10 10 30 0 0 20-30 0z m5 40h30v20h-30z M60 10c10-10 20 10 30 0s0 30-10 30-20-10-20-30z"/>'
    ),
    "quadratic": svg('<path d="M10 50Q30 0 50 50T90 50t0 20q-20 40-40 0T10 70z" fill="purple"/>'),
    "arcs": svg(
        '<path d="M10 30A20 15 30 0 1 60 30A20 15 30 1 0 90 60L20 80a25 25 -30 0 1 50 -25z" fill="orange"/>'
        '<path d="M70 90a5 5 0 1110 0 5 5 0 01-10 0z"/><path d="M5 95A1 1 0 0 1 30 95z" fill="blue"/>'
    ),
    "odd numbers": svg('<path d="M1e1,1E1.5.5L90.5.5.5+40-0-0z" fill="#f0f"/>'),
    "after a close": svg('<path d="M20 20h30v30h-30zl-15 40h60z" fill="#808"/>'),
    "even-odd": svg(f'<path fill-rule="evenodd" d="{_HOLE}" fill="crimson"/>'),
    "even-odd star": svg(f'<path fill-rule="evenodd" d="{STAR}" fill="gold" stroke="black"/>'),
    "even-odd rings": svg(
        '<path fill-rule="evenodd" d="M50 0A50 50 0 0 1 50 100 50 50 0 0 1 50 0zM50 10a40 40 0 0 0 0 80 40 40 0'
        " 0 0 0-80z"
        'm0 10a30 30 0 0 1 0 60 30 30 0 0 1 0-60zm0 10q-20 20 0 40t0-40z" fill="olive"/>'
    ),
    "nonzero star": svg(f'<path d="{STAR}" fill="gold"/>'),
    "transforms": svg(
        '<g transform="translate(50 50)"><g transform="rotate(30) scale(.8,.5)">'
        '<rect x="-40" y="-40" width="80" height="80"'
        ' fill="#369"/></g><rect transform="skewX(20)" x="-10" y="-40" width="20" height="20" fill="tomato"/>'
        '<rect transform="skewY(-10),translate(5)" width="20" height="20" fill="lime"/></g>'
        '<path transform="matrix(0 .5 -.5 0 40 70) rotate(10, 5, 5)" d="M0 0h30v30z"/>'
    ),
    "stretched strokes": svg(
        f'<g transform="scale(2 .5)">'
        f'<path d="M10 30L40 50V150" stroke="black" stroke-width="6" fill="none" {ROUND}/></g>'
        '<circle transform="translate(70 60) rotate(20) scale(20 8)" r="1" stroke="red" stroke-width=".3"'
        ' fill="#ccc"/>'
    ),
    "scaled strokes": svg(
        f'<g transform="rotate(15 50 50) scale(-3 3)">'
        f'<path d="M-5 10L-25 15V25" stroke="black" fill="none" {ROUND}/></g>'
    ),
    "fill and stroke": svg(
        f'<g stroke="black" stroke-width="8" fill="yellow" {ROUND}><circle cx="25" cy="30" r="18"/>'
        '<path paint-order="stroke" d="M60 10h25v40h-25z"/><path d="M20 60h60v30h-60z"/></g>'
    ),
    "clip paths": svg(
        '<defs><clipPath id="A"><circle cx="30" cy="30" r="20"/></clipPath><clipPath id="two" transform="rotate(5)">'
        '<rect x="50" y="5" width="30" height="30"/><path d="M70 20h25v25h-25z" visibility="visible"/>'
        f'<path d="M0 0h9v9z" display="none"/></clipPath><path id="star" d="{STAR}"/>'
        '<clipPath id="used"><use href="#star" clip-rule="evenodd" transform="translate(30 50) scale(.5)"/></clipPath>'
        '<clipPath id="nothing"/></defs><rect width="100" height="100" fill="gold" clip-path="url(#A)"/>'
        '<g style="clip-path: url( \'#two\' )" stroke="red" stroke-width="6" fill="teal">'
        '<circle cx="75" cy="25" r="18"/></g>'
        '<g clip-path="url(#used)"><path d="M0 0H100V100H0z" fill="navy"/><g clip-path="url(#A)">'
        '<rect width="90" height="90"/></g></g>'
        '<rect width="99" height="99" clip-path="url(#nothing)"/>'
    ),
    "dashes": svg(
        '<g fill="none" stroke="black" stroke-width="4"><path d="M5 10H95" stroke-dasharray="10 5"/>'
        '<path d="M5 25H95" stroke-dasharray="8,3,2" stroke-dashoffset="4"/>'
        '<circle cx="30" cy="65" r="25" stroke-dasharray="5%" stroke="teal"/>'
        '<path d="M5 35H95" stroke-dasharray="0 0"/>'
        f'<path d="M65 50H95V90H65Z" stroke-dasharray="0 8" {ROUND} stroke="red"/></g>'
    ),
    "definitions that nothing uses": svg(
        '<defs><linearGradient id="g"><stop offset="0" stop-color="red" stop-opacity=".5"/></linearGradient>'
        '<radialGradient id="r" href="#g"/><filter id="f"><feGaussianBlur stdDeviation="3"/></filter>'
        '<mask id="m"><path d="M0 0h9v9z" opacity=".5"/></mask><pattern id="p"><rect width="9" height="9"/></pattern>'
        '<marker id="e"><path d="M0 0h9v9z"/></marker><clipPath id="c"><circle r="9"/></clipPath></defs>'
        '<style>.unused { fill: url(#g) }</style><rect x="10" y="10" width="60" height="40" fill="teal"/>'
    ),
    "what is seen through wholly, or not painted": svg(
        '<rect width="90" height="20" fill="red" fill-opacity="0" stroke="navy" stroke-opacity="1.0"/>'
        '<g opacity="0"><rect width="99" height="99"/></g><g opacity=".999">'
        '<circle cx="50" cy="60" r="20" fill="teal"/></g>'
        '<path d="M10 90H90" fill="none" fill-opacity=".75" stroke="#000" stroke-width="5" stroke-opacity="100%"/>'
        '<g display="none" opacity=".5"><rect width="9" height="9" fill="url(#nothing)"/></g>'
    ),
    "written for one program": svg(
        '<switch><foreignObject requiredExtensions="http://ns.example/" width="1" height="1">'
        "</foreignObject>"
        '<g systemLanguage="xx"><rect width="99" height="99"/></g><g>'
        '<circle cx="40" cy="40" r="30" fill="teal"/></g>'
        '<rect width="99" height="99" fill="red"/></switch>'
        '<path requiredExtensions="urn:x" d="M0 0h99v99z" fill="red"/>'
    ),
    "even-odd without an area": svg('<path d="M10 10v80" fill-rule="evenodd" stroke="red" stroke-width="9"/>'),
    "lines of no length": svg(
        '<path d="M10 10v0" stroke="red" stroke-width="9"/><line x1="30" y1="10" x2="30" y2="10" stroke="red"/>'
        '<path d="M10 50h0" stroke="teal" stroke-width="20" stroke-linecap="square" fill="none"/>'
        f'<path d="M50 50h0" stroke="teal" stroke-width="20" fill="none" {ROUND}/>'
        '<polyline points="80,80 80,80" fill="none" stroke="red" stroke-width="9"/>'
    ),
    "use and defs": svg(
        '<defs><g id="leaf"><path d="M0 0q10-10 20 0q-10 10-20 0z"/></g></defs>'
        '<use href="#leaf" x="10" y="20" fill="green"/>'
        '<use xlink:href="#leaf" transform="translate(50 50) rotate(45)" fill="red"/>'
        '<g fill="blue"><use href="#again" y="20"/></g><use id="again" href="#leaf" x="60" y="20"/>'
    ),
    "symbols": svg(
        '<symbol id="s" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/>'
        '<rect x="8" y="8" width="9" height="9" fill="red"/>'
        '</symbol><use href="#s" x="5" y="5" width="40" height="40"/>'
        '<use href="#s" x="50" y="50" width="45" height="20"/>'
    ),
    "nested": svg(
        '<svg x="10" y="10" width="40" height="80" viewBox="0 0 10 10" preserveAspectRatio="xMaxYMin slice">'
        '<rect width="10" height="10" fill="silver"/><circle cx="8" cy="5" r="4"/></svg>'
        '<svg x="60" y="10" width="30" height="30" overflow="visible"><rect width="100%" height="50%" fill="red"/>'
        '<circle cx="30" cy="40" r="8"/></svg>'
    ),
    "view box": svg('<rect x="-40" y="20" width="60" height="50" fill="brown"/>', 'viewBox="-50 10 100 50"'),
    "stretched view": svg(
        '<circle cx="5" cy="5" r="5"/>', 'width="100" height="50" viewBox="0 0 10 10" preserveAspectRatio="none"'
    ),
    "placed view": svg(
        '<circle cx="5" cy="5" r="5"/>',
        'width="200" height="100" viewBox="0 0 10 10" preserveAspectRatio="xMaxYMid meet"',
    ),
    "cut at the edge": svg(
        '<circle cx="0" cy="0" r="40" fill="red"/>'
        '<path d="M60 60L140 80L60 100z" stroke="blue" stroke-width="10" fill="#0c0"/>'
        f'<path d="M20 100H80" stroke="black" stroke-width="20" {ROUND}/><rect x="150" width="9" height="9"/>'
    ),
    "style sheet": svg(
        "<style>/* a */ .st0{fill:#FF8000;} rect , .b{fill:#08f} #last{fill:none;stroke:red;stroke-width:4}"
        ' .st0.b{fill:green}</style><rect class="st0" width="20" height="20"/><rect x="25" width="20" height="20"/>'
        '<circle class="st0 b" cx="60" cy="10" r="10"/><circle class="b" style="fill:#333" cx="85" cy="10" r="10"/>'
        '<path id="last" class="st0" d="M10 50h60v30z"/>'
    ),
    "inherited": svg(
        '<g color="green" fill="currentColor" stroke="red" stroke-width="4">'
        '<rect x="5" y="5" width="30" height="30"/>'
        '<g color="blue" stroke="inherit"><rect x="55" y="5" width="30" height="30"/>'
        '<rect x="5" y="55" width="30" height="30"'
        ' fill="inherit" stroke="currentColor"/></g></g>'
    ),
    "hidden": svg(
        '<rect width="30" height="30" display="none"/><g visibility="hidden"><rect x="30" width="30" height="30"/>'
        '<rect x="60" width="30" height="30" visibility="visible" fill="red"/></g>'
        '<g style="display:none"><circle r="90"/></g><circle cx="50" cy="70" r="20"/>'
    ),
}
