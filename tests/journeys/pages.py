"""Shop pages of a test's own: any HTML, any headers, on an origin of its own."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Pages:
    """What is served, by path."""

    url: str
    html: dict[str, str] = field(default_factory=dict)
    headers: dict[str, Mapping[str, str]] = field(default_factory=dict)
    posted: list[bytes] = field(default_factory=list)
    """What pages sent here."""

    def put(self, path: str, html: str, **headers: str) -> str:
        """Serve this page from now on; its address."""
        self.html[path] = html
        self.headers[path] = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.url + path


@contextmanager
def serving_pages() -> Iterator[Pages]:
    """A server on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = pages.html.get(self.path)
            body = (found or "").encode()
            self.send_response(200 if found is not None else 204 if self.path == "/favicon.ico" else 404)
            kind = "text/javascript" if self.path.endswith(".js") else "text/html; charset=utf-8"
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            for name, value in pages.headers.get(self.path, {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            pages.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    pages = Pages(f"http://localhost:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield pages
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
