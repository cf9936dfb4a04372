"""What an object has to be so that a cluster takes it: the schemas of three versions of Kubernetes, those of the Prometheus
Operator's kinds as far as the chart uses them, and Pod Security's profile `restricted`."""

import functools

import jsonschema
import kubernetes_validate
from kubernetes_validate import utils

# The oldest that Chart.yaml allows, one in between, and the newest of the package.
VERSIONS = ("1.27", "1.32", "1.37")

# Reads and parses a megabyte for each object otherwise.
utils.schema_contents = functools.lru_cache(maxsize=None)(utils.schema_contents)


def strict(required: tuple = (), **properties) -> dict:
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": properties}


TEXT, NAME = {"type": "string"}, {"type": "string", "minLength": 1, "maxLength": 253}
TEXTS = {"type": "object", "additionalProperties": TEXT}
DURATION = {"type": "string", "pattern": "^(0|([0-9]+(ms|[smhdwy]))+)$"}
KEY = strict(("name", "key"), name=NAME, key=NAME)
METADATA = strict(("name", "namespace"), name=NAME, namespace=NAME, labels=TEXTS, annotations=TEXTS)
RELABELING = strict(
    (), sourceLabels={"type": "array", "items": TEXT}, separator=TEXT, targetLabel=TEXT, regex=TEXT,
    modulus={"type": "integer"}, replacement=TEXT, action=TEXT)
RELABELINGS = {"type": "array", "items": RELABELING}
SOURCE = strict((), secret=KEY, configMap=KEY)
ENDPOINT = strict(
    ("port",), port=NAME, path={"type": "string", "pattern": "^/"}, scheme={"enum": ["http", "https"]}, interval=DURATION,
    scrapeTimeout=DURATION,
    tlsConfig=strict((), ca=SOURCE, cert=SOURCE, keySecret=KEY, serverName=TEXT, insecureSkipVerify={"type": "boolean"}),
    basicAuth=strict(("username", "password"), username=KEY, password=KEY), relabelings=RELABELINGS,
    metricRelabelings=RELABELINGS)
RULE = strict(
    ("expr",), alert=NAME, record=NAME, expr={"type": "string", "minLength": 1}, keep_firing_for=DURATION, labels=TEXTS,
    annotations=TEXTS, **{"for": DURATION})
GROUP = strict(("name", "rules"), name=NAME, interval=DURATION, limit={"type": "integer"}, labels=TEXTS,
               rules={"type": "array", "minItems": 1, "items": RULE})
OPERATOR = {
    "ServiceMonitor": strict(
        ("selector", "endpoints"), endpoints={"type": "array", "minItems": 1, "items": ENDPOINT},
        selector=strict(("matchLabels",), matchLabels=TEXTS),
        namespaceSelector=strict((), matchNames={"type": "array", "minItems": 1, "items": NAME})),
    "PrometheusRule": strict(("groups",), groups={"type": "array", "minItems": 1, "items": GROUP}),
}


def complaints(each: dict) -> list:
    """What a cluster would not take of the object."""
    name = f"{each['kind']} {each['metadata']['name']}"
    if each["apiVersion"] == "monitoring.coreos.com/v1":
        whole = strict(("metadata", "spec"), apiVersion=TEXT, kind=TEXT, metadata=METADATA, spec=OPERATOR[each["kind"]])
        errors = jsonschema.Draft202012Validator(whole).iter_errors(each)
        return [f"{name}: {error.json_path}: {error.message[:300]}" for error in errors]
    found = []
    for version in VERSIONS:
        try:
            kubernetes_validate.validate(each, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            found.append(f"{name}, Kubernetes {version}: {'.'.join(map(str, error.path))}: {error.message[:300]}")
    return found


# https://kubernetes.io/docs/concepts/security/pod-security-standards/
VOLUMES = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"}


def unrestricted(pod: dict) -> list:
    """What Pod Security's profile `restricted` forbids of a pod's spec, and what this chart promises beyond it."""
    found = [f"{field} is true" for field in ("hostNetwork", "hostPID", "hostIPC") if pod.get(field)]
    found += [f"the volume {volume['name']} is a {kind}" for volume in pod["volumes"]
              for kind in volume.keys() - {"name"} - VOLUMES]
    whole = pod["securityContext"]
    for container in pod["containers"] + pod.get("initContainers", []):
        own = container["securityContext"]
        both = {**whole, **own}
        found += [what for what, holds in {
            "may escalate privileges": own.get("allowPrivilegeEscalation") is False,
            "is privileged": not own.get("privileged"),
            "may be root": both.get("runAsNonRoot") is True and both.get("runAsUser") == 65532,
            "has no seccomp profile": both.get("seccompProfile") == {"type": "RuntimeDefault"},
            "keeps capabilities": own.get("capabilities") == {"drop": ["ALL"]},
            "may write to its root": own.get("readOnlyRootFilesystem") is True,
            "has a port of the host": not any("hostPort" in port for port in container["ports"]),
        }.items() if not holds]
    if pod["automountServiceAccountToken"] is not False:
        found.append("gets a token of its ServiceAccount")
    return found
