"""Bots whose past is known, as an exporter would show them: what the dashboards make of them can be told beforehand.

Times are seconds before the present. A series is a list of steps: from when on it has which value. Every family and its
labels are held against docs/metrics.md, so that this cannot drift from what the exporter really serves.
"""

import bisect
import dataclasses

PAST = 26 * 3600  # seconds of history
BOUNDS = (60, 300, 1200, 3600, 14400)  # of the histogram of durations: some of those of the exporter
TRAINING = ("queued", "in_progress", "finished", "failed", "unknown")
JOB = ("pending", "in_progress", "success", "failed", "unknown")
# A site's own labels, on every series.
SITE = {"cluster": "eu", "namespace": "bots"}


@dataclasses.dataclass
class Run:
    """A training, export or publish that ended."""

    ended: int
    took: int
    failed: bool = False


@dataclasses.dataclass
class Exporter:
    """One exporter, from `since` until `until`, and whether it is scraped now."""

    instance: str = "koreai-0:9876"
    pod: str = "koreai-0"
    since: int = PAST
    until: int = 0

    @property
    def labels(self):
        return {"job": "kubernetes-pods", "instance": self.instance, "pod": self.pod, **SITE}


class Fleet:
    def __init__(self, now: float):
        self.now = now
        self.series: dict = {}

    def add(self, name: str, labels: dict, *steps) -> None:
        """`steps`: (seconds before the present, value or `None`), the oldest first; a single value has always been so."""
        steps = steps if isinstance(steps[0], tuple) else ((PAST, steps[0]),)
        self.series[name, tuple(sorted(labels.items()))] = [(-ago, value) for ago, value in steps]

    def at(self, ago: float) -> float:
        return self.now - ago

    def value(self, steps: list, moment: float):
        """`moment`: seconds after the present, so negative for the past."""
        index = bisect.bisect_right([start for start, _ in steps], moment) - 1
        return steps[index][1] if index >= 0 else None

    def exposition(self, moment: float) -> dict:
        """The value of each series that is there."""
        return {
            key: value for key, steps in self.series.items() if (value := self.value(steps, moment)) is not None
        }

    # What is known of one bot

    def bot(self, name: str, **labels) -> None:
        self.add("koreai_bot_info", {"bot": name, "bot_id": f"st-{name}", "base_url": "https://platform.kore.ai", **labels}, 1)

    def target(self, bot: str, collector: str, language: str = "", state: str = "", silent=None, reason=None) -> None:
        """silent: since when it gives no answer; never, where it is `None`."""
        labels = {"bot": bot, "collector": collector, "language": language, "state": state}
        self.add("koreai_poll_up", labels, *((PAST, 1), (silent, 0)) if silent else (1,))
        self.add("koreai_poll_interval_seconds", labels, *((PAST, 60), (silent, 300)) if silent else (60,))
        polled = [(ago, self.at(ago)) for ago in range(PAST, 0, -240)]
        self.add("koreai_poll_last_attempt_timestamp_seconds", labels, *polled)
        self.add(
            "koreai_poll_last_success_timestamp_seconds",
            labels,
            *[step for step in polled if not silent or step[0] > silent],
        )
        if silent:
            self.add("koreai_poll_failing", {**labels, "reason": reason}, (silent, 1))

    def status(self, name: str, words: tuple, labels: dict, steps: list) -> None:
        for word in words:
            self.add(name, {**labels, "status": word}, *[(ago, None if now is None else int(now == word)) for ago, now in steps])

    def totals(self, prefix: str, counter: str, labels: dict, runs: list, before: int) -> None:
        """Counters and histogram of runs that ended, `before` of them earlier than the past that is known."""
        runs = sorted(runs, key=lambda run: -run.ended)
        def counted(weight):
            count, steps = weight(None) * before, [(PAST, weight(None) * before)]
            for run in runs:
                count += weight(run)
                steps.append((run.ended, count))
            return steps

        self.add(f"{prefix}_{counter}_total", labels, *counted(lambda run: 1))
        self.add(f"{prefix}_failures_total", labels, *counted(lambda run: int(run is not None and run.failed)))
        usual = 200
        for bound in (*BOUNDS, "+Inf"):
            within = lambda run: int(bound == "+Inf" or (run.took if run else usual) <= bound)  # noqa: B023, E731
            self.add(f"{prefix}_duration_seconds_bucket", {**labels, "le": str(bound)}, *counted(within))
        self.add(f"{prefix}_duration_seconds_count", labels, *counted(lambda run: 1))
        self.add(f"{prefix}_duration_seconds_sum", labels, *counted(lambda run: run.took if run else usual))
        if runs:
            self.add(f"{prefix}_last_duration_seconds", labels, *[(run.ended, run.took) for run in runs])

    def training(self, bot, engine="ml", state="configured", language="en", runs=(), running=None, gone=None, before=4, first=PAST + 3600) -> None:
        """running: since when one is under way; gone: when its series vanished, because replies were too old; before: how
        many runs there were before the past that is known, and first: when the last of them ended."""
        labels = {"bot": bot, "engine": engine, "language": language, "state": state}
        runs = sorted(runs, key=lambda run: -run.ended)
        steps = [(PAST, "finished")]
        for run in runs:
            steps += [(run.ended + run.took, "in_progress"), (run.ended, "failed" if run.failed else "finished")]
        steps += [(running, "in_progress")] if running else []
        steps += [(gone, None)] if gone else []
        steps.sort(key=lambda step: -step[0])
        self.status("koreai_training_status", TRAINING, labels, steps)
        end = [(gone, None)] if gone else []
        starts = [(run.ended + run.took, self.at(run.ended + run.took)) for run in runs] + ([(running, self.at(running))] if running else [])
        good = [(run.ended, self.at(run.ended)) for run in runs if not run.failed]
        earlier = [(PAST, self.at(first))] if before else []
        prefix = "koreai_training_last_"
        if starts:
            self.add(prefix + "start_timestamp_seconds", labels, *starts, *end)
        if earlier or runs:
            self.add(prefix + "completion_timestamp_seconds", labels, *earlier, *[(run.ended, self.at(run.ended)) for run in runs], *end)
        if earlier or good:
            self.add(prefix + "success_timestamp_seconds", labels, *earlier, *good, *end)
        self.totals("koreai_training", "runs", labels, list(runs), before)

    def model(self, bot: str, state: str, language: str = "en", drifts: dict | None = None) -> None:
        """drifts: since when a component is out of sync."""
        for component in ("sentences", "synonyms", "traits"):
            labels = {"bot": bot, "language": language, "state": state, "component": component}
            since = (drifts or {}).get(component)
            self.add("koreai_ml_in_sync", labels, *((PAST, 1), (min(since, PAST - 1), 0)) if since else (1,))
            self.add("koreai_ml_drifts_total", labels, *((PAST, 2), (min(since, PAST - 1), 3)) if since else (2,))
            if since:
                self.add("koreai_ml_out_of_sync_since_timestamp_seconds", labels, (min(since, PAST - 1), self.at(since)))
        for family in ("nlp", "train"):
            self.add(f"koreai_ml_{family}_version", {"bot": bot, "language": language, "state": state}, 3)

    def export(self, bot: str, runs=(), status="success", since=None, file=1, before=4) -> None:
        labels = {"bot": bot, "export": "ml_utterances"}
        steps = [(PAST, "success")]
        for run in sorted(runs, key=lambda run: -run.ended):
            steps += [(run.ended + run.took, "in_progress"), (run.ended, "failed" if run.failed else "success")]
        steps += [(since, status)] if since else []
        self.status("koreai_export_status", JOB, labels, steps)
        updated = since or min((run.ended for run in runs), default=PAST)
        self.add("koreai_export_progress_ratio", labels, *((PAST, 1), (since, 0.4)) if since else (1,))
        self.add("koreai_export_start_timestamp_seconds", labels, (PAST, self.at(PAST + 60)), (updated, self.at(updated + 60)))
        self.add("koreai_export_last_update_timestamp_seconds", labels, (PAST, self.at(PAST)), (updated, self.at(updated)))
        self.add("koreai_export_download_available", labels, file)
        self.totals("koreai_export", "jobs", labels, list(runs), before)

    def publish(self, bot: str, runs=(), status="success", since=None, parts=(), before=4, first=PAST + 7200) -> None:
        """parts: those of the latest publish that ended which failed."""
        labels = {"bot": bot}
        steps = [(PAST, "success")]
        for run in sorted(runs, key=lambda run: -run.ended):
            steps += [(run.ended + run.took, "in_progress"), (run.ended, "failed" if run.failed else "success")]
        steps += [(since, status)] if since else []
        self.status("koreai_publish_status", JOB, labels, steps)
        ended = [(PAST, self.at(first))] + [(run.ended, self.at(run.ended)) for run in sorted(runs, key=lambda run: -run.ended)]
        good = ended[:1] + [(run.ended, self.at(run.ended)) for run in sorted(runs, key=lambda run: -run.ended) if not run.failed]
        self.add("koreai_publish_last_completion_timestamp_seconds", labels, *ended)
        self.add("koreai_publish_last_success_timestamp_seconds", labels, *good)
        self.add("koreai_publish_start_timestamp_seconds", labels, (PAST, self.at(PAST + 7300)), *([(since, self.at(since))] if since else []))
        self.add("koreai_publish_progress_ratio", labels, *((PAST, 1), (since, 0.4)) if since else (1,))
        for part in ("settings", "nl", "channels"):
            self.add("koreai_publish_part_failed", {**labels, "part": part}, int(part in parts))
        self.totals("koreai_publish", "jobs", labels, list(runs), before)

    # The exporter itself

    def exporter(self, targets: int, throttled: int = 0, restarted: int = PAST) -> None:
        self.add("koreai_exporter_build_info", {"version": "1.0.0", "revision": "abc1234", "swift": "6.1", "libcurl": "8.5.0"}, 1)
        self.add("koreai_exporter_targets", {"collector": "ml_training"}, targets)
        self.add("koreai_exporter_config_last_reload_successful", {}, 1)
        self.add("koreai_exporter_config_last_reload_success_timestamp_seconds", {}, self.at(restarted))
        self.add("koreai_exporter_store_write_failures_total", {}, (PAST, 0), (7 * 3600, 3))
        self.add("koreai_exporter_http_requests_total", {"handler": "/metrics", "code": "200"}, *often(8))
        for bound in ("0.1", "+Inf"):
            self.add("koreai_exporter_http_request_duration_seconds_bucket", {"handler": "/metrics", "le": bound}, *often(8))
        for name, value in (
            ("start_time_seconds", self.at(restarted)), ("resident_memory_bytes", 50e6), ("open_fds", 20), ("max_fds", 1000),
            ("threads", 6),
        ):
            self.add(f"process_{name}", {}, value)
        self.add("process_cpu_seconds_total", {}, *often(3))
        self.add("koreai_unrecognized_values_total", {"collector": "ml_training", "field": "trainingStatus"}, (PAST, 0), (6 * 3600, 2))
        self.add("koreai_api_requests_total", {"endpoint": "ml_train_status", "code": "200"}, *hourly(lambda hour: hour * 600))
        self.add("koreai_api_requests_total", {"endpoint": "ml_train_status", "code": "503"}, (PAST, 5), (5 * 3600, 9))
        self.add("koreai_api_request_failures_total", {"endpoint": "ml_train_status", "reason": "server_error"}, (PAST, 5), (5 * 3600, 9))
        for bound, share in (("0.5", 0.5), ("1.0", 1), ("+Inf", 1)):
            self.add(
                "koreai_api_request_duration_seconds_bucket", {"endpoint": "ml_train_status", "le": bound},
                *hourly(lambda hour: int(hour * 600 * share)),  # noqa: B023
            )
        self.add("koreai_api_request_duration_seconds_count", {"endpoint": "ml_train_status"}, *hourly(lambda hour: hour * 600))
        # Before the last bar of a day's graph, which may be half an hour old, and within the hour that the tile counts.
        refused = ((PAST, 0), (2400, throttled)) if throttled else (0,)
        self.add("koreai_api_throttled_total", {"budget": "status:bank"}, *refused)

    def discovery(self, name: str, bots: int, succeeded: int) -> None:
        self.add("koreai_discovery_bots", {"discovery": name}, bots)
        self.add("koreai_discovery_last_success_timestamp_seconds", {"discovery": name}, self.at(succeeded))
        self.add("koreai_discovery_last_attempt_timestamp_seconds", {"discovery": name}, self.at(succeeded // 60))
        failures = ((PAST, 0), (succeeded - 60, 7)) if succeeded > 3600 else (0,)
        self.add("koreai_discovery_failures_total", {"discovery": name, "reason": "timeout"}, *failures)

    def budget(self, budget: str, left: float) -> None:
        for window, limit in (("minute", 100), ("hour", 1800)):
            self.add("koreai_api_budget_limit", {"budget": budget, "window": window}, limit)
            self.add("koreai_api_budget_remaining", {"budget": budget, "window": window}, round(limit * left) - (window == "hour"))


def often(step: int) -> list:
    """Steps of a counter that rises at each scrape of the past."""
    return [(ago, (PAST - ago) // 240 * step) for ago in range(PAST, -1, -240)]


def hourly(value) -> list:
    """Steps of a counter that goes on for ever, at half past."""
    return [(PAST, 0), *((PAST - hour * 3600 - 1800, value(hour)) for hour in range(PAST // 3600))]


# Fleets


def troubled(now: float) -> Fleet:
    """Ten bots, of which most have a problem."""
    fleet = Fleet(now)
    hour = 3600
    healthy_runs = [Run(20 * hour, 240), Run(8 * hour, 600)]
    failed = {
        ("bank", "published"): [Run(5 * hour, 300, failed=True)],
        ("shop", "published"): [Run(11 * hour, 200), Run(3 * hour, 120, failed=True)],
        ("hr", "configured"): [Run(2 * hour, 300, failed=True)],
    }
    drifts = {
        ("drift", "published"): {"sentences": 2 * hour},
        ("drift", "configured"): {"traits": 72 * hour},
        ("alpha", "configured"): {"synonyms": hour},
    }
    exports = {
        "export": [Run(100 * 60, 90, failed=True)],
        "beta": [Run(9 * hour, 90)],
        "drift": [Run(22 * hour, 80), Run(16 * hour, 90), Run(9 * hour, 100)],
    }
    # Alpha was published after its last training, and beta before.
    publishes = {
        "alpha": [Run(7 * hour, 40)],
        "drift": [Run(21 * hour, 30), Run(15 * hour, 30), Run(4 * hour, 20, failed=True)],
    }
    silence = {"silent": 90 * 60, "reason": "timeout"}
    for index, name in enumerate(("alpha", "beta", "bank", "shop", "hr", "faqs", "drift", "export", "silent", "slow")):
        fleet.bot(name, team="support")
        fleet.add("koreai_polls_delayed_total", {"bot": name}, *((PAST, 1), (4 * hour, 8)) if name == "bank" else (0,))
        fleet.budget(f"status:{name}", 0.1 if name == "bank" else 0.9 - index / 100)
        fleet.budget(f"bot:{name}", 1)
        for state in ("configured", "published"):
            gone = 80 * 60 if name == "silent" else None
            fleet.target(name, "ml_training", "en", state, **silence if name == "silent" else {})
            if name != "silent":
                fleet.model(name, state, drifts=drifts.get((name, state)))
            usual = healthy_runs if name in ("alpha", "beta", "drift") and state == "configured" else []
            fleet.training(
                name,
                state=state,
                runs=failed.get((name, state), usual),
                running={"hr": 3000, "slow": 9000}.get(name) if state == "configured" else None,
                gone=gone,
                before=1 if name in ("slow", "hr") else 4,
                first=10 * 24 * hour if name == "export" else PAST + 3600,
            )
        fleet.target(
            name, "faq_training", "en", "configured", **{"silent": 90 * 60, "reason": "scope"} if name in ("faqs", "drift") else {})
        fleet.training(name, engine="faq", runs=[Run(hour, 60, failed=True)] if name == "faqs" else [])
        fleet.target(name, "ml_export")
        fleet.export(name, runs=exports.get(name, []))
        fleet.add("koreai_bot_published", {"bot": name}, 1)
        fleet.target(name, "publish")
        fleet.publish(name, runs=publishes.get(name, []), **{"drift": {"parts": ("nl",)}, "slow": {"since": 4000, "status": "in_progress"}, "export": {"first": 20 * 24 * hour}}.get(name, {}))
    fleet.discovery("main", bots=10, succeeded=5 * hour)
    fleet.add("koreai_actions_total", {"action": "canary_train_ml", "outcome": "started"}, (PAST, 3), (12 * hour, 4))
    fleet.add("koreai_actions_total", {"action": "canary_train_ml", "outcome": "failed"}, (PAST, 0), (6 * hour, 2))
    fleet.exporter(targets=50, throttled=3)
    return fleet


def healthy(now: float) -> Fleet:
    fleet = Fleet(now)
    for name in ("alpha", "beta", "drift"):
        fleet.bot(name, team="support")
        fleet.budget(f"status:{name}", 0.9)
        fleet.add("koreai_polls_delayed_total", {"bot": name}, 0)
        for state in ("configured", "published"):
            fleet.target(name, "ml_training", "en", state)
            fleet.model(name, state)
            fleet.training(name, state=state, runs=[Run(8 * 3600, 300)])
        fleet.target(name, "faq_training", "en", "configured")
        fleet.training(name, engine="faq")
        fleet.target(name, "ml_export")
        fleet.export(name)
        fleet.add("koreai_bot_published", {"bot": name}, 1)
        fleet.target(name, "publish")
        fleet.publish(name, runs=[Run(6 * 3600, 30)])
    fleet.discovery("main", bots=3, succeeded=1810)
    fleet.exporter(targets=15)
    return fleet


def large(now: float, bots: int) -> Fleet:
    """Many bots, a third of which have the same problem."""
    fleet = Fleet(now)
    for number in range(bots):
        name = f"bot-{number:04}"
        fleet.bot(name)
        for state in ("configured", "published"):
            fleet.add("koreai_poll_up", {"bot": name, "collector": "ml_training", "language": "en", "state": state}, 1)
            fleet.training(name, state=state, runs=[Run(3600 + number, 300, failed=number % 3 == 0 and state == "published")])
            fleet.model(name, state)
        fleet.export(name)
    fleet.exporter(targets=2 * bots)
    return fleet
