"""Runs promtool's tests of the rules and alerts, alerts/tests/*.yml, each with the rules that can give anything in it.

promtool evaluates every rule in every minute of every test, more than a million times in all. Most of these evaluations
ask for metrics that the test does not have. A rule is left out of a test where its expression can neither give a series
nor fail, whatever the values of the test's series are. So a test fails here where it fails with `promtool test rules`.
One promtool runs on each processor. Run by `make alert-test`; files of tests may be named.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import promql_parser as promql
import yaml

from lib.prometheus import PROMTOOL

TESTS = pathlib.Path("alerts/tests")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
# What gives a series also for an argument that has none.
OF_NOTHING = {"absent", "absent_over_time", "scalar"}
# What fails where two series become alike. An operator of sets never does.
MAY_CLASH = {"label_replace", "label_join"}
SETS = {"and", "or", "unless"}


def read(path: pathlib.Path) -> dict:
    return yaml.load(path.read_text(encoding="utf-8"), LOADER)


# Whether an expression can matter


def operator(tree) -> str:
    return str(tree.op).lower()


def parts(tree) -> list:
    """The expressions within an expression."""
    if isinstance(tree, promql.BinaryExpr):
        return [tree.lhs, tree.rhs]
    if isinstance(tree, promql.Call):
        return list(tree.args)
    if isinstance(tree, promql.AggregateExpr):
        return [tree.expr] + ([tree.param] if tree.param is not None else [])
    if isinstance(tree, promql.MatrixSelector):
        return [tree.vector_selector]
    if isinstance(tree, (promql.ParenExpr, promql.UnaryExpr, promql.SubqueryExpr)):
        return [tree.expr]
    if isinstance(tree, (promql.VectorSelector, promql.NumberLiteral, promql.StringLiteral)):
        return []
    raise SystemExit(f"rule_tests.py does not know what {type(tree).__name__} gives")


def is_vector(tree) -> bool:
    """Whether it gives series, and not one number or text."""
    if isinstance(tree, (promql.NumberLiteral, promql.StringLiteral)):
        return False
    if isinstance(tree, promql.Call):
        return tree.func.name not in ("time", "pi", "scalar")
    if isinstance(tree, promql.BinaryExpr):
        return is_vector(tree.lhs) or is_vector(tree.rhs)
    if isinstance(tree, (promql.ParenExpr, promql.UnaryExpr)):
        return is_vector(tree.expr)
    return True


def may_give(tree, metrics: set) -> bool:
    """Whether it can give a series, where there are only these metrics."""
    if isinstance(tree, promql.VectorSelector):
        return not tree.name or tree.name in metrics
    if isinstance(tree, promql.BinaryExpr):
        left, right = (may_give(part, metrics) for part in (tree.lhs, tree.rhs))
        return {"or": left or right, "unless": left}.get(operator(tree), left and right)
    if isinstance(tree, promql.Call):
        of = [part for part in tree.args if is_vector(part)]
        return tree.func.name in OF_NOTHING or not of or any(may_give(part, metrics) for part in of)
    if isinstance(tree, promql.AggregateExpr):
        return may_give(tree.expr, metrics)
    return all(may_give(part, metrics) for part in parts(tree))


def may_fail(tree, metrics: set) -> bool:
    """Whether Prometheus can refuse to evaluate it: where it joins series, or makes two of them alike."""
    if any(may_fail(part, metrics) for part in parts(tree)):
        return True
    if isinstance(tree, promql.BinaryExpr) and operator(tree) not in SETS:
        return all(is_vector(part) and may_give(part, metrics) for part in (tree.lhs, tree.rhs))
    return isinstance(tree, promql.Call) and tree.func.name in MAY_CLASH and may_give(tree, metrics)


class Rules:
    """The rules of some files."""

    def __init__(self, paths: list):
        self.groups = [group for path in paths for group in read(path)["groups"]]
        self.rules = [rule for group in self.groups for rule in group["rules"]]
        self.trees = [promql.parse(rule["expr"]) for rule in self.rules]

    def that_matter(self, test: dict) -> frozenset:
        """The numbers of the rules that can give or fail anything in a test."""
        metrics = {re.match(r"[\w:]*", series["series"])[0] for series in test["input_series"]}
        if "" in metrics:
            return frozenset(range(len(self.rules)))
        asked = {each["alertname"] for each in test.get("alert_rule_test", [])}
        found: set = set()
        while True:
            more = {
                number for number, (rule, tree) in enumerate(zip(self.rules, self.trees))
                if number not in found
                and (rule.get("alert") in asked or may_give(tree, metrics) or may_fail(tree, metrics))
            }
            if not more:
                return frozenset(found)
            found |= more
            for number in more:
                name = self.rules[number].get("record")
                metrics |= {name} if name else {"ALERTS", "ALERTS_FOR_STATE"}

    def only(self, numbers: frozenset) -> dict:
        """The groups with these rules alone. An empty group stays, as tests name the groups."""
        groups, number = [], 0
        for group in self.groups:
            kept = [rule for place, rule in enumerate(group["rules"], number) if place in numbers]
            number += len(group["rules"])
            groups.append({**group, "rules": kept})
        return {"groups": groups}


# promtool


def seconds(duration: str) -> float:
    return sum(int(count) * SECONDS[unit] for count, unit in re.findall(r"(\d+)([smhdw])", duration))


def evaluations(test: dict, interval: str, rules: frozenset) -> float:
    """How many there are: what a test costs."""
    asked = test.get("alert_rule_test", []) + test.get("promql_expr_test", [])
    return max(seconds(str(each["eval_time"])) for each in asked) / seconds(interval) * len(rules)


def split(path: pathlib.Path, folder: pathlib.Path) -> list:
    """(cost, path) of files in the folder that together have the tests of the file: in each, those with the same rules."""
    content = read(path)
    rules = Rules([path.parent / each for each in content["rule_files"]])
    by_rules: dict = {}
    for test in content["tests"]:
        by_rules.setdefault(rules.that_matter(test), []).append(test)
    files = []
    for number, (kept, tests) in enumerate(by_rules.items(), 1):
        name = f"{path.stem}-{number}"
        (folder / f"{name}.rules").write_text(json.dumps(rules.only(kept)), encoding="utf-8")
        (folder / f"{name}.yml").write_text(
            json.dumps({**content, "rule_files": [f"{name}.rules"], "tests": tests}), encoding="utf-8")
        cost = sum(evaluations(test, content["evaluation_interval"], kept) for test in tests)
        files.append((cost, folder / f"{name}.yml"))
    return files


def shares(files: list, count: int) -> list:
    """The files in so many shares of about the same cost."""
    found = [[0, []] for _ in range(count)]
    for cost, path in sorted(files, reverse=True):
        least = min(found, key=lambda share: share[0])
        least[0] += cost
        least[1].append(path)
    return [paths for _, paths in found if paths]


def main() -> int:
    # Go collects garbage less often than it does by itself, as promtool leaves much and keeps little.
    environment = {"GOGC": "400", **os.environ}
    paths = [pathlib.Path(each) for each in sys.argv[1:]] or sorted(TESTS.glob("*.yml"))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files = [file for path in paths for file in split(path, folder)]
        work = shares(files, len(os.sched_getaffinity(0)))
        with concurrent.futures.ThreadPoolExecutor(len(work)) as pool:
            done = list(pool.map(lambda share: subprocess.run(
                [PROMTOOL, "test", "rules", *share], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                text=True), work))
    failed = [each for each in done if each.returncode != 0]
    for each in failed:
        print(each.stdout)
    print(f"{len(paths)} files of tests in {len(files)} parts: {'FAILED' if failed else 'passed'}; "
          f"{sum(cost for cost, _ in files) / 1000:.0f} thousand evaluations of rules")
    return 1 if failed else 0


sys.exit(main())
