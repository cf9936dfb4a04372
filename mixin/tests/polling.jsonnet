local test = import 'lib.libsonnet';

local poll(name, more='', bot=test.bot) =
  '%s{%s,collector="ml_training",language="en",state="published"%s}' % [name, bot, more];
local reload = 'koreai_exporter_config_last_reload_success_timestamp_seconds{%s}' % test.exporter;
local budget(name, more='') = '%s{%s,budget="banking"%s}' % [name, test.exporter, more];
local info = 'koreai_bot_info{%s,bot_id="st-1",base_url="https://platform.kore.ai"}' % test.bot;
local noBot = { base: { job: 'koreai' }, sites: ['plain', 'labels'] };
// Of the last good reply.
local answered = poll('koreai_poll_last_success_timestamp_seconds');

local unrecognized(instance) =
  'koreai_unrecognized_values_total{job="koreai",instance="%s",collector="ml_training",field="trainingStatus"}' % instance;
local discovery(what, segments) = [
  ['koreai_discovery_last_%s_timestamp_seconds{%s,discovery="main"}' % [what, test.exporter], segments],
];

local failing(reason) = function(ends) [
  [poll('koreai_poll_up'), [[0, 1], [10, 0], [ends, 1]]],
  [poll('koreai_poll_failing', ',reason="%s"' % reason), [[0, null], [10, 1], [ends, null]]],
  [answered, [[0, '0+60'], [10, 540], [ends, '0+60']]],
];

test.file([
  test.alert({
    alert: 'PollStale',
    severity: 'warning',
    case: 'polls fail',
    fires: 30,
    series(ends):: [
      [poll('koreai_poll_up'), [[0, 1], [10, 0], [ends, 1]]],
      [poll('koreai_poll_last_success_timestamp_seconds'), [[0, '0+60'], [9, 540], [ends, '0+60']]],
      // A backoff: it is not what makes the target stale.
      [poll('koreai_poll_interval_seconds'), [[0, 60], [10, 120], [20, 240]]],
      [reload, [[0, -9000]]],
      [poll('koreai_poll_failing', ',reason="timeout"'), [[0, null], [10, 1], [ends, null]]],
    ],
    labels: { collector: 'ml_training' },
    summary: 'The data of a bot is outdated, because polls fail or do not take place.',
    description(minute, seen)::
      'ml_training polls of banking have given no good reply since %s%s.'
      % [test.time(540), if seen == minute then ': timeout' else ''],
  }),
  test.alert({
    alert: 'PollStale',
    severity: 'warning',
    case: 'no poll ever succeeded',
    fires: 21,
    series(ends):: [
      [poll('koreai_poll_up'), [[0, 0], [ends, 1]]],
      [poll('koreai_poll_last_success_timestamp_seconds'), [[0, null], [ends, '0+60']]],
      [poll('koreai_poll_interval_seconds'), [[0, 60]]],
      [reload, [[0, 0]]],
    ],
    labels: { collector: 'ml_training' },
    summary: 'The data of a bot is outdated, because polls fail or do not take place.',
    description(minute, seen):: 'ml_training polls of banking have given no good reply since %s.' % test.time(0),
  }),
  test.alert({
    alert: 'PollStale',
    severity: 'warning',
    case: 'polls of one of two targets fail',
    fires: 30,
    series(ends):: [
      [poll('koreai_poll_up'), [[0, 1], [10, 0], [ends, 1]]],
      [answered, [[0, '0+60'], [9, 540], [ends, '0+60']]],
      [poll('koreai_poll_interval_seconds'), [[0, 60]]],
      [std.strReplace(poll('koreai_poll_up'), '"en"', '"de"'), [[0, 1]]],
      [std.strReplace(answered, '"en"', '"de"'), [[0, '0+60']]],
      [std.strReplace(poll('koreai_poll_interval_seconds'), '"en"', '"de"'), [[0, 60]]],
    ],
    labels: { collector: 'ml_training', language: 'en', state: 'published' },
    summary: 'The data of a bot is outdated, because polls fail or do not take place.',
    description(minute, seen)::
      'ml_training polls of banking (en, published) have given no good reply since %s.' % test.time(540),
  }),
  test.story({
    alert: 'PollStale',
    severity: 'warning',
    case: 'polls fail, and the exporter restarts without its store',
    end: 80,
    every: 5,
    fires: [[30, 69]],
    series: [
      [poll('koreai_poll_up'), [[0, 1], [10, 0], [40, null], [42, 0], [70, 1]]],
      [answered, [[0, '0+60'], [9, 540], [40, null], [70, 4200]]],
      [poll('koreai_poll_interval_seconds'), [[0, 60]]],
      [reload, [[0, -9000], [40, 2400]]],
    ] + test.background,
    labels: { collector: 'ml_training' },
    summary: 'The data of a bot is outdated, because polls fail or do not take place.',
    description: 'ml_training polls of banking have given no good reply since %s.' % test.time(540),
  }),
  test.silent({
    alert: 'PollStale',
    case: 'a target that is asked each hour, and fails once, which shortens its interval to 10 minutes',
    end: 80,
    series: [
      [poll('koreai_poll_up'), [[0, 1], [60, 0], [69, 1]]],
      [poll('koreai_poll_last_success_timestamp_seconds'), [[0, 0], [69, 4140]]],
      [poll('koreai_poll_interval_seconds'), [[0, 3600], [60, 600], [69, 3600]]],
    ],
  }),
  test.alert({
    alert: 'CredentialRefused',
    severity: 'critical',
    fires: 12,
    series: failing('auth'),
    summary: 'The platform refuses the credential of a bot.',
    description(minute, seen):: 'The platform refuses the credential of banking for 1 polled targets: nothing new is known of them%s.'
                                // In a missed scrape it is not known since when.
                                % (if seen == minute then ' since ' + test.time(540) else ''),
  }),
  test.alert({
    alert: 'ScopeMissing',
    severity: 'warning',
    fires: 12,
    series: failing('scope'),
    labels: { collector: 'ml_training' },
    summary: 'The app of a bot lacks an API scope.',
    description(minute, seen):: 'The credential of banking lacks the API scope that ml_training needs, for 1 polled targets: nothing new is '
                                + 'known of them%s.' % (if seen == minute then ' since ' + test.time(540) else ''),
  }),
  test.silent({
    alert: 'CredentialRefused',
    case: 'another exporter gets good replies',
    end: 30,
    series: failing('auth')(1000) + [
      [std.strReplace(poll('koreai_poll_up'), 'exporter:10573', 'b:10573'), [[0, 1]]],
    ] + test.background,
  }),
  test.story({
    alert: 'CredentialRefused',
    severity: 'critical',
    case: 'the exporter is away for 40 minutes',
    end: 90,
    every: 5,
    fires: [[12, 69]],
    series: [
      [poll('koreai_poll_up'), [[0, 1], [10, 0], [20, null], [60, 0], [70, 1]]],
      [poll('koreai_poll_failing', ',reason="auth"'), [[0, null], [10, 1], [20, null], [60, 1], [70, null]]],
      ['up{%s}' % test.exporter, [[0, 1], [20, 0], [60, 1]]],
      ['koreai_polls_delayed_total{%s}' % test.bot, [[0, 0], [20, null], [60, 0]]],
      ['koreai_exporter_config_last_reload_successful{%s}' % test.exporter, [[0, 1], [20, null], [60, 1]]],
    ],
    summary: 'The platform refuses the credential of a bot.',
    description: 'The platform refuses the credential of banking for 1 polled targets: nothing new is known of them.',
  }),
  // Refused in the 9th and the 10th minute. The counter of an exporter that restarts begins anew.
  test.alert({
    alert: 'Throttled',
    severity: 'warning',
    fires: 11,
    lag: 38,
    series(ends):: [
      [budget('koreai_api_throttled_total'), [[0, 0], [9, 1], [10, 2], [23, 0]]],
      [info, [[0, 1]]],
    ],
    labels: { budget: 'banking' },
    sites: ['plain', 'labels'],
    summary: 'The platform refuses requests because of its rate limit.',
    description(minute, seen):: 'The platform refused 2 requests within 1 h because of its rate limit: of the bot banking.',
  }),
  test.alert({
    alert: 'Throttled',
    severity: 'warning',
    case: 'a budget that bots share',
    fires: 11,
    lag: 38,
    series(ends):: [
      ['koreai_api_throttled_total{%s,budget="main"}' % test.exporter, [[0, 0], [9, 1], [10, 2], [23, 0]]],
      [info, [[0, 1]]],
    ],
    labels: { budget: 'main' },
    summary: 'The platform refuses requests because of its rate limit.',
    description(minute, seen):: 'The platform refused 2 requests within 1 h because of its rate limit: of the credential main.',
  } + noBot),
] + [
  test.alert({
    alert: 'Throttled',
    severity: 'warning',
    case: 'the budget ' + kind[0],
    fires: 11,
    lag: 38,
    sites: ['plain'],
    base: { job: 'koreai', [if kind[2] then 'bot']: 'banking' },
    series(ends):: [
      ['koreai_api_throttled_total{%s,budget="%s"}' % [test.exporter, kind[0]], [[0, 0], [9, 1], [10, 2], [23, 0]]],
    ],
    labels: { budget: kind[0] },
    summary: 'The platform refuses requests because of its rate limit.',
    description(minute, seen):: 'The platform refused 2 requests within 1 h because of its rate limit: of %s.' % kind[1],
  })
  for kind in [
    ['bot:banking', 'the bot banking', true],
    ['status:banking', 'status calls about the bot banking', true],
    ['account:main', 'the account of the credential main', false],
  ]
] + [
  test.silent({
    alert: 'Throttled',
    case: 'a single refusal',
    end: 30,
    series: [[budget('koreai_api_throttled_total'), [[0, 0], [10, 1]]]],
  }),
  // A fifth of 30 is 6, of 1800 it is 360.
  test.alert({
    alert: 'BudgetExhausted',
    severity: 'warning',
    fires: 40,
    series(ends):: [
      [budget('koreai_api_budget_remaining', ',window="minute"'), [[0, 30], [9, 6], [ends, 7]]],
      [budget('koreai_api_budget_limit', ',window="minute"'), [[0, 30]]],
      [budget('koreai_api_budget_remaining', ',window="hour"'), [[0, 361]]],
      [budget('koreai_api_budget_limit', ',window="hour"'), [[0, 1800]]],
      [info, [[0, 1]]],
    ],
    labels: { budget: 'banking', window: 'minute' },
    summary: 'Polls use up the budget for requests.',
    description(minute, seen):: 'For 30 min no more than 6 requests were left in the minute%s, of the bot banking.'
                                % (if seen == minute then ' of 30' else ''),
  }),
  test.silent({
    alert: 'BudgetExhausted',
    case: 'a budget of one request that is there',
    end: 40,
    series: [
      [budget('koreai_api_budget_remaining', ',window="minute"'), [[0, 1]]],
      [budget('koreai_api_budget_limit', ',window="minute"'), [[0, 1]]],
    ],
  }),
  test.silent({
    alert: 'BudgetExhausted',
    case: 'a budget that is known for 20 minutes only',
    end: 20,
    series: [
      [budget('koreai_api_budget_remaining', ',window="minute"'), [[0, 2]]],
      [budget('koreai_api_budget_limit', ',window="minute"'), [[0, 30]]],
    ],
  }),
] + [
  // Its counter is not there before.
  test.alert({
    alert: 'UnknownStatus',
    severity: kind.severity,
    fires: 71,
    lag: 39,
    series(ends):: [
      ['koreai_unrecognized_values_total{%s,%s}' % [test.exporter, kind.labels], [[0, null], [70, 1]]],
      ['up{%s}' % test.exporter, [[0, 1]]],
    ],
    labels: kind.own,
    summary: kind.summary,
    description(minute, seen):: kind.text + ', 1 times within 1 h. The log names it and the bot.',
  } + noBot)
  for kind in [
    {
      severity: 'warning',
      labels: 'collector="ml_training",field="trainingStatus"',
      own: { collector: 'ml_training', field: 'trainingStatus' },
      summary: 'The platform gave a status that the exporter does not know.',
      text: 'Replies to ml_training polls had a status that is not known',
    },
    {
      severity: 'info',
      labels: 'collector="ml_export",field="lMod"',
      own: { collector: 'ml_export', field: 'lMod' },
      summary: 'The platform gave a value that the exporter does not understand.',
      text: 'Replies to ml_export polls had a lMod that could not be understood',
    },
  ]
] + [
  test.silent({
    alert: 'UnknownStatus',
    case: 'a new Prometheus meets an old counter; or it scrapes nothing for two hours; or the pod moves',
    end: 400,
    series: [
      [unrecognized('exporter:10573'), [[0, 5], [100, null], [220, 5], [300, null]]],
      ['up{%s}' % test.exporter, [[0, 1], [100, 0], [220, 1], [300, null]]],
      [unrecognized('b:10573'), [[0, null], [302, 5]]],
      ['up{job="koreai",instance="b:10573"}', [[0, null], [302, 1]]],
    ],
  }),
  test.alert({
    alert: 'DiscoveryStale',
    severity: 'warning',
    fires: 132,
    series(ends):: discovery('success', [[0, 600], [ends, 9000]]) + discovery('attempt', [[0, '0+60']]) + [
      [reload, [[0, 0]]],
      ['koreai_discovery_failures_total{%s,discovery="main",reason="scope"}' % test.exporter, [[0, '0+1'], [ends, 200]]],
      ['koreai_discovery_failures_total{%s,discovery="main",reason="tls"}' % test.exporter, [[0, 3]]],
    ],
    labels: { discovery: 'main' },
    base: { job: 'koreai' },
    sites: ['plain', 'labels', 'two', 'moved'],
    summary: 'The list of bots is old: new bots are not found.',
    description(minute, seen)::
      'The discovery main has received no complete list of bots since %s: scope. Bots that are new on the platform are not watched.'
      % test.time(600),
  }),
  test.alert({
    alert: 'DiscoveryStale',
    severity: 'warning',
    case: 'it never succeeded',
    fires: 122,
    series(ends):: discovery('success', [[0, null], [ends, 9000]]) + discovery('attempt', [[0, '0+60']]) + [[reload, [[0, 0]]]],
    labels: { discovery: 'main' },
    base: { job: 'koreai' },
    sites: ['plain'],
    summary: 'The list of bots is old: new bots are not found.',
    description(minute, seen)::
      'The discovery main has received no complete list of bots since %s. Bots that are new on the platform are not watched.'
      % test.time(0),
  }),
])
