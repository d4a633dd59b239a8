"""Panels and pictures that the tests of rendering draw. All are made here, by rule, and alike on every run."""

import io

from PIL import Image, ImageCms, ImageDraw

from spiff.composing.scene import Element, ImageElement, PathElement, ScenePanel

PHOTO = "a" * 64
GLASS = "b" * 64


def panel(*elements: Element, background: str | None = "#ffffff", bleed: float = 0.0) -> ScenePanel:
    return ScenePanel("front", 200, 100, bleed, background, elements)


def rectangle(left: float, top: float, right: float, bottom: float) -> str:
    return f"M{left} {top}L{right} {top}L{right} {bottom}L{left} {bottom}Z"


def quadrants(width: int = 600, height: int = 400) -> Image.Image:
    """Red and green above, blue and yellow below."""
    picture = Image.new("RGB", (width, height), "#ff0000")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((width // 2, 0, width, height // 2), "#00ff00")
    draw.rectangle((0, height // 2, width // 2, height), "#0000ff")
    draw.rectangle((width // 2, height // 2, width, height), "#ffff00")
    return picture


def blend(width: int = 600, height: int = 400) -> Image.Image:
    """Red grows to the right, green downwards: no hard edge that two good resamplers would draw differently."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (across, down, Image.new("L", (width, height), 128)))


def jpeg(picture: Image.Image, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", **{"quality": 95, "subsampling": 0, **options})
    return file.getvalue()


def png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def swapped_profile() -> bytes:
    """A colour profile of our own: sRGB under another name, with red and green exchanged."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    renamed = profile.replace("sRGB".encode("utf-16-be"), "ours".encode("utf-16-be")).replace(b"sRGB", b"ours")
    return renamed.replace(b"rXYZ", b"temp", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"temp", b"gXYZ", 1)


def sample() -> tuple[ScenePanel, dict[str, bytes]]:
    """Everything at once: a turned and clipped photo, glass over it, strokes under fills, all kinds of segments."""
    elements = (
        ImageElement(PHOTO, (90, 12, -8, 60, 60, 20), "M65 35Q100 25 140 42L130 75C100 85 80 60 65 70Z"),
        PathElement(rectangle(10, 10, 50, 50), "#00a060", "#d02020", 4),
        PathElement("M10 80C30 50 50 110 70 80", None, "#2040c0", 1.5),
        PathElement("M150 20Q190 20 190 60Q170 90 150 60ZM160 35L160 55L175 55L175 35Z", "#604020"),
        ImageElement(GLASS, (80, 0, 0, 30, 110, 60)),
    )
    images = {PHOTO: jpeg(blend()), GLASS: png(Image.new("RGBA", (80, 30), (255, 255, 255, 128)))}
    return panel(*elements, background="#f4f0e8", bleed=3), images
