"""A bucket of an S3-compatible object store. The same object is put again without harm."""

from datetime import timedelta
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from spiff.catalogue.channels import S3Channel
from spiff.delivery.channels.contents import contents
from spiff.delivery.model import NotDelivered, Parcel
from spiff.web.routing import Services

if TYPE_CHECKING:
    from obstore.store import S3Credential

_SILENCE = timedelta(seconds=30)


def send(services: Services, settings: S3Channel, parcel: Parcel) -> None:
    """Put the files as objects with their media types."""
    try:
        store = _store(settings)
        for name, media_type, data in contents(services, parcel, ticket=settings.ticket):
            obstore.put(store, name, data, attributes={"Content-Type": media_type})
    except BaseError as failure:
        raise NotDelivered(f"the bucket {settings.bucket} does not take files: {type(failure).__name__}") from failure


def _store(settings: S3Channel) -> S3Store:
    """The merchant's store, by what the channel says alone.

    What is not named here is read from this machine's environment (`AWS_ENDPOINT_URL`, `AWS_SESSION_TOKEN`), where the
    installation says how it keeps its own files: a merchant's would go there, or theirs be shown our token.
    """
    endpoint = settings.endpoint or _amazon(settings.region)
    credential: S3Credential = {
        "access_key_id": settings.access_key,
        "secret_access_key": settings.secret,
        "token": None,
        "expires_at": None,
    }
    return S3Store(
        settings.bucket,
        prefix=settings.prefix or None,
        credential_provider=lambda: credential,
        region=settings.region,
        endpoint=endpoint,
        skip_signature=False,
        virtual_hosted_style_request=False,
        client_options={"allow_http": endpoint.startswith("http://"), "read_timeout": _SILENCE},
        retry_config={"max_retries": 2, "retry_timeout": _SILENCE},
    )


def _amazon(region: str) -> str:
    """Amazon's own address of a region; those in China have another domain."""
    return f"https://s3.{region}.amazonaws.com{'.cn' if region.startswith('cn-') else ''}"
