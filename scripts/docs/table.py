"""What docs_test.py has to know of pages: the state in which their commands are typed, what single commands do beside
printing something, and which are not run, and why."""

import dataclasses
from collections.abc import Callable


@dataclasses.dataclass
class State:
    """What is so when the page's commands are typed."""

    # Brings it about.
    cause: Callable = lambda surroundings: None
    # A query that has a result once it is so.
    shown_by: str = "up"
    # What a reader writes instead of the words in capitals.
    words: dict = dataclasses.field(default_factory=dict)
    # Whose address, folder and log the commands mean.
    exporter: str = "main"
    # What the page promises that its commands show, whichever they are.
    finds: str = ""

    def missing(self, surroundings) -> str | None:
        """What is not so a minute after it was brought about."""
        return None if surroundings.comes_true(self.shown_by) else self.shown_by


def words(bot: str, engine: str = "ml", state: str = "configured", **more) -> dict:
    return {"BOT": bot, "ENGINE": engine, "LANGUAGE": "en", "STATE": state, **more}


def of_bot(bot: str, action: str, shown_by: str, engine: str = "ml", state: str = "configured", **body) -> State:
    """Something that is done to a bot on the platform."""
    if action == "train":
        body |= {"engine": engine, "state": state}
    return State(lambda here: here.platform.bot(bot, action, **body), shown_by, words(bot, engine, state))


def fault(bot: str, kind: str, shown_by: str, times: int | None = None, **match) -> State:
    """A fault of the platform's replies about a bot."""
    return State(lambda here: here.fault(bot, kind, times, **match), shown_by, words(bot))


RUNBOOKS = {
    "KoreAITrainingFailed": State(
        shown_by='koreai_training_failures_total{bot="failed"} > 0', words=words("failed", state="published")),
    "KoreAIFAQTrainingFailed": of_bot(
        "failed-faq", "train", 'koreai_training_failures_total{bot="failed-faq"} > 0', engine="faq", outcome="failed",
        takes="2s"),
    "KoreAITrainingStuck": State(
        shown_by='target:koreai_training_duration_seconds:usual{bot="stuck"} and on (bot)'
                 ' target:koreai_training_running_seconds:current{bot="stuck"} > 5', words=words("stuck")),
    "KoreAITrainingQueued": of_bot(
        "queued", "train", 'koreai_training_status{bot="queued",status="queued"} == 1', queued="5h", takes="2s"),
    "KoreAITrainingSlow": State(
        shown_by='target:koreai_training_duration_seconds:usual{bot="slow"} and on (bot)'
                 ' koreai_training_last_duration_seconds{bot="slow"} > 5', words=words("slow")),
    "KoreAIPublishedModelOutOfSync": State(
        lambda here: here.publish_untrained("published"),
        'koreai_ml_out_of_sync_since_timestamp_seconds{bot="published",state="published"}',
        words("published", state="published")),
    "KoreAIModelOutOfSyncForLong": of_bot(
        "forgotten", "drift", 'koreai_ml_out_of_sync_since_timestamp_seconds{bot="forgotten"}'),
    "KoreAIExportFailed": of_bot(
        "export-failed", "export", 'koreai_export_status{bot="export-failed",status="failed"} == 1', outcome="failed",
        takes="2s"),
    "KoreAIExportStuck": of_bot(
        "export-stuck", "export", 'koreai_export_status{bot="export-stuck",status="in_progress"} == 1', takes="5h"),
    "KoreAIExportSlow": State(
        shown_by='bot:koreai_export_duration_seconds:usual{bot="export-slow"} and on (bot)'
                 ' koreai_export_last_duration_seconds{bot="export-slow"} > 5', words=words("export-slow")),
    "KoreAIExportWithoutFile": of_bot(
        "export-empty", "export", 'koreai_export_download_available{bot="export-empty"} == 0', takes="2s", file=False),
    "KoreAIPublishFailed": of_bot(
        "publish-failed", "publish", 'koreai_publish_part_failed{bot="publish-failed"} == 1', outcome="failed",
        fails_in=["NL"], takes="2s"),
    "KoreAIPublishPartFailed": of_bot(
        "publish-part", "publish", 'koreai_publish_part_failed{bot="publish-part"} == 1', fails_in=["CHANNELS"], takes="2s"),
    "KoreAIPublishStuck": of_bot(
        "publish-stuck", "publish", 'koreai_publish_status{bot="publish-stuck",status="in_progress"} == 1'),
    "KoreAITrainedNotPublished": State(
        shown_by='koreai_training_last_success_timestamp_seconds{bot="publish-late",engine="ml",state="configured"}'
                 ' > on (bot) group_left () koreai_publish_last_success_timestamp_seconds', words=words("publish-late")),
    "KoreAIOtherNLPVersion": State(
        shown_by='koreai_ml_nlp_version{bot="outdated"} != koreai_ml_train_version', words=words("outdated")),
    "KoreAIPollStale": fault("stale", "server_error", 'koreai_poll_failing{bot="stale"}'),
    "KoreAICredentialRefused": fault("refused", "unauthorized", 'koreai_poll_failing{bot="refused"}'),
    "KoreAIScopeMissing": fault(
        "scope", "scope_missing", 'koreai_poll_failing{bot="scope",reason="scope"}', collector="ml_export"),
    "KoreAIThrottled": fault(
        "throttled", "throttled", 'koreai_api_throttled_total{budget=~"(.+:)?throttled"} > 0', 5),
    "KoreAIBudgetExhausted": State(
        lambda here: here.platform.bot("greedy", "train"), 'koreai_api_budget_remaining{budget=~"(.+:)?greedy"} < koreai_api_budget_limit',
        words("greedy"), exporter="greedy"),
    "KoreAIUnknownStatus": fault("strange", "unknown_words", 'koreai_training_status{bot="strange",status="unknown"} == 1'),
    "KoreAIReloadFailed": State(
        lambda here: here.break_configuration(), "koreai_exporter_config_last_reload_successful == 0", words("reload"),
        exporter="reload"),
    "KoreAIStoreFailing": State(
        lambda here: here.lock_store(), "increase(koreai_exporter_store_write_failures_total[1m]) > 0", words("store"),
        exporter="store"),
    "KoreAIExporterDown": State(shown_by="up == 0", words=words("down"), exporter="down"),
    "KoreAIBotUnwatched": State(shown_by="up == 0", words=words("down"), exporter="down"),
    "KoreAIDiscoveryStale": State(shown_by="koreai_discovery_last_success_timestamp_seconds", words=words("fine")),
    "KoreAIActionFailed": State(shown_by="koreai_actions_total", words=words("canary")),
    "KoreAINoTargets": State(words=words("fine")),
}
FINDS = {
    "KoreAITrainingFailed": r'status="failed"|training.* failed',
    "KoreAIFAQTrainingFailed": r'engine="faq".*status="failed"|FAQ.* failed',
    "KoreAITrainingStuck": r'bot="stuck"|in[_ ]progress', "KoreAITrainingQueued": r'queued"?}|queued  ',
    "KoreAITrainingSlow": r"=> ([5-9]|\d\d)", "KoreAIPublishedModelOutOfSync": r'component="|out of sync',
    "KoreAIModelOutOfSyncForLong": r'component="|out of sync',
    "KoreAIExportFailed": r'status="failed"|export.* failed', "KoreAIExportStuck": r"in[_ ]progress",
    "KoreAIExportSlow": r"=> ([5-9]|\d\d)", "KoreAIExportWithoutFile": r'status="success"|success',
    "KoreAIPublishFailed": r'part="nl"|failed  ', "KoreAIPublishPartFailed": r'part="channels"|failed', "KoreAIPublishStuck": r"in[_ ]progress",
    "KoreAITrainedNotPublished": r"=> \d", "KoreAIOtherNLPVersion": r"=> 2",
    "KoreAIPollStale": r"server_error", "KoreAICredentialRefused": r"check client_id and client_secret",
    "KoreAIScopeMissing": r'"scope"|scope', "KoreAIThrottled": r"throttled", "KoreAIBudgetExhausted": r"greedy",
    "KoreAIUnknownStatus": r"not understood|understood", "KoreAIReloadFailed": r"unknown key `pol_interval`",
    "KoreAIStoreFailing": r"database is locked|busy|store", "KoreAIExporterDown": r"connection refused|Failed to connect",
    "KoreAIBotUnwatched": r"connection refused", "KoreAIDiscoveryStale": r"discovery=|discovered|found",
    "KoreAIActionFailed": r"koreai_actions_total|canary",
}
for page, finds in FINDS.items():
    RUNBOOKS[page].finds = finds
STATES = {f"docs/runbooks/{page}.md": state for page, state in RUNBOOKS.items()}
STATES |= {
    "docs/commands.md": State(words=words("banking"), exporter="calm"),
    "docs/http-api.md": State(words=words("banking"), exporter="calm"),
    "docs/alerts.md": State(words=words("banking"), exporter="calm"),
    "docs/configuration.md": State(words=words("banking"), exporter="calm"),
    "docs/promql.md": State(words=words("banking"), exporter="calm", shown_by='koreai_poll_up{bot="banking"}'),
    # Not banking: what docs/simulator.md does to it before makes single polls fail.
    "docs/troubleshooting.md": State(words=words("travel"), exporter="calm", shown_by='koreai_poll_up{bot="travel"}'),
    "docs/sizing.md": State(words=words("banking"), exporter="calm", shown_by='koreai_poll_up{bot="banking"}'),
    "docs/install.md": State(words=words("banking"), exporter="calm", shown_by='koreai_poll_up{bot="banking"}'),
    "docs/upgrade.md": State(words=words("service"), exporter="service", shown_by="up"),
    "docs/simulator.md": State(words=words("banking"), exporter="calm"),
}

NEEDS_ROOT = "writes into the system's folders"
BUILDS = "builds or tests the repository, which is what make and CI do"
# (page, command, why): patterns of pages and of commands. What make is asked for, and the exporter's flags, are checked.
NOT_RUN = [
    (r"README|commands\.md|dashboards\.md|install\.md|upgrade\.md|CONTRIBUTING", r"^make ", BUILDS),
    (r"README", r"^\.build/release/koreai-exporter", "the release build is another; see docs/commands.md for the same commands"),
    (r"commands\.md", r"^sudo install ", NEEDS_ROOT),
    (r"install\.md", r"^(helm|kubectl) ", "needs a cluster; make chart-test renders what is applied"),
    (r"install\.md", r"^docker compose ", "needs a container engine; make chart-test checks the Compose file"),
    (r"install\.md", r"^git pull", "changes the clone"),
    (r"install\.md", r"^sudo ", NEEDS_ROOT),
    (r"dashboards\.md", r"^(install|cp|systemctl) ", NEEDS_ROOT + ", of Grafana, which is not in Debian"),
    (r"simulator\.md", r"/clock ", "needs a simulator with a manual clock, which only tests have"),
    (r"simulator\.md", r"/certificate ", "needs a simulator with TLS; make web-test has one"),
]
NOT_RUN_QUERIES: list = []
# (page, command, exit code, what it prints): where that is not 0 and anything.
EXPECTED = [
    (r"ReloadFailed", r"check-config", 1, r"unknown key `pol_interval`"),
    # They are silent where all is well.
    (r"commands\.md", r"^(mkdir|koreai-exporter collect|promtool check metrics) ", 0, r""),
    (r"ExporterDown", r"^curl .*/-/healthy", 7, r"Failed to connect|Couldn't connect"),
]
