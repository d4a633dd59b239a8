"""Makes texts of shops and shoppers fit into names of files. Pure."""

_MOST_CHARACTERS = 100


def safe_name(text: str) -> str:
    """The text as a part of a file's name, which cannot leave its folder."""
    kept = "".join(each if each.isalnum() or each in "-_. " else "_" for each in text)
    return kept.strip(". ")[:_MOST_CHARACTERS] or "_"
