"""nginx as an ordinary process, of scripts/setup/unpack-tools nginx."""

import os
import socket
import subprocess

from lib.process import wait_until

BINARY = os.path.abspath(".build/tools/usr/sbin/nginx")


def start_nginx(folder: str, configuration: str, port: int) -> subprocess.Popen:
    """nginx with its files in the folder, once it listens on the port."""
    path = os.path.join(folder, "nginx.conf")
    with open(path, "w", encoding="utf-8") as file:
        file.write(configuration)
    process = subprocess.Popen([BINARY, "-p", folder, "-c", path, "-e", "stderr"])

    def listens() -> bool:
        if process.poll() is not None:
            raise SystemExit("nginx did not start")
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True

    wait_until("nginx listens", listens, 10, every=0.05)
    return process
