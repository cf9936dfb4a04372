"""Writes deploy/kubernetes/base and deploy/kubernetes/operator from the chart: `make chart`.

They are what Helm gives for a first bot, without Helm's own labels, and without the namespace and the configuration, which
come from a kustomization such as deploy/kubernetes/kustomization.yaml.
"""

import pathlib
import sys

import yaml

from deploy.helm import CHART, objects, template, without_helm

KUBERNETES = pathlib.Path("deploy/kubernetes")
VALUES = CHART / "ci" / "minimal-values.yaml"
FLAGS = (f"--values={VALUES}", "--set=serviceMonitor.enabled=true,prometheusRule.enabled=true")
HEADING = "# Written from charts/ by `make chart`: change it there.\n"
OPERATOR = "monitoring.coreos.com/"


class Dumper(yaml.SafeDumper):
    """Writes texts of several lines as such."""


def represent(dumper, text: str):
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


Dumper.add_representer(str, represent)


def expected() -> list:
    """What Helm gives."""
    return [without_helm(each) for each in objects(template(*FLAGS).stdout)]


def files() -> dict:
    """The text of each file that is written, by its path."""
    found: dict = {}
    names: dict = {"base": [], "operator": []}
    for each in expected():
        if each["kind"] == "ConfigMap":
            continue
        del each["metadata"]["namespace"]
        folder = "operator" if each["apiVersion"].startswith(OPERATOR) else "base"
        names[folder].append(f"{each['kind'].lower()}.yaml")
        text = yaml.dump(each, Dumper=Dumper, sort_keys=False, width=1000, allow_unicode=True)
        found[KUBERNETES / folder / names[folder][-1]] = HEADING + text
    for folder, resources in names.items():
        text = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n"
        found[KUBERNETES / folder / "kustomization.yaml"] = (
            HEADING + text + "".join(f"  - {name}\n" for name in sorted(resources)))
    return found


def complaints() -> list:
    wanted = files()
    there = {path for folder in ("base", "operator") for path in (KUBERNETES / folder).glob("*")}
    return [f"{path} is not what the chart gives: run make chart" for path, text in wanted.items()
            if not path.exists() or path.read_text(encoding="utf-8") != text
            ] + [f"{path} comes from nothing in the chart" for path in there - set(wanted)]


def main() -> int:
    for path, text in files().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
