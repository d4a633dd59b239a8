"""What the demo says when it is ready: one line for programs, some lines for people."""

import msgspec


class DemoProduct(msgspec.Struct, rename="camel", frozen=True):
    """A product of the example shop."""

    name: str
    integration_product_id: str
    workflow_id: str


class Ready(msgspec.Struct, rename="camel", frozen=True):
    """All that a program needs to drive the demo."""

    base_url: str
    shop_url: str
    access_key: str
    secret: str
    application_key: str
    products: tuple[DemoProduct, ...]
    sample_transactions: tuple[str, ...] = ()


def for_programs(ready: Ready) -> str:
    """One line of JSON."""
    return msgspec.json.encode(ready).decode()


def for_people(ready: Ready, data: str) -> str:
    """Where to look, and how to end it."""
    samples = "".join(f"\n                     {each}" for each in ready.sample_transactions)
    return f"""
  Spiff is ready.

    Example shop     {ready.shop_url}     open this one
    Platform         {ready.base_url}
    API reference    {ready.base_url}/docs
    Data             {data}     keys for scripts are in demo.json there
{f"    Samples          {samples.lstrip()}" if samples else ""}
  Ctrl-C ends all of it. The next start goes on with the same data.
"""
