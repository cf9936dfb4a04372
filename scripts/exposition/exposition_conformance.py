"""Reads the exposition in every format with the parsers of others and compares what they read.

The demo's page, and one of adversarial label values, HELP texts and numbers, go through PyPI's prometheus-client (text and
OpenMetrics), PyPI's protobuf and promtool; then a real Prometheus scrapes the adversarial page in all three formats, and
what it says of them is compared. Run by `make exposition-conformance`.
"""

import gzip
import json
import math
import os
import subprocess
import sys
import time
import zlib

from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse_text

import metrics_proto
from lib.process import run_in_folder, wait_until
from lib.prometheus import PROMTOOL, Prometheus
from lib.web import Handler, Server, request

ACCEPT = {
    "text": "text/plain;version=0.0.4",
    "openmetrics": "application/openmetrics-text;version=1.0.0",
    "protobuf": "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
}


def fetch(url: str, kind: str, coding: str = "identity", method: str = "GET"):
    status, headers, body = request(url, method=method, headers={"Accept": ACCEPT[kind], "Accept-Encoding": coding})
    assert status == 200, f"{method} {url} was answered with {status}"
    assert headers.get("Content-Encoding", "identity") == coding, headers
    return body, headers


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
    findings = subprocess.run([PROMTOOL, "check", "metrics"], input=after_text.encode(), capture_output=True)
    findings = findings.stdout + findings.stderr
    assert not findings.strip(), findings.decode()
    subprocess.run(["curl", "--silent", "--fail", "--compressed", "--output", os.devnull, url], check=True)
    print(f"{len(names)} families with {len(after)} series; {len(still)} of them stood still and are alike in three formats")
    return after


def serve_formats(url: str) -> Server:
    """A proxy that asks for the format that its path names: Prometheus itself asks for the best that it knows."""

    class Proxy(Handler):
        def do_GET(self):
            body, headers = fetch(url, self.path.strip("/"), "gzip")
            self.reply(body, headers["Content-Type"], {"Content-Encoding": headers["Content-Encoding"]})

    return Server(Proxy)


def configuration(proxy: Server) -> str:
    return json.dumps({
        "global": {"scrape_interval": "1s"},
        "scrape_configs": [
            {"job_name": kind, "metrics_path": f"/{kind}", "static_configs": [{"targets": [proxy.address]}]}
            for kind in ACCEPT
        ],
    })


def query(prometheus: Prometheus, expression: str) -> dict:
    series = {}
    for entry in prometheus.query(expression):
        labels = {k: v for k, v in entry["metric"].items() if k not in ("__name__", "job", "instance")}
        if "value" in entry:
            series[key(entry["metric"].get("__name__", ""), labels)] = float(entry["value"][1])
    return series


def check_prometheus(url: str, expected: dict, folder: str):
    def is_ours(k):
        return k[0].startswith("adversarial_")

    # Prometheus drops labels without a value.
    expected = {(name, tuple((k, v) for k, v in labels if v != "")): value
                for (name, labels), value in expected.items() if is_ours((name, labels))}
    with serve_formats(url) as proxy, Prometheus(
            folder, configuration(proxy), ("--enable-feature=native-histograms,exemplar-storage",)) as prometheus:
        wait_until("Prometheus scrapes each format", lambda: len(prometheus.query("up == 1")) == len(ACCEPT), 60)
        for kind in ("text", "openmetrics"):
            seen = {k: v for k, v in query(prometheus, f'{{job="{kind}"}}').items() if is_ours(k)}
            seen = {k: v for k, v in seen.items() if not k[0].endswith("_created")}
            assert seen == expected, f"{kind}: {set(seen.items()) ^ set(expected.items())}"
        # Of a native histogram Prometheus 2.42 does not keep the classic one.
        seen = {k: v for k, v in query(prometheus, '{job="protobuf"}').items() if is_ours(k)}
        plain = {k: v for k, v in expected.items() if "_duration_seconds" not in k[0]}
        assert seen == plain, f"protobuf: {set(seen.items()) ^ set(plain.items())}"
        for function, suffix in (("histogram_count", "_count"), ("histogram_sum", "_sum")):
            seen = {k[1]: v for k, v in
                    query(prometheus, f'{function}(adversarial_duration_seconds{{job="protobuf"}})').items()}
            classic = {k[1]: v for k, v in expected.items() if k[0] == "adversarial_duration_seconds" + suffix}
            assert seen == classic, f"{function}: {seen} instead of {classic}"
        for quantile in (0.1, 0.5, 0.9, 0.99):
            expression = f'histogram_quantile({quantile}, adversarial_duration_seconds{{job="protobuf",value="plain"}})'
            (seen,) = query(prometheus, expression).values()
            # Observed were 1 to 1000, and a bucket is 9 % wide.
            assert abs(seen / (1000 * quantile) - 1) < 0.09, f"the {quantile} quantile is {seen}"
            print(f"{expression} is {seen:.1f}")
        now = time.time()
        exemplars = prometheus.get("query_exemplars", query='adversarial_duration_seconds_bucket{job="openmetrics"}',
                                   start=now - 600, end=now + 60)
        starts = {e["labels"]["run_start"] for series in exemplars for e in series["exemplars"]}
        assert starts == {"2025-11-21T13:20:00.000Z"}, exemplars
    print(f"Prometheus reads {len(expected)} series alike from three formats")


def run(folder: str) -> int:
    compare(os.environ["DEMO_URL"] + "/metrics", is_moving=True)
    with subprocess.Popen([sys.argv[1], "adversarial", "1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        try:
            url = f"http://127.0.0.1:{int(server.stdout.readline())}/metrics"
            check_prometheus(url, compare(url, is_moving=False), folder)
        finally:
            server.terminate()
    return 0


sys.exit(run_in_folder(run))
