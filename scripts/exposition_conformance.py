"""Reads the exposition in every format with the parsers of others and compares what they read.

The demo's page, and one of adversarial label values, HELP texts and numbers, go through PyPI's prometheus-client (text and
OpenMetrics), PyPI's protobuf and promtool; then a real Prometheus scrapes the adversarial page in all three formats, and
what it says of them is compared. Run by `make exposition-conformance`.
"""

import gzip
import http.server
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib

from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse_text

import metrics_proto

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".build/tools/usr/bin"
ACCEPT = {
    "text": "text/plain;version=0.0.4",
    "openmetrics": "application/openmetrics-text;version=1.0.0",
    "protobuf": "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
}


def fetch(url: str, kind: str, coding: str = "identity", method: str = "GET"):
    headers = {"Accept": ACCEPT[kind], "Accept-Encoding": coding}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers, method=method), timeout=30) as response:
        body = response.read()
        assert response.headers.get("Content-Encoding", "identity") == coding, response.headers
        return body, response.headers


def page(url: str, kind: str) -> bytes:
    """In gzip, read by two decoders."""
    body, headers = fetch(url, kind, "gzip")
    assert headers["Content-Type"].startswith(ACCEPT[kind].split(";")[0]), headers["Content-Type"]
    plain = gzip.decompress(body)
    decoder = zlib.decompressobj(31)
    assert decoder.decompress(body) + decoder.flush() == plain and decoder.eof and not decoder.unused_data
    return plain


def key(name: str, labels: dict):
    """Bounds are compared as numbers: the formats write them in different ways."""
    labels = {k: (float(v) if k == "le" else v) for k, v in labels.items()}
    return name, tuple(sorted(labels.items(), key=lambda pair: pair[0]))


def of_parser(families) -> dict:
    return {key(s.name, s.labels): float(s.value) for f in families for s in f.samples if not s.name.endswith("_created")}


def of_protobuf(data: bytes) -> dict:
    series = {}
    for family in metrics_proto.families(data):
        for metric in family.metric:
            labels = {pair.name: pair.value for pair in metric.label}
            if metric.HasField("histogram"):
                histogram = metric.histogram
                buckets = [(b.upper_bound, b.cumulative_count) for b in histogram.bucket]
                if not buckets or buckets[-1][0] != math.inf:
                    buckets.append((math.inf, histogram.sample_count))
                for bound, count in buckets:
                    series[key(family.name + "_bucket", labels | {"le": bound})] = count
                series[key(family.name + "_count", labels)] = histogram.sample_count
                series[key(family.name + "_sum", labels)] = histogram.sample_sum
                counts, total = 0, histogram.zero_count
                for delta in histogram.positive_delta:
                    counts += delta
                    total += counts
                assert total == histogram.sample_count, f"{family.name}: native buckets count {total}"
            else:
                series[key(family.name, labels)] = (metric.gauge if metric.HasField("gauge") else metric.counter).value
    return series


def compare(url: str, is_moving: bool) -> dict:
    before = of_parser(parse_text(page(url, "text").decode()))
    openmetrics = page(url, "openmetrics").decode()
    of_openmetrics = of_parser(parse_openmetrics(openmetrics))
    of_messages = of_protobuf(page(url, "protobuf"))
    after_text = page(url, "text").decode()
    after = of_parser(parse_text(after_text))
    lines = [line for line in after_text.split("\n") if line and not line.startswith("#")]
    assert len(lines) == len(after), f"{len(lines)} lines but {len(after)} series: some series stand twice"
    assert not any(math.isnan(value) for value in after.values()), "a sample is NaN"
    names = [line.split(" ")[2] for line in after_text.split("\n") if line.startswith("# TYPE ")]
    assert names == sorted(names) and len(names) == len(set(names)), "the families are not sorted, or stand twice"
    # What a poll or scrape changed meanwhile cannot be compared.
    still = {k: v for k, v in before.items() if after.get(k) == v}
    assert is_moving or all(k in still for k in after if k[0].startswith("adversarial_")), "the page changes"
    assert len(still) > 50, f"only {len(still)} series stood still"
    for kind, series in (("OpenMetrics", of_openmetrics), ("protobuf", of_messages)):
        for k, value in still.items():
            assert series.get(k) == value, f"{kind} has {series.get(k)} for {str(k)[:200]}, text has {value}"
    for kind in ACCEPT:
        plain, _ = fetch(url, kind)
        head, headers = fetch(url, kind, method="HEAD")
        assert head == b"" and abs(int(headers["Content-Length"]) - len(plain)) < 4096, headers
    findings = subprocess.run([TOOLS / "promtool", "check", "metrics"], input=after_text.encode(), capture_output=True)
    findings = findings.stdout + findings.stderr
    assert not findings.strip(), findings.decode()
    subprocess.run(["curl", "--silent", "--fail", "--compressed", "--output", os.devnull, url], check=True)
    print(f"{len(names)} families with {len(after)} series; {len(still)} of them stood still and are alike in three formats")
    return after


class Proxy(http.server.BaseHTTPRequestHandler):
    """Asks for the format that its path names: Prometheus itself asks for the best that it knows."""

    def do_GET(self):
        request = urllib.request.Request(self.server.target, headers={
            "Accept": ACCEPT[self.path.strip("/")], "Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request, timeout=10) as response:
            body = response.read()
            self.send_response(200)
            for name in ("Content-Type", "Content-Encoding"):
                self.send_header(name, response.headers[name])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Prometheus:
    """A real one that scrapes a page in each format; ends with its context."""

    def __init__(self, url: str, folder: str):
        self.proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
        self.proxy.target = url
        threading.Thread(target=self.proxy.serve_forever, daemon=True).start()
        with http.server.HTTPServer(("127.0.0.1", 0), Proxy) as probe:
            self.port = probe.server_address[1]
        jobs = "".join(
            f"  - {{job_name: {kind}, metrics_path: /{kind}, static_configs: [{{targets: "
            f"['127.0.0.1:{self.proxy.server_address[1]}']}}]}}\n" for kind in ACCEPT)
        config = pathlib.Path(folder, "prometheus.yml")
        config.write_text("global: {scrape_interval: 1s}\nscrape_configs:\n" + jobs)
        self.process = subprocess.Popen(
            [TOOLS / "prometheus", f"--config.file={config}", f"--storage.tsdb.path={folder}/data",
             "--enable-feature=native-histograms,exemplar-storage", f"--web.listen-address=127.0.0.1:{self.port}",
             "--log.level=warn"])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.proxy.shutdown()

    def get(self, path: str, **parameters):
        query = urllib.parse.urlencode(parameters)
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/{path}?{query}", timeout=10) as response:
            return json.load(response)["data"]

    def query(self, expression: str) -> dict:
        result = self.get("query", query=expression)["result"]
        series = {}
        for entry in result:
            labels = {k: v for k, v in entry["metric"].items() if k not in ("__name__", "job", "instance")}
            if "value" in entry:
                series[key(entry["metric"].get("__name__", ""), labels)] = float(entry["value"][1])
        return series

    def wait(self):
        for _ in range(120):
            try:
                if len([v for v in self.query("up").values() if v == 1]) == 1 and \
                        len(self.get("query", query="up == 1")["result"]) == len(ACCEPT):
                    return
            except (urllib.error.URLError, KeyError):
                pass
            time.sleep(0.5)
        raise SystemExit(f"Prometheus does not scrape: {self.get('targets')}")


def check_prometheus(url: str, expected: dict):
    def is_ours(k):
        return k[0].startswith("adversarial_")

    # Prometheus drops labels without a value.
    expected = {(name, tuple((k, v) for k, v in labels if v != "")): value
                for (name, labels), value in expected.items() if is_ours((name, labels))}
    with tempfile.TemporaryDirectory() as folder, Prometheus(url, folder) as prometheus:
        prometheus.wait()
        for kind in ("text", "openmetrics"):
            seen = {k: v for k, v in prometheus.query(f'{{job="{kind}"}}').items() if is_ours(k)}
            seen = {k: v for k, v in seen.items() if not k[0].endswith("_created")}
            assert seen == expected, f"{kind}: {set(seen.items()) ^ set(expected.items())}"
        # Of a native histogram Prometheus 2.42 does not keep the classic one.
        seen = {k: v for k, v in prometheus.query('{job="protobuf"}').items() if is_ours(k)}
        plain = {k: v for k, v in expected.items() if "_duration_seconds" not in k[0]}
        assert seen == plain, f"protobuf: {set(seen.items()) ^ set(plain.items())}"
        for function, suffix in (("histogram_count", "_count"), ("histogram_sum", "_sum")):
            seen = {k[1]: v for k, v in
                    prometheus.query(f'{function}(adversarial_duration_seconds{{job="protobuf"}})').items()}
            classic = {k[1]: v for k, v in expected.items() if k[0] == "adversarial_duration_seconds" + suffix}
            assert seen == classic, f"{function}: {seen} instead of {classic}"
        for quantile in (0.1, 0.5, 0.9, 0.99):
            query = f'histogram_quantile({quantile}, adversarial_duration_seconds{{job="protobuf",value="plain"}})'
            (seen,) = prometheus.query(query).values()
            # Observed were 1 to 1000, and a bucket is 9 % wide.
            assert abs(seen / (1000 * quantile) - 1) < 0.09, f"the {quantile} quantile is {seen}"
            print(f"{query} is {seen:.1f}")
        now = time.time()
        exemplars = prometheus.get("query_exemplars", query='adversarial_duration_seconds_bucket{job="openmetrics"}',
                                   start=now - 600, end=now + 60)
        starts = {e["labels"]["run_start"] for series in exemplars for e in series["exemplars"]}
        assert starts == {"2025-11-21T13:20:00.000Z"}, exemplars
    print(f"Prometheus reads {len(expected)} series alike from three formats")


def main() -> None:
    compare(os.environ["DEMO_URL"] + "/metrics", is_moving=True)
    with subprocess.Popen([sys.argv[1], "adversarial", "1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        try:
            url = f"http://127.0.0.1:{int(server.stdout.readline())}/metrics"
            check_prometheus(url, compare(url, is_moving=False))
        finally:
            server.terminate()


main()
