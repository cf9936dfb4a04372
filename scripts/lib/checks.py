"""Checks of a test that goes on after one that fails."""

failures: list = []


def check(what: str, holds: bool, found="") -> None:
    print(("ok      " if holds else "FAILED  ") + what + ("" if holds else f": {found!r}"), flush=True)
    if not holds:
        failures.append(what)


def finish() -> int:
    """The test's exit status, once it is over."""
    print(f"{len(failures)} checks failed" if failures else "all checks passed")
    return 1 if failures else 0
