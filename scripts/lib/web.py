"""HTTP on loopback: requests, and small servers that answer them."""

import http.server
import sys
import threading
import urllib.error
import urllib.request


def request(url: str, data: bytes | None = None, method: str | None = None, headers: dict | None = None, timeout: float = 30):
    """The whole answer, as (status, headers, body), whatever its status is."""
    try:
        with urllib.request.urlopen(
                urllib.request.Request(url, data=data, method=method, headers=headers or {}), timeout=timeout) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


class Refused(OSError):
    """An answer with a status that tells of an error."""


def fetch(url: str, data: bytes | None = None, method: str | None = None, headers: dict | None = None, timeout: float = 30) -> str:
    """The text of a good answer."""
    status, _, body = request(url, data, method, headers, timeout)
    text = body.decode("utf-8", "replace")
    if status >= 400:
        raise Refused(f"{method or 'GET'} {url} was answered with {status}: {text[:300]}")
    return text


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers requests without a word on the terminal."""

    def reply(self, body: bytes, content_type: str = "text/plain; charset=utf-8", headers: dict | None = None) -> None:
        self.send_response(200)
        for name, value in {"Content-Type": content_type, **(headers or {}), "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    """A server on a free loopback port, until its process ends or it is stopped."""

    daemon_threads = True

    def __init__(self, handler: type):
        super().__init__(("127.0.0.1", 0), handler)
        self.address = f"127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """A client may go away before it has its answer."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def __exit__(self, *exception):
        self.shutdown()
        super().__exit__(*exception)
