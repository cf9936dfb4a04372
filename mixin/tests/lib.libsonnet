// How a test of promtool's is written here: minutes on a timeline, with what a scrape shows from each of them on.
//
// While an alert fires, one scrape is missed, and a while later the exporter restarts: nothing is there for two minutes,
// for which Prometheus writes a stale marker. Both also happen before, while all is well.
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
  local states = {
    ['%d' % minute]: if std.member(gaps, minute) then null else segmentAt(segments, minute)[1]
    for minute in begins
  };
  local notation(i) =
    local from = begins[i];
    local to = if i + 1 < std.length(begins) then begins[i + 1] else end + 1;
    local value = states['%d' % from];
    if value != null then '%s+%sx%d' % [valueAt(value, from), step(value), to - from - 1]
    else if from == 0 then '_x%d' % (to - from)
    else std.join(' ', ['stale' for minute in std.range(from, to - 1)]);
  std.join(' ', [notation(i) for i in std.range(0, std.length(begins) - 1)]);

local order = [
  'koreai-trainings',
  'koreai-models',
  'koreai-exports',
  'koreai-polling',
  'koreai-fleet',
  'koreai-training-alerts',
  'koreai-model-alerts',
  'koreai-export-alerts',
  'koreai-polling-alerts',
  'koreai-exporter-alerts',
];

{
  file(tests):: {
    rule_files: ['../recording-rules.yml', '../alerting-rules.yml'],
    evaluation_interval: '1m',
    group_eval_order: order,
    tests: tests,
  },

  bot:: 'job="koreai",instance="exporter:10573",bot="banking"',
  exporter:: 'job="koreai",instance="exporter:10573"',

  // An alert that begins to fire in the minute `fires`, and not before, survives the missed scrape and the restart, and
  // is over `lag` minutes after the trouble ends, which is in the minute `fires + 20`.
  //
  // `series(ends)` are the series: name and labels, and from which minute on they have which value.
  // `labels` are what it has besides job, instance and `bot="banking"`; `bot: null` takes the latter away.
  // `description(value, minute)` is the description at that minute.
  alert(spec):: {
    local test = {
      lag: 0,
      alertname: 'KoreAI' + spec.alert,
      dashboard: 'koreai-bot?var-bot=banking',
      labels: {},
      gaps: [3, 5, 6, self.fires + 5, self.fires + 10, self.fires + 11],
      base: { job: 'koreai', instance: 'exporter:10573', bot: 'banking' },
    } + spec,
    local ends = test.fires + 20,
    local end = ends + test.lag + 5,
    local expected(minute) = [{
      exp_labels: std.prune(test.base + test.labels { severity: test.severity }),
      exp_annotations: {
        summary: test.summary,
        description: test.description(minute),
        runbook_url:
          'https://github.com/koreai-exporter/koreai-exporter/blob/main/docs/runbooks/' + test.alertname + '.md',
        dashboard_url: 'https://grafana.example.com/d/' + test.dashboard,
      },
    }],

    name: '%s, %s%s' % [
      test.alertname,
      test.severity,
      if 'case' in test then ': ' + test.case else '',
    ],
    interval: '1m',
    input_series: [
      { series: line[0], values: values(line[1], end, if std.startsWith(line[0], 'up{') then [] else test.gaps) }
      for line in test.series(ends)
    ],
    alert_rule_test:
      [
        { eval_time: '%dm' % minute, alertname: test.alertname, exp_alerts: [] }
        for minute in [7, test.fires - 1]
      ]
      + [
        { eval_time: '%dm' % minute, alertname: test.alertname, exp_alerts: expected(minute) }
        for minute in [test.fires] + [gap for gap in test.gaps if gap > test.fires] + [test.fires + 12, ends - 1]
      ]
      + (if test.lag == 0 then [] else [
           { eval_time: '%dm' % (ends + test.lag - 1), alertname: test.alertname, exp_alerts: expected(ends + test.lag - 1) },
         ])
      + [
        { eval_time: '%dm' % (ends + test.lag), alertname: test.alertname, exp_alerts: [] },
      ],
  },

  // Something that is no reason for an alert, from beginning to end.
  silent(spec):: {
    local test = { gaps: [], interval: '1m' } + spec,
    name: '%s stays silent: %s' % ['KoreAI' + test.alert, test.case],
    interval: test.interval,
    input_series: [
      { series: line[0], values: values(line[1], test.end, test.gaps) }
      for line in test.series
    ],
    alert_rule_test: [
      { eval_time: '%dm' % minute, alertname: 'KoreAI' + test.alert, exp_alerts: [] }
      for minute in std.range(0, test.end)
      if minute % 3 == 0 || minute == test.end
    ],
  },

  // Seconds as Prometheus' humanizeDuration writes them.
  human(seconds)::
    local days = std.floor(seconds / 86400);
    local hours = std.floor(seconds / 3600) % 24;
    local minutes = std.floor(seconds / 60) % 60;
    local rest = '%dm %ds' % [minutes, seconds % 60];
    if days > 0 then '%dd %dh %s' % [days, hours, rest]
    else if hours > 0 then '%dh %s' % [hours, rest]
    else rest,
}
