"""A catalogue with every step type, as text, so that a test can spoil one line of it."""

from pathlib import Path

from fixtures.hostile.models import glb

from tests.catalogue import small

_OUTLINE = '<path id="target-path" fill="#616262" d="M5 0A5 5 0 1 1 5 10A5 5 0 1 1 5 0Z"/>'
_LEAF = '<path fill="#1f5c4d" d="M0 0L100 0L50 100Z"/><path fill="#e4694f" d="M40 20h20v20h-20z"/>'
_CUT = '<path fill="none" stroke="#ff00ff" d="M1 1L99 1L99 99L1 99Z"/>'
DRAWINGS = {"round.svg": ("0 0 10 10", _OUTLINE), "leaf.svg": ("0 0 100 100", _LEAF), "cut.svg": ("0 0 100 100", _CUT)}

ASSETS = """\
  round: round.svg
  leaf: leaf.svg
  cut: cut.svg
  chair: chair.glb
"""

OPTIONS = """\
  shapes: {type: frame, variants: {round: {asset: round}}}
  leaves:
    type: illustration
    variants: {named: {asset: leaf, slots: {"spiff-fill-1": Leaf}}, leaf: {asset: leaf, category: Plants}}
  meadows: {type: patchwork, variants: {leaf: {asset: leaf}}}
  spots:
    type: color
    default: gold
    variants:
      gold: {color: "#b08d3c", namedColor: PANTONE 871 C, cmyk: [20, 25, 70, 20.5], metafields: {kind: [metal, spot]}}
      ink: {color: "#101010", overprint: true, metafields: {kind: plain}}
  chairs: {type: model, variants: {chair: {asset: chair}}}
  woods: {type: material, variants: {oak: {asset: dots}}}
  dotted: {type: picture, variants: {dots: {asset: dots}}}
"""

WORKFLOW = """\
  every:
    panels:
      sheet: {width: 300, height: 400, bleed: 9, safe: 6, maxColors: 3, maxInk: 280}
    steps:
      photo:
        type: upload
        frames: shapes
        extensions: [.jpg, .svg]
        maxColors: 4
        cover: true
        zoom: 1.5
        placeholder: dots
        overlay: leaf
        regions: [{panel: sheet, left: 0, top: 0, width: 300, height: 200}]
      leaf:
        type: illustration
        illustrations: leaves
        colors: inks
        colorPicker: true
        regions: [{panel: sheet, left: 20, top: 210, width: 60, height: 60}]
      meadow:
        type: patchwork
        patchworks: meadows
        regions: [{panel: sheet, left: 90, top: 210, width: 60, height: 60}]
      spot: {type: color, colors: spots, regions: [{panel: sheet, left: 160, top: 210, width: 60, height: 60}]}
      letters:
        type: letters
        text: ab a
        glyphs: {A: leaf, B: round}
        inks: {"spiff-fill-1": {namedColor: Press Green, cmyk: [80, 20, 90, 10]}}
        spacing: 0.2
        regions: [{panel: sheet, left: 20, top: 280, width: 200, height: 30}]
      code:
        type: digital-content
        baseUrl: play.example/v
        allowUrl: true
        regions: [{panel: sheet, left: 230, top: 210, width: 50, height: 50}]
      cut:
        type: artwork
        asset: cut
        only: print
        inks: {spiff-fill-1: {color: "#ff00ff", namedColor: CutContour, overprint: true}}
        regions: [{panel: sheet, left: 0, top: 0, width: 300, height: 400, layer: 9}]
      folds: {type: overlay, only: screen, regions: [{panel: sheet, left: 0, top: 0, width: 300, height: 400}]}
      chair:
        type: model
        models: chairs
        replaceProductModel: true
        camera: {latitude: 20, longitude: -35.5, distance: 1.2, target: {x: 0.1, y: 0.4}}
      wood: {type: material, materials: woods, targetMaterials: [legs]}
      extras: {type: question, answers: box, several: true}
      care: {type: information, content: Wash at 30 degrees.}
      arch:
        type: text
        fonts: letters
        fills: dotted
        fillScale: 2
        text: Ada
        minLength: 1
        maxLength: 30
        replaceableText: "{{}} & sons"
        userCanReplaceText: true
        deleteDefaultOnFocus: true
        align: justify
        case: title
        curves: ["m0 60a120 60 0 0 1 240 0"]
        when: {spot: {kind: metal}}
        regions: [{panel: sheet, left: 30, top: 320, width: 240, height: 60}]
      down:
        type: text
        fonts: letters
        text: Ada
        vertical: true
        regions: [{panel: sheet, left: 265, top: 280, width: 30, height: 100}]

"""

PRODUCT = """\
  every:
    price: 100
    model: chair
    workflows: [every]
    overlay: dots
    profanities: [darn, "Blast it"]
    preflight: {resolution-too-low: block, text-too-small: ignore}
    terms: {text: The photo is mine., link: "https://shop.example/terms"}
"""

TEXT = (
    small.TEXT.replace("\noptions:\n", f"{ASSETS}\noptions:\n")
    .replace("\nworkflows:\n", f"{OPTIONS}\nworkflows:\n")
    .replace("\nproducts:\n", f"\n{WORKFLOW}products:\n")
    + PRODUCT
)


def write(folder: Path, text: str = TEXT) -> Path:
    """The catalogue file with the files it mentions."""
    file = small.write(folder, text)
    for name, (box, body) in DRAWINGS.items():
        (folder / name).write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{body}</svg>', "utf-8")
    (folder / "chair.glb").write_bytes(glb())
    return file
