"""Every key a catalogue file may have, by the part it stands in. docs/catalogue.md explains each; a test compares."""

_STEP = ("id", "type", "title", "help", "when", "camera")
_DRAWN = ("regions", "only", "silent")
_ASKED = ("mandatory",)
_CHOSEN = ("mandatory", "silent", "default", "hideSelectionInCart")
_TEXT = (
    "fonts",
    "text",
    "minLength",
    "maxLength",
    "allowNewlines",
    "deleteDefaultOnFocus",
    "replaceableText",
    "userCanReplaceText",
    "case",
    "size",
    "minSize",
    "maxSize",
    "align",
    "verticalAlign",
    "vertical",
    "curves",
    "colors",
    "colorPicker",
    "strokes",
    "strokeThickness",
    "fills",
    "fillScale",
    "hideTextInCart",
    "hideColorInCart",
)
_UPLOAD = ("frames", "extensions", "maxColors", "cover", "zoom", "placeholder", "overlay", "hideImageInCart")
_LETTERS = ("text", "maxLength", "glyphs", "spacing", "align", "case", "hideTextInCart")


def _keys(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for group in groups for key in group))


KEYS: dict[str, tuple[str, ...]] = {
    "catalogue": ("partner", "integrations", "assets", "options", "workflows", "products"),
    "partner": ("id", "name", "currency", "currencies"),
    "integration": ("id", "name", "externalId", "accessKey", "secret", "secrets", "applicationKeys", "enabled"),
    "secret": ("env",),
    "asset": ("file", "npm", "name"),
    "option": ("id", "type", "name", "default", "variants"),
    "variant": (
        "id",
        "name",
        "price",
        "color",
        "namedColor",
        "cmyk",
        "overprint",
        "asset",
        "thumbnail",
        "category",
        "metafields",
    ),
    "workflow": ("id", "name", "panels", "steps", "scenes"),
    "panel": ("title", "width", "height", "bleed", "safe", "maxColors", "background"),
    "region": ("panel", "left", "top", "width", "height", "rotation", "layer", "layerIndex"),
    "text step": _keys(_STEP, _DRAWN, _CHOSEN, _TEXT),
    "upload step": _keys(_STEP, _DRAWN, _CHOSEN, _UPLOAD),
    "illustration step": _keys(_STEP, _DRAWN, _CHOSEN, ("illustrations", "colors", "colorPicker", "hideColorsInCart")),
    "picture step": _keys(_STEP, _DRAWN, _CHOSEN, ("pictures",)),
    "color step": _keys(_STEP, _DRAWN, _CHOSEN, ("colors",)),
    "question step": _keys(_STEP, _CHOSEN, ("answers", "several")),
    "patchwork step": _keys(_STEP, _DRAWN, _CHOSEN, ("patchworks", "minScale", "maxScale")),
    "letters step": _keys(_STEP, _DRAWN, _ASKED, _LETTERS),
    "digital-content step": _keys(_STEP, _DRAWN, _ASKED, ("baseUrl", "allowUrl")),
    "artwork step": _keys(_STEP, _DRAWN, ("asset", "inks")),
    "ink": ("color", "namedColor", "cmyk", "overprint"),
    "overlay step": _keys(_STEP, _DRAWN),
    "material step": _keys(_STEP, _CHOSEN, ("materials", "targetMaterials")),
    "model step": _keys(_STEP, _CHOSEN, ("models", "replaceProductModel")),
    "information step": _keys(_STEP, ("content",)),
    "camera": ("latitude", "longitude", "distance", "target"),
    "target": ("x", "y", "z"),
    "scene": ("name", "steps"),
    "product": (
        "id",
        "name",
        "description",
        "price",
        "minimumOrderQuantity",
        "priceBreaks",
        "image",
        "model",
        "overlay",
        "profanities",
        "preflight",
        "print",
        "enabled",
        "workflows",
        "soldThrough",
    ),
    "print": ("formats", "profile", "color", "cropMarks", "richBlack", "pngDpi"),
    "priceBreak": ("minQty", "percentage"),
    "soldThrough": ("id", "integration", "externalProductId", "externalVariantId"),
}
