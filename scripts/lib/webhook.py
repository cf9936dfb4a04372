"""What Alertmanager sends, received on loopback."""

import json
import threading
import time

from lib.web import Handler, Server


class Webhook:
    """Keeps every notification with the time at which it came."""

    def __init__(self):
        self.lock = threading.Lock()
        self.kept: list = []
        webhook = self

        class Receiver(Handler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with webhook.lock:
                    webhook.kept.append((time.time(), self.path, body))
                self.reply(b"ok")

        self.url = f"http://{Server(Receiver).address}"

    def notifications(self) -> list:
        """(when it came, path, body), oldest first."""
        with self.lock:
            return list(self.kept)
