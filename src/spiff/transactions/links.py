"""Links by which a design is gone on with elsewhere, or shown to others. Knows no HTTP and no address.

A link holds a token that cannot be guessed, and only its hash is kept. The token of a resume link is an owner token
that can be taken back; that of a view link opens what `SharedDesign` has, and nothing else.
"""

from dataclasses import dataclass

from spiff.auth.caller import Caller
from spiff.catalogue import operations as catalogue
from spiff.errors import Conflict, NotFound
from spiff.merchants import operations as merchants
from spiff.merchants.model import Integration
from spiff.storage.work import Work
from spiff.transactions import operations, store
from spiff.transactions.model import Design, Purpose, Transaction

MOST_LINKS = 100
"""Of one purpose and transaction; more are refused, because each is kept as long as the transaction."""


class TooManyLinks(Conflict):
    """So many links lead to this design that one more is refused."""

    code, title = "too-many-links", "Too many links"


@dataclass(frozen=True, slots=True)
class Resumed:
    """Where a resume link leads. `shop_url` is where the design can be bought, if that is known."""

    transaction: Transaction
    shop_url: str | None


@dataclass(frozen=True, slots=True)
class Shared:
    """What a view link shows: how it is drawn, with the reduced copies of its pictures."""

    drawable: operations.Drawable
    proxies: dict[str, str]
    integration: Integration
    """Whose look the page has, and where its shop is."""

    @property
    def price_of(self) -> Transaction | Design:
        """Whose costs hold: the finished design's, where there is one."""
        return self.drawable.design or self.drawable.transaction


def create_link(caller: Caller, work: Work, transaction_id: str, purpose: Purpose) -> str:
    """The token of a new link; told this once. Raises NotFound, OwnerUnknown or TooManyLinks."""
    operations.get_owned(caller, work, transaction_id, to_change=True)
    if store.count_links(work, transaction_id, purpose) >= MOST_LINKS:
        raise TooManyLinks(f"a design has at most {MOST_LINKS} links of a kind; take back the earlier ones first")
    token = work.new_id()
    store.add_link(work, operations.hashed(token), transaction_id, purpose)
    store.touch(work, transaction_id)
    return token


def remove_links(caller: Caller, work: Work, transaction_id: str, purpose: Purpose) -> None:
    """Take back all links of this purpose. Raises NotFound or OwnerUnknown."""
    operations.get_owned(caller, work, transaction_id)
    store.remove_links(work, transaction_id, purpose)


def resume(caller: Caller, work: Work) -> Resumed:
    """The transaction whose resume link the caller holds, which is touched by that. Raises NotFound."""
    transaction = _linked(caller, work, "resume")
    store.touch(work, transaction.id)
    return Resumed(transaction, _shop_url(work, transaction))


def view(caller: Caller, work: Work, base_url: str) -> Shared:
    """The design whose view link the caller holds. Raises NotFound."""
    transaction = _linked(caller, work, "view")
    design = operations.get_design(work, transaction.design_id) if transaction.design_id else None
    published = catalogue.get_published(work, transaction.workflow_id, transaction.workflow_version)
    context = operations.get_context(work, base_url, transaction)
    drawable = operations.Drawable(transaction, published, context, design)
    proxies = operations.list_proxies(work, published.workflow, context)
    return Shared(drawable, proxies, merchants.get_integration(work, transaction.integration_id))


def _linked(caller: Caller, work: Work, purpose: Purpose) -> Transaction:
    found = store.find_linked(work, operations.hashed(caller.owner_token or ""), purpose)
    if found is None:
        raise NotFound("this link leads nowhere: it is not complete, or it was taken back")
    return operations.get_transaction(work, found)


def _shop_url(work: Work, transaction: Transaction) -> str | None:
    return merchants.get_integration(work, transaction.integration_id).shop_url
