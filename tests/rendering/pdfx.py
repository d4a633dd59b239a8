"""Checks of PDF/X-4 (ISO 15930-7), one for each clause that a file's structure can prove, by pikepdf.

Structure is not certification: whether colours are right on a press, no program can say.
"""

import re
from collections.abc import Callable, Iterator

import pikepdf

Check = Callable[[pikepdf.Pdf], Iterator[str]]
CHECKS: dict[str, Check] = {}

_DEVICES = {"/DeviceCMYK", "/DeviceGray"}
_RGB_OPERATORS = {"rg", "RG"}
_FORBIDDEN_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Sound", "/Movie"}


def violations(document: pikepdf.Pdf) -> list[str]:
    """What is wrong, each with the name of its check."""
    return [f"{name}: {said}" for name, check in CHECKS.items() for said in check(document)]


def _check(function: Check) -> Check:
    CHECKS[function.__name__] = function
    return function


@_check
def version_6_1(document: pikepdf.Pdf) -> Iterator[str]:
    """PDF 1.6, a classic file, not encrypted."""
    if document.pdf_version != "1.6":
        yield f"the version is {document.pdf_version}"
    if document.is_encrypted:
        yield "the file is encrypted"
    if "/ID" not in document.trailer or len(document.trailer.ID) != 2:
        yield "the trailer has no ID"


@_check
def output_intent_6_2_2(document: pikepdf.Pdf) -> Iterator[str]:
    """One output intent of PDF/X with an identifier and the profile of a press."""
    intents = [each for each in document.Root.get("/OutputIntents", []) if each.S == "/GTS_PDFX"]
    if len(intents) != 1:
        yield f"there are {len(intents)} output intents"
        return
    if not str(intents[0].get("/OutputConditionIdentifier", "")):
        yield "the output intent has no identifier"
    profile = intents[0].get("/DestOutputProfile")
    data = b"" if profile is None else profile.read_bytes()
    if data[12:16] != b"prtr" or data[36:40] != b"acsp":
        yield "the profile is not that of an output device"
    if data[16:20] != {4: b"CMYK", 3: b"RGB ", 1: b"GRAY"}.get(0 if profile is None else int(profile.N)):
        yield "the profile has another number of inks than its stream says"


@_check
def colours_6_2_4(document: pikepdf.Pdf) -> Iterator[str]:
    """Device colours are those of the output intent: nothing is DeviceRGB."""
    for page in document.pages:
        used = {str(part.operator) for part in pikepdf.parse_content_stream(page)}
        if used & _RGB_OPERATORS:
            yield "the page paints in DeviceRGB"
    for found in _objects(document, "/ColorSpace"):
        yield from _space(found.ColorSpace)


def _space(space: pikepdf.Object) -> Iterator[str]:
    if isinstance(space, pikepdf.Dictionary):
        for _, each in space.items():
            yield from _space(each)
    elif isinstance(space, pikepdf.Name):
        if str(space) not in _DEVICES:
            yield f"a colour space is {space}"
    elif str(space[0]) == "/Separation" and str(space[2]) not in _DEVICES:
        yield f"the alternate of {space[1]} is {space[2]}"
    elif str(space[0]) not in {"/ICCBased", "/Separation"}:
        yield f"a colour space is {space[0]}"


@_check
def transparency_6_3(document: pikepdf.Pdf) -> Iterator[str]:
    """A page with soft masks says in which colours they blend."""
    for page in document.pages:
        group = page.obj.get("/Group")
        if group is None or str(group.get("/S", "")) != "/Transparency" or str(group.get("/CS", "")) != "/DeviceCMYK":
            yield "the page does not state its blending colours"


@_check
def fonts_6_2_9(document: pikepdf.Pdf) -> Iterator[str]:
    """Every font is embedded: ours have none."""
    for found in _objects(document, "/BaseFont"):
        if "/FontDescriptor" not in found:
            yield f"the font {found.BaseFont} is not embedded"


@_check
def boxes_6_5(document: pikepdf.Pdf) -> Iterator[str]:
    """Trim inside bleed inside media, and no ArtBox beside the trim."""
    for page in document.pages:
        if any(name not in page.obj for name in ("/TrimBox", "/BleedBox", "/MediaBox")):
            yield "a box is missing"
            continue
        trim, bleed, media = (_box(page, name) for name in ("/TrimBox", "/BleedBox", "/MediaBox"))
        if "/ArtBox" in page.obj:
            yield "there is an ArtBox beside the TrimBox"
        if not (_inside(trim, bleed) and _inside(bleed, media)):
            yield f"the boxes are not inside each other: {trim} {bleed} {media}"


def _box(page: pikepdf.Page, name: str) -> list[float]:
    return [float(value) for value in page.obj[name].as_list()]


def _inside(inner: list[float], outer: list[float]) -> bool:
    return all(each >= edge for each, edge in zip(inner[:2], outer[:2], strict=True)) and all(
        each <= edge for each, edge in zip(inner[2:], outer[2:], strict=True)
    )


@_check
def metadata_6_6(document: pikepdf.Pdf) -> Iterator[str]:
    """XMP names the standard, ids and dates, and agrees with the information dictionary."""
    if "/Metadata" not in document.Root:
        yield "there is no XMP"
        return
    xmp = document.Root.Metadata.read_bytes().decode()
    for member in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID", "xmpMM:RenditionClass"):
        if f"<{member}>" not in xmp:
            yield f"XMP has no {member}"
    if "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" not in xmp:
        yield "XMP does not name PDF/X-4"
    dates = [str(document.docinfo.get(name, "")) for name in ("/CreationDate", "/ModDate")]
    if not all(re.fullmatch(r"D:\d{14}(Z|[+-]\d\d'\d\d'?)", date) for date in dates):
        yield f"the information dictionary's dates are {dates}"
    if str(document.docinfo.get("/Trapped", "")) not in {"/True", "/False"}:
        yield "nobody says whether the file is trapped"


@_check
def no_actions_6_9(document: pikepdf.Pdf) -> Iterator[str]:
    """Nothing in the file acts."""
    for found in _objects(document, "/S"):
        if str(found.S) in _FORBIDDEN_ACTIONS:
            yield f"there is an action {found.S}"
    for name in ("/OpenAction", "/AA", "/AcroForm"):
        if name in document.Root:
            yield f"the catalogue has {name}"


@_check
def no_transfer_functions_6_2_5(document: pikepdf.Pdf) -> Iterator[str]:
    """No graphics state changes tone values behind the printer's back."""
    for key in ("/TR", "/TR2", "/HTP", "/HT"):
        if any(True for _ in _objects(document, key)):
            yield f"a graphics state has {key}"


@_check
def no_lzw_6_1_6(document: pikepdf.Pdf) -> Iterator[str]:
    """No stream is compressed by LZW."""
    for found in _objects(document, "/Filter"):
        if "/LZWDecode" in str(found.Filter):
            yield "a stream is compressed by LZW"


def _objects(document: pikepdf.Pdf, key: str) -> Iterator[pikepdf.Object]:
    """All dictionaries, however deep, that have this key."""
    waiting: list[pikepdf.Object] = [each for each in document.objects if each is not None]
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Array):
            waiting += [each for each in found if _has_parts(each)]
        elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            if key in found:
                yield found
            waiting += [each for _, each in found.items() if _has_parts(each)]


def _has_parts(found: object) -> bool:
    """Dictionaries and arrays that stand inside others; those with a number of their own are visited anyway."""
    return isinstance(found, pikepdf.Dictionary | pikepdf.Array) and not found.is_indirect
