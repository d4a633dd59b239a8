"""What a print file says about itself, as PDF dictionary and as XMP. Knows no colours and no pages.

PDF/X-4 wants dates (ISO 15930-7, 6.6). A date of making would make the bytes of the same design differ from day to day;
so all print files bear the same one.
"""

import re
from uuid import UUID
from xml.sax.saxutils import escape

from spiff.rendering.pdf.objects import text_string

PRODUCER = "Spiff"
_DATE, _XMP_DATE = "D:20000101000000Z", "2000-01-01T00:00:00Z"
_NOT_IN_XML = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}


def info(title: str) -> str:
    """The information dictionary (ISO 32000-1, 14.3.3)."""
    dates = f"/CreationDate ({_DATE}) /ModDate ({_DATE})"
    return f"<</Title {text_string(title)} /Producer {text_string(PRODUCER)} {dates} /Trapped /False>>"


def xmp(title: str, identity: bytes) -> bytes:
    """The same once more (ISO 16684-1), with the version of the standard and ids from the file's contents.

    Uncompressed, so that file tools find it.
    """
    shown, document = escape(_NOT_IN_XML.sub(" ", title)), UUID(bytes=identity[:16])
    spaces = "".join(f' xmlns:{name}="{address}"' for name, address in _SPACES.items())
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""{spaces}>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{shown}</rdf:li></rdf:Alt></dc:title>
<dc:format>application/pdf</dc:format>
<pdf:Producer>{PRODUCER}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<xmp:CreateDate>{_XMP_DATE}</xmp:CreateDate><xmp:ModifyDate>{_XMP_DATE}</xmp:ModifyDate>
<xmp:MetadataDate>{_XMP_DATE}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID><xmpMM:InstanceID>uuid:{document}</xmpMM:InstanceID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass><xmpMM:VersionID>1</xmpMM:VersionID>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode("utf-8", "replace")
