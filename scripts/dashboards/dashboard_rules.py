"""The rules that a dashboard, its variables and its links keep. Each gives (where, what is wrong) for what breaks it.

Most are rules of Grafana's dashboard-linter, as its documentation has them.
"""

import re

from model import DATASOURCE, LABEL_VALUES


def uneditable(dashboard, known, all_dashboards):
    """dashboard-linter: uneditable-dashboard."""
    if dashboard.json.get("editable") is not False:
        yield "", "`editable` is not false"


def identity(dashboard, known, all_dashboards):
    for key in ("uid", "title", "description", "tags"):
        if not dashboard.json.get(key):
            yield "", f"no `{key}`"
    if dashboard.json["schemaVersion"] != 41:
        yield "", "schemaVersion is not 41"
    if sum(other.uid == dashboard.uid for other in all_dashboards) > 1:
        yield "", f"another dashboard has the uid {dashboard.uid} too"


def template_datasource(dashboard, known, all_dashboards):
    """dashboard-linter: template-datasource-rule."""
    variable = next(iter(dashboard.variables.values()))
    wanted = {"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus"}
    if any(variable.get(key) != value for key, value in wanted.items()):
        yield "", "the first variable does not choose the data source"


def template_job_and_instance(dashboard, known, all_dashboards):
    """dashboard-linter: template-job-rule, template-instance-rule."""
    for name in ("job", "instance"):
        variable = dashboard.variables.get(name)
        wanted = {"label": name.title(), "multi": True, "includeAll": True, "allValue": ".+", "datasource": DATASOURCE}
        if variable is None or any(variable.get(key) != value for key, value in wanted.items()):
            yield f"variable {name}", f"is missing or lacks some of {wanted}"


def template_queries(dashboard, known, all_dashboards):
    """dashboard-linter: template-label-promql-rule, template-on-time-change-reload-rule; and each variable offers only
    what fits those before it."""
    before = []
    for variable in dashboard.query_variables():
        where = f"variable {variable['name']}"
        if variable.get("refresh") != 2:
            yield where, "is not asked again when the time range changes"
        if variable.get("datasource") != DATASOURCE:
            yield where, "does not use the variable of the data source"
        if not variable.get("description"):
            yield where, "no description"
        form = LABEL_VALUES.fullmatch(variable["query"]["query"])
        if form is None or form["selector"] is None:
            yield where, "is not label_values(a selector, a label)"
            continue
        for name in before:
            if f"${name}" not in form["selector"]:
                yield where, f"does not depend on ${name}"
        before.append(variable["name"])


def variables_used(dashboard, known, all_dashboards):
    expressions = [query.expression for query in dashboard.queries() if query.kind == "panel"]
    for name in dashboard.variables:
        if name != "datasource" and not any(f"${name}" in expression for expression in expressions):
            yield f"variable {name}", "no panel uses it"


def alert_of(url, known):
    match = re.search(r"/runbooks/(\w+)\.md$", url)
    return match[1] if match and match[1] in known.alerts else None


def all_links(dashboard):
    yield from dashboard.json["links"]
    for panel in dashboard.panels:
        yield from panel.get("links", [])
        yield from (
            link
            for override in panel["fieldConfig"]["overrides"]
            for property in override["properties"]
            if property["id"] == "links"
            for link in property["value"]
        )


def links(dashboard, known, all_dashboards):
    """Every link leads to a dashboard or a runbook that exists."""
    uids = {other.uid for other in all_dashboards}
    tags = {tag for other in all_dashboards for tag in other.json["tags"]}
    for link in all_links(dashboard):
        where, url = f"link {link['title']}", link.get("url", "")
        if link.get("type") == "dashboards":
            if not set(link["tags"]) <= tags:
                yield where, f"no dashboard has the tags {link['tags']}"
        elif url.startswith("/d/"):
            if url.split("/")[2].split("?")[0] not in uids:
                yield where, f"no dashboard has the uid of {url}"
            for name in re.findall(r"var-(\w+)=", url):
                if not any(name in other.variables for other in all_dashboards):
                    yield where, f"no dashboard has the variable {name}"
        elif url.endswith("/docs/runbooks") or url.endswith("/docs/runbooks/${__data.fields.alertname}.md"):
            if not known.runbooks:
                yield where, "docs/runbooks is missing"
        elif alert_of(url, known) is None:
            yield where, f"{url} is of no alert"
        elif alert_of(url, known) not in known.runbooks:
            yield where, f"docs/runbooks has no page for {url}"


RULES = [
    uneditable,
    identity,
    template_datasource,
    template_job_and_instance,
    template_queries,
    variables_used,
    links,
]
