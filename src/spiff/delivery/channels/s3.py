"""A bucket of an S3-compatible object store. The same object is put again without harm."""

from datetime import timedelta

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from spiff.catalogue.channels import S3Channel
from spiff.delivery.channels.contents import contents
from spiff.delivery.model import NotDelivered, Parcel
from spiff.web.routing import Services

_SILENCE = timedelta(seconds=30)


def send(services: Services, settings: S3Channel, parcel: Parcel) -> None:
    """Put the files as objects with their media types."""
    try:
        store = S3Store(
            settings.bucket,
            prefix=settings.prefix or None,
            access_key_id=settings.access_key,
            secret_access_key=settings.secret,
            region=settings.region,
            endpoint=settings.endpoint,
            client_options={"allow_http": (settings.endpoint or "").startswith("http://"), "read_timeout": _SILENCE},
            retry_config={"max_retries": 2, "retry_timeout": _SILENCE},
        )
        for name, media_type, data in contents(services, parcel, ticket=settings.ticket):
            obstore.put(store, name, data, attributes={"Content-Type": media_type})
    except BaseError as failure:
        raise NotDelivered(f"the bucket {settings.bucket} does not take files: {type(failure).__name__}") from failure
