"""Writes the table of charts/koreai-exporter/README.md and the descriptions of values.schema.json from the comments of
values.yaml: `make chart`. With --check it says what is not as it would be written."""

import dataclasses
import json
import re
import sys

import yaml

from deploy.helm import CHART

VALUES, README, SCHEMA = CHART / "values.yaml", CHART / "README.md", CHART / "values.schema.json"
BEGIN, END = "<!-- The tables from here are written by `make chart` from values.yaml. -->", "<!-- Up to here. -->"


@dataclasses.dataclass
class Value:
    path: tuple
    default: object
    text: str
    section: str

    @property
    def name(self) -> str:
        return ".".join(self.path)


def described() -> list:
    """Each value with a comment of its own, in the order of the file. A value whose keys have comments is only a heading."""
    whole = yaml.safe_load(VALUES.read_text(encoding="utf-8"))
    found: list = []
    section, comment, parents = "", [], []
    for line in VALUES.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"^ *# ## (.*)$", line):
            section, comment = match[1], []
        elif match := re.match(r"^ *# ?(.*)$", line):
            comment.append(match[1])
        elif match := re.match(r"^( *)([A-Za-z]+):(.*)$", line):
            depth = len(match[1]) // 2
            parents = [*parents[:depth], match[2]]
            if comment:
                found.append(Value(tuple(parents), of(whole, parents), " ".join(comment), section))
            comment = []
        elif not line.strip():
            comment = []
    return found


def of(values, path):
    for name in path:
        values = values[name]
    return values


def leaves(values: dict, described_paths: set, path: tuple = ()):
    """The path of each value that a user may set: those with a comment, and those in mappings without one."""
    for name, value in values.items():
        if (*path, name) in described_paths or not isinstance(value, dict):
            yield (*path, name)
        else:
            yield from leaves(value, described_paths, (*path, name))


def readme() -> str:
    lines: list = []
    section = None
    for value in described():
        if value.section != section:
            section = value.section
            lines += ["", f"### {section}", "", "| value | default | meaning |", "|---|---|---|"]
        default = json.dumps(value.default, ensure_ascii=False)
        lines.append(f"| `{value.name}` | `{default}` | {value.text.replace('|', chr(92) + '|')} |")
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise SystemExit(f"{README} has lost the lines between which its tables stand: {BEGIN} and {END}")
    return before + BEGIN + "\n" + "\n".join(lines) + "\n\n" + END + after


def schema() -> str:
    """The schema, in which the types are written by hand, with the comments as descriptions."""
    whole = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for value in described():
        at = whole
        for name in value.path:
            at = at["properties"].get(name)
            if at is None:
                raise SystemExit(f"{SCHEMA} does not have `{value.name}` of {VALUES}")
        at["description"] = value.text
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def complaints() -> list:
    """What would be written is not what is there, or the two files have different values."""
    paths = {value.path for value in described()}
    whole = yaml.safe_load(VALUES.read_text(encoding="utf-8"))
    found = [f"{path} is not what {VALUES} gives: run make chart"
             for path, text in ((README, readme()), (SCHEMA, schema())) if path.read_text(encoding="utf-8") != text]
    found += [f"`{'.'.join(path)}` of {VALUES} has no comment" for path in leaves(whole, paths) if path not in paths]
    known = set(schema_leaves(json.loads(SCHEMA.read_text(encoding="utf-8"))))
    found += [f"{SCHEMA} has `{'.'.join(path)}`, and {VALUES} does not" for path in known - paths]
    return found


def schema_leaves(schema: dict, path: tuple = ()):
    for name, inner in schema["properties"].items():
        if "properties" in inner:
            yield from schema_leaves(inner, (*path, name))
        # Helm gives it to every chart that another one depends on.
        elif name != "global":
            yield (*path, name)


def main() -> int:
    if "--check" in sys.argv:
        print("\n".join(complaints()) or f"{README} and {SCHEMA} are what {VALUES} gives")
        return 1 if complaints() else 0
    for path, text in ((README, readme()), (SCHEMA, schema())):
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
