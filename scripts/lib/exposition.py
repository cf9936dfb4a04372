"""Numbers of a page of metrics in the text format."""

import re


def samples(page: str, family: str) -> dict:
    """The value of each series of the family, by its labels as they stand in the page."""
    return {labels: float(value) for labels, value in re.findall(rf"^{family}(\{{.*\}})? (\S+)$", page, re.MULTILINE)}


def total(page: str, family: str) -> float:
    """The sum of all series of the family; 0 where it has none."""
    return sum(samples(page, family).values())


def value(page: str, name: str) -> float:
    """The value of a family that has one series."""
    found = samples(page, name)
    if len(found) != 1:
        raise SystemExit(f"/metrics has {len(found)} series of {name}, not one")
    return next(iter(found.values()))
