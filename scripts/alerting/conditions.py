"""What the stack test brings about, and what has to be told of it."""

import dataclasses
import re
from collections.abc import Callable

from world import World

# Seconds that a usual training and a usual export of the bots with a past take, and slow ones: halfway between the factor
# of slow and that of stuck, for what is measured depends on when it was polled.
TRAINING, EXPORT = 720, 240
SLOW_TRAINING, SLOW_EXPORT = 1900, 720
# When something happens that alerts tell of for a while, so that they resolve while the test runs: so many seconds after
# the present begins that while is over.
SHOWN = 330


@dataclasses.dataclass
class Condition:
    """An alert, what causes it, and what ends that."""

    alert: str
    severity: str
    # Of its labels, those that tell it from others.
    labels: dict
    # The whole description, as a regular expression.
    text: str
    # Seconds after the present begins; before it, where negative.
    at: float
    cause: Callable | None
    # What ends it; or when it ends by itself; or `None`, where it is told for longer than the test runs.
    end: Callable | float | None
    # The alert that has to inhibit this one.
    inhibited_by: "Condition | None" = None

    def fits(self, labels: dict) -> bool:
        mine = {"alertname": self.alert, "severity": self.severity, **self.labels}
        return all(labels.get(name) == value for name, value in mine.items())

    def says(self, text: str) -> bool:
        return re.fullmatch(self.text, text) is not None

    @property
    def name(self) -> str:
        return f"{self.alert} {' '.join(value for value in self.labels.values())} {self.severity}"


def conditions(world: World) -> list:
    platform, exporters, limits = world.platform, world.exporters, world.limits

    def bot(name: str, action: str, **body) -> Callable:
        return lambda: platform.bot(name, action, **body)

    def fault(name: str, kind: str, **more) -> Callable:
        return lambda: world.fault(name, kind, **more)

    def train_and_publish(name: str) -> Callable:
        def act():
            platform.bot(name, "train", takes="5s")
            world.later(10, bot(name, "publish"))
        return act

    some = r"\d+(\.\d+)?(h|m|s|d)( \d+(m|s|h))*"
    found = [
        Condition(
            "KoreAITrainingFailed", "critical", {"bot": "failed", "state": "published"},
            r"The last ML training of failed \(en, published\) failed\. Failed runs .* so far: 1\.",
            5, bot("failed", "train", state="published", takes="5s", outcome="failed"),
            bot("failed", "train", state="published", takes="5s")),
        Condition(
            "KoreAITrainingFailed", "warning", {"bot": "failed", "state": "configured"},
            r"The last ML training of failed \(en, configured\) failed\. Failed runs .* so far: 1\.",
            5, bot("failed", "train", takes="5s", outcome="failed"), bot("failed", "train", takes="5s")),
        Condition(
            "KoreAIFAQTrainingFailed", "warning", {"bot": "failed-faq", "state": "configured", "engine": "faq"},
            r"The last FAQ training of failed-faq \(en, configured\) failed\. Failed runs .* so far: 1\.",
            5, bot("failed-faq", "train", engine="faq", takes="5s", outcome="failed"),
            bot("failed-faq", "train", engine="faq", takes="5s")),
        Condition(
            "KoreAITrainingStuck", "warning", {"bot": "stuck", "engine": "ml"},
            rf"The ml training of stuck \(en, configured\) has been running for {some}\.",
            60 - limits["trainingStuck"]["factor"] * TRAINING, bot("stuck", "train"), bot("stuck", "finish")),
        Condition(
            "KoreAITrainingStuck", "warning", {"bot": "stuck-new", "engine": "faq"},
            rf"The faq training of stuck-new \(en, configured\) has been running for {some}\.",
            60 - limits["trainingStuck"]["withoutHistory"], bot("stuck-new", "train", engine="faq"), bot("stuck-new", "finish", engine="faq")),
        Condition(
            "KoreAITrainingQueued", "warning", {"bot": "queued"},
            r"The ml training of queued \(en, configured\) has been queued for more than 30 min .*",
            60 - limits["trainingQueued"], bot("queued", "train", queued="5h", takes="5s"), bot("queued", "status", status="finished")),
        Condition(
            "KoreAITrainingSlow", "info", {"bot": "slow"},
            r"The last ml training of slow \(en, configured\) took 3\dm \d+s, more than 2 times as long as usual\.",
            5, bot("slow", "finish"), None),
        Condition(
            "KoreAITrainingSlow", "info", {"bot": "slow-before"},
            r"The last ml training of slow-before \(en, configured\) took 3\dm \d+s, more than 2 times .*",
            SHOWN - limits["trainingSlow"]["shown"], bot("slow-before", "finish"), SHOWN),
        Condition(
            "KoreAIPublishedModelOutOfSync", "critical", {"bot": "published"},
            rf"The published model of published \(en\) has been out of sync with the published bot for {some}\.",
            60 - limits["publishedOutOfSync"], bot("published", "publish"), train_and_publish("published")),
        Condition(
            "KoreAIModelOutOfSyncForLong", "warning", {"bot": "forgotten"},
            rf"The model of forgotten \(en, configured\) has been out of sync with what was changed for {some}\.",
            60 - limits["outOfSyncForLong"], bot("forgotten", "drift"), bot("forgotten", "train", takes="5s")),
        untrained := Condition(
            "KoreAIPublishedNeverTrained", "critical", {"bot": "untrained"},
            rf"Nothing of the published bot untrained \(en\) is in its model, .* so for {some}\.",
            60 - limits["neverTrained"], bot("untrained", "publish"), train_and_publish("untrained")),
        Condition(
            "KoreAIPublishedModelOutOfSync", "critical", {"bot": "untrained"},
            rf"The published model of untrained \(en\) has been out of sync with the published bot for {some}\.",
            60 - limits["neverTrained"], None, None, inhibited_by=untrained),
        Condition(
            "KoreAIExportFailed", "warning", {"bot": "export-failed"},
            r"The latest ml_utterances export of export-failed failed\. Failed exports .* so far: 1\.",
            5, bot("export-failed", "export", takes="5s", outcome="failed"), bot("export-failed", "export", takes="5s")),
        Condition(
            "KoreAIExportStuck", "warning", {"bot": "export-stuck"},
            r"The ml_utterances export of export-stuck is under way .* has made no progress for more than \d+ min\.",
            60 - limits["exportStuck"], bot("export-stuck", "export"), bot("export-stuck", "export/finish")),
        Condition(
            "KoreAIExportSlow", "info", {"bot": "export-slow"},
            r"The last ml_utterances export of export-slow took 1\dm \d+s, more than 2 times as long as usual\.",
            5, bot("export-slow", "export/finish"), None),
        Condition(
            "KoreAIExportSlow", "info", {"bot": "export-slow-before"},
            r"The last ml_utterances export of export-slow-before took 1\dm \d+s, more than 2 times .*",
            SHOWN - limits["exportSlow"]["shown"], bot("export-slow-before", "export/finish"), SHOWN),
        Condition(
            "KoreAIExportWithoutFile", "warning", {"bot": "export-empty"},
            r"The latest ml_utterances export of export-empty succeeded, and the platform gives no link .*",
            5, bot("export-empty", "export", takes="5s", file=False), bot("export-empty", "export", takes="5s")),
        Condition(
            "KoreAIPollStale", "warning", {"bot": "stale"},
            rf"The last good reply to ml_training polls of stale came {some} ago, .*",
            # Before the inhibited one below, or it would join that one's group and be told with the group's next message.
            -1380, fault("stale", "server_error"), world.mend_stale),
        refused := Condition(
            "KoreAICredentialRefused", "critical", {"bot": "refused"},
            r"The platform refuses the credential of refused for 1 polled targets\.",
            world.revoked, None, lambda: world.configure("renew refused")),
        before := Condition(
            "KoreAICredentialRefused", "critical", {"bot": "refused-before"},
            r"The platform refuses the credential of refused-before for 1 polled targets\.",
            world.revoked_before, None, lambda: world.configure("renew refused-before")),
        Condition(
            "KoreAIPollStale", "warning", {"bot": "refused-before"},
            rf"The last good reply to ml_training polls of refused-before came {some} ago, .*",
            world.revoked_before, None, None, inhibited_by=before),
        Condition(
            "KoreAIScopeMissing", "warning", {"bot": "scope", "collector": "ml_export"},
            r"The credential of scope lacks the API scope that ml_export needs, for 1 polled targets\.",
            5, fault("scope", "scope_missing", collector="ml_export"), world.mend_scope),
        Condition(
            "KoreAIThrottled", "warning", {"bot": "throttled"},
            r"The platform refused \d+ requests within 1 h because of its rate limit: of the bot throttled\.",
            5, fault("throttled", "throttled", times=5), None),
        Condition(
            "KoreAIThrottled", "warning", {"bot": "throttled-before"},
            r"The platform refused \d+ requests within 1 h because of its rate limit: of the bot throttled-before\.",
            SHOWN - limits["throttled"]["window"], fault("throttled-before", "throttled", times=5), SHOWN),
        Condition(
            "KoreAIBudgetExhausted", "warning", {"bot": "greedy", "window": "hour"},
            r"For 30 min no more than \d+ requests were left in the hour, of the bot greedy\.",
            -5000, world.train_greedily, world.raise_budget),
        Condition(
            "KoreAIUnknownStatus", "warning", {"collector": "ml_training"},
            r"Replies to ml_training polls had a status that is not known, 1 times of late\. .*",
            5, fault("strange", "unknown_words", collector="ml_training", times=1), None),
        Condition(
            "KoreAIUnknownStatus", "warning", {"collector": "ml_export"},
            r"Replies to ml_export polls had a status that is not known, 1 times of late\. .*",
            SHOWN - limits["unknownStatus"], fault("strange", "unknown_words", collector="ml_export", times=1), SHOWN),
        Condition(
            "KoreAIReloadFailed", "warning", {"instance": exporters["reload"].instance},
            rf"The exporter 127\.0\.0\.1:\d+ still runs with the configuration that it read {some} ago\.",
            5, world.break_configuration, world.mend_configuration),
        Condition(
            "KoreAIStoreFailing", "critical", {"instance": exporters["store"].instance},
            r"The exporter 127\.0\.0\.1:\d+ failed \d+ times within 5 min to write its store\. .*",
            5, world.lock_store, world.unlock_store),
        down := Condition(
            "KoreAIExporterDown", "critical", {"instance": exporters["down"].instance},
            r"Scrapes of the exporter 127\.0\.0\.1:\d+ have failed for more than 3 min .* No bot is watched\.",
            5, exporters["down"].kill, world.restart_down),
        # It has nearly been queued for too long when its exporter is killed.
        Condition(
            "KoreAITrainingQueued", "warning", {"bot": "down"},
            r"The ml training of down \(en, configured\) has been queued for more than 30 min .*",
            150 - limits["trainingQueued"], bot("down", "train", queued="5h", takes="5s"), None, inhibited_by=down),
        Condition(
            "KoreAINoTargets", "critical", {},
            r"The job koreai has no target to scrape\. No bot is watched\.",
            0, None, world.add_target),
    ]
    return found


def preparations(world: World) -> list:
    """(when, what): a usual past for the bots that need one, and what has to precede a cause."""
    platform, limits = world.platform, world.limits
    steps: list = []
    # More than a usual duration needs: a busy machine polls too seldom to see all of them begin and end.
    for run in range(6):
        at = -86400 + 300 + run * (TRAINING + 180)
        for name in ("stuck", "slow", "slow-before"):
            steps.append((at, lambda name=name: platform.bot(name, "train", takes=f"{TRAINING}s")))
        for name in ("export-slow", "export-slow-before", "export-failed"):
            steps.append((at, lambda name=name: platform.bot(name, "export", takes=f"{EXPORT}s")))
    steps += [
        (-SLOW_TRAINING, lambda: platform.bot("slow", "train")),
        (SHOWN - limits["trainingSlow"]["shown"] - SLOW_TRAINING, lambda: platform.bot("slow-before", "train")),
        (-SLOW_EXPORT, lambda: platform.bot("export-slow", "export")),
        (SHOWN - limits["exportSlow"]["shown"] - SLOW_EXPORT, lambda: platform.bot("export-slow-before", "export")),
        (-limits["publishedOutOfSync"], lambda: platform.bot("published", "drift")),
    ]
    return steps
