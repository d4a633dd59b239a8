"""What a shopper added to a transaction: pictures, drawings, videos. Knows no HTTP; files were inspected before."""

from spiff.storage.work import Work
from spiff.transactions import store
from spiff.transactions.model import Upload


def uploads_of(work: Work, transaction_id: str) -> dict[str, Upload]:
    """A transaction's uploads by the SHA-256 of the file that is kept, in the order they came."""
    return {upload.sha256: upload for upload in store.list_uploads(work, transaction_id)}
