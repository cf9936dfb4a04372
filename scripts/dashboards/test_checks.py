"""Breaks dashboards in every way that the checks are for, and expects that each is noticed. Run by `make dashboard-check`."""

import copy
import unittest

import colors
import model
import rules
import schema
from known import Known

KNOWN = Known()
DASHBOARDS = {dashboard.path.stem: dashboard for dashboard in model.load()}
RULES = {rule.__name__: rule for rule in rules.RULES}


def panel(json: dict, title: str) -> dict:
    every = [p for each in json["panels"] for p in [each, *each.get("panels", [])]]
    return next(panel for panel in every if panel["title"] == title)


def replace(json: dict, title: str, old: str, new: str, target: int = 0):
    query = panel(json, title)["targets"][target]
    assert old in query["expr"], query["expr"]
    query["expr"] = query["expr"].replace(old, new)


def defaults(json: dict, title: str) -> dict:
    return panel(json, title)["fieldConfig"]["defaults"]


def variable(json: dict, name: str) -> dict:
    return next(variable for variable in json["templating"]["list"] if variable["name"] == name)


def override(json: dict, title: str, name: str) -> dict:
    return next(o for o in panel(json, title)["fieldConfig"]["overrides"] if o["matcher"]["options"] == name)


# The rule, what breaks it on the overview, and a part of what is said of it.
BREAKS_A_RULE = [
    ("promql_syntax", lambda d: replace(d, "Bots watched", "count(", "count(("), "unclosed"),
    ("promql_syntax", lambda d: replace(d, "Bots watched", "$bot", "$bots"), "$bots is no variable"),
    ("only_ours", lambda d: replace(d, "Exporters down", 'instance=~"$instance"', 'pod!=""'), "another job's"),
    ("only_ours", lambda d: replace(d, "Exporters down", 'job=~"$job"', 'job=~".+"'), "another job's"),
    ("only_ours", lambda d: variable(d, "job").update(allValue=".+"), "more than exporters"),
    ("only_ours", lambda d: variable(d, "instance")["query"].update(query='label_values(up{job=~"$job"}, instance)'), "more than"),
    ("variables", lambda d: variable(d, "state")["query"].update(query='label_values(up{job=~"$job"}, state)'), "$bot"),
    ("variables", lambda d: d["templating"]["list"].append(dict(variable(d, "bot"), name="region")), "no panel"),
    ("series", lambda d: replace(d, "Bots watched", "bot_info", "bots_info"), "no metric"),
    ("series", lambda d: replace(d, "Trainings by status", "language=~", "lang=~"), "no label lang"),
    ("series", lambda d: replace(d, "Bots watched", "koreai_bot_info", "target:koreai_training_failed:last"), "no metric"),
    ("grouping", lambda d: replace(d, "Trainings by status", "by (bot, engine", "by (bot, motor"), "groups by motor"),
    ("grouping", lambda d: replace(d, "Trainings in trouble", "and on (bot,", "and on (robot,"), "groups by robot"),
    ("counters", lambda d: replace(d, "Bots watched", "koreai_bot_info", "koreai_polls_delayed_total"), "without a rate"),
    ("counters", lambda d: replace(d, "Bots watched", "koreai_bot_info{", "rate(koreai_bot_info{") or replace(d, "Bots watched", "}", "}[5m])"), "no counter"),
    ("whole_counts", lambda d: replace(d, "Trainings that ended", "offset $__interval)", "offset 5m)"), "between two bars"),
    ("whole_counts", lambda d: panel(d, "Bots watched")["targets"][0].update(expr='sum(increase(koreai_training_runs_total{job=~"$job",instance=~"$instance"}[$__rate_interval]))'), "extrapolates"),
    ("regexps", lambda d: replace(d, "Under way", "pending|in_progress", "pending"), "no regular expression"),
    ("legends", lambda d: panel(d, "Trainings by status")["targets"][0].update(legendFormat="{{word}}"), "names word"),
    ("legends", lambda d: replace(d, "Trainings by status", "sum by (status)", "sum by (engine)"), "names status"),
    ("legends", lambda d: replace(d, "Models out of sync, by component", "count by (component)", "count"), "names component"),
    ("columns", lambda d: replace(d, "Longest last runs", "max by (bot, engine,", "max by (bot,"), "no engine"),
    ("columns", lambda d: panel(d, "Needs attention")["targets"].pop(), "no Value #"),
    ("columns", lambda d: panel(d, "Longest last runs")["options"]["sortBy"][0].update(displayName="Value"), "no column"),
    ("columns", lambda d: override(d, "Longest last runs", "bot")["matcher"].update(options="engine"), "links by bot"),
    ("overrides", lambda d: override(d, "Trainings that ended", "Failed")["matcher"].update(options="Fail"), "Fail, which"),
    ("overrides", lambda d: panel(d, "Trainings that ended")["targets"][1].update(legendFormat="Bad"), "Failed, which"),
    ("said_empty", lambda d: defaults(d, "Needs attention").pop("noValue"), "why it is empty"),
    ("unknown_is_not_good", lambda d: replace(d, "Bots watched", "count(", "vector(0) or count("), "makes up"),
    ("unknown_is_not_good", lambda d: defaults(d, "No answer")["thresholds"]["steps"][0].update(color="green"), "nothing is known"),
    ("unknown_is_not_good", lambda d: defaults(d, "No answer").pop("thresholds"), "begin with green"),
    ("unknown_is_not_good", lambda d: defaults(d, "No answer")["mappings"].append({"type": "special", "options": {"match": "null", "result": {"text": "0", "color": "green"}}}), "nothing is known"),
    ("failures_are_not_green", lambda d: defaults(d, "Models out of sync, by component").update(color={"mode": "palette-classic"}), "palette"),
    ("failures_are_not_green", lambda d: override(d, "Trainings that ended", "Failed")["properties"].clear(), "palette"),
    ("thresholds", lambda d: override(d, "All bots", "Value #E")["properties"][3]["value"]["steps"][1].update(value=901), "of no alert"),
    ("thresholds", lambda d: override(d, "Longest exports", "Value")["properties"][3]["value"]["steps"][1].update(color="dark-red"), "{'info'}"),
    ("first_screen", lambda d: panel(d, "Needs attention")["gridPos"].update(h=30), "below the first screen"),
    ("first_screen", lambda d: panel(d, "Drift").update(collapsed=False), "not collapsed"),
    ("first_screen", lambda d: panel(d, "Longest exports").update(title="Longest last runs"), "several panels"),
    ("links", lambda d: d["links"][0].update(tags=["kore"]), "no dashboard has the tags"),
    ("links", lambda d: override(d, "Under way", "bot")["properties"][1]["value"][0].update(url="/d/koreai-robot?var-bot=a"), "no dashboard has the uid"),
    ("links", lambda d: panel(d, "Bots watched").update(description="Bots. Alert: KoreAIBot."), "does not exist"),
]

# What Grafana's schema must notice on the overview, and a part of what is said of it.
BREAKS_THE_SCHEMA = [
    (lambda d: defaults(d, "Bots watched").update(units="short"), "fieldConfig.defaults.units", "lost"),
    (lambda d: panel(d, "Longest exports")["options"].update(footers={}), "options.footers", "lost"),
    (lambda d: defaults(d, "Drift" and "Trainings by status")["custom"].update(lineWeight=2), "custom.lineWeight", "lost"),
    (lambda d: panel(d, "Bots watched")["options"].update(colorMode="solid"), "color_mode", "'solid' is no BigValueColorMode"),
    (lambda d: panel(d, "Trainings in trouble")["options"].update(showValue="sometimes"), "show_value", "'sometimes' is no"),
    (lambda d: defaults(d, "Trainings by status")["custom"].update(drawStyle="bar"), "draw_style", "'bar' is no"),
    (lambda d: defaults(d, "Trainings by status")["color"].update(mode="palette"), "mode", "'palette' is no"),
    (lambda d: defaults(d, "Bots watched")["thresholds"].update(mode="relative"), "mode", "'relative' is no"),
    (lambda d: variable(d, "bot").update(type="queries"), "type", "'queries' is no"),
    (lambda d: defaults(d, "Bots watched").update(unit="sec"), "unit", "no unit sec"),
    (lambda d: defaults(d, "Bots watched")["thresholds"]["steps"][0].update(color="darkish-red"), "color", "no colour darkish-red"),
    (lambda d: panel(d, "Bots watched")["options"]["reduceOptions"].update(calcs=["lastest"]), "options", "no reducer lastest"),
    (lambda d: panel(d, "Under way")["transformations"][0].update(id="merges"), "transformations", "no transformation merges"),
    (lambda d: panel(d, "Under way")["transformations"][2]["options"].update(renames={}), "transformations", "organize has no option renames"),
    (lambda d: override(d, "Under way", "what")["matcher"].update(id="byNam"), "overrides", "no matcher byNam"),
    (lambda d: override(d, "Under way", "what")["properties"][0].update(id="display"), "display", "no property"),
    (lambda d: override(d, "Under way", "what")["properties"][1].update(id="custom.widths"), "custom.widths", "no property"),
    (lambda d: override(d, "Under way", "Value")["properties"][1].update(value="secs"), "unit", "no unit secs"),
    (lambda d: panel(d, "Under way").update(type="tables"), "panel Under way", "kind tables"),
]


def broken(mutate, stem: str = "overview"):
    json = copy.deepcopy(DASHBOARDS[stem].json)
    mutate(json)
    return model.Dashboard(DASHBOARDS[stem].path, json)


class ChecksTests(unittest.TestCase):
    def test_each_rule_notices_what_breaks_it(self):
        for name, mutate, said in BREAKS_A_RULE:
            with self.subTest(name, said=said):
                dashboard = broken(mutate)
                others = [other for other in DASHBOARDS.values() if other.path != dashboard.path]
                findings = [what for _, what in RULES[name](dashboard, KNOWN, [dashboard, *others])]
                self.assertTrue(any(said in what for what in findings), f"{name} says {findings}")

    def test_every_rule_is_broken_once(self):
        self.assertEqual(set(RULES), {name for name, _, _ in BREAKS_A_RULE})

    def test_the_schema_notices_what_it_does_not_know(self):
        for mutate, where, said in BREAKS_THE_SCHEMA:
            with self.subTest(said=said):
                findings = schema.differences(broken(mutate))
                self.assertTrue(any(where in path and said in what for path, what in findings), findings)

    def test_grafanas_own_green_and_red_are_too_near(self):
        self.assertLess(colors.distances({"good": "green", "bad": "red"})[0][0], colors.LEAST)
        self.assertLess(colors.distances({"good": "green", "bad": "orange"})[0][0], colors.LEAST)

    def test_the_labels_of_a_query_are_those_that_it_gives(self):
        for expression, given in (
            ("koreai_poll_up", {"bot", "collector", "language", "state", "job", "instance"}),
            ("max by (bot, engine) (koreai_poll_up)", {"bot"}),
            ("sum without (bot, language, state, job) (koreai_poll_up)", {"collector", "instance"}),
            ("count(koreai_poll_up)", set()),
            ('label_replace(max by (bot) (koreai_poll_up), "what", "x", "", "")', {"bot", "what"}),
            ("max by (bot) (koreai_poll_up) and koreai_training_status", {"bot"}),
            ("max by (bot) (koreai_poll_up) or max by (engine) (koreai_training_status)", {"bot", "engine"}),
            ("koreai_poll_up * on (bot) group_left (team) koreai_bot_info", {"bot", "collector", "language", "state", "job", "instance", "team"}),
            ("koreai_poll_up * on (bot) koreai_bot_info", {"bot"}),
            ("time() - max by (bot) (koreai_poll_up)", {"bot"}),
            ("histogram_quantile(0.5, sum by (engine, le) (koreai_training_duration_seconds_bucket))", {"engine"}),
            ("topk(3, max by (bot) (koreai_poll_up))", {"bot"}),
            ("count_over_time((max by (bot) (koreai_poll_up) == 1)[1h:1m])", {"bot"}),
        ):
            with self.subTest(expression):
                self.assertEqual(model.labels(model.promql.parse(expression), KNOWN), given)


if __name__ == "__main__":
    unittest.main()
