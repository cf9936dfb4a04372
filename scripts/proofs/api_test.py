"""Holds the demo's answers against docs/openapi.yaml. Run by `make api-test`.

That the file has the paths that the server has, and no others, is a test of the Swift package: OpenAPITests.
"""

import json
import os
import sys
import urllib.parse

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from lib.process import wait_until
from lib.web import request

URL = os.environ["DEMO_URL"]


class API:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.document = yaml.safe_load(file)
        validate(self.document)
        self.answered = set()

    def resolved(self, value):
        while "$ref" in value:
            target = self.document
            for part in value["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            value = target
        return value

    def check(self, path, query="", status=200, method="GET", headers=None, body=None):
        """Asks, and holds status, content type and body against what the file says of them."""
        operation = self.document["paths"][path][method.lower()]
        known = {self.resolved(p)["name"] for p in operation.get("parameters", [])}
        if status < 400:
            unknown = set(urllib.parse.parse_qs(query, keep_blank_values=True)) - known
            assert not unknown, f"{path} describes no parameter {unknown}"
        got, kind, text = ask(path + ("?" + query if query else ""), method, headers or {}, body)
        name = f"{method} {path}?{query}"
        assert got == status, f"{name}: {got} instead of {status}: {text[:300]}"
        assert str(status) in operation["responses"], f"{name}: status {status} is not described"
        contents = self.resolved(operation["responses"][str(status)])["content"]
        kind = kind.split(";")[0]
        assert kind in contents, f"{name}: {kind} is not described, but {list(contents)}"
        self.answered.add((method.lower(), path, status))
        if kind != "application/json":
            assert text, f"{name}: an empty answer"
            return text
        value = json.loads(text)
        schema = {**contents[kind]["schema"], "components": self.document["components"]}
        errors = list(Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(value))
        for error in errors[:5]:
            print(f"{name}: {error.json_path}: {error.message[:300]}", file=sys.stderr)
        assert not errors, f"{name}: {len(errors)} values are not as described"
        return value


def ask(path, method, headers, body):
    status, given, answer = request(URL + path, body, method, headers, timeout=60)
    return status, given["Content-Type"], answer.decode("utf-8", "replace")


def check_listing(api):
    every = api.check("/api/v1/targets", "limit=1000")
    assert every["matching"] == len(every["targets"]) > 10 and every["pages"] == 1
    seen = []
    for page in range(1, api.check("/api/v1/targets", "limit=7")["pages"] + 1):
        seen += api.check("/api/v1/targets", f"limit=7&page={page}")["targets"]
    key = lambda target: (target["bot"], target["collector"], target.get("language"), target.get("state"))
    assert list(map(key, seen)) == list(map(key, every["targets"])), "the pages are not the whole"
    bot = every["targets"][0]["bot"]
    exports = api.check("/api/v1/targets", f"bot={bot}&collector=ml_export")["targets"]
    assert list(map(key, exports)) == [(bot, "ml_export", None, None)]
    for attention in api.document["components"]["schemas"]["Attention"]["enum"]:
        some = api.check("/api/v1/targets", f"attention={attention}&limit=1000")["targets"]
        assert all(target["attention"] == attention for target in some)
    for query in ["page=0", "page=x", "limit=1001", "attention=bad", "collector=x", "nonsense=1", "page=1&page=2"]:
        api.check("/api/v1/targets", query, status=400)
    api.check("/api/v1/targets", "bot=nobody", status=404)
    return sorted({target["bot"] for target in every["targets"]})


def check_runs(api, bots):
    runs = 0
    for bot in bots:
        listed = api.check("/api/v1/runs", f"bot={bot}")["runs"]
        assert [run["end"] for run in listed] == sorted((run["end"] for run in listed), reverse=True)
        assert len(api.check("/api/v1/runs", f"bot={bot}&limit=1")["runs"]) >= min(1, len(listed))
        runs += len(listed)
    for query in ["", "bot=", "bot=a&limit=0", "bot=a&x=1"]:
        api.check("/api/v1/runs", query, status=400)
    api.check("/api/v1/runs", "bot=nobody", status=404)
    return runs


def main():
    api = API("docs/openapi.yaml")
    api.check("/metrics")
    api.check("/metrics", headers={"Accept": "application/openmetrics-text"})
    api.check("/metrics", "name[]=koreai_poll_up")
    api.check("/-/healthy")
    api.check("/-/ready")
    for method in ["POST", "PUT"]:
        api.check("/-/reload", status=403, method=method)
    api.check("/api/v1/alerts", status=404, method="POST", body=b"{}")
    bots = check_listing(api)
    groups = api.check("/sd")
    assert sorted(group["labels"]["__param_bot"] for group in groups) == bots
    assert {group["targets"][0] for group in groups} == {URL.removeprefix("http://")}
    api.check("/sd", status=400, headers={"Host": "a b"})
    for bot in bots:
        text = api.check("/probe", f"bot={bot}&collector=ml_training", headers={"X-Prometheus-Scrape-Timeout-Seconds": "9"})
        assert "\nprobe_success " in text
    api.check("/probe", f"bot={bots[0]}&debug=true&collector=ml_export")
    for query, status in [("", 400), ("bot=a&state=x", 400), ("bot=nobody", 404), (f"bot={bots[0]}&language=xx", 404)]:
        api.check("/probe", query, status=status)
    settings = yaml.safe_load(api.check("/config"))
    assert sorted(bot["name"] for bot in settings["bots"]) == bots
    assert all(credential["client_secret"] == "<redacted>" for credential in settings["credentials"])
    # The demo's bots train every now and then: the first run has to end before there is one to be described.
    runs = wait_until("a run has ended", lambda: check_runs(api, bots), 120, 1)
    described = {(method, path) for path, item in api.document["paths"].items() for method in item}
    missing = described - {(method, path) for method, path, _ in api.answered}
    assert not missing, f"never asked: {missing}"
    print(f"{len(described)} operations answer as docs/openapi.yaml says; {runs} runs were listed")


main()
