"""What the commands of docs/ meet: a simulated platform, exporters in trouble and well, Prometheus, and a machine on which
the exporter is a service, of which `systemctl`, `journalctl` and `sudo` are stand-ins that do the same to one process."""

import os
import pathlib
import re
import shutil
import signal
import sqlite3
import time

from lib import koreai
from lib.process import eventually, started
from lib.prometheus import PROMTOOL, TOOLS, Alertmanager, Prometheus, alertmanager_configuration, rule_files
from lib.webhook import Webhook

STAND_INS = pathlib.Path(__file__).parent / "stand-ins"
HISTORY = "".join(f", {{at: {at}s, WHAT: {{takes: 2s}}}}" for at in range(4, 24, 4)).lstrip(", ")

# Each bot of the platform, and what is special about it.
BOTS = {
    "banking": "", "travel": "", "fine": "",
    "failed": "timeline: [{at: 4s, train: {state: published, takes: 2s}},"
              " {at: 10s, train: {state: published, takes: 2s, outcome: failed}}]",
    "outdated": "train_details: outdated",
    "failed-faq": "", "queued": "", "published": "", "forgotten": "",
    "untrained": "never_trained: true",
    "stuck": "timeline: [" + HISTORY.replace("WHAT", "train") + ", {at: 25s, train: {takes: 5h}}]",
    "slow": "timeline: [" + HISTORY.replace("WHAT", "train") + ", {at: 25s, train: {takes: 8s}}]",
    "export-failed": "", "export-stuck": "", "export-empty": "",
    "export-slow": "timeline: [" + HISTORY.replace("WHAT", "export") + ", {at: 25s, export: {takes: 8s}}]",
    "publish-failed": "", "publish-stuck": "", "publish-part": "",
    "publish-late": "timeline: [{at: 4s, publish: {takes: 2s}}, {at: 20s, train: {state: configured, takes: 8s}}]",
    "refused": "", "scope": "", "throttled": "", "strange": "", "stale": "",
    "canary": "on_export: {takes: 1s, outcome: failed}",
    "greedy": "", "down": "", "reload": "", "store": "", "service": "", "found": "",
}
# The exporters, the bots of each, and what else is in its configuration. Those that are in no other are main's.
OTHERS = {"calm": "", "greedy": "budgets: {per: bot, requests_per_minute: 10, requests_per_hour: 10}\n", "down": "", "reload": "", "store": "",
          "service": ""}
# Those of the exporter `calm`, which has nothing to complain of.
CALM = ["banking", "travel"]
# What a discovery of main finds.
FOUND = ["found"]
BUDGETS = "budgets: {requests_per_minute: 3000, requests_per_hour: 100000}\n"
MAIN = BUDGETS + (
    "canaries:\n  - {action: export, bots: [canary], every: 10m, max_per_day: 4}\n"
    "discovery:\n  - {name: main, list_credential: account, include: [found]}\n"
    "actions:\n  bearer_token: not-a-token\n  rules:\n    - {alerts: [KoreAIModelOutOfSync*], bots: ['*']}\n")


def binary() -> str:
    return str(pathlib.Path(koreai.BINARY).resolve())


class Surroundings:
    def __init__(self, folder: str):
        self.folder = pathlib.Path(folder)
        self.faults: dict = {}
        bots = "".join(
            f"  - {{id: st-{name}, name: {name}, languages: [en, de], on_train: {{takes: 2s}}{', ' if more else ''}{more}}}\n"
            if "on_export" in more else
            f"  - {{id: st-{name}, name: {name}, languages: [en, de], on_train: {{takes: 2s}}, on_export: {{takes: 2s}}"
            f"{', ' if more else ''}{more}}}\n"
            for name, more in BOTS.items())
        self.platform = koreai.Platform(
            folder, "limits: {enabled: false}\n"
            "credentials:\n"
            "  - {name: main, client_id: cs-main, client_secret: not-a-secret}\n"
            "  - {name: account, client_id: cs-account, client_secret: not-a-secret, admin: true,"
            " scopes: [train_ml, train_faq, utterances_export, publish_status, publish]}\n"
            f"bots:\n{bots}")
        self.exporters = {"main": self.exporter("main", MAIN, [name for name in BOTS if name not in [*OTHERS, *CALM, *FOUND]])}
        for name, more in OTHERS.items():
            self.exporters[name] = self.exporter(name, more or BUDGETS, [name] if name in BOTS else CALM)
        for name, exporter in self.exporters.items():
            exporter.start()
            self.describe_unit(name)
        self.exporters["down"].kill()
        self.prometheus = self.run_prometheus(
            "site", {"koreai": [each.instance for name, each in self.exporters.items() if name != "service"]})
        self.webhook = Webhook()
        self.alertmanager = Alertmanager(
            str(self.folder / "alertmanager"), alertmanager_configuration(str(self.folder / "etc-alertmanager"), self.webhook.url))
        self.shown = koreai.Demo(folder)
        self.demo = self.run_prometheus("demo", {"koreai": [self.shown.instance]})
        self.tools()

    def exporter(self, name: str, more: str, bots: list) -> koreai.Exporter:
        text = (
            f"defaults:\n  base_url: {self.platform.url}\n  credential: main\n  poll_interval: 1s\n  active_interval: 1s\n"
            "  languages: [en, de]\n"
            "credentials:\n  - {name: main, client_id: cs-main, client_secret: not-a-secret}\n"
            "  - {name: account, client_id: cs-account, client_secret: not-a-secret}\n")
        text += more + "bots:\n" + "".join(
            f"  - {{name: {bot}, id: st-{bot}, labels: {{team: {bot}-team}}"
            + (", credential: account, collectors: [ml_training, faq_training, ml_export, publish]"
               if bot.startswith("publish") or bot in ("banking", "untrained") else "")
            + "}\n" for bot in bots)
        return koreai.Exporter(str(self.folder / name), text, flags=("--web.enable-lifecycle",))

    def run_prometheus(self, name: str, jobs: dict) -> Prometheus:
        """With the shipped rules, whose groups are evaluated each second."""
        folder = self.folder / f"prometheus-{name}"
        folder.mkdir()
        for path in rule_files():
            text = pathlib.Path(path).read_text(encoding="utf-8")
            (folder / pathlib.Path(path).name).write_text(re.sub(r"interval: \w+", "interval: 1s", text))
        scrapes = "".join(
            f"  - {{job_name: {job}, static_configs: [{{targets: {addresses}}}]}}\n" for job, addresses in jobs.items())
        return Prometheus(
            str(folder),
            f"global: {{scrape_interval: 1s, evaluation_interval: 1s}}\nrule_files: [{folder}/*-rules.yml]\n"
            f"scrape_configs:\n{scrapes}")

    # The machine

    def tools(self) -> None:
        tools = self.folder / "bin"
        shutil.copytree(STAND_INS, tools)
        (tools / "koreai-exporter").symlink_to(binary())
        for name in ("promtool", "amtool"):
            (tools / name).symlink_to((pathlib.Path(TOOLS) / name).resolve())
        assert (tools / "promtool").resolve() == pathlib.Path(PROMTOOL).resolve()

    def describe_unit(self, name: str) -> None:
        """What the stand-in of systemctl has to know to stop the exporter and to start it again."""
        exporter = self.exporters[name]
        folder = pathlib.Path(exporter.folder)
        command = [*exporter.process.command[:-len(exporter.flags) or None], *exporter.flags]
        command[command.index("--web.listen-address") + 1] = exporter.instance
        command[0] = binary()
        (folder / "command").write_text("\n".join(str(word) for word in command))
        (folder / "pid").write_text(str(exporter.process.process.pid))
        (folder / "textfile").mkdir(exist_ok=True)
        (folder / "backups").mkdir(exist_ok=True)
        # Where a command without --config.file looks for it.
        (folder / "koreai-exporter.yml").unlink(missing_ok=True)
        (folder / "koreai-exporter.yml").symlink_to("config.yml")

    def environment(self, state) -> dict:
        unit = pathlib.Path(self.exporters[state.exporter if state else "main"].folder)
        path = f"{self.folder / 'bin'}:{os.environ['PATH']}"
        return {**os.environ, "PATH": path, "UNIT_FOLDER": str(unit), "NO_COLOR": "1"}

    def folder_of(self, state) -> str:
        """Where commands are typed: in the folder with the configuration."""
        return self.exporters[state.exporter if state else "calm"].folder

    def localized(self, text: str, state) -> str:
        """The text with the addresses and folders of here, and with the words that the page says to replace."""
        exporter = self.exporters[state.exporter if state else "main"]
        places = {
            "http://localhost:9090": self.prometheus.url,
            "http://localhost:9093": self.alertmanager.url,
            "http://127.0.0.1:8080": self.platform.url,
            "localhost:10573": exporter.instance,
            "/etc/koreai-exporter": exporter.folder,
            "/var/lib/koreai-exporter": f"{exporter.folder}/data",
            "/var/lib/koreai-collect": f"{exporter.folder}/collect",
            "/var/lib/node_exporter": f"{exporter.folder}/textfile",
            "/var/backups": f"{exporter.folder}/backups",
            "/etc/prometheus": str(self.folder / "prometheus-site"),
        }
        for place, here in places.items():
            text = text.replace(place, here)
        words = dict(state.words if state else {})
        if "BUDGET" in text and "BOT" in words:
            words["BUDGET"] = self.budget(words["BOT"])
        for word, value in words.items():
            text = re.sub(rf"\b{word}\b", value, text)
        return text

    def budget(self, bot: str) -> str:
        """The `budget` label of the alert about the bot: of what was refused, or else of what is scarcest."""
        of_bot = f'{{budget=~"(.+:)?{bot}"}}'
        for query in (f"koreai_api_throttled_total{of_bot} > 0", f"bottomk(1, koreai_api_budget_remaining{of_bot})"):
            if found := self.prometheus.query(query):
                return found[0]["metric"]["budget"]
        return "BUDGET"

    # What is done to them

    def fault(self, bot: str, kind: str, times: int | None = None, **match) -> None:
        self.platform.fault({"kind": kind}, {"bot": bot, **match}, times)

    def lock_store(self) -> None:
        data = pathlib.Path(self.exporters["store"].folder, "data")
        name = next(path for path in sorted(data.iterdir()) if path.suffix in (".sqlite", ".db"))
        self.lock = sqlite3.connect(name, isolation_level=None)
        self.lock.execute("BEGIN IMMEDIATE")

    def publish_untrained(self, bot: str) -> None:
        """Brings to production what the model was not trained with."""
        self.platform.bot(bot, "drift")
        self.platform.bot(bot, "publish", takes="0s", initiate_training=False)

    def break_configuration(self) -> None:
        exporter = self.exporters["reload"]
        text = pathlib.Path(exporter.folder, "config.yml").read_text(encoding="utf-8")
        exporter.reload(text.replace("poll_interval", "pol_interval"))

    def comes_true(self, query: str, seconds: float = 60) -> bool:
        """Whether the query has a result before the time is over."""
        return bool(eventually(lambda: self.prometheus.query(query), seconds, 0.5))

    def stop_units(self) -> None:
        """Those that the stand-in of systemctl has started."""
        known = {process.process.pid for process in started}
        for exporter in self.exporters.values():
            pid = int(pathlib.Path(exporter.folder, "pid").read_text())
            if pid in known:
                continue
            try:
                os.kill(pid, signal.SIGTERM)
                time.sleep(0.2)
            except ProcessLookupError:
                pass


