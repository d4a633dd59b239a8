"""A small catalogue for tests, as text, so that a test can spoil one line of it."""

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from PIL import Image

from spiff.catalogue import applying
from spiff.catalogue.applying import Change
from spiff.catalogue.compiled import Compiled
from spiff.catalogue.compiling import compile_catalogue
from spiff.web.routing import Services
from tests.intake import shared_intake

FONT = Path(__file__).parents[2] / "browser/node_modules/@expo-google-fonts/pacifico/400Regular/Pacifico_400Regular.ttf"

TEXT = f"""\
partner: {{name: Test & Sons, currency: AUD}}

integrations:
  shop:
    name: Test shop
    externalId: test.example
    accessKey: 0123456789abcdef0123456789abcdef01234567
    secret: {{env: TEST_SECRET}}
    applicationKeys: [app-key]

assets:
  script: {{file: {FONT}, name: Script}}
  dots: {{file: dots.png, name: Dots}}

options:
  letters:
    type: font
    default: script
    variants:
      script: {{name: Script, asset: script}}
      swash: {{name: Swash, asset: script, price: 100}}
  inks:
    type: color
    default: navy
    variants:
      navy: {{name: Navy, color: "#1D3557"}}
      red: {{name: Red, color: "#aa0000"}}
  grounds:
    type: color
    default: sand
    variants:
      sand: {{name: Sand, color: "#eeddcc"}}
      any: {{name: Any, color: custom, price: 300}}
  patterns:
    type: picture
    variants:
      dots: {{name: Dots, asset: dots}}
      more: {{name: More dots, asset: dots, price: 50}}
  box:
    type: question
    default: no
    variants:
      no: {{name: No box}}
      yes: {{name: Box, price: 450}}

workflows:
  card:
    name: Card
    panels:
      front: {{title: Front, width: 200, height: 100, bleed: 5}}
      back: {{width: 200, height: 100, background: transparent}}
    steps:
      ground:
        type: color
        title: Ground
        colors: grounds
        regions: [{{panel: front, left: 0, top: 0, width: 200, height: 100}}]
      pattern:
        type: picture
        title: Pattern
        mandatory: true
        pictures: patterns
        regions: [{{panel: front, left: 0, top: 0, width: 50, height: 50, layer: 1}}]
      name:
        type: text
        title: Name
        fonts: letters
        colors: inks
        text: Ada
        maxLength: 20
        maxSize: 40
        regions: [{{panel: front, left: 20, top: 20, width: 160, height: 60, layer: 2}}]
      box: {{type: question, title: Box, answers: box}}
      wish:
        type: text
        title: Wish
        fonts: letters
        when: {{box: yes}}
        text: Love
        regions: [{{panel: back, left: 10, top: 10, width: 180, height: 80}}]
    scenes:
      - {{name: All, steps: [ground, pattern, name, box, wish]}}

products:
  card:
    name: Card
    price: 1200
    image: dots
    workflows: [card]
    soldThrough:
      - {{integration: shop, externalProductId: CARD-1, externalVariantId: V-1}}
"""

ENVIRON = {"TEST_SECRET": "a secret of thirty-two characters"}


def write(folder: Path, text: str = TEXT) -> Path:
    """The catalogue file with the picture it mentions."""
    folder.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 8), "#336699").save(folder / "dots.png")
    path = folder / "catalogue.yaml"
    path.write_text(text, "utf-8")
    return path


def compiled(folder: Path, text: str = TEXT, write: Callable[[Path, str], Path] = write) -> Compiled:
    """The file compiled; `write` puts it into the folder, with all that it mentions."""
    return compile_catalogue(write(folder, text), ENVIRON, intake=shared_intake())


@cache
def _compiled_once(text: str, write: Callable[[Path, str], Path]) -> Compiled:
    """Most tests apply the same file, and nothing of what it says depends on where it lies."""
    with tempfile.TemporaryDirectory() as folder:
        return compiled(Path(folder), text, write)


def apply(
    services: Services, text: str = TEXT, write: Callable[[Path, str], Path] = write
) -> tuple[Compiled, list[Change]]:
    """The file applied to an installation."""
    found = _compiled_once(text, write)
    applying.put_files(services.files, found)
    return found, services.database.write_now(lambda work: applying.apply(work, found))
