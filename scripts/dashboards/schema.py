"""What Grafana's own schema says of a dashboard: keys that it does not know, and words that are not among those that it
knows.

grafana-foundation-sdk drops unknown keys silently when it reads, and takes any word for an enumeration; so the dashboard
is read, written again and compared, and every word is held against the enumeration of its field.
"""

import enum
import inspect
import json
import typing

import colors
from grafana_foundation_sdk.cog import plugins
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models import heatmap, statetimeline, table, timeseries, units
from grafana_foundation_sdk.models.dashboard import Dashboard as Schema
from grafana_foundation_sdk.models.dashboard import FieldConfig

plugins.register_default_plugins()

UNITS = {value for name, value in vars(units).items() if isinstance(value, str) and not name.startswith("__")}
# The keys after `custom.`, by the kind of panel.
CUSTOM = {
    "timeseries": timeseries.FieldConfig, "table": table.FieldConfig, "state-timeline": statetimeline.FieldConfig,
    "heatmap": heatmap.FieldConfig,
}
KINDS = {"stat", "timeseries", "state-timeline", "heatmap", "table"}
# What the schema leaves open. The keys of each transformation, of Grafana's packages/grafana-data/src/transformations.
TRANSFORMATIONS = {
    "merge": set(),
    "filterFieldsByName": {"include", "exclude", "byVariable", "variable"},
    "organize": {"excludeByName", "indexByName", "renameByName", "includeByName"},
}
MATCHERS = {"byName": str, "byRegexp": str, "byType": str, "byFrameRefID": str}
REDUCERS = {
    "lastNotNull", "last", "firstNotNull", "first", "min", "max", "mean", "median", "variance", "stdDev", "sum", "count",
    "range", "delta", "step", "diff", "logmin", "allIsZero", "allIsNull", "changeCount", "distinctCount", "diffperc",
    "allValues", "uniqueValues",
}
# An override names a key of the configuration of fields, or one of the panel's own after `custom.`.
PROPERTIES = {
    "displayName", "unit", "decimals", "min", "max", "links", "mappings", "thresholds", "color", "noValue", "description",
    "filterable",
}


def differences(dashboard):
    """Every (path, what happened) where reading and writing changes it; numbers of lists are `*` in paths. Defaults that
    writing adds are no difference.

    Panels of collapsed rows are read as those outside of rows are: the schema does not read them with their kind.
    """
    flat = dict(dashboard.json, panels=[
        panel for each in dashboard.json["panels"] for panel in ([dict(each, panels=[])] + each["panels"] if each["type"] == "row" else [each])
    ])
    schema = Schema.from_json(flat)
    again = json.loads(JSONEncoder(sort_keys=True).encode(schema))
    found = set(compared("", flat, again)) | set(words("", schema))
    for panel in dashboard.panels:
        found |= {(f"panel {panel['title']}{path}", what) for path, what in open_parts(panel)}
    for path, color in every_color(dashboard.json):
        if not colors.is_known(color):
            found.add((path, f"Grafana has no colour {color}"))
    return sorted(found)


def compared(path, before, after):
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before:
            inner = f"{path}.{key}".lstrip(".")
            if key not in after:
                yield inner, "lost"
            elif key in before:
                yield from compared(inner, before[key], after[key])
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for one, other in zip(before, after):
            yield from compared(f"{path}.*", one, other)
    elif before != after:
        yield path, f"changed: {json.dumps(before)} is {json.dumps(after)}"


def words(path, value):
    """Every value of an enumeration's field that is none of the enumeration's, in an object of the schema."""
    if isinstance(value, list):
        for each in value:
            yield from words(f"{path}.*", each)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from words(f"{path}.{key}", each)
    elif type(value).__module__.startswith("grafana_foundation_sdk.models") and not isinstance(value, enum.Enum):
        hints = typing.get_type_hints(type(value))
        for name, each in vars(value).items():
            for allowed in enumerations(hints.get(name)):
                if each is not None and not isinstance(each, (dict, list)) and each not in [member.value for member in allowed]:
                    yield f"{path}.{name}".lstrip("."), f"{each!r} is no {allowed.__name__}"
            literals = [v for hint in parts(hints.get(name)) if typing.get_origin(hint) is typing.Literal for v in typing.get_args(hint)]
            if literals and each is not None and each not in literals:
                yield f"{path}.{name}".lstrip("."), f"{each!r} is none of {literals}"
            yield from words(f"{path}.{name}".lstrip("."), each)


def parts(hint):
    return [hint, *typing.get_args(hint)] if typing.get_origin(hint) is typing.Union else [hint]


def enumerations(hint):
    return [part for part in parts(hint) if inspect.isclass(part) and issubclass(part, enum.Enum)]


def open_parts(panel):
    """What of a panel the schema leaves open and Grafana does not."""
    if panel["type"] not in KINDS:
        yield "", f"is of the kind {panel['type']}, which no check knows"
    for transformation in panel.get("transformations", []):
        known = TRANSFORMATIONS.get(transformation["id"])
        if known is None:
            yield ".transformations", f"no transformation {transformation['id']}"
            continue
        for key in transformation["options"].keys() - known:
            yield ".transformations", f"{transformation['id']} has no option {key}"
    if panel["fieldConfig"]["defaults"].get("unit") not in UNITS:
        yield ".unit", f"Grafana has no unit {panel['fieldConfig']['defaults'].get('unit')}"
    for override in panel["fieldConfig"]["overrides"]:
        if override["matcher"]["id"] not in MATCHERS:
            yield ".overrides", f"no matcher {override['matcher']['id']}"
        for property in override["properties"]:
            for path, what in property_parts(panel, property["id"], property["value"]):
                yield f".overrides.{path}", what
    for reducer in reducers(panel["options"]):
        if reducer not in REDUCERS:
            yield ".options", f"no reducer {reducer}"
    if panel["type"] == "heatmap" and panel["options"]["color"]["scheme"] not in colors.SCHEMES:
        yield ".options", f"no scheme {panel['options']['color']['scheme']}"


def property_parts(panel, name, value):
    """What is wrong with one property of an override: it is read as if it were said of all fields."""
    schema = CUSTOM.get(panel["type"]) if name.startswith("custom.") else FieldConfig
    key = name.removeprefix("custom.")
    if schema is None or (schema is FieldConfig and name not in PROPERTIES):
        yield name, "is no property of a field"
        return
    read = schema.from_json({key: value})
    again = json.loads(JSONEncoder(sort_keys=True).encode(read))
    if key not in again:
        yield name, "is no property of a field"
    else:
        yield from compared(name, value, again[key])
    yield from words(name, read)
    if name == "unit" and value not in UNITS:
        yield name, f"Grafana has no unit {value}"


def reducers(options):
    for key, value in options.items():
        if key in ("calcs", "reducer"):
            yield from value
        elif isinstance(value, dict):
            yield from reducers(value)


def every_color(value, path=""):
    if isinstance(value, dict):
        for key, each in value.items():
            if key in ("color", "fixedColor", "iconColor", "fill") and isinstance(each, str) and each not in ("solid", "dash", "dot", "square"):
                yield f"{path}.{key}".lstrip("."), each
            else:
                yield from every_color(each, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for each in value:
            yield from every_color(each, f"{path}.*")
