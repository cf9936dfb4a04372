"""Asks a running exporter with curl and openssl what --web.config.file promises: TLS, certificates of clients,
certificates that are replaced while it runs, passwords, headers and HTTP/2."""

import contextlib
import html
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.parse

from lib.checks import check, finish
from lib.koreai import BINARY
from lib.nginx import start_nginx
from lib.process import Process, free_port, run_in_folder
from lib.web import fetch

TIMEOUT = 30
# Of "correct horse".
HASH = "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e"
USERS = f"basic_auth_users:\n  alice: {HASH}\n"
# Of the exporters that were started: each has a log of its own.
numbers = itertools.count()


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT)


class Authority:
    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.certificate, self.key = f"{folder}/{name}.crt", f"{folder}/{name}.key"
        must(run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                 "-days", "2", "-subj", f"/CN={name}", "-keyout", self.key, "-out", self.certificate))

    def sign(self, name, names):
        """Gives the files of a certificate with these names."""
        key, request, certificate = (f"{self.folder}/{name}.{end}" for end in ("key", "csr", "crt"))
        must(run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                 f"/CN={name}", "-addext", f"subjectAltName={names}", "-keyout", key, "-out", request))
        must(run("openssl", "x509", "-req", "-days", "2", "-copy_extensions", "copy", "-in", request, "-CA",
                 self.certificate, "-CAkey", self.key, "-CAcreateserial", "-out", certificate))
        return certificate, key


def must(result):
    if result.returncode:
        raise SystemExit(f"{result.args}: {result.stderr}")


class Exporter:
    def __init__(self, folder, web_configuration, *flags):
        self.folder = folder
        self.flags = flags
        self.file = f"{folder}/web.yml"
        self.write(web_configuration)

    def write(self, web_configuration):
        with open(self.file + ".new", "w") as file:
            file.write(web_configuration)
        os.replace(self.file + ".new", self.file)

    def __enter__(self):
        self.process = Process(
            [BINARY, "--config.file", f"{self.folder}/config.yml", "--storage.path", "",
             "--web.listen-address", "127.0.0.1:0", "--web.config.file", self.file, *self.flags],
            f"{self.folder}/exporter-{next(numbers)}.log")
        self.port = self.process.find(r"msg=listening address=127\.0\.0\.1:(\d+)")
        return self

    def __exit__(self, *_):
        self.process.stop()

    def curl(self, *arguments, scheme="https", path="/metrics"):
        """Gives the status, the HTTP version and curl's exit code."""
        result = run("curl", "--silent", "--max-time", "10", "--output", "/dev/null", "--write-out",
                     "%{http_code} %{http_version}", *arguments, f"{scheme}://127.0.0.1:{self.port}{path}")
        status, version = result.stdout.split()
        return int(status), version, result.returncode

    def serial(self):
        shown = run("bash", "-c", f"openssl s_client -connect 127.0.0.1:{self.port} </dev/null 2>/dev/null "
                                  "| openssl x509 -noout -serial")
        return shown.stdout.strip()


@contextlib.contextmanager
def exporter(folder, web_configuration, *flags):
    with Exporter(folder, web_configuration, *flags) as running:
        yield running


def plain(folder):
    with exporter(folder, USERS + "auth_excluded_paths: [/-/healthy]\n"
                  "http_server_config: { headers: { X-Frame-Options: deny } }\n") as running:
        def status(*arguments, path="/metrics"):
            return running.curl(*arguments, scheme="http", path=path)[0]
        check("the right password is answered", status("--user", "alice:correct horse") == 200)
        check("a wrong password is not", status("--user", "alice:wrong") == 401)
        check("an unknown user is not", status("--user", "bob:correct horse") == 401)
        check("no password is not", status() == 401)
        check("an excluded path is", status(path="/-/healthy") == 200)
        begin = time.monotonic()
        for _ in range(20):
            status("--user", "alice:correct horse")
        print(f"        20 requests with a remembered password took {time.monotonic() - begin:.2f} s")


def tls(folder, authority):
    certificate, key = authority.sign("server", "IP:127.0.0.1")
    base = f"tls_server_config:\n  cert_file: {certificate}\n  key_file: {key}\n"
    trust = ["--cacert", authority.certificate]
    with exporter(folder, base) as running:
        check("TLS is answered, with HTTP/2", running.curl(*trust)[:2] == (200, "2"), running.curl(*trust))
        check("HTTP/1.1 too", running.curl(*trust, "--http1.1")[:2] == (200, "1.1"))
        check("who does not trust the authority gets no answer", running.curl()[2] == 60)
        check("HTTP without TLS is not answered", running.curl(scheme="http")[0] == 0)
        weak = ["--ciphers", "DEFAULT@SECLEVEL=0"]
        for version, accepted in [("1.0", False), ("1.1", False), ("1.2", True), ("1.3", True)]:
            # As low as the client goes, so that it is the server that refuses.
            result = running.curl(*trust, *weak, f"--tlsv{version}", "--tls-max", version)
            check(f"TLS {version} is {'accepted' if accepted else 'refused'}", (result[0] == 200) == accepted, result)
        replace(running, folder, authority, certificate, key, trust)
    with exporter(folder, base + "  min_version: TLS10\n  max_version: TLS12\n") as running:
        result = running.curl(*trust, *weak, "--tlsv1.1", "--tls-max", "1.1")
        check("TLS 1.1 is accepted where min_version says so", result[0] == 200, result)
        check("TLS 1.3 is refused where max_version says so", running.curl(*trust, "--tlsv1.3")[0] == 0)
    suites = "  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]\n  curve_preferences: [CurveP384]\n"
    with exporter(folder, base + suites) as running:
        for suite, accepted in [("ECDHE-ECDSA-AES128-GCM-SHA256", True), ("ECDHE-ECDSA-AES256-GCM-SHA384", False)]:
            result = running.curl(*trust, "--tls-max", "1.2", "--ciphers", suite)
            check(f"{suite} is {'accepted' if accepted else 'refused'}", (result[0] == 200) == accepted, result)
        check("a curve that is not listed is refused", running.curl(*trust, "--curves", "X25519")[0] == 0)
        check("the one that is listed is accepted", running.curl(*trust, "--curves", "secp384r1")[0] == 200)
    with exporter(folder, base + "http_server_config:\n  http2: false\n") as running:
        check("HTTP/2 can be turned off", running.curl(*trust)[:2] == (200, "1.1"))


def replace(running, folder, authority, certificate, key, trust):
    before = running.serial()
    other, other_key = authority.sign("other", "IP:127.0.0.1")
    shutil.copy(other, certificate)
    running.process.find("cannot be used: the one before stays in force.*does not belong to the certificate")
    check("a certificate without its key changes nothing", running.serial() == before)
    shutil.copy(other_key, key)
    running.process.find("the web configuration was read again")
    check("a certificate that is replaced is used without a restart", running.serial() not in ("", before))
    check("and is trusted", running.curl(*trust)[0] == 200)


def clients(folder, authority, stranger):
    certificate, key = authority.sign("server2", "IP:127.0.0.1")
    client = ["--cert", authority.sign("client", "DNS:prometheus.example,IP:10.0.0.7")[0], "--key",
              f"{folder}/client.key"]
    foreign = ["--cert", stranger.sign("foreign", "DNS:prometheus.example")[0], "--key", f"{folder}/foreign.key"]
    base = f"tls_server_config:\n  cert_file: {certificate}\n  key_file: {key}\n"
    ca = f"  client_ca_file: {authority.certificate}\n"
    trust = ["--cacert", authority.certificate]
    # What of no certificate, one of a stranger's authority, one of ours.
    table = [
        ("NoClientCert", "", (True, True, True)),
        ("RequestClientCert", "", (True, True, True)),
        ("RequireAnyClientCert", "", (False, True, True)),
        ("VerifyClientCertIfGiven", ca, (True, False, True)),
        ("RequireAndVerifyClientCert", ca, (False, False, True)),
        ("RequireAndVerifyClientCert", ca + "  client_allowed_sans: [prometheus.example]\n", (False, False, True)),
        ("RequireAndVerifyClientCert", ca + "  client_allowed_sans: [10.0.0.7]\n", (False, False, True)),
        ("RequireAndVerifyClientCert", ca + "  client_allowed_sans: [other.example]\n", (False, False, False)),
    ]
    for kind, more, expected in table:
        with exporter(folder, base + f"  client_auth_type: {kind}\n" + more) as running:
            for version in ("1.2", "1.3"):
                found = tuple(running.curl(*trust, *shown, f"--tlsv{version}", "--tls-max", version)[0] == 200
                              for shown in ([], foreign, client))
                names = re.findall("sans: (.*)", more)
                check(f"{kind} {' '.join(names)} with TLS {version}: without, with a stranger's, with our certificate",
                      found == expected, found)


# A proxy under the path /koreai/, with what nginx asks for and the exporter's flags besides --web.external-url.
PROXIES = [
    ("that keeps the path", "proxy_pass http://127.0.0.1:{port};", []),
    ("that takes the path away", "proxy_pass http://127.0.0.1:{port}/;", ["--web.route-prefix=/"]),
]
PROXY = """
daemon off;
master_process off;
pid nginx.pid;
events {{ }}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    server {{
        listen 127.0.0.1:{listen};
        location /koreai/ {{ {proxy} }}
    }}
}}
"""


def proxied(folder):
    for what, proxy, flags in PROXIES:
        listen = free_port()
        base = f"http://127.0.0.1:{listen}/koreai/"
        own = f"{folder}/nginx-{listen}"
        os.mkdir(own)
        with exporter(folder, "", f"--web.external-url={base}", *flags) as running:
            nginx = start_nginx(own, PROXY.format(listen=listen, proxy=proxy.format(port=running.port)), listen)
            try:
                crawl(what, base)
            finally:
                nginx.terminate()
                nginx.wait(timeout=10)


def crawl(what, base):
    """Follows every link, style sheet, script and form from the first page on, and every target of /sd."""
    seen, waiting, bad = set(), [base], []
    while waiting:
        url = waiting.pop().partition("#")[0]
        if url in seen:
            continue
        seen.add(url)
        if not url.startswith(base):
            bad.append(url)
            continue
        try:
            text = fetch(url)
        except OSError as error:
            # An exporter whose platform does not answer is not ready at once.
            if not url.endswith("/-/ready"):
                bad.append(f"{url}: {error}")
            continue
        if "<!DOCTYPE html>" in text:
            waiting += [urllib.parse.urljoin(url, html.unescape(link))
                        for link in re.findall(r'(?:href|src|action)="([^"]*)"', text)]
    check(f"every link holds behind a proxy {what}", not bad, bad)
    check(f"  the pages, the bot's and their parts are among them ({what})",
          {base + path for path in ("bot?name=a", "metrics", "assets/style.css", "assets/refresh.js")} <= seen, seen)
    groups = json.loads(fetch(base + "sd"))
    urls = [f"{group['labels']['__scheme__']}://{group['targets'][0]}{group['labels']['__metrics_path__']}"
            f"?bot={group['labels']['__param_bot']}" for group in groups]
    check(f"/sd leads to probes behind a proxy {what}",
          urls == [base + "probe?bot=a"] and "probe_success" in fetch(urls[0], timeout=60), urls)


def refusals(folder):
    for text, complaint in [("nonsense: 1\n", "web.yml:1:1: unknown key `nonsense`"),
                            ("tls_server_config:\n  cert_file: gone\n  key_file: gone\n", "gone` does not exist")]:
        with open(f"{folder}/web.yml", "w") as file:
            file.write(text)
        for more in ([], ["--config.check"]):
            result = run(BINARY, "--config.file", f"{folder}/config.yml", "--web.config.file", f"{folder}/web.yml",
                         "--storage.path", "", "--web.listen-address", "127.0.0.1:0", *more)
            check(f"{text.split()[0]} ends the start with a complaint {' '.join(more)}",
                  result.returncode == 1 and complaint in result.stderr, result.stderr)


def test(folder):
    with open(f"{folder}/config.yml", "w") as file:
        file.write("credentials: [{ name: main, client_id: cs-0, client_secret: not-a-secret }]\n"
                   "bots: [{ name: a, id: st-1, credential: main, base_url: 'http://127.0.0.1:9' }]\n")
    authority, stranger = Authority(folder, "authority"), Authority(folder, "stranger")
    plain(folder)
    tls(folder, authority)
    clients(folder, authority, stranger)
    refusals(folder)
    proxied(folder)
    return finish()


sys.exit(run_in_folder(test))
