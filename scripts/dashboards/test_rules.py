"""Breaks each rule in turn and expects that it is noticed. Run by `make dashboard-check`."""

import copy
import unittest

import dashboard_rules
import model
import panel_rules
import query_rules
from known import Known
from round_trip import differences

KNOWN = Known()
DASHBOARDS = {dashboard.uid: dashboard for dashboard in model.load()}
RULES = {rule.__name__: rule for rule in dashboard_rules.RULES + panel_rules.RULES + query_rules.RULES}


def panel(json: dict, title: str) -> dict:
    return next(panel for panel in json["panels"] if panel["title"] == title)


def replace(json: dict, title: str, old: str, new: str):
    target = panel(json, title)["targets"][0]
    assert old in target["expr"], target["expr"]
    target["expr"] = target["expr"].replace(old, new)


def variable(json: dict, name: str) -> dict:
    return next(variable for variable in json["templating"]["list"] if variable["name"] == name)


# The rule, what breaks it on the overview, and a part of what is said of it.
MUTATIONS = [
    ("uneditable", lambda d: d.update(editable=True), "editable"),
    ("identity", lambda d: d.pop("description"), "no `description`"),
    ("identity", lambda d: d.update(schemaVersion=36), "schemaVersion"),
    ("identity", lambda d: d.update(uid="koreai-bot"), "another dashboard"),
    ("template_datasource", lambda d: d["templating"]["list"].reverse(), "data source"),
    ("template_job_and_instance", lambda d: variable(d, "job").update(allValue=".*"), "is missing or lacks"),
    ("template_queries", lambda d: variable(d, "bot").update(refresh=1), "not asked again"),
    ("template_queries", lambda d: variable(d, "state")["query"].update(query="label_values(a{job=~\"$job\"}, state)"), "$bot"),
    ("variables_used", lambda d: d["templating"]["list"].append(dict(variable(d, "bot"), name="region")), "no panel"),
    ("unique_ids", lambda d: d["panels"][3].update(id=d["panels"][1]["id"]), "several panels"),
    ("grid", lambda d: panel(d, "Needs attention")["gridPos"].update(w=16), "overlaps Firing alerts"),
    ("grid", lambda d: panel(d, "Firing alerts")["gridPos"].update(w=10), "off the grid"),
    ("panel_title_description", lambda d: panel(d, "Runs and failures").pop("description"), "no description"),
    ("panel_units", lambda d: panel(d, "Runs and failures")["fieldConfig"]["defaults"].pop("unit"), "None"),
    ("panel_units", lambda d: panel(d, "Runs and failures")["fieldConfig"]["defaults"].update(unit="sec"), "sec"),
    ("datasources", lambda d: panel(d, "Runs and failures").update(datasource={"uid": "prom"}), "data source"),
    ("datasources", lambda d: d["annotations"]["list"][0].update(datasource={"uid": "prom"}), "data source"),
    ("targets", lambda d: panel(d, "Runs and failures")["targets"][1].update(refId="A"), "one refId"),
    ("promql_syntax", lambda d: replace(d, "Runs and failures", "sum(", "sum(("), "unclosed"),
    ("promql_syntax", lambda d: replace(d, "Runs and failures", "$bot", "$bots"), "$bots is no variable"),
    ("job_and_instance_matchers", lambda d: replace(d, "Runs and failures", 'instance=~"$instance",', ""), "instance"),
    ("rate_interval", lambda d: replace(d, "Runs and failures", "$__rate_interval", "5m"), "5m"),
    ("counters", lambda d: replace(d, "Runs and failures", "increase", "max_over_time"), "without a rate"),
    ("counters", lambda d: replace(d, "Runs and failures", "koreai_training_runs_total", "koreai_poll_up"), "no counter"),
    ("series", lambda d: replace(d, "Runs and failures", "runs_total", "run_total"), "no metric"),
    ("series", lambda d: replace(d, "Runs and failures", "language=~", "lang=~"), "no label lang"),
    ("regexps", lambda d: replace(d, "Trainings running", "in_progress|queued", "queued"), "no regular expression"),
    ("quantiles", lambda d: replace(d, "Durations of trainings, percentiles", "by (le)", "by (engine)"), "loses its label le"),
    ("thresholds", lambda d: panel(d, "Out of sync for longest")["links"].clear(), "the threshold 900"),
    ("links", lambda d: d["links"][0].update(tags=["kore"]), "no dashboard has the tags"),
    ("links", lambda d: panel(d, "Bots")["links"][0].update(url="https://example.com/docs/runbooks/KoreAIBot.md"), "no alert"),
    ("columns", lambda d: panel(d, "Longest last runs")["options"]["sortBy"][0].update(displayName="Value"), "no column"),
]


class RulesTests(unittest.TestCase):
    def test_each_rule_notices_what_breaks_it(self):
        for name, mutate, said in MUTATIONS:
            with self.subTest(name, said=said):
                broken = copy.deepcopy(DASHBOARDS["koreai-overview"])
                mutate(broken.json)
                broken = model.Dashboard(broken.path, broken.json)
                others = [other for other in DASHBOARDS.values() if other.path != broken.path]
                findings = [what for _, what in RULES[name](broken, KNOWN, [broken, *others])]
                self.assertTrue(any(said in what for what in findings), f"{name} says {findings}")

    def test_every_rule_has_a_mutation(self):
        self.assertEqual(set(RULES), {name for name, _, _ in MUTATIONS})

    def test_the_round_trip_notices_a_key_that_grafana_does_not_know(self):
        broken = copy.deepcopy(DASHBOARDS["koreai-overview"])
        panel(broken.json, "Bots")["fieldConfig"]["defaults"]["units"] = "short"
        self.assertIn(("panels.*.fieldConfig.defaults.units", "lost"), differences(broken))


unittest.main()
