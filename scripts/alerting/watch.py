"""Holds what Alertmanager has and tells against what it has to."""

import re
import time

from conditions import Condition
from world import SITE

RECEIVERS = {"critical": "/pager", "warning": "/chat", "info": "/log"}
# A training that was stuck and ends took long: that is told, too.
ALLOWED = {("KoreAITrainingSlow", "stuck")}
# Seconds after which Alertmanager has told of a new group, and what changed in one: alerts/alertmanager.yml, and some more.
GROUP_WAIT, GROUP_INTERVAL = 30 + 15, 300 + 30


class Watch:
    """What became of each condition."""

    def __init__(self, conditions: list, present: float):
        self.conditions, self.present = conditions, present
        self.caused = {id(one): present + one.at for one in conditions}
        self.ended = {id(one): present + one.end for one in conditions if isinstance(one.end, (int, float))}
        self.fired: set = set()
        self.told: dict = {}
        self.resolved: dict = {}
        self.resolution_told: set = set()
        self.inhibited: dict = {}
        self.outages: dict = {}
        self.faults: list = []
        self.read = 0

    def fault(self, what: str) -> None:
        if what not in self.faults:
            self.faults.append(what)
            self.tell(f"FAULT: {what}")

    def tell(self, what: str) -> None:
        print(f"{time.time() - self.present:6.0f} s: {what}", flush=True)

    # What it has

    def see(self, alerts: list) -> None:
        """Those that fire, with what inhibits them."""
        labels = {alert["fingerprint"]: alert["labels"] for alert in alerts}
        firing = set()
        for alert in alerts:
            self.see_labels(alert["labels"])
            condition = next((one for one in self.conditions if one.fits(alert["labels"])), None)
            if condition is None:
                self.unexpected(alert["labels"], alert["annotations"]["description"])
                continue
            firing.add(id(condition))
            self.see_firing(condition, alert["annotations"])
            by = [labels.get(cause, {}) for cause in alert["status"]["inhibitedBy"]]
            if condition.inhibited_by and any(condition.inhibited_by.fits(cause) for cause in by):
                if id(condition) not in self.inhibited:
                    self.inhibited[id(condition)] = time.time()
                    self.tell(f"inhibited by {condition.inhibited_by.alert}: {condition.name}")
        for condition in self.conditions:
            if id(condition) in self.fired - firing and id(condition) not in self.resolved:
                self.see_resolved(condition)

    def see_labels(self, labels: dict) -> None:
        """All have the labels of the site, but for what tells of a job without targets; and those of bots not that of who
        was scraped."""
        missing = {name: value for name, value in SITE.items() if labels.get(name) != value}
        if labels["job"] != "koreai" or missing and (labels["alertname"] != "KoreAINoTargets"):
            self.fault(f"lacks labels of the site, or is of a foreign job: {labels}")
        if "bot" in labels and labels["alertname"] != "KoreAIBotUnwatched" and {"instance", "pod"} & set(labels):
            self.fault(f"says who was scraped: {labels}")

    def unexpected(self, labels: dict, text: str) -> None:
        if (labels["alertname"], labels.get("bot")) not in ALLOWED:
            self.fault(f"fires for no reason: {labels} {text}")

    def see_firing(self, condition: Condition, annotations: dict) -> None:
        if id(condition) in self.resolved:
            self.fault(f"fires again after it was resolved: {condition.name}")
        self.fired.add(id(condition))
        if not condition.says(annotations["description"]):
            self.fault(f"{condition.name} says “{annotations['description']}” and not “{condition.text}”")
        if not annotations["summary"] or not annotations["runbook_url"].endswith(f"/{condition.alert}.md"):
            self.fault(f"{condition.name} lacks annotations: {annotations}")

    def see_resolved(self, condition: Condition) -> None:
        self.resolved[id(condition)] = time.time()
        if condition.inhibited_by:
            return
        self.tell(f"resolved: {condition.name}")
        if id(condition) not in self.ended or time.time() < self.ended[id(condition)]:
            self.fault(f"resolved before it ended: {condition.name}")

    # What it tells

    def hear(self, notifications: list) -> None:
        for at, path, body in notifications[self.read:]:
            if "alerts" in body:
                for alert in body["alerts"]:
                    self.hear_of(alert["annotations"]["description"], alert["status"] == "firing", path, at)
            else:
                # As people read it in their chat.
                firing, _, over = body["attachments"][0]["text"].partition("Over:\n")
                for text, is_firing in ((firing, True), (over, False)):
                    for description in re.findall(r"^- (.*)$", text, re.MULTILINE):
                        self.hear_of(description, is_firing, path, at)
        self.read = len(notifications)

    def hear_of(self, description: str, is_firing: bool, path: str, at: float) -> None:
        fitting = [one for one in self.conditions if one.says(description) and RECEIVERS[one.severity] == path]
        if not fitting:
            if not any(bot in description for _, bot in ALLOWED):
                self.fault(f"told {path} for no reason: {description}")
            return
        condition = fitting[0]
        if condition.inhibited_by:
            # Its end may be told, in a group with others, when nothing inhibits it any more.
            if is_firing:
                self.fault(f"told though it had to be inhibited: {condition.name}")
        elif not is_firing:
            self.resolution_told.add(id(condition))
        elif id(condition) not in self.told:
            self.told[id(condition)] = at
            self.tell(f"told {path}: {condition.name}")

    # What follows

    def may_end(self, condition: Condition) -> bool:
        """Whether it was told, and all that it has to inhibit was inhibited for as long as it takes to be told."""
        follows = [id(one) for one in self.conditions if one.inhibited_by is condition]
        earliest = time.time() - GROUP_WAIT
        with_it = [one for one in self.conditions if one.ends_with is condition]
        return (
            id(condition) in self.told
            and all(self.inhibited.get(one, time.time()) < earliest for one in follows)
            and all(self.may_end(one) for one in with_it)
        )

    def end_what_was_told(self) -> None:
        for condition in self.conditions:
            if callable(condition.end) and id(condition) not in self.ended and self.may_end(condition):
                if condition.outage and not self.is_outage_over(condition):
                    continue
                condition.end()
                for one in self.conditions:
                    if one is condition or one.ends_with is condition:
                        self.ended[id(one)] = time.time()

    def is_outage_over(self, condition: Condition) -> bool:
        """Begins it, and ends it after its time."""
        seconds, begin, end = condition.outage
        if id(condition) not in self.outages:
            self.outages[id(condition)] = time.time()
            self.tell(f"an outage in the middle of: {condition.name}")
            begin()
        elif time.time() > self.outages[id(condition)] + seconds:
            self.tell(f"the outage is over: {condition.name}")
            end()
            return True
        return False

    def missing(self) -> list:
        missing = []
        for one in self.conditions:
            if one.inhibited_by:
                missing += [] if id(one) in self.inhibited else [f"not inhibited: {one.name}"]
            elif id(one) not in self.told:
                missing.append(f"not told: {one.name}")
            elif (one.end is not None or one.ends_with) and id(one) not in self.resolved:
                missing.append(f"not resolved: {one.name}")
            elif not self.is_resolution_told(one):
                missing.append(f"its end was not told: {one.name}")
        return missing

    def is_resolution_told(self, condition: Condition) -> bool:
        """Also where it need not have been so far. Receivers of infos are not told at all: `send_resolved`."""
        late = time.time() - self.resolved.get(id(condition), time.time()) > GROUP_INTERVAL
        return condition.severity == "info" or not late or id(condition) in self.resolution_told
