"""Looks for secrets in everything that the exporter emits: logs, metrics, pages, answers, complaints, what its commands
print, and its store.

The exporter and its commands run with distinctive secrets against a simulated platform, behind a proxy that tells
whatever secrets it has seen in the answers of some bots. Each address is asked in each way, with right and wrong
passwords; configurations that cannot be used have secrets where none belong. Then every secret is looked for, whole and
in halves, as it is and in the forms of JSON, addresses, HTML, base64 and hexadecimal digits. Run by `make secrets-test`;
with `--log FILE`, such as that of `swift test`, the secrets of the tests are looked for in it.
"""

import argparse
import base64
import concurrent.futures
import http.client
import json
import os
import pathlib
import re
import subprocess
import sys
import time

import forms
from lib.koreai import BINARY, Exporter, Platform
from lib.process import run_in_folder, wait_until
from mirror import KINDS, Mirror

PASSWORD = 'Pw7-Door"Key/+&='
PASSWORD_HASH = "$2b$04$kMmxmnfM/DuxhEShyuoUPua3qbOMT0kCA1ujuNCqYUFsUlMaWrjOC"
# As the platform makes them: it is told none of them, but the exporter may not show one, wherever it comes from.
SECRETS = {
    "the client secret in the configuration": "INDQJFx3D4QpOCswl/F9gSikUsnOX42+o368Xd6VWAw=",
    "the client secret in a file": "M3eHDf6qp633mjdNJwKj/bE+Xl6g3YqpWoAq05BEqS8=",
    "the client secret in the environment": "b6OkALL8xm/kB63fwl+Z0Wb7XkhqkLTyxlymc2694qU=",
    "the client secret that is refused": "SztZT/hgAKbsk/bVuOKpTDjHjyDi4HX/taS+Bzmyoog=",
    "the ready token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJyZWFkeSIsImFwcElkIjoiY3MtNSJ9.Rt0-Jv7_pWd2xLs9bGmK4fHqYc6nZaE",
    "the alerts' token": "At6-Bb2/nRw+xQe=sPd8",
    "the proxy's password": "Pp7-Gg3Wk+Vz9Lm5",
    "the password": PASSWORD,
    "the password's hash": PASSWORD_HASH,
    "a wrong password": "Wp8-Ff6+hJy/tUi=oDs1",
    "a wrong token": "Wt9-Ee5/gKr+mBv=cZx4",
}
PATHS = [
    "/", "/?q=echo&show=failed&page=2", "/?show=unreachable", "/bot?name=banking", "/bot?name=echo_server_error",
    "/bot?name=nobody", "/metrics", "/-/healthy", "/-/ready", "/assets/style.css", "/assets/refresh.js", "/nowhere", "/%ff",
    "/sd", "/config", "/api/v1/targets", "/api/v1/runs?bot=banking", "/probe?bot=banking", "/probe?bot=banking&debug=true",
    "/probe?bot=echo_server_error&debug=true", "/probe?bot=echo_unauthorized&debug=true", "/probe?bot=insurance&debug=true",
]
ACCEPTED = [
    "*/*", "text/html", "application/json", "application/openmetrics-text; version=1.0.0",
    "text/plain; version=1.0.0; escaping=allow-utf-8",
    "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited",
]


def scenario() -> str:
    def credential(name: str, number: int, secret: str) -> str:
        return json.dumps({"name": name, "client_id": f"cs-{number}", "client_secret": SECRETS[secret]})
    return "\n".join([
        "limits: {enabled: false}",
        "credentials:",
        f"  - {credential('inline', 1, 'the client secret in the configuration')}",
        f"  - {credential('file', 2, 'the client secret in a file')}",
        f"  - {credential('environment', 3, 'the client secret in the environment')}",
        f"  - {json.dumps({'name': 'ready', 'client_id': 'cs-5', 'client_secret': 'none', 'tokens': [SECRETS['the ready token']]})}",
        "bots:",
        *(f"  - {{id: st-{name}, name: {name}, on_train: {{takes: 1s}}, on_export: {{takes: 1s, file: true, file_size: 1000}}}}"
          for name in ("banking", "hr", "retail", "travel", "insurance")),
    ]) + "\n"


def configuration(platform: str, proxy: str, more: str = "") -> str:
    text = [
        "http:", f"  proxy_url: http://exporter:{SECRETS['the proxy' + chr(39) + 's password'].replace('+', '%2B')}@{proxy}",
        "defaults:", f"  base_url: {platform}", "  states: [configured]", "  poll_interval: 1s", "  active_interval: 1s",
        "credentials:",
        f"  - {{name: inline, client_id: cs-1, client_secret: {json.dumps(SECRETS['the client secret in the configuration'])}}}",
        "  - {name: file, client_id: cs-2, client_secret_file: secret}",
        "  - {name: environment, client_id: cs-3, client_secret_env: TEST_SECRET}",
        f"  - {{name: refused, client_id: cs-1, client_secret: {json.dumps(SECRETS['the client secret that is refused'])}}}",
        "  - {name: ready, token_file: token}",
        "actions:", f"  bearer_token: {json.dumps(SECRETS['the alerts' + chr(39) + ' token'])}", "  rules:", "    - alerts: [Drift]",
        "budgets: {requests_per_minute: 1000, requests_per_hour: 60000}",
        "bots:",
    ]
    bots = [("banking", "inline"), ("hr", "file"), ("retail", "environment"), ("travel", "ready"), ("insurance", "refused")]
    bots += [(f"echo_{kind}", ("inline", "file", "environment", "ready")[number % 4]) for number, kind in enumerate(KINDS)]
    for name, credential in bots:
        text.append(f"  - {{name: {name}, id: st-{name.replace('_', '-', 1)}, credential: {credential}}}")
    return "\n".join(text) + "\n" + more


def broken(right: str) -> dict:
    """Configurations that cannot be used, with a secret where it may have strayed to."""
    inline = json.dumps(SECRETS["the client secret in the configuration"])
    return {
        "a secret is a list": right.replace(f"client_secret: {inline}", f"client_secret: [{inline}]"),
        "a secret is a mapping": right.replace(f"client_secret: {inline}", f"client_secret: {{{inline}: {inline}}}"),
        "the key is wrong": right.replace(f"client_secret: {inline}", f"client_secrets: {inline}"),
        "a secret too many": right.replace("client_secret_file: secret", f"client_secret_file: secret, client_secret: {inline}"),
        "a secret is a file's name": right.replace("client_secret_file: secret", f"client_secret_file: {inline}"),
        "a secret is a variable's name": right.replace("client_secret_env: TEST_SECRET", f"client_secret_env: {inline}"),
        "a secret is a bot's credential": right.replace("credential: refused", f"credential: {inline}"),
        "a secret is a bot's state": right.replace("states: [configured]", f"states: [{inline}]"),
        "it is no YAML behind a secret": right.replace(f"client_secret: {inline}", f"client_secret: {inline} {inline}: ["),
        "a quote is open": right.replace(f"client_secret: {inline}", f"client_secret: {inline[:-1]}"),
        "the proxy has no scheme": right.replace("proxy_url: http://", "proxy_url: "),
        "the proxy's port is wrong": re.sub(r"(proxy_url: http://\S+:)\d+", r"\g<1>nonsense", right),
    }


class Run:
    def __init__(self, folder: str, options: argparse.Namespace):
        self.folder, self.options = folder, options
        self.secrets = forms.Secrets()
        for name, secret in SECRETS.items():
            self.secrets.add(name, secret)
        self.emitted: dict = {}
        self.platform = Platform(folder, scenario())
        told = [secret for name, secret in SECRETS.items() if name.startswith("the client secret") or name == "the ready token"]
        self.mirror = Mirror(self.platform.url, self.secrets, told)
        self.right = configuration(self.platform.url, self.mirror.address)

    def keep(self, what: str, data: bytes) -> None:
        self.emitted[what] = self.emitted.get(what, b"") + data

    # The server

    def serve(self, log_format: str) -> None:
        folder = os.path.join(self.folder, log_format)
        exporter = Exporter(folder, self.right, {"TEST_SECRET": SECRETS["the client secret in the environment"]}, (
            "--log.level", "debug", "--log.format", log_format, "--web.enable-lifecycle",
            "--web.config.file", self.write(folder, "web.yml", f"basic_auth_users: {{alice: {json.dumps(PASSWORD_HASH)}}}\n")))
        self.write(folder, "secret", SECRETS["the client secret in a file"])
        self.write(folder, "token", SECRETS["the ready token"])
        self.mirror.asked.clear()
        exporter.start()
        wait_until("every kind of echo was asked for", lambda: self.mirror.asked >= {*KINDS, "platform"}, 60)
        wait_until("the exporter is ready", lambda: self.ask(exporter, "/-/ready")[0] == 200, 60)
        for path in self.options.path:
            for accepted in ACCEPTED:
                status, _ = self.ask(exporter, path, headers={"Accept": accepted})
                if status >= 500 or (status == 404) != (path in ("/nowhere", "/%ff", "/bot?name=nobody")):
                    raise SystemExit(f"{path} was answered with {status}")
            self.ask(exporter, path, password=SECRETS["a wrong password"], expected=401)
            self.ask(exporter, path, password=None, expected=401)
            self.ask(exporter, path, method="POST")
            self.ask(exporter, f"{path}{'&' if '?' in path else '?'}token={SECRETS['a wrong token']}")
        for token, expected in ((SECRETS["a wrong token"], 401), (SECRETS["the alerts' token"], 200)):
            self.alert(exporter, token, expected)
        for what, text in broken(self.right).items():
            exporter.configure(text)
            if self.ask(exporter, "/-/reload", method="POST")[0] == 200:
                raise SystemExit(f"the configuration is taken though {what}")
        exporter.configure(self.right)
        self.ask(exporter, "/-/reload", method="POST", expected=200)
        self.write(folder, "web.yml", f"basic_auth_users: {{alice: {json.dumps(PASSWORD)}}}\n")
        wait_until("the web configuration was read", lambda: "web configuration" in exporter.process.output(), 30)
        time.sleep(self.options.seconds)
        exporter.process.stop()
        self.keep(f"the log in {log_format}", exporter.process.output().encode())
        for path in pathlib.Path(folder, "data").rglob("*"):
            if path.is_file():
                self.keep(f"the store's {path.name}", path.read_bytes())

    def ask(self, exporter: Exporter, path: str, method: str = "GET", password: str | None = PASSWORD, headers: dict | None = None,
            body: str | None = None, expected: int | None = None) -> tuple:
        headers = dict(headers or {})
        if password is not None:
            headers.setdefault("Authorization", "Basic " + base64.b64encode(f"alice:{password}".encode()).decode())
        connection = http.client.HTTPConnection(exporter.instance, timeout=30)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        data = answer.read()
        self.keep(f"{method} {path}", f"{answer.status} {answer.getheaders()}\n".encode() + data)
        if expected not in (None, answer.status):
            raise SystemExit(f"{method} {path} was answered with {answer.status}, not {expected}")
        return answer.status, data

    def alert(self, exporter: Exporter, token: str, expected: int) -> None:
        labels = {"alertname": "Drift", "bot": "banking", "language": "en", "state": "configured"}
        body = {"version": "4", "groupKey": "g", "status": "firing", "receiver": "r", "alerts": [{
            "status": "firing", "labels": labels, "annotations": {}, "startsAt": "2026-01-01T00:00:00Z", "endsAt": "0001-01-01T00:00:00Z",
            "fingerprint": "f1"}]}
        self.ask(exporter, "/api/v1/alerts", "POST", body=json.dumps(body), expected=expected,
                 headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"})

    def write(self, folder: str, name: str, text: str) -> str:
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, name)
        pathlib.Path(path + ".new").write_text(text, encoding="utf-8")
        os.replace(path + ".new", path)
        return path

    # The commands

    def commands(self) -> None:
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for done in [pool.submit(self.command, *words) for words in self.command_lines()]:
                done.result()
        for what, text in broken(self.right).items():
            file = self.write(os.path.join(self.folder, "commands"), "broken.yml", text)
            for words in (["check-config", file], ["status", "--config.file", file], ["serve", "--config.file", file]):
                if self.command(*words) == 0:
                    raise SystemExit(f"{words[0]} takes the configuration though {what}")

    def command_lines(self) -> list:
        folder = os.path.join(self.folder, "commands")
        self.write(folder, "secret", SECRETS["the client secret in a file"])
        self.write(folder, "token", SECRETS["the ready token"])
        file = self.write(folder, "config.yml", self.right)
        flags, lines = ["--config.file", file], [["check-config", file]]
        for output in ("text", "json"):
            shape = [*flags, "--format", output]
            lines += [["status", *shape], ["bots", *shape, "--credential", "inline"]]
            for bot in ("banking", "insurance", *(f"echo_{kind}" for kind in KINDS)):
                waiting = ["--timeout", "3s", "--storage.path", "", *shape]
                lines.append(["train", bot, "--wait", *waiting])
                lines.append(["export", bot, *waiting, "--output", os.path.join(folder, f"{bot}-{output}.csv")])
        for log_format in ("logfmt", "json"):
            lines.append(["collect", *flags, "--storage.path", "", "--log.level", "debug", "--log.format", log_format, "--timeout", "20s"])
        return lines

    def command(self, *words: str) -> int:
        environment = dict(os.environ, TEST_SECRET=SECRETS["the client secret in the environment"])
        done = subprocess.run([BINARY, *words], capture_output=True, env=environment, timeout=120, check=False)
        self.keep(f"koreai-exporter {words[0]}", done.stdout + done.stderr)
        return done.returncode


def report(found: dict) -> int:
    """`found`: what was emitted, by where."""
    for where, (secrets, data) in sorted(found.items()):
        for name, place in secrets:
            print(f"FAILED: {where} has {name}: …{data[max(0, place - 60):place + 20]!r}…")
    return 1 if found else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--path", action="append", help="an address to ask, instead of those known here; may be repeated")
    parser.add_argument("--seconds", type=float, default=3, help="for which the exporter goes on after the last question")
    parser.add_argument("--log", help="only look for the secrets of Tests/ in this file")
    options = parser.parse_args()
    options.path = options.path or PATHS
    return options


def test_secrets() -> forms.Secrets:
    """What the tests in Swift use as secrets: what they say to be one."""
    secrets = forms.Secrets()
    patterns = (
        r'Secret\("([^"\\]+)"\)', r"(?:client_secret|bearer_token|password): [\"']?([^\"'\\\s{}(),]+)",
        r"https?://[^\s\"'/:]+:([^\s\"'@/]+)@",
    )
    for path in pathlib.Path("Tests").rglob("*.swift"):
        for pattern in patterns:
            for secret in re.findall(pattern, path.read_text(encoding="utf-8")):
                if len(secret) >= 8:
                    secrets.add(f"{secret!r} of {path}", secret)
    return secrets


def look_in_log(path: str) -> int:
    # What the runner itself says names the tests and their arguments, secrets among them.
    runner = re.compile(r"^[◇✔] (?:Test|Suite) .*?(?:started|passed after [\d.]+ seconds)\.$", re.DOTALL | re.MULTILINE)
    text, tests = runner.subn("", pathlib.Path(path).read_text(encoding="utf-8", errors="replace"))
    if not tests:
        raise SystemExit(f"{path} is no log of a test run")
    secrets, data = test_secrets(), text.encode()
    found = secrets.found_in(data)
    print(f"{len(secrets.forms)} forms of the tests' secrets, {len(data)} bytes, {len(found)} found")
    return report({path: (found, data)} if found else {})


def run(options: argparse.Namespace, folder: str) -> int:
    everything = Run(folder, options)
    for log_format in ("logfmt", "json"):
        everything.serve(log_format)
    everything.commands()
    names = set(everything.secrets.forms.values())
    seen = {"a token (auth)", "the proxy's password (Proxy-Authorization)", "the link of an export"}
    if missing := seen - names:
        raise SystemExit(f"the test itself never saw {missing}")
    found = {where: (secrets, data) for where, data in everything.emitted.items() if (secrets := everything.secrets.found_in(data))}
    size = sum(map(len, everything.emitted.values()))
    print(f"{len(everything.secrets.forms)} forms of {len(names)} kinds of secrets, {len(everything.emitted)} sources, {size} bytes")
    return report(found)


if __name__ == "__main__":
    forms.check()
    options = arguments()
    sys.exit(look_in_log(options.log) if options.log else run_in_folder(lambda folder: run(options, folder)))
