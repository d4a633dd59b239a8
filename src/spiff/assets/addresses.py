"""Where files are on the web. Knows no file."""


def file_href(base_url: str, sha256: str) -> str:
    """The absolute address of a file's bytes."""
    return f"{base_url}/files/{sha256}"
