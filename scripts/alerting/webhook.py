"""What Alertmanager sends, received on loopback."""

import http.server
import json
import threading
import time


class Webhook:
    """Keeps every notification with the time at which it came."""

    def __init__(self):
        self.lock = threading.Lock()
        self.kept: list = []
        webhook = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with webhook.lock:
                    webhook.kept.append((time.time(), self.path, body))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def notifications(self) -> list:
        """(when it came, path, body), oldest first."""
        with self.lock:
            return list(self.kept)
