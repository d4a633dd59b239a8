"""The OpenAPI document as a page a person can read: no script, nothing from elsewhere."""

import json
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

_TEMPLATE = Template((files("spiff.web") / "reference.html").read_text("utf-8"))

_Operation = tuple[str, str, dict[str, Any]]
"""Path, method, and what the document says of it."""

STYLE = (files("spiff.web") / "reference.css").read_bytes()


def reference_page(document: dict[str, Any]) -> str:
    """The page for an OpenAPI document, as HTML."""
    operations = [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    groups: dict[str, list[_Operation]] = {}
    for each in operations:
        groups.setdefault(each[2]["tags"][0], []).append(each)
    return _TEMPLATE.substitute(
        version=escape(document["info"]["version"]),
        description=escape(document["info"]["description"]),
        index="".join(_index_group(*each) for each in groups.items()),
        operations="".join(_group(*each) for each in groups.items()),
        types="".join(_type(name, schema) for name, schema in sorted(document["components"]["schemas"].items())),
    )


def _index_group(tag: str, operations: Sequence[_Operation]) -> str:
    return f"<h2>{_title(tag)}</h2><ul>{''.join(_index_entry(*each) for each in operations)}</ul>"


def _index_entry(path: str, method: str, operation: dict[str, Any]) -> str:
    return (
        f'<li><a href="#{escape(operation["operationId"])}"><code class="method">{method.upper()}</code>'
        f"<code>{_breakable(path)}</code></a></li>"
    )


def _group(tag: str, operations: Sequence[_Operation]) -> str:
    return f"<section><h2>{_title(tag)}</h2>{''.join(_article(*each) for each in operations)}</section>"


def _title(tag: str) -> str:
    return escape(tag[:1].upper() + tag[1:])


def _breakable(path: str) -> str:
    """A path that wraps before its slashes."""
    return escape(path).replace("/", "<wbr>/")


def _article(path: str, method: str, operation: dict[str, Any]) -> str:
    access = ", ".join(name for each in operation.get("security", []) for name in each) or "public"
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return (
        f'<article id="{escape(operation["operationId"])}"><h3><code><span class="method">{method.upper()}</span>'
        f"{_breakable(path)}</code></h3><p>{escape(operation['summary'])}</p><table>"
        f"<tr><th>Access<td>{escape(access)}"
        + _row("Parameters", ", ".join(f"{each['name']} ({each['in']})" for each in operation["parameters"]))
        + (f"<tr><th>Body<td>{_link(body)}" if body else "")
        + "".join(_answer(status, answer) for status, answer in operation["responses"].items())
        + "</table></article>"
    )


def _row(head: str, text: str) -> str:
    return f"<tr><th>{head}<td>{escape(text)}" if text else ""


def _answer(status: str, answer: dict[str, Any]) -> str:
    schemas = [each["schema"] for each in answer.get("content", {}).values() if "schema" in each]
    return f"<tr><th>{status}<td>{escape(answer['description'])} {' '.join(_link(each) for each in schemas)}"


def _link(schema: dict[str, Any]) -> str:
    name = schema.get("$ref", "").rpartition("/")[2]
    return f'<a href="#{escape(name)}">{escape(name)}</a>' if name else f"<code>{escape(json.dumps(schema))}</code>"


def _type(name: str, schema: dict[str, Any]) -> str:
    text = escape(json.dumps(schema, indent=2))
    return f'<article id="{escape(name)}"><h3>{escape(name)}</h3><pre>{text}</pre></article>'
