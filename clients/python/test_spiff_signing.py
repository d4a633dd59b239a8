"""Run with `python test_spiff_signing.py`: every accepted vector of fixtures/signatures comes out the same."""

import json
import unittest
from pathlib import Path
from typing import Any, Dict, List

from spiff_signing import message_headers, soa_headers

FIXTURES = Path(__file__).parents[2] / "fixtures" / "signatures"


def vectors(name: str) -> List[Dict[str, Any]]:
    """The vectors of a file."""
    found: List[Dict[str, Any]] = json.loads((FIXTURES / name).read_text("utf-8"))["vectors"]
    return found


class Signing(unittest.TestCase):
    """Both schemes."""

    def test_soa(self) -> None:
        """SHA-512 vectors whose path is signed as it is sent."""
        wanted = [v for v in vectors("contract.json") if v["signedWith"] == "sha512" and v["path"].startswith("/")]
        self.assertEqual(len(wanted), 2)
        for v in wanted:
            made = soa_headers(
                v["method"],
                "https://spiff.example" + v["path"],
                v["body"].encode(),
                v["accessKey"],
                v["secret"],
                content_type=v["contentType"],
                date=v["date"],
            )
            self.assertEqual(made["Authorization"], v["authorization"], v["name"])

    def test_messages(self) -> None:
        """RFC 9421."""
        wanted = vectors("messages.json")
        self.assertGreaterEqual(len(wanted), 4)
        for v in wanted:
            body = v["body"].encode()
            made = message_headers(v["method"], v["url"], body, v["accessKey"], v["secret"], created=v["created"])
            self.assertEqual(made, v["headers"], v["name"])


if __name__ == "__main__":
    unittest.main()
