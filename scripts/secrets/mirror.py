"""A proxy in front of the simulated platform that knows every secret it is shown, and tells them in its answers."""

import http.client
import json
import re
import threading
import urllib.parse

from forms import Secrets
from lib.web import Handler, Server

LINK = "/files/echo?X-Amz-Credential=AKIAMIRROR&X-Amz-Signature=5b1cf0d27ae94c83b6d1e0f9a8c7b6a5"


class Mirror:
    """Bots named st-echo-… are answered by it, others by the platform. It is asked as a proxy."""

    def __init__(self, platform: str, secrets: Secrets, told: list):
        self.platform = urllib.parse.urlsplit(platform).netloc
        self.secrets, self.told, self.tokens, self.asked = secrets, told, set(), set()
        self.lock = threading.Lock()
        mirror = self

        class Echo(Handler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                mirror.answer(self)

            do_GET = do_POST = do_PUT = do_DELETE = answer

        self.address = Server(Echo).address

    def learn(self, headers, name: str, header: str) -> None:
        value = headers.get(header, "")
        kind, _, rest = value.partition(" ")
        for text in (value, rest):
            with self.lock:
                if len(text) < 8 or text in self.tokens:
                    continue
                self.tokens.add(text)
                self.secrets.add(f"{name} ({header})", text)
                if text.count(".") == 2:
                    self.secrets.add(f"the signature of {name}", text.rpartition(".")[2])

    def answer(self, request) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        self.learn(request.headers, "a token", "auth")
        self.learn(request.headers, "a token", "Authorization")
        self.learn(request.headers, "the proxy's password", "Proxy-Authorization")
        path = urllib.parse.urlsplit(request.path)
        target = path.path + (f"?{path.query}" if path.query else "")
        echo = re.search(r"st-echo-([a-z_]+)", target)
        with self.lock:
            self.asked.add(echo[1] if echo else "platform")
        if echo:
            reply = self.echo(echo[1], target, self.everything(request.headers, body))
        elif target.startswith("/files/"):
            reply = (403, {}, f"<Error><Code>Denied</Code><Url>{LINK}</Url>{self.everything(request.headers, body)}</Error>")
        else:
            reply = self.pass_on(request, target, body)
        self.send(request, *reply)

    def everything(self, headers, body: bytes) -> str:
        return " ".join([*self.told, *(f"{name}: {value}" for name, value in headers.items()), body.decode(), LINK])

    def pass_on(self, request, target: str, body: bytes) -> tuple:
        connection = http.client.HTTPConnection(self.platform, timeout=30)
        headers = {name: value for name, value in request.headers.items()
                   if name.lower() not in ("host", "connection", "content-length", "proxy-connection", "proxy-authorization")}
        connection.request(request.command, target, body or None, headers)
        answer = connection.getresponse()
        data = answer.read()
        for link in re.findall(rb'"download(?:URL|Url)"\s*:\s*"([^"]+)"', data):
            url = urllib.parse.urlsplit(json.loads(b'"' + link + b'"'))
            self.secrets.add("the link of an export", url.path + (f"?{url.query}" if url.query else ""))
        return answer.status, dict(answer.getheaders()), data

    def echo(self, kind: str, target: str, text: str) -> tuple:
        """(status, headers, body): all that it was told, in a place that an exporter may be tempted to show."""
        quoted = json.dumps(text)
        error = f'{{"errors":[{{"msg":{quoted},"code":{quoted}}}]}}'
        token = json.dumps(max(text.split(), key=len))
        replies = {
            "server_error": (500, {}, error),
            "unauthorized": (401, {}, error),
            "forbidden": (403, {}, error),
            "bad_request": (400, {}, error),
            "not_found": (404, {}, error),
            "throttled": (429, {"Retry-After": token.strip('"')}, error),
            "html": (502, {}, f"<html><title>{text}</title>{text}</html>"),
            "text": (500, {}, text),
            "plain_json": (500, {}, quoted),
            "message": (400, {}, f'{{"message":{quoted},"error":{quoted},"errorCode":{token}}}'),
            "mistyped": (200, {}, f"[{quoted}]"),
            "cut_off": (200, {}, f'{{"status":{quoted[:-1]}'),
            "number": (200, {}, f'{{"trainDetails":{{"nlpVersion":{quoted},"trainVersion":{token}}},"modifiedOn":{quoted},'
                                f'"percentageComplete":{quoted},"lMod":{token}}}'),
            "status": (200, {}, f'{{"trainingStatus":{quoted},"status":{quoted},{quoted}:false}}'),
            "flags": (200, {}, json.dumps({
                "trainingStatus": "Finished", "isMlInSyncWith" + text: False,
                **{"isMlInSyncWith" + word: False for word in text.split()[:20]}})),
            "redirect": (302, {"Location": f"http://{self.address}/elsewhere?{urllib.parse.quote(text)}"}, text),
            "header": (500, {"Server": text, "WWW-Authenticate": text, "Content-Type": text}, "{}"),
            "export": (200, {}, json.dumps({
                "_id": "dx-1", "status": "SUCCESS", "percentageComplete": 100, "jobType": "ML_UTTERANCE",
                "createdOn": "2026-01-01T00:00:00.000Z", "lMod": "2026-01-01T00:00:09.000Z",
                "requestedTime": "2026-01-01T00:00:00.000Z", "downloadUrl": f"http://{self.address}{LINK}",
                "statusLogs": [text]})),
        }
        return replies[kind]

    def send(self, request, status: int, headers: dict, body) -> None:
        data = body if isinstance(body, bytes) else body.encode()
        request.send_response_only(status)
        dropped = ("content-length", "connection", "transfer-encoding", "keep-alive")
        for name, value in headers.items():
            if name.lower() not in dropped:
                request.send_header(name, value.encode("latin-1", "replace").decode("latin-1"))
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)


KINDS = ("server_error", "unauthorized", "forbidden", "bad_request", "not_found", "throttled", "html", "text", "plain_json",
         "message", "mistyped", "cut_off", "number", "status", "flags", "redirect", "header", "export")
