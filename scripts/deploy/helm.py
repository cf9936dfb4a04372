"""Helm and kubectl, as scripts/setup/unpack-helm has unpacked them, on the repository's chart."""

import json
import os
import pathlib
import subprocess
import tempfile

import yaml

HELM, KUBECTL = (os.path.abspath(f".build/helm/{name}") for name in ("helm", "kubectl"))
CHART = pathlib.Path("charts/koreai-exporter")
NAMESPACE = "monitoring"
# What Helm writes into objects about itself, and what the chart writes for it alone. Kustomize renames what has changed.
OF_HELM = {"labels": ("helm.sh/chart", "app.kubernetes.io/managed-by"), "annotations": ("checksum/config",)}


def run(*command, check: bool = True) -> subprocess.CompletedProcess:
    """Without what a person has configured for Helm and kubectl, and without Helm's note on each symbolic link."""
    with tempfile.TemporaryDirectory() as home:
        environment = {"PATH": os.environ["PATH"], "HOME": home, "KUBECONFIG": "/dev/null"}
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, env=environment, timeout=120)
    done.stderr = "".join(
        line for line in done.stderr.splitlines(keepends=True) if "found symbolic link in path" not in line)
    if check and done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done


def template(*flags, chart=CHART, check: bool = True) -> subprocess.CompletedProcess:
    return run(HELM, "template", "koreai-exporter", chart, "--namespace", NAMESPACE, *flags, check=check)


def kustomize(folder) -> str:
    return run(KUBECTL, "kustomize", folder).stdout


def objects(text: str) -> list:
    return [each for each in yaml.safe_load_all(text) if each]


def rendered(*values, chart=CHART) -> list:
    """The objects that the chart gives for files of values."""
    return objects(template(*(f"--values={path}" for path in values), chart=chart).stdout)


def key(each: dict) -> tuple:
    """What no two objects of a cluster have in common."""
    return each["apiVersion"], each["kind"], each["metadata"].get("namespace"), each["metadata"]["name"]


def without_helm(each: dict) -> dict:
    """A copy of the object without what only Helm has a use for."""
    each = json.loads(json.dumps(each))
    for metadata in (each["metadata"], each.get("spec", {}).get("template", {}).get("metadata", {})):
        for field, names in OF_HELM.items():
            for name in names:
                metadata.get(field, {}).pop(name, None)
            if metadata.get(field) == {}:
                del metadata[field]
    return each
