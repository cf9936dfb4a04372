"""A pod of the chart without Kubernetes: its volumes as folders, laid as the kubelet lays them, and its command line run by
the development build with the mounts' paths replaced by those folders."""

import os
import pathlib
import re
import subprocess

from lib.koreai import BINARY
from lib.process import Process


class Pod:
    def __init__(self, folder, found: list, cluster: dict):
        """
        `found`: what the chart has rendered.
        `cluster`: the text of each key of the Secrets and ConfigMaps that are there already, by their names.
        """
        self.folder = pathlib.Path(folder)
        self.cluster = {("ConfigMap", each["metadata"]["name"]): each["data"] for each in found if each["kind"] == "ConfigMap"}
        self.cluster |= cluster
        self.spec = next(each for each in found if each["kind"] == "StatefulSet")["spec"]
        pod = self.spec["template"]["spec"]
        self.container = pod["containers"][0]
        self.mounts = {mount["name"]: mount["mountPath"] for mount in self.container["volumeMounts"]}
        claims = {claim["metadata"]["name"]: {} for claim in self.spec.get("volumeClaimTemplates", [])}
        volumes = {volume["name"]: volume for volume in pod["volumes"]}
        if missing := self.mounts.keys() - claims.keys() - volumes.keys():
            raise SystemExit(f"volumes are mounted and not there: {missing}")
        if unused := (claims.keys() | volumes.keys()) - self.mounts.keys():
            raise SystemExit(f"volumes are there and not mounted: {unused}")
        for name, path in self.mounts.items():
            self.lay(self.folder / path.lstrip("/"), volumes.get(name, {}))
        self.environment = {
            variable["name"]: variable["value"] if "value" in variable
            else self.cluster["Secret", variable["valueFrom"]["secretKeyRef"]["name"]][variable["valueFrom"]["secretKeyRef"]["key"]]
            for variable in self.container.get("env", [])}

    def lay(self, path: pathlib.Path, volume: dict) -> None:
        """Each file is a symbolic link into a folder that a symbolic link names, so that all change at once."""
        (path / "..2026_11_30").mkdir(parents=True)
        (path / "..data").symlink_to("..2026_11_30")
        for kind, field, label in (("ConfigMap", "configMap", "name"), ("Secret", "secret", "secretName")):
            if field not in volume:
                continue
            data = self.cluster[kind, volume[field][label]]
            names = {item["path"]: item["key"] for item in volume[field].get("items", [{"path": key, "key": key} for key in data])}
            for name, key in names.items():
                (path / "..data" / name).write_text(self.here(data[key]), encoding="utf-8")
                (path / name).symlink_to(f"..data/{name}")

    def here(self, text: str) -> str:
        """The text with the paths of this machine instead of the container's."""
        paths = "|".join(sorted((re.escape(path) for path in self.mounts.values()), key=len, reverse=True))
        return re.sub(rf"(?<![\w/])({paths})(?![\w-])", lambda match: f"{self.folder}{match[1]}", text)

    def command(self) -> list:
        return [BINARY, *(self.here(word) for word in self.container["args"])]

    def checked(self) -> list:
        """What `check-config`, and the command line with --config.check, complain of."""
        path = self.folder / "etc/koreai-exporter/config.yml"
        calls = [[BINARY, "check-config", str(path)], [*self.command(), "--config.check"]]
        done = [subprocess.run(call, env={**os.environ, **self.environment}, capture_output=True, text=True, timeout=60)
                for call in calls]
        return [f"{each.args[1:]}: {each.stdout}{each.stderr}" for each in done if each.returncode]

    def start(self) -> str:
        """Starts it on a free port of loopback: the address."""
        command = [re.sub(r"^(--web.listen-address=):\d+$", r"\g<1>127.0.0.1:0", word) for word in self.command()]
        process = Process(command, str(self.folder / "pod.log"), self.environment)
        pattern = r'(?:msg=listening address=|"msg":"listening","address":"|Metrics: *http://)([^/\s"]+)'
        return process.find(pattern)

    def configure(self, old: str, new: str) -> None:
        """Replaces a text of its configuration."""
        path = self.folder / "etc/koreai-exporter/..data/config.yml"
        text = path.read_text(encoding="utf-8")
        if old not in text:
            raise SystemExit(f"the configuration does not have {old}:\n{text}")
        path.write_text(text.replace(old, new), encoding="utf-8")
