"""What a shopper adds to a transaction: pictures, drawings, videos. Knows no HTTP and no format of files."""

from spiff.assets import operations as assets
from spiff.assets.inspecting import Accepted, Refused
from spiff.assets.model import File
from spiff.auth.caller import Caller
from spiff.errors import Invalid
from spiff.storage.files import FileStore
from spiff.storage.work import Work
from spiff.transactions import store
from spiff.transactions.model import Upload, require_move
from spiff.transactions.operations import get_owned

MOST_UPLOADS = 100
"""Of one transaction. What was uploaded is kept as long as the transaction."""
KINDS = frozenset({"picture", "drawing", "video"})


class UploadRefused(Invalid):
    """The file is not taken; `code` is that of docs/assets.md."""

    title = "The file cannot be used"

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def require_room(caller: Caller, work: Work, transaction_id: str) -> None:
    """Refuse before a file is looked through what would be refused after it.

    Raises NotFound, OwnerUnknown, AlreadyOrdered, or UploadRefused (`too-many-uploads`).
    """
    transaction = get_owned(caller, work, transaction_id)
    if transaction.status == "ordered":
        require_move("ordered", "completed")
    if len(uploads_of(work, transaction_id)) >= MOST_UPLOADS:
        raise UploadRefused("too-many-uploads", f"a design has at most {MOST_UPLOADS} uploads")


def accepted(outcome: Accepted | Refused) -> Accepted:
    """The file, if it is one that a shopper may add. Raises UploadRefused."""
    if isinstance(outcome, Refused):
        raise UploadRefused(outcome.code, outcome.reason)
    if outcome.kind not in KINDS:
        raise UploadRefused("upload-kind", f"an upload is a picture, a drawing or a video, not a {outcome.kind}")
    return outcome


def keep_upload(files: FileStore, outcome: Accepted) -> list[File]:
    """Put the bytes that are kept into the file store. Call it while no transaction is open."""
    found = assets.files_of(outcome)
    for _, data in found:
        files.put(data)
    return [file for file, _ in found]


def record_upload(caller: Caller, work: Work, transaction_id: str, kept: list[File]) -> Upload:
    """Record the first of the files as an upload, and all of them as files. The same file again is the same upload.

    Raises as `require_room`.
    """
    file = kept[0]
    get_owned(caller, work, transaction_id, to_change=True)
    if known := uploads_of(work, transaction_id).get(file.sha256):
        return known
    require_room(caller, work, transaction_id)
    for each in kept:
        assets.record_file(work, each)
    upload = Upload(file.sha256, file.kind, file.name, file.width_px, file.height_px, file.proxy)
    store.add_upload(work, transaction_id, upload)
    store.touch(work, transaction_id)
    return upload


def uploads_of(work: Work, transaction_id: str) -> dict[str, Upload]:
    """A transaction's uploads by the SHA-256 of the file that is kept, in the order they came."""
    return {upload.sha256: upload for upload in store.list_uploads(work, transaction_id)}
