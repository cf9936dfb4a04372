"""Runs what docs/ tells people to type, in the state that each page is about, and checks that it finds what the page
promises: commands of `sh` blocks with bash, queries of `promql` blocks on a real Prometheus.

A command has to end with 0 and to print something; `table.py` says what else holds for some, and which are not run, and why.
With names of pages as arguments only these are run. VERBOSE=1 prints what the commands print.
"""

import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

from excerpts import README, whole
from lib.process import eventually, run_in_folder
from pages import commands, fences, mentions, pages, queries
from surroundings import Surroundings, binary
from table import EXPECTED, NOT_RUN, NOT_RUN_QUERIES, STATES

failures: list = []
VERBOSE = bool(os.environ.get("VERBOSE"))


def check(where: str, holds: bool, what: str) -> None:
    if not holds:
        print(f"FAILED  {where}: {what}", flush=True)
        failures.append(where)


def entry(table: list, page: str, text: str):
    """The first row of a table that is about the command."""
    return next((row for row in table if re.search(row[0], page) and re.search(row[1], text)), None)


# Flags


class Flags:
    """The flags of the exporter's commands, as `--help` tells them."""

    def __init__(self):
        self.help: dict = {}
        self.names = set(re.findall(r"^  ([a-z-]+)(?: \(default\))?  ", self.of(()), re.MULTILINE))

    def of(self, command: tuple) -> str:
        if command not in self.help:
            done = subprocess.run([binary(), *command, "--help"], capture_output=True, text=True, check=True)
            self.help[command] = done.stdout
        return self.help[command]

    def complaint(self, text: str) -> str | None:
        """What is wrong with a call of the exporter; `None`: nothing is."""
        words = shlex.split(re.split(r"[|;&>]", text)[0], comments=True)[1:]
        name = next((word for word in words[:1] if not word.startswith("-")), None)
        if name == "help":
            name, words = (words[1:] or [None])[0], []
        if name is not None and name not in self.names and name.isupper() is False:
            return f"there is no command `{name}`"
        known = self.of((name,) if name in self.names else ("serve",))
        for word in words:
            flag = word.split("=")[0]
            if re.match(r"--?[a-z]", flag) and not re.search(rf"(?<![\w.-]){re.escape(flag)}(?![\w.-])", known):
                return f"`{name or 'serve'}` has no flag `{flag}`"
        return None


# Commands


def run(command, surroundings: Surroundings, state, prelude: list) -> str:
    """What the command prints."""
    where = f"{command.page}:{command.line}"
    excuse = entry(NOT_RUN, command.page, command.text)
    if excuse:
        parse(where, command.text, excuse[2])
        return ""
    expected = entry(EXPECTED, command.page, command.text)
    _, _, status, finds = expected or (None, None, 0, None)
    script = "\n".join(["set -o pipefail", *prelude, surroundings.localized(command.text, state)])
    try:
        done = subprocess.run(
            ["bash", "-c", script], cwd=surroundings.folder_of(state), env=surroundings.environment(state),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
    except subprocess.TimeoutExpired:
        check(where, False, f"did not end within a minute: {command.text}")
        return ""
    output = done.stdout
    print(f"{'ran':8}{where}: {command.text.splitlines()[0]}", flush=True)
    if VERBOSE:
        print(output)
    check(where, done.returncode == status, f"ended with {done.returncode}, not {status}: {script}\n{output}")
    if finds is None:
        check(where, bool(output.strip()), f"printed nothing: {script}")
    else:
        check(where, re.search(finds, output) is not None, f"did not print {finds!r}: {script}\n{output}")
    return output


def parse(where: str, text: str, why: str) -> None:
    """What can be said of a command that cannot be run here."""
    print(f"{'parsed':8}{where}: {text.splitlines()[0]}  ({why})", flush=True)
    for line in text.splitlines():
        for call in re.findall(r"(?:^|[|;&] *|sudo )(?:\.build/\w+/)?(koreai-exporter(?: .*)?)", line):
            complaint = flags.complaint(call)
            check(where, complaint is None, f"{complaint}: {call}")
        if match := re.match(r"make ([a-z -]+)", line):
            makefile = pathlib.Path("Makefile").read_text(encoding="utf-8")
            for target in match[1].split():
                check(where, f"\n{target}:" in makefile, f"make has no target `{target}`")


def ask(page: str, line: int, query: str, surroundings: Surroundings) -> None:
    if entry(NOT_RUN_QUERIES, page, query):
        return
    try:
        # The demo shows everything within a few minutes, and not all at once.
        result = eventually(lambda: surroundings.demo.query(query), 60, 0.5)
    except ValueError as error:
        check(f"{page}:{line}", False, f"{query}\n{error}")
        return
    print(f"{'asked':8}{page}:{line}: {query.splitlines()[0]}", flush=True)
    if VERBOSE:
        for series in result[:3] if isinstance(result, list) else [result]:
            print(f"        {series}")
    check(f"{page}:{line}", bool(result), f"Prometheus has nothing for\n{query}")


def check_readme(surroundings: Surroundings) -> None:
    """Its excerpt of /metrics has lines of the demo's, whatever their values, and its notification is the tested one."""
    check("README.md", whole() == README.read_text(encoding="utf-8"), "does not show alerts/tests/notification.txt: make docs")
    found = surroundings.shown.scrape()
    series = {line.rpartition(" ")[0] for line in found.splitlines()} | set(found.splitlines())
    for start, text in fences(README, "prometheus"):
        for number, line in enumerate(text.splitlines(), start):
            shown = line if line.startswith("#") else line.rpartition(" ")[0]
            check(f"README.md:{number}", shown in series, f"the demo's /metrics does not have {shown}")


# The first key of a `yaml` block, and what has to take the block for good.
READERS = {
    "groups:": ["promtool", "check", "rules"],
    "scrape_configs:": ["promtool", "check", "config", "--syntax-only"],
    "defaults:": ["koreai-exporter", "check-config"],
}


def check_examples(page: pathlib.Path, surroundings: Surroundings) -> None:
    """Rules, scrape jobs and whole configurations in `yaml` blocks are read by those that will have to read them."""
    for start, text in fences(page, "yaml"):
        reader = next((reader for key, reader in READERS.items() if text.startswith(key)), None)
        if reader is None or "client-key.pem" in text:  # The shape of all keys names many files; tests read it.
            continue
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "secret").write_text("not-a-secret")
            file = pathlib.Path(folder, "example.yml")
            file.write_text(text, encoding="utf-8")
            done = subprocess.run(
                [*reader, str(file)], env=surroundings.environment(None), capture_output=True, text=True)
        print(f"{'read':8}{page}:{start}: {' '.join(reader)}", flush=True)
        check(f"{page}:{start}", done.returncode == 0, f"{' '.join(reader)} refuses it:\n{text}\n{done.stdout}{done.stderr}")


def check_links() -> None:
    """Links within the repository lead to files and headings that are there."""
    for page in [*pages(), pathlib.Path("SECURITY.md"), pathlib.Path("CONTRIBUTING.md")]:
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"", text):
            address, _, heading = (link[0] or link[1]).partition("#")
            if re.match(r"[a-z]+:", address):
                continue
            file = page.parent / address if address else page
            check(str(page), file.exists(), f"links to {address}, which is not there")
            if heading and file.suffix == ".md" and file.exists():
                headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
                slugs = {re.sub(r"[^\w\- ]", "", name.lower()).replace(" ", "-") for name in headings}
                check(str(page), heading in slugs, f"links to {address}#{heading}, a heading that is not there")


def test(folder: str) -> int:
    surroundings = Surroundings(folder)
    try:
        return read_and_run(surroundings)
    finally:
        surroundings.stop_units()


def read_and_run(surroundings: Surroundings) -> int:
    wanted = sys.argv[1:]
    chosen = [page for page in pages() if not wanted or page.stem in wanted or str(page) in wanted]
    for page in chosen:
        for line, text in mentions(page):
            complaint = flags.complaint(text)
            check(f"{page}:{line}", complaint is None, f"{complaint}: {text}")
    shared = [
        surroundings.localized(command.text, None)
        for command in commands(pathlib.Path("docs/runbooks/README.md")) if command.sets_variables
    ]
    for page in chosen:
        if state := STATES.get(str(page)):
            state.cause(surroundings)
    for page in chosen:
        typed = commands(page)
        state = STATES.get(str(page))
        if typed and not all(entry(NOT_RUN, str(page), command.text) for command in typed):
            check(str(page), state is not None or page.name == "README.md",
                  "has commands, and scripts/docs/table.py does not say in which state they are typed")
        if state and (missing := state.missing(surroundings)):
            check(str(page), False, f"its state was not reached within a minute: {missing}")
            continue
        prelude = list(shared) if page.parent.name == "runbooks" else []
        printed = ""
        for command in typed:
            if command.sets_variables:
                prelude.append(surroundings.localized(command.text, state))
            else:
                printed += run(command, surroundings, state, prelude)
        if state and typed:
            check(str(page), re.search(state.finds, printed) is not None, f"no command printed {state.finds!r}")
        check_examples(page, surroundings)
        for line, query in queries(page):
            ask(str(page), line, query, surroundings)
    rows = [row for row in [*NOT_RUN, *EXPECTED] if not any(
        re.search(row[0], str(page)) and re.search(row[1], command.text) for page in pages() for command in commands(page))]
    if not wanted:
        check_links()
        check_readme(surroundings)
        for row in rows:
            check("scripts/docs/table.py", False, f"no page has the command of the row {row}")
        for page in set(STATES) - {str(page) for page in pages()}:
            check("scripts/docs/table.py", False, f"there is no page {page}")
    print(f"{len(failures)} failures" if failures else "all of docs/ does what it says", flush=True)
    return 1 if failures else 0


flags = Flags()
sys.exit(run_in_folder(test))
