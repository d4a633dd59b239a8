"""Terms that must be agreed to before a design is finished, and what is kept of that. Knows no HTTP, no SQL."""

from datetime import datetime
from typing import Literal

import msgspec

from spiff.catalogue.model import Terms
from spiff.errors import Conflict, Invalid

POINTER = "/termsDigest"


class TermsNotAgreed(Invalid):
    """The product is sold on terms, and the request does not say that they were agreed to."""

    code, title = "terms-not-agreed", "The product's terms were not agreed to"


class TermsChanged(Conflict):
    """Other terms were agreed to than those that the product has by now."""

    code, title = "terms-changed", "The product's terms have changed"


class Agreement(msgspec.Struct, frozen=True):
    """What was agreed to when a design was finished, as it read then; `digest` names it (`Terms.digest`).

    `stated_by`: the shopper in the customiser, or the merchant's server in a signed request.
    """

    text: str
    link: str | None
    digest: str
    agreed_at: datetime
    stated_by: Literal["shopper", "merchant"]


class Statement(msgspec.Struct, frozen=True):
    """Who says that which terms were agreed to; without a digest, none."""

    digest: str | None
    by: Literal["shopper", "merchant"]


def agreement_to(terms: Terms | None, stated: Statement, at: datetime) -> Agreement | None:
    """What is kept; None where there is nothing to agree to. Raises TermsNotAgreed, or TermsChanged with the terms."""
    if terms is None:
        return None
    if stated.digest is None:
        raise TermsNotAgreed("finishing needs the digest of the product's terms as agreed to").at(POINTER)
    if stated.digest != terms.digest:
        sentence = "other terms were agreed to than the product has now"
        raise TermsChanged(sentence, currentDigest=terms.digest).at(POINTER)
    return Agreement(terms.text, terms.link, terms.digest, at, stated.by)
