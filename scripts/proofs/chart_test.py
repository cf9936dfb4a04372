"""Tests the Helm chart, deploy/kubernetes and deploy/compose with real helm, kubectl and promtool. Run by `make chart-test`.

There is no Kubernetes here: nothing is applied to a cluster. Objects are held against Kubernetes' schemas instead, and the
exporter is run with the command line, the files and the probes that a pod would have.
"""

import base64
import gzip
import json
import os
import pathlib
import re
import ssl
import subprocess
import sys
import tarfile
import urllib.request

import yaml

from deploy import manifests, structure, values
from deploy.compose import check_compose
from deploy.helm import CHART, HELM, NAMESPACE, key, kustomize, objects, rendered, run, template
from deploy.pod import Pod
from docs.pages import fences
from lib.checks import check, finish
from lib.koreai import BINARY, Platform
from lib.process import run_in_folder, wait_until
from lib.prometheus import PROMTOOL

SETS = sorted((CHART / "ci").glob("*-values.yaml"))
MIB = 1024 * 1024

# What is in the cluster before the chart is installed.
FIRST_BOT = {"config.yml": yaml.dump(yaml.safe_load((CHART / "ci" / "minimal-values.yaml").read_text(encoding="utf-8"))["config"])}
CLUSTER = {
    ("Secret", "koreai-exporter"): {"client-secret": "not-a-secret"},
    ("Secret", "koreai-credentials"): {
        "client-secret": "not-a-secret", "account-secret": "not-a-secret", "alerts-token": "not-a-token"},
    ("Secret", "koreai-env"): {"secret": "not-a-secret"},
    ("ConfigMap", "koreai-config"): FIRST_BOT,
    ("Secret", "koreai-config"): FIRST_BOT,
    ("ConfigMap", "corp-ca"): {"ca.pem": "not a certificate"},
}

# (values, what the chart says): it stops, and names the remedy.
REFUSED = [
    ([], r"set `config` to the exporter's configuration .*or `demo: true`"),
    (["demo=true", "config.defaults.base_url=https://x"], r"`demo: true` .* reads no configuration"),
    (["existingConfigMap=one", "existingConfigSecret=other"], r"Set one of `config`"),
    (["demo=true", "web.tlsSecret=some"], r"The demo has neither TLS nor passwords"),
    (["existingConfigMap=one", "web.existingSecret=some", "web.config.rate_limit.interval=1s"], r"not both"),
    (["config.credentials[0].name=main", "config.credentials[0].client_secret=x"], r"client_secret_file: /run/secrets"),
    (["config.actions.bearer_token=x"], r"bearer_token_file: /run/secrets"),
    (["config.http.proxy_url=http://user:word@proxy:3128"], r"`existingConfigSecret`"),
    (["existingConfigMap=one", "web.config.tls_server_config.key=x"], r"`web.tlsSecret`"),
    # What Helm makes of `languages: [no]`.
    (["config.bots[0].languages={false}"], r"Write it in quotes, such as \"no\""),
    (["demo=true", "web.prt=1"], r"additional properties 'prt' not allowed"),
    (["demo=true", "web.port=80"], r"/web/port"),
    (["demo=true", "persistence.accessModes={ReadWriteMany}"], r"/persistence/accessModes"),
    (["demo=true", "log.level=verbose"], r"/log/level"),
]


def check_values() -> None:
    """Each value is described, in the schema, and given by one of the sets."""
    check("README.md and values.schema.json are what values.yaml gives", not values.complaints(), values.complaints())
    default = yaml.safe_load(values.VALUES.read_text(encoding="utf-8"))
    given = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in SETS]

    def differs(path) -> bool:
        for each in given:
            try:
                if values.of(each, path) != values.of(default, path):
                    return True
            except (KeyError, TypeError):
                pass
        return False

    # Others than the defaults would not be `restricted`.
    kept = {"podSecurityContext", "securityContext"}
    untested = [value.name for value in values.described() if not differs(value.path) and value.name not in kept]
    check("each value has another than its default in a set of values", not untested, untested)
    version = subprocess.run([BINARY, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text(encoding="utf-8"))
    check("the chart has the exporter's version", {chart["version"], chart["appVersion"]} == {version}, (chart, version))


def check_refusals() -> None:
    linted = run(HELM, "lint", "--strict", CHART, check=False)
    check("helm lint without values", linted.returncode == 0, linted.stdout + linted.stderr)
    for flags, pattern in REFUSED:
        done = template(*(f"--set={flag}" for flag in flags), check=False)
        check(f"refused, with a remedy: {', '.join(flags) or 'no values'}",
              done.returncode != 0 and re.search(pattern, done.stderr) is not None, done.stderr)


def check_set(path: pathlib.Path, folder: pathlib.Path) -> list:
    name = path.name.removesuffix("-values.yaml")
    linted = run(HELM, "lint", "--strict", CHART, f"--values={path}", check=False)
    check(f"{name}: helm lint", linted.returncode == 0, linted.stdout + linted.stderr)
    # Without a cluster, and with the notes, which helm template leaves out.
    notes = run(HELM, "install", "koreai-exporter", CHART, "--namespace", NAMESPACE, "--dry-run=client", f"--values={path}",
                check=False)
    check(f"{name}: the notes tell how to reach it", "port-forward service/" in notes.stdout.partition("NOTES:")[2], notes.stderr)
    found = rendered(path)
    keys = [key(each) for each in found]
    check(f"{name}: {len(found)} objects, each once", len(found) >= 2 and len(keys) == len(set(keys)), keys)
    complaints = [text for each in found for text in structure.complaints(each)]
    check(f"{name}: as Kubernetes {', '.join(structure.VERSIONS)} and the Operator want them", not complaints, complaints)
    one = {each["kind"]: each for each in found}
    pod = one["StatefulSet"]["spec"]["template"]
    check(f"{name}: the pod is restricted", not structure.unrestricted(pod["spec"]), structure.unrestricted(pod["spec"]))
    selectors = [one["StatefulSet"]["spec"]["selector"]["matchLabels"], one["Service"]["spec"]["selector"]]
    selectors += [one[kind]["spec"][field]["matchLabels"] for kind, field in (
        ("NetworkPolicy", "podSelector"), ("PodDisruptionBudget", "selector")) if kind in one]
    check(f"{name}: what selects the pod does", all(each.items() <= pod["metadata"]["labels"].items() for each in selectors))
    if "ServiceMonitor" in one:
        spec, labels = one["ServiceMonitor"]["spec"], one["Service"]["metadata"]["labels"]
        check(f"{name}: the ServiceMonitor selects the Service", spec["selector"]["matchLabels"].items() <= labels.items())
        namespaces = spec.get("namespaceSelector", {}).get("matchNames", [one["ServiceMonitor"]["metadata"]["namespace"]])
        check(f"{name}: in its namespace", namespaces == [NAMESPACE], namespaces)
        check(f"{name}: and calls the job koreai", {"targetLabel": "job", "replacement": "koreai"} in spec["endpoints"][0]["relabelings"])
    if "PrometheusRule" in one:
        check_rules(name, one["PrometheusRule"], folder)
    check_dashboards(name, [each for each in found if each["metadata"]["name"].rpartition("-dashboard-")[1]])
    here = Pod(folder / name, found, CLUSTER)
    if pod["spec"]["containers"][0]["args"][0] == "serve":
        check(f"{name}: check-config and --config.check take the pod's files and flags", not here.checked(), here.checked())
    return found


def check_rules(name: str, rule: dict, folder: pathlib.Path) -> None:
    groups = [group for path in ("recording", "alerting")
              for group in yaml.safe_load(pathlib.Path(f"alerts/{path}-rules.yml").read_text(encoding="utf-8"))["groups"]]
    check(f"{name}: the rules are those of alerts/", rule["spec"]["groups"] == groups)
    path = folder / f"{name}-rules.yml"
    path.write_text(yaml.dump(rule["spec"]), encoding="utf-8")
    done = subprocess.run([PROMTOOL, "check", "rules", str(path)], capture_output=True, text=True)
    check(f"{name}: promtool takes them", done.returncode == 0, done.stdout + done.stderr)


def check_dashboards(name: str, found: list) -> None:
    for each in found:
        (file, text), = each["data"].items()
        original = pathlib.Path("dashboards", file.removeprefix("koreai-")).read_text(encoding="utf-8")
        check(f"{name}: {each['metadata']['name']} is that of dashboards/", json.loads(text) == json.loads(original))
        check(f"{name}: and has the sidecar's label", each["metadata"]["labels"].get("grafana_dashboard") == "1")
        size = len(json.dumps(each).encode())
        # What kubectl apply writes into an annotation may have that many bytes; a ConfigMap 1 MiB.
        check(f"{name}: and {size // 1024} KiB, of at most 256", size < 256 * 1024)


def check_documented(folder: pathlib.Path) -> None:
    """The values that docs/install.md tells people to write."""
    blocks = [text for _, text in fences(pathlib.Path("docs/install.md"), "yaml") if not text.startswith("scrape_configs:")]
    path = folder / "documented.yaml"
    path.write_text("".join(blocks), encoding="utf-8")
    found = rendered(path)
    kinds = {each["kind"] for each in found}
    check("docs/install.md: its values give all that it says", {"ServiceMonitor", "PrometheusRule", "StatefulSet"} <= kinds, kinds)
    here = Pod(folder / "documented", found, CLUSTER)
    check("docs/install.md: check-config takes its configuration", not here.checked(), here.checked())


def check_restart() -> None:
    """A changed configuration changes the pod, and nothing else does."""
    def pod(*flags):
        found = objects(template(f"--values={CHART}/ci/web-values.yaml", *flags).stdout)
        return next(each for each in found if each["kind"] == "StatefulSet")["spec"]["template"]
    check("a changed configuration restarts the pod", pod() != pod("--set=config.defaults.max_age=20m"))
    check("a changed web configuration too", pod() != pod("--set=web.config.rate_limit.interval=1s"))
    check("a changed label of the ServiceMonitor does not", pod() == pod("--set=serviceMonitor.labels.release=x"))


def check_package(folder: pathlib.Path) -> None:
    """The archive has the files that symbolic links name in the repository, and gives the same objects."""
    run(HELM, "package", CHART, "--destination", folder)
    path, = folder.glob("*.tgz")
    with tarfile.open(path) as archive:
        links = [member.name for member in archive if not member.isfile()]
        for original in [*pathlib.Path("alerts").glob("*-rules.yml"), *pathlib.Path("dashboards").glob("*.json")]:
            inside = f"koreai-exporter/files/{original.name if original.suffix == '.yml' else original}"
            check(f"the package has {original}", archive.extractfile(inside).read() == original.read_bytes())
    check("and no links", not links, links)
    file = CHART / "ci" / "everything-values.yaml"
    check("the package gives the same objects", rendered(file, chart=path) == rendered(file))
    # A release is kept in a Secret, which may have 1 MiB: the chart and the objects, packed and twice in base64.
    contents = [each.read_text(encoding="utf-8") for each in CHART.rglob("*") if each.is_file()] + [json.dumps(rendered(file))]
    size = len(base64.b64encode(base64.b64encode(gzip.compress("".join(contents).encode()))))
    check(f"a release takes about {size // 1024} KiB, of at most 1024", size < MIB * 3 // 4)


def check_kustomize(folder: pathlib.Path) -> None:
    check("deploy/kubernetes is what the chart gives", not manifests.complaints(), manifests.complaints())
    applied = objects(kustomize(manifests.KUBERNETES))
    complaints = [text for each in applied for text in structure.complaints(each)]
    check("Kubernetes takes what kubectl apply -k sends", not complaints, complaints)
    # The same with the Operator's objects, which are a comment there.
    whole = folder / "kustomization"
    whole.mkdir()
    resources = [os.path.relpath(path.resolve(), whole.resolve()) for path in (manifests.KUBERNETES, manifests.KUBERNETES / "operator")]
    (whole / "kustomization.yaml").write_text(json.dumps({"namespace": NAMESPACE, "resources": resources}), encoding="utf-8")
    text = kustomize(whole)
    names = set(re.findall(r"name: (koreai-exporter-\w{10})$", text, re.MULTILINE))
    check("the configuration's name has a hash, by which the pod mounts it", len(names) == 1, names)
    ours, theirs = (
        {key(each): each for each in found}
        for found in (objects(text.replace(*names, "koreai-exporter")), manifests.expected()))
    for each in (ours, theirs):
        data = each["v1", "ConfigMap", NAMESPACE, "koreai-exporter"]["data"]
        data["config.yml"] = yaml.safe_load(data["config.yml"])
    check("kustomize renders the same as helm", ours == theirs, [name for name in theirs if ours.get(name) != theirs[name]])


# The pod, run


def ask(address: str, scheme: str, path: str, user: str | None = None) -> tuple:
    """The status and the text of an answer, of a server whose certificate is not checked, as the kubelet does not."""
    request = urllib.request.Request(f"{scheme}://{address}{path}")
    if user:
        request.add_header("Authorization", "Basic " + base64.b64encode(user.encode()).decode())
    context = ssl._create_unverified_context() if scheme == "https" else None
    with urllib.request.urlopen(request, timeout=10, context=context) as answer:
        return answer.status, answer.read().decode()


def probe(pod: Pod, address: str, field: str) -> bool:
    request = pod.container[field]["httpGet"]
    return ask(address, request["scheme"].lower(), request["path"])[0] == 200


def check_running(name: str, found: list, folder: pathlib.Path, series: str, user: str | None = None, platform=None) -> None:
    pod = Pod(folder / f"{name}-running", found, CLUSTER)
    if platform:
        pod.configure("https://platform.kore.ai", platform.url)
    address = pod.start()
    for field in ("startupProbe", "livenessProbe", "readinessProbe"):
        wait_until(f"the {field} of {name} succeeds", lambda: probe(pod, address, field), 60)
        check(f"{name}, running: the {field} succeeds", True)
    scheme = pod.container["livenessProbe"]["httpGet"]["scheme"].lower()
    wait_until(f"{name} shows {series}", lambda: re.search(series, ask(address, scheme, "/metrics", user)[1]), 60)
    check(f"{name}, running: a scrape has {series}", True)
    store = pod.folder / "data"
    if pod.container["args"][0] == "serve":
        check(f"{name}, running: the store is on the volume", (store / "koreai-exporter.db").exists(), os.listdir(store))


def run_pods(sets: dict, folder: pathlib.Path) -> None:
    os.mkdir(folder / "platform")
    platform = Platform(
        folder / "platform",
        "credentials:\n  - {name: main, client_id: cs-0000, client_secret: not-a-secret}\n"
        "bots:\n  - {id: st-1111, name: banking, languages: [en, de]}\n")
    up = r'koreai_poll_up\{bot="banking",.*\} 1'
    check_running("minimal", sets["minimal"], folder, up, platform=platform)
    check_running("web", sets["web"], folder, up, user="prometheus:correct horse", platform=platform)
    check_running("demo", sets["demo"], folder, "koreai_poll_up")


def certificate(folder: str) -> dict:
    """What cert-manager would put into a Secret."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
         "/CN=koreai-exporter", "-keyout", f"{folder}/tls.key", "-out", f"{folder}/tls.crt"], check=True, capture_output=True)
    names = {"tls.crt": "tls.crt", "tls.key": "tls.key", "ca.crt": "tls.crt"}
    return {name: pathlib.Path(folder, file).read_text(encoding="utf-8") for name, file in names.items()}


def test(temporary: str) -> int:
    folder = pathlib.Path(temporary)
    files = certificate(temporary)
    CLUSTER["Secret", "koreai-exporter-tls"] = files
    CLUSTER["Secret", "koreai-web"] = {"web.yml": json.dumps({"tls_server_config": {
        "cert": files["tls.crt"], "key": files["tls.key"], "client_ca": files["ca.crt"],
        "client_auth_type": "RequireAndVerifyClientCert"}})}
    check_values()
    check_refusals()
    sets = {path.name.removesuffix("-values.yaml"): check_set(path, folder) for path in SETS}
    check("there are six sets of values", len(sets) == 6, list(sets))
    check_documented(folder)
    check_restart()
    check_package(folder)
    check_kustomize(folder)
    check_compose(folder)
    run_pods(sets, folder)
    return finish()


sys.exit(run_in_folder(test))
