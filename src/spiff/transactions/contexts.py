"""What composing must know beside a workflow and answers: of the product, and of the shopper. Knows no composer."""

from collections.abc import Collection

import msgspec

from spiff.assets.addresses import file_href
from spiff.catalogue.model import Product
from spiff.composing.resources import Context
from spiff.composing.workflow import Picture
from spiff.transactions.model import Upload


def product_context(product: Product) -> Context:
    """The context of a product before anybody designs it."""
    return Context(overlay=product.overlay, profanities=tuple(product.profanities), preflight=product.preflight)


def context_of(base_url: str, product: Product, transaction_id: str, uploads: Collection[Upload]) -> Context:
    """The context of a transaction. Its seed is as good as its own, and the same whenever it is composed."""
    sizes = {upload.sha256: (upload.width_px, upload.height_px) for upload in uploads}
    return msgspec.structs.replace(
        product_context(product),
        pictures={digest: Picture(width, height) for digest, (width, height) in sizes.items() if width and height},
        drawings=tuple(upload.sha256 for upload in uploads if upload.kind == "drawing"),
        links={upload.sha256: file_href(base_url, upload.sha256) for upload in uploads if upload.kind == "video"},
        seed=int(transaction_id[:8], 16),
    )


def files_in(base_url: str, context: Context) -> dict[str, str]:
    """The addresses of all files that a context names, by digest."""
    named = [*context.pictures, *context.drawings, *context.links, *([context.overlay] if context.overlay else [])]
    return {digest: file_href(base_url, digest) for digest in named}
