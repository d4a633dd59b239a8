"""Writes amounts for people, as the customiser does. Knows no product.

The customiser leaves it to the browser, so "$" alone is the dollar of the visitor's own country. A server knows no such
country: here is what browsers write in American English, and static/money.js makes it the visitor's own.
"""

_DOLLARS = {"USD": "$", "AUD": "A$", "CAD": "CA$", "HKD": "HK$", "MXN": "MX$", "NZD": "NZ$", "TWD": "NT$", "XCD": "EC$"}
_FRANCS = {"XAF": "FCFA", "XOF": "F\N{NARROW NO-BREAK SPACE}CFA", "XPF": "CFPF"}
_OTHERS = {
    "BRL": "R$",
    "CNY": "CN¥",
    "EUR": "€",
    "GBP": "£",
    "ILS": "₪",
    "INR": "₹",
    "JPY": "¥",
    "KRW": "₩",
    "PHP": "₱",
}
_SYMBOLS = {**_DOLLARS, **_FRANCS, **_OTHERS, "VND": "₫"}

_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
_FOUR_DIGITS = "CLF UYW"


def digits_of(currency: str) -> int:
    """How many digits a currency has behind the point (ISO 4217)."""
    if currency in _NO_DIGITS:
        return 0
    if currency in _THREE_DIGITS:
        return 3
    return 4 if currency in _FOUR_DIGITS else 2


def price(subunits: int, currency: str) -> str:
    """`1995, AUD` as `A$19.95`; `1995, JPY` as `¥1,995`."""
    digits = digits_of(currency)
    sign = "-" if subunits < 0 else ""
    whole, rest = divmod(abs(subunits), 10**digits)
    amount = f"{whole:,}" + (f".{rest:0{digits}}" if digits else "")
    symbol = _SYMBOLS.get(currency, currency)
    space = "\N{NO-BREAK SPACE}" if symbol[-1:].isalpha() else ""
    return f"{sign}{symbol}{space}{amount}"
