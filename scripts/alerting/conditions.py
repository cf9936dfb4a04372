"""What the stack test brings about, and what has to be told of it."""

import dataclasses
import re
from collections.abc import Callable

from world import World

# Seconds that a usual training and a usual export of the bots with a past take, and slow ones. What is measured of a
# training depends on when it was polled, which on a busy machine is seldom: it is slow by more than that, and not stuck.
TRAINING, EXPORT = 720, 240
SLOW_TRAINING, SLOW_EXPORT = 2050, 720
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
    # The alert with whose end this one ends.
    ends_with: "Condition | None" = None
    # What happens between its being told and its end, which has to change nothing: for how many seconds, and what begins
    # and ends it.
    outage: "tuple[float, Callable, Callable] | None" = None

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

    def publish(name: str) -> Callable:
        """Brings the bot to production at once, without a training."""
        return bot(name, "publish", takes="0s", initiate_training=False)

    def train_and_publish(name: str) -> Callable:
        def act():
            platform.bot(name, "train", takes="5s")
            world.later(10, publish(name))
        return act

    time = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? \+0000 UTC"
    some = r"\d+(\.\d+)?(h|m|s|d)( \d+(m|s|h))*"
    found = [
        Condition(
            "KoreAITrainingFailed", "critical", {"bot": "failed", "state": "published"},
            rf"The last ML training of failed \(en, published\) failed at {time}\. The published model is the one from before it\.",
            5, bot("failed", "train", state="published", takes="5s", outcome="failed"),
            bot("failed", "train", state="published", takes="5s")),
        Condition(
            "KoreAITrainingFailed", "warning", {"bot": "failed", "state": "configured"},
            rf"The last ML training of failed \(en, configured\) failed at {time}\.",
            5, bot("failed", "train", takes="5s", outcome="failed"), bot("failed", "train", takes="5s")),
        Condition(
            "KoreAIFAQTrainingFailed", "warning", {"bot": "failed-faq", "state": "configured", "engine": "faq"},
            rf"The last FAQ training of failed-faq \(en, configured\) failed at {time}\.",
            5, bot("failed-faq", "train", engine="faq", takes="5s", outcome="failed"),
            bot("failed-faq", "train", engine="faq", takes="5s")),
        Condition(
            "KoreAITrainingStuck", "warning", {"bot": "stuck", "engine": "ml"},
            rf"The ml training of stuck \(en, configured\) has been running for {some}\. The usual duration is {some}\.",
            60 - limits["trainingStuck"]["factor"] * TRAINING, bot("stuck", "train"), bot("stuck", "finish")),
        Condition(
            "KoreAITrainingStuck", "warning", {"bot": "stuck-new", "engine": "faq"},
            rf"The faq training of stuck-new \(en, configured\) has been running for {some}\. The usual duration is not known\.",
            60 - limits["trainingStuck"]["withoutHistory"], bot("stuck-new", "train", engine="faq"), bot("stuck-new", "finish", engine="faq")),
        Condition(
            "KoreAITrainingQueued", "warning", {"bot": "queued"},
            r"The ml training of queued \(en, configured\) has been queued for more than 30 min\. The usual duration is not known\.",
            60 - limits["trainingQueued"], bot("queued", "train", queued="5h", takes="5s"), bot("queued", "status", status="finished")),
        Condition(
            "KoreAITrainingSlow", "info", {"bot": "slow"},
            r"The last ml training of slow \(en, configured\) took \d+m \d+s\. The usual duration is \d+m \d+s\.",
            5, bot("slow", "finish"), None),
        Condition(
            "KoreAITrainingSlow", "info", {"bot": "slow-before"},
            r"The last ml training of slow-before \(en, configured\) took \d+m \d+s\. The usual duration is \d+m \d+s\.",
            SHOWN - limits["trainingSlow"]["shown"], bot("slow-before", "finish"), SHOWN),
        Condition(
            "KoreAIPublishedModelOutOfSync", "critical", {"bot": "published"},
            rf"The published model of published \(en\) has been out of sync with the published bot since {time}(, in \d+ components)?\.",
            60 - limits["publishedOutOfSync"], publish("published"), train_and_publish("published")),
        Condition(
            "KoreAIModelOutOfSyncForLong", "warning", {"bot": "forgotten"},
            rf"The model of forgotten \(en, configured\) has been out of sync with what was changed since {time}(, in \d+ components)?\.",
            60 - limits["outOfSyncForLong"], bot("forgotten", "drift"), bot("forgotten", "train", takes="5s")),
        Condition(
            "KoreAIPublishedModelOutOfSync", "critical", {"bot": "untrained"},
            rf"The published model of untrained \(en\) has been out of sync with the published bot since {time}.*",
            60 - limits["publishedOutOfSync"], publish("untrained"), train_and_publish("untrained")),
        Condition(
            "KoreAIExportFailed", "warning", {"bot": "export-failed"},
            rf"The latest ml_utterances export of export-failed failed at {time}\.",
            5, bot("export-failed", "export", takes="5s", outcome="failed"), bot("export-failed", "export", takes="5s")),
        Condition(
            "KoreAIExportStuck", "warning", {"bot": "export-stuck"},
            rf"The ml_utterances export of export-stuck is under way and has made no progress for more than 20 min, "
            rf"by the platform's clock since {time}\. The usual duration is not known\.",
            60 - limits["exportStuck"], bot("export-stuck", "export"), bot("export-stuck", "export/finish")),
        Condition(
            "KoreAIExportSlow", "info", {"bot": "export-slow"},
            r"The last ml_utterances export of export-slow took \d+m \d+s\. The usual duration is \d+m \d+s\.",
            5, bot("export-slow", "export/finish"), None),
        Condition(
            "KoreAIExportSlow", "info", {"bot": "export-slow-before"},
            r"The last ml_utterances export of export-slow-before took \d+m \d+s\. The usual duration is \d+m \d+s\.",
            SHOWN - limits["exportSlow"]["shown"], bot("export-slow-before", "export/finish"), SHOWN),
        Condition(
            "KoreAIExportWithoutFile", "warning", {"bot": "export-empty"},
            rf"The latest ml_utterances export of export-empty succeeded at {time}, and the platform gives no link to its file\.",
            5, bot("export-empty", "export", takes="5s", file=False), bot("export-empty", "export", takes="5s")),
        Condition(
            "KoreAIOtherNLPVersion", "info", {"bot": "outdated"},
            r"The model of outdated \(en, configured\) was trained with NLP version 2, .* set to (version 3|another one): train it again\.",
            0, None, bot("outdated", "train", takes="5s")),
        Condition(
            "KoreAIPublishFailed", "critical", {"bot": "publish-failed"},
            rf"The latest publish of publish-failed failed at {time}(, in nl)?\. Production keeps the previous version\.",
            5, bot("publish-failed", "publish", takes="5s", outcome="failed", fails_in=["NL"]), bot("publish-failed", "publish", takes="5s")),
        Condition(
            "KoreAIPublishPartFailed", "warning", {"bot": "publish-part"},
            rf"The latest publish of publish-part succeeded at {time}(; these parts of it failed: channels)?\. .*",
            5, bot("publish-part", "publish", takes="5s", fails_in=["CHANNELS"]), bot("publish-part", "publish", takes="5s")),
        Condition(
            "KoreAITrainingFailed", "critical", {"bot": "outage", "state": "published"},
            rf"The last ML training of outage \(en, published\) failed at {time}\. .*",
            5, bot("outage", "train", state="published", takes="5s", outcome="failed"),
            bot("outage", "train", state="published", takes="5s"),
            # Longer than until nothing is known any more: `max_age` and the lookback.
            outage=(60 + limits["lookback"] + 120, fault("outage", "server_error"), world.end_outage)),
        Condition(
            "KoreAIPublishStuck", "warning", {"bot": "publish-stuck"},
            rf"The publish of publish-stuck has been under way for {some}, or it awaits an administrator's approval\.( The last one took .*\.)?",
            60 - limits["publishStuck"], bot("publish-stuck", "publish"), bot("publish-stuck", "publish/finish")),
        Condition(
            "KoreAIPollStale", "warning", {"bot": "stale"},
            rf"ml_training polls of stale have given no good reply since {time}(: server_error)?\.",
            # Before the inhibited one below, or it would join that one's group and be told with the group's next message.
            -1380, fault("stale", "server_error"), world.mend_stale),
        refused := Condition(
            "KoreAICredentialRefused", "critical", {"bot": "refused"},
            rf"The platform refuses the credential of refused for 1 polled targets: nothing new is known of them( since {time})?\.",
            world.revoked, None, lambda: world.configure("renew refused")),
        before := Condition(
            "KoreAICredentialRefused", "critical", {"bot": "refused-before"},
            rf"The platform refuses the credential of refused-before for 1 polled targets: nothing new is known of them( since {time})?\.",
            world.revoked_before, None, lambda: world.configure("renew refused-before")),
        Condition(
            "KoreAIPollStale", "warning", {"bot": "refused-before"},
            rf"ml_training polls of refused-before have given no good reply since {time}(: auth)?\.",
            world.revoked_before, None, None, inhibited_by=before),
        Condition(
            "KoreAIScopeMissing", "warning", {"bot": "scope", "collector": "ml_export"},
            rf"The credential of scope lacks the API scope that ml_export needs, for 1 polled targets: nothing new is known of them( since {time})?\.",
            5, fault("scope", "scope_missing", collector="ml_export"), world.mend_scope),
        Condition(
            "KoreAIThrottled", "warning", {"bot": "throttled"},
            r"The platform refused \d+ requests within 1 h because of its rate limit: of (status calls about )?the bot throttled\.",
            5, fault("throttled", "throttled", times=5), None),
        Condition(
            "KoreAIThrottled", "warning", {"bot": "throttled-before"},
            r"The platform refused \d+ requests within 1 h because of its rate limit: of (status calls about )?the bot throttled-before\.",
            SHOWN - limits["throttled"]["window"], fault("throttled-before", "throttled", times=5), SHOWN),
        Condition(
            "KoreAIBudgetExhausted", "warning", {"bot": "greedy", "window": "hour"},
            r"For 30 min no more than \d+ requests were left in the hour( of \d+)?, of (status calls about )?the bot greedy\.",
            -5000, world.train_greedily, world.raise_budget),
        Condition(
            "KoreAIUnknownStatus", "warning", {"collector": "ml_training"},
            r"Replies to ml_training polls had a status that is not known, 1 times within 1 h\. .*",
            5, fault("strange", "unknown_words", collector="ml_training", times=1), None),
        Condition(
            "KoreAIUnknownStatus", "warning", {"collector": "ml_export"},
            r"Replies to ml_export polls had a status that is not known, 1 times within 1 h\. .*",
            SHOWN - limits["unknownStatus"], fault("strange", "unknown_words", collector="ml_export", times=1), SHOWN),
        Condition(
            "KoreAIReloadFailed", "warning", {"instance": exporters["reload"].instance},
            rf"The exporter 127\.0\.0\.1:\d+ still runs with the configuration that it read at {time}\.",
            5, world.break_configuration, world.mend_configuration),
        Condition(
            "KoreAIStoreFailing", "critical", {"instance": exporters["store"].instance},
            r"The exporter 127\.0\.0\.1:\d+ failed \d+ times within 5 min to write its store\. .*",
            5, world.lock_store, world.unlock_store),
        down := Condition(
            "KoreAIExporterDown", "critical", {"instance": exporters["down"].instance},
            rf"Scrapes of the exporter 127\.0\.0\.1:\d+ have failed since {time}\. Nobody watches down\.",
            5, exporters["down"].kill, world.restart_down),
        unwatched := Condition(
            "KoreAIBotUnwatched", "info", {"bot": "down"},
            rf"Nobody has watched down since {time}: the exporter 127\.0\.0\.1:\d+ cannot be scraped\.",
            5, None, None, ends_with=down),
        # It has nearly been queued for too long when its exporter is killed.
        Condition(
            "KoreAITrainingQueued", "warning", {"bot": "down"},
            r"The ml training of down \(en, configured\) has been queued for more than 30 min\. .*",
            150 - limits["trainingQueued"], bot("down", "train", queued="5h", takes="5s"), None, inhibited_by=unwatched),
        # Its credential may list no bots any more for long.
        Condition(
            "KoreAIDiscoveryStale", "warning", {"discovery": "lists"},
            rf"The discovery lists has received no complete list of bots since {time}.*",
            0, None, None),
        # From the start on, tried again every five minutes: its app lacks the scope.
        Condition(
            "KoreAIActionFailed", "warning", {"action": "canary_export"},
            r"Canaries \(canary_export\) failed \d+ times within 1 h\. .*",
            0, None, None),
        Condition(
            "KoreAINoTargets", "critical", {},
            r"The job koreai has no target to scrape: no bot is watched\.",
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
