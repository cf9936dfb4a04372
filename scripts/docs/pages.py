"""What the pages of docs/ tell people to type: commands, queries, and mentions of the exporter's own flags."""

import dataclasses
import pathlib
import re
import subprocess

FENCE = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


@dataclasses.dataclass
class Command:
    """A command of a page, which may go over several lines."""

    page: str
    line: int
    text: str

    @property
    def sets_variables(self) -> bool:
        return re.fullmatch(r"(?:export )?(?:[A-Z_]+=(?:\"[^\"$`]*\"|'[^']*'|[^\s;&|$`]*)\s*)+", self.text) is not None


def pages() -> list:
    return [pathlib.Path("README.md"), *sorted(pathlib.Path("docs").rglob("*.md"))]


def fences(page: pathlib.Path, language: str):
    """(line, text) of each block in the language, without the indentation of its fence."""
    content = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(content):
        if match[2] == language:
            text = re.sub(rf"^{match[1]}", "", match[3], flags=re.MULTILINE)
            yield content.count("\n", 0, match.start(3)) + 1, text


def commands(page: pathlib.Path) -> list:
    """Those of the page's `sh` blocks. A command ends with the first line at which bash takes it for whole."""
    found = []
    for start, text in fences(page, "sh"):
        open_lines: list = []
        for number, line in enumerate(text.splitlines()):
            if not open_lines and (not line.strip() or line.lstrip().startswith("#")):
                continue
            open_lines.append(line)
            whole = "\n".join(open_lines)
            if line.endswith("\\") or subprocess.run(["bash", "-n"], input=whole.encode(), capture_output=True).returncode:
                continue
            found.append(Command(str(page), start + number - len(open_lines) + 1, whole))
            open_lines = []
        if open_lines:
            raise SystemExit(f"{page}:{start}: bash cannot read: {' '.join(open_lines)}")
    return found


def queries(page: pathlib.Path) -> list:
    """(line, text) of each query of the page's `promql` blocks; an empty line or a comment stands between two."""
    found = []
    for start, text in fences(page, "promql"):
        gathered: list = []
        for number, line in enumerate([*text.splitlines(), ""]):
            if line.strip() and not line.startswith("#"):
                gathered.append(line)
            elif gathered:
                found.append((start + number - len(gathered), "\n".join(gathered)))
                gathered = []
    return found


def mentions(page: pathlib.Path) -> list:
    """(line, text) of each call of the exporter that stands in a sentence."""
    found = []
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        found += [(number, text) for text in re.findall(r"`(koreai-exporter [^`]+)`", line)]
    return found
