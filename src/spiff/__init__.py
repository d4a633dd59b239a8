"""The open, self-hosted platform for customised products."""

__version__ = "0.1.0"
