"""What composing must know of a transaction beside its answers: who it is, what was added to it. Knows no composer."""

from collections.abc import Collection

from spiff.composing.resources import Context
from spiff.composing.workflow import Picture
from spiff.transactions.model import Transaction, Upload


def context_of(transaction: Transaction, uploads: Collection[Upload]) -> Context:
    """The context of a transaction. Its seed is as good as its own, and the same whenever it is composed."""
    sizes = {upload.sha256: (upload.width_px, upload.height_px) for upload in uploads}
    pictures = {digest: Picture(width, height) for digest, (width, height) in sizes.items() if width and height}
    drawings = tuple(upload.sha256 for upload in uploads if upload.kind == "drawing")
    return Context(pictures=pictures, drawings=drawings, seed=int(transaction.id[:8], 16))
