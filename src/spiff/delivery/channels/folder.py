"""A folder of this machine, such as a printer's hot folder."""

from pathlib import Path

from spiff.catalogue.channels import FolderChannel
from spiff.delivery.channels.contents import contents
from spiff.delivery.hot_folder import NameTaken, UnsafeName, put_once
from spiff.delivery.model import NotDelivered, Parcel
from spiff.jobs.handlers import JobFailed
from spiff.web.routing import Services


def send(services: Services, settings: FolderChannel, parcel: Parcel) -> None:
    """Put the files there, each whole and once."""
    folder = Path(services.settings.data_dir).resolve() / settings.path
    for place, (name, _, data) in enumerate(contents(services, parcel, ticket=settings.ticket)):
        try:
            put_once(folder, name, f"{parcel.id}-{place}", data)
        except (NameTaken, UnsafeName) as failure:
            raise JobFailed(str(failure)) from failure
        except OSError as failure:
            raise NotDelivered(f"the folder does not take files: {failure.strerror}") from failure
