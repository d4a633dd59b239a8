"""E-mail, by the mail server of the installation: the files themselves, or links where they are too large."""

import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from spiff.catalogue.channels import EmailChannel
from spiff.delivery.model import NotDelivered, Parcel
from spiff.jobs.handlers import JobFailed
from spiff.web.routing import Services

_MOST_ATTACHED = 10_000_000
_SECONDS = 30.0
_FOR_GOOD = 500
"""From this code on, a server says that asking again will not help (RFC 5321, 4.2.1)."""
_AGAIN = "This message may have come before: we did not learn whether it did. Please do not print it twice."


def send(services: Services, settings: EmailChannel, parcel: Parcel) -> None:
    """Send one message to all. Its Message-ID stays the same where it is sent again, so that mailboxes show one.

    Mail cannot be sent exactly once. Where an earlier try may have arrived, the message says so to whoever prints.
    """
    url, sender = services.settings.mail_url, services.settings.mail_from
    if not url or not sender:
        raise JobFailed("this installation has no mail server: set SPIFF_MAIL_URL and SPIFF_MAIL_FROM")
    message = _message(services, settings, parcel, sender)
    begun = False
    try:
        server = _connected(url)
        begun = True
        try:
            refused = server.send_message(message)
        finally:
            _leave(server)
    except OSError as failure:  # what smtplib raises is one, too
        silent = not isinstance(failure, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused)
        said = f"the mail server did not take the message: {type(failure).__name__}"
        raise NotDelivered(said, perhaps=begun and silent) from failure
    if refused:
        raise _not_for_all(refused)


def _not_for_all(refused: Mapping[str, tuple[int, bytes]]) -> NotDelivered | JobFailed:
    """The others have the message: they get it again only where that may help those who were refused."""
    said = f"the mail server did not take the message for {', '.join(sorted(refused))}"
    for_good = all(code >= _FOR_GOOD for code, _ in refused.values())
    return JobFailed(said) if for_good else NotDelivered(said, perhaps=True)


def _message(services: Services, settings: EmailChannel, parcel: Parcel, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = sender, ", ".join(settings.to)
    again = "Perhaps again: " if parcel.perhaps_again else ""
    message["Subject"] = f"{again}Print files of order {parcel.external_id or parcel.order_id}: {parcel.product}"
    message["Message-ID"] = f"<{parcel.id}@{urlsplit(services.settings.base_url).hostname}>"
    message["Date"] = formatdate(usegmt=True)
    attached = sum(each.bytes for each in parcel.files) <= _MOST_ATTACHED
    lines = [f"{parcel.quantity} x {parcel.product}", f"Order {parcel.external_id or parcel.order_id}", ""]
    if parcel.perhaps_again:
        lines += [_AGAIN, f"Delivery {parcel.id}", ""]
    for each in parcel.files:
        lines += [each.name, f"  SHA-256 {each.sha256}", *([] if attached else [f"  {each.url}"])]
    message.set_content("\n".join(lines))
    for each in parcel.files if attached else ():
        kind, _, sort = each.media_type.partition("/")
        data = services.files.get(each.sha256)
        message.add_attachment(data, maintype=kind, subtype=sort, filename=each.name.rpartition("/")[2])
    return message


def _connected(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, tls = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=_SECONDS, context=tls)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=_SECONDS)
    try:
        if parts.scheme == "smtp":
            server.starttls(context=tls)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except OSError:
        server.close()
        raise
    return server


def _leave(server: smtplib.SMTP) -> None:
    """Whatever the server says to that: what it said to the message counts."""
    with suppress(OSError):
        server.quit()
    server.close()
