"""Holds deploy/compose against what it needs: files that are mounted are there, services, volumes and secrets are declared,
and Prometheus, Alertmanager and the exporter take their configurations as they are mounted."""

import os
import pathlib
import re
import shutil
import subprocess

import yaml

from deploy.helm import CHART
from lib.checks import check
from lib.koreai import BINARY
from lib.prometheus import PROMTOOL, TOOLS

FOLDER = pathlib.Path("deploy/compose")


def mounts(service: dict) -> list:
    """(source, target, mode) of each."""
    return [tuple((mount + ":rw").split(":")[:3]) for mount in service.get("volumes", [])]


def laid(service: dict, folder: pathlib.Path) -> pathlib.Path:
    """A folder with copies of all files that are mounted, as the container sees them. What is inside a mounted volume comes
    after it."""
    for source, target, _ in mounts(service):
        here = folder / target.lstrip("/")
        path = FOLDER / source
        here.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, here)
        elif source.startswith("."):
            shutil.copy(path, here)
    return folder


def accepted(what: str, *command) -> None:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=60)
    check(f"compose: {what}", done.returncode == 0, done.stdout + done.stderr)


def check_compose(folder: pathlib.Path) -> None:
    whole = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
    services = whole["services"]
    for name, service in services.items():
        for source, target, mode in mounts(service):
            path = FOLDER / source
            if source.startswith("."):
                check(f"compose: {name} mounts {path}, which is there and not written to", path.exists() and mode == "ro", source)
            else:
                check(f"compose: {name} mounts the volume {source}", source in whole["volumes"])
            check(f"compose: at {target}", target.startswith("/"))
        check(f"compose: {name} uses declared secrets", set(service.get("secrets", [])) <= whole["secrets"].keys())
        check(f"compose: {name} is reached from this machine only", all(port.startswith("127.0.0.1:") for port in service["ports"]))
        check(f"compose: {name} has an image with a version", re.search(r":(v?\d|\$\{VERSION)", service["image"]) is not None)
    check_profiles(services)
    check_exporter(services, whole["secrets"], folder / "compose")
    check_others(services, folder / "compose")


def check_profiles(services: dict) -> None:
    """One of the two exporters runs, and Prometheus scrapes either."""
    variables = dict(line.split("=") for line in (FOLDER / ".env").read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#"))
    exporters = {name: service for name, service in services.items() if "profiles" in service}
    check("compose: .env chooses one of two exporters",
          len(exporters) == 2 and [variables["COMPOSE_PROFILES"]] in [each["profiles"] for each in exporters.values()], variables)
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text(encoding="utf-8"))
    check("compose: .env has the chart's version", variables["VERSION"] == chart["appVersion"], variables)
    scraped = yaml.safe_load((FOLDER / "prometheus.yml").read_text(encoding="utf-8"))["scrape_configs"][0]
    host, _, port = scraped["static_configs"][0]["targets"][0].partition(":")
    for name, service in exporters.items():
        check(f"compose: Prometheus reaches {name}",
              host in service["networks"]["default"]["aliases"] and f"--web.listen-address=:{port}" in service["command"])
    for name, address in (("alertmanager", "prometheus.yml"), ("prometheus", "grafana-datasource.yml")):
        check(f"compose: {address} names {name}",
              f"{name}:{services[name]['ports'][0].rpartition(':')[2]}" in (FOLDER / address).read_text(encoding="utf-8"))


def check_exporter(services: dict, secrets: dict, folder: pathlib.Path) -> None:
    folder = folder / "bots"
    laid(services["bots"], folder)
    for name, secret in secrets.items():
        ignored = (FOLDER / ".gitignore").read_text(encoding="utf-8").split()
        check(f"compose: git ignores the secret {secret['file']}", secret["file"].removeprefix("./") in ignored)
        path = folder / "run" / "secrets" / name
        path.parent.mkdir(parents=True)
        path.write_text("not-a-secret", encoding="utf-8")
    path = folder / "etc" / "koreai-exporter" / "config.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("/run/secrets/", f"{folder}/run/secrets/"), encoding="utf-8")
    accepted("check-config takes config.yml", BINARY, "check-config", path)
    command = [word.replace("/etc/koreai-exporter", str(path.parent)) for word in services["bots"]["command"]]
    accepted("the exporter takes its flags", BINARY, *command, "--config.check")
    accepted("the demo takes its flags", BINARY, *services["demo"]["command"], "--help")


def check_others(services: dict, folder: pathlib.Path) -> None:
    prometheus = laid(services["prometheus"], folder / "prometheus")
    accepted("promtool takes what Prometheus mounts", PROMTOOL, "check", "config", prometheus / "etc/prometheus/prometheus.yml")
    alertmanager = laid(services["alertmanager"], folder / "alertmanager")
    accepted("amtool takes what Alertmanager mounts", os.path.join(TOOLS, "amtool"), "check-config",
             alertmanager / "etc/alertmanager/alertmanager.yml")
    grafana = laid(services["grafana"], folder / "grafana")
    provider, = grafana.glob("etc/grafana/provisioning/dashboards/*.yml")
    path = yaml.safe_load(provider.read_text(encoding="utf-8"))["providers"][0]["options"]["path"]
    found = sorted(each.name for each in (grafana / path.lstrip("/")).glob("*.json"))
    ours = sorted(each.name for each in pathlib.Path("dashboards").glob("*.json"))
    check("compose: Grafana finds the dashboards", found == ours, found)
    home = services["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    check("compose: and its first page", (grafana / home.lstrip("/")).exists(), home)
