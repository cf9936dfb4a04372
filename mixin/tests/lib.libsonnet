// How a test of promtool's is written here: minutes on a timeline, with what a scrape shows from each of them on.
//
// Each alert is tested on several sites: on a plain one, where a scrape is missed and a while later the exporter restarts
// while the alert fires, and before, while all is well (nothing is there for two minutes, for which Prometheus writes a
// stale marker); with labels of the site on every series; and, where it does not depend on who was scraped, with two
// exporters that watch the same, and with a pod that moves. It has to fire at the same times, once, with the same text.
//
// What is done for every sample, alert and minute puts its text together with `+`: jsonnet 0.18 takes a hundred times as
// long for `%`, which is interpreted.
local segmentAt(segments, minute) = std.foldl(
  function(found, segment) if segment[0] <= minute then segment else found, segments, [0, null]
);

// A number, or `a+b`: a in minute 0 and b more with each.
local valueAt(value, minute) =
  if std.isString(value) then
    local parts = std.split(value, '+');
    std.parseInt(parts[0]) + std.parseInt(parts[1]) * minute
  else value;
local step(value) = if std.isString(value) then std.parseInt(std.split(value, '+')[1]) else 0;

// A series from minute 0 to `end`, without the minutes of `gaps`.
local values(segments, end, gaps) =
  local edges = std.set([0] + [segment[0] for segment in segments] + gaps + [gap + 1 for gap in gaps]);
  local begins = [minute for minute in edges if minute <= end];
  local states = [if std.member(gaps, minute) then null else segmentAt(segments, minute)[1] for minute in begins];
  local notation(i) =
    local from = begins[i];
    local to = if i + 1 < std.length(begins) then begins[i + 1] else end + 1;
    local value = states[i];
    if value != null then valueAt(value, from) + '+' + step(value) + 'x' + (to - from - 1)
    else if from == 0 then '_x' + (to - from)
    else std.join(' ', ['stale' for minute in std.range(from, to - 1)]);
  std.join(' ', [notation(i) for i in std.range(0, std.length(begins) - 1)]);

local order = [
  'koreai-bots',
  'koreai-trainings',
  'koreai-models',
  'koreai-exports',
  'koreai-publishes',
  'koreai-polling',
  'koreai-fleet',
  'koreai-training-alerts',
  'koreai-model-alerts',
  'koreai-export-alerts',
  'koreai-publish-alerts',
  'koreai-polling-alerts',
  'koreai-action-alerts',
  'koreai-exporter-alerts',
];

local runbooks = 'https://github.com/koreai-exporter/koreai-exporter/blob/main/docs/runbooks/';
local siteLabels = { env: 'prod', cluster: 'eu', namespace: 'bots', service: 'koreai' };
local quoted(labels) = std.join(',', [name + '="' + labels[name] + '"' for name in std.objectFields(labels)]);
// The name of a series as it is on a site, scraped from one of the exporters there.
local onSite(series, instance, pod) =
  std.strReplace(
    std.strReplace(series, 'job="koreai"', 'job="koreai",' + quoted(siteLabels { pod: pod })),
    'instance="exporter:10573"',
    'instance="' + instance + '"'
  );
// What is there from `from` to `to` only.
local between(segments, from, to) =
  local inner = [segment for segment in segments if segment[0] > from && segment[0] < to];
  (if from > 0 then [[0, null]] else []) + [[from, segmentAt(segments, from)[1]]] + inner + [[to, null]];
// A segment's value that rises does so from minute 0 on.
local never = 100000;

{
  file(tests):: {
    rule_files: ['../recording-rules.yml', '../alerting-rules.yml'],
    evaluation_interval: '1m',
    group_eval_order: order,
    tests: std.flattenArrays([if std.isArray(test) then test else [test] for test in tests]),
  },

  bot:: 'job="koreai",instance="exporter:10573",bot="banking"',
  exporter:: 'job="koreai",instance="exporter:10573"',

  // What each exporter shows of itself and of the bot.
  background:: [
    ['koreai_polls_delayed_total{%s}' % self.bot, [[0, 0]]],
    ['koreai_exporter_config_last_reload_successful{%s}' % self.exporter, [[0, 1]]],
  ],

  // An alert that begins to fire in the minute `fires`, and not before, and is over `lag` minutes after the trouble ends,
  // which is in the minute `fires + 20`.
  //
  // `series(ends)` are the series: name and labels, and from which minute on they have which value.
  // `labels` are what it has besides job and `bot="banking"`; `base` is for those that have others.
  // `description(minute, seen)` is the description at that minute, when the last scrape was in the minute `seen`.
  // `sites`: where it is tested.
  alert(spec):: {
    local test = {
      lag: 0,
      alertname: 'KoreAI' + spec.alert,
      labels: {},
      base: { job: 'koreai', bot: 'banking' },
      gaps: [3, 5, 6, self.fires + 5, self.fires + 10, self.fires + 11],
      sites: if 'instance' in self.base then ['plain', 'labels'] else ['plain', 'labels', 'two', 'moved'],
      background: $.background,
    } + spec,
    local ends = test.fires + 20,
    local end = ends + test.lag + 5,
    local all = test.series(ends) + test.background,
    local isUp(series) = std.startsWith(series, 'up{'),
    local line(series, segments, gaps) = { series: series, values: values(segments, end, if isUp(series) then [] else gaps) },
    // The minutes in which the pod is nowhere.
    local gone = [test.fires + 5, test.fires + 6],

    local sites = {
      plain: {
        gaps: test.gaps,
        input_series: [line(each[0], each[1], test.gaps) for each in all],
        labels: {},
      },
      labels: {
        title: 'labels of the site',
        gaps: test.gaps,
        input_series: [line(onSite(each[0], 'exporter:10573', 'koreai-0'), each[1], test.gaps) for each in all],
        labels: siteLabels + (if 'instance' in test.base then { pod: 'koreai-0' } else {}),
      },
      two: {
        title: 'two exporters',
        gaps: [],
        input_series: [line(onSite(each[0], 'a:10573', 'koreai-0'), each[1], test.gaps) for each in all]
                      + [line(onSite(each[0], 'b:10573', 'koreai-1'), each[1], []) for each in all],
        labels: siteLabels,
      },
      moved: {
        title: 'its pod moves',
        gaps: gone,
        input_series: [
          line(onSite(each[0], 'a:10573', 'koreai-0'), between(each[1], 0, gone[0]), []) for each in all
        ] + [
          line(onSite(each[0], 'b:10573', 'koreai-1'), between(each[1], gone[1] + 1, never), []) for each in all
        ],
        labels: siteLabels,
      },
    },
    local seen(site, minute) = if std.member(site.gaps, minute) then seen(site, minute - 1) else minute,
    local expected(site, labels, minute) = [{
      exp_labels: labels,
      exp_annotations: {
        summary: test.summary,
        description: test.description(minute, seen(site, minute)),
        runbook_url: runbooks + test.alertname + '.md',
      },
    }],
    local at(minute, alerts) = { eval_time: minute + 'm', alertname: test.alertname, exp_alerts: alerts },

    tests: [
      local site = sites[name];
      local labels = std.prune(test.base + test.labels + site.labels + { severity: test.severity });
      local during = [minute for minute in site.gaps if minute > test.fires] + [test.fires, test.fires + 12, ends - 1]
                     + (if test.lag == 0 then [] else [ends + test.lag - 1]);
      {
        name: std.join('', [
          test.alertname + ', ' + test.severity,
          if 'case' in test then ': ' + test.case else '',
          if 'title' in site then '; ' + site.title else '',
        ]),
        interval: '1m',
        input_series: site.input_series,
        alert_rule_test: [at(minute, []) for minute in std.set([7, test.fires - 1])]
                         + [at(minute, expected(site, labels, minute)) for minute in std.set(during)]
                         + [at(ends + test.lag, [])],
      }
      for name in test.sites
    ],
  }.tests,

  // An alert of a story: `fires` lists [from, to], the minutes from and to which it fires.
  story(spec):: {
    local test = { alertname: 'KoreAI' + spec.alert, labels: {}, base: { job: 'koreai', bot: 'banking' }, gaps: [] } + spec,
    local firing(minute) = std.length([f for f in test.fires if f[0] <= minute && minute <= f[1]]) > 0,
    name: test.alertname + ', ' + test.severity + ': ' + test.case,
    interval: '1m',
    input_series: [
      { series: line[0], values: values(line[1], test.end, if std.startsWith(line[0], 'up{') then [] else test.gaps) }
      for line in test.series
    ],
    alert_rule_test: [
      {
        eval_time: minute + 'm',
        alertname: test.alertname,
        exp_alerts: if !firing(minute) then [] else [{
          exp_labels: std.prune(test.base + test.labels + { severity: test.severity }),
          exp_annotations: {
            summary: test.summary,
            description: if std.isFunction(test.description) then test.description(minute) else test.description,
            runbook_url: runbooks + test.alertname + '.md',
          },
        }],
      }
      for minute in std.set(
        [m for m in std.range(0, test.end) if m % (if 'every' in test then test.every else 10) == 0]
        + [edge for f in test.fires for edge in [f[0] - 1, f[0], f[1], f[1] + 1] if edge >= 0 && edge <= test.end]
      )
    ],
  },

  // Something that is no reason for an alert, from beginning to end.
  silent(spec):: {
    local test = { gaps: [], interval: '1m' } + spec,
    name: 'KoreAI' + test.alert + ' stays silent: ' + test.case,
    interval: test.interval,
    input_series: [
      { series: line[0], values: values(line[1], test.end, test.gaps) }
      for line in test.series
    ],
    alert_rule_test: [
      { eval_time: minute + 'm', alertname: 'KoreAI' + test.alert, exp_alerts: [] }
      for minute in std.range(0, test.end)
      if minute % 3 == 0 || minute == test.end
    ],
  },

  // Seconds as Prometheus' humanizeDuration writes them.
  human(seconds)::
    local days = std.floor(seconds / 86400);
    local hours = std.floor(seconds / 3600) % 24;
    local minutes = std.floor(seconds / 60) % 60;
    local rest = minutes + 'm ' + seconds % 60 + 's';
    if days > 0 then days + 'd ' + hours + 'h ' + rest
    else if hours > 0 then hours + 'h ' + rest
    else rest,

  // A time near the beginning of the tests, which is that of Unix, as Prometheus' humanizeTimestamp writes it.
  time(seconds)::
    local day = std.floor(seconds / 86400);
    local rest = seconds - day * 86400;
    local two(number) = (if number < 10 then '0' else '') + number;
    (if day < 0 then '1969-12-' + two(32 + day) else '1970-01-' + two(day + 1))
    + ' ' + two(std.floor(rest / 3600)) + ':' + two(std.floor(rest / 60) % 60) + ':' + two(rest % 60) + ' +0000 UTC',
}
