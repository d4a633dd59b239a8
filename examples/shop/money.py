"""Writes amounts for people. Knows no product."""

_SYMBOLS = {"AUD": "$", "USD": "$", "NZD": "$", "CAD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "KRW": "₩", "INR": "₹"}
_DIGITS = {**dict.fromkeys(("JPY", "KRW", "CLP", "VND", "ISK", "UGX", "XAF", "XOF", "XPF"), 0)}
_DIGITS |= dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3)


def price(subunits: int, currency: str) -> str:
    """`1995, AUD` as `$19.95`; `1995, JPY` as `¥1,995`. Currencies have 0, 2 or 3 digits (ISO 4217)."""
    digits = _DIGITS.get(currency, 2)
    sign = "-" if subunits < 0 else ""
    whole, rest = divmod(abs(subunits), 10**digits)
    amount = f"{whole:,}" + (f".{rest:0{digits}}" if digits else "")
    return f"{sign}{_SYMBOLS.get(currency, currency + chr(0xA0))}{amount}"
