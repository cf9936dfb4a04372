local test = import 'lib.libsonnet';

local poll(name, more='', bot=test.bot) =
  '%s{%s,collector="ml_training",language="en",state="published"%s}' % [name, bot, more];
local reload = 'koreai_exporter_config_last_reload_success_timestamp_seconds{%s}' % test.exporter;
local budget(name, more='') = '%s{%s,budget="banking"%s}' % [name, test.exporter, more];
local info = 'koreai_bot_info{%s,bot_id="st-1",base_url="https://platform.kore.ai"}' % test.bot;
local noBot = { base: { job: 'koreai', instance: 'exporter:10573' } };

local failing(reason) = function(ends) [
  [poll('koreai_poll_up'), [[0, 1], [10, 0], [ends, 1]]],
  [poll('koreai_poll_failing', ',reason="%s"' % reason), [[0, null], [10, 1], [ends, null]]],
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
    ],
    labels: { collector: 'ml_training' },
    summary: 'What is known of a bot is old, because polls fail or do not take place.',
    description(minute):: 'The last good reply to ml_training polls of banking came %s ago, for at least one language '
                          % test.human(minute * 60 - 540) + 'and state.',
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
    summary: 'What is known of a bot is old, because polls fail or do not take place.',
    description(minute):: 'The last good reply to ml_training polls of banking came %s ago, for at least one language '
                          % test.human(minute * 60) + 'and state.',
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
    description(minute):: 'The platform refuses the credential of banking for 1 polled targets.',
  }),
  test.alert({
    alert: 'ScopeMissing',
    severity: 'warning',
    fires: 12,
    series: failing('scope'),
    labels: { collector: 'ml_training' },
    summary: 'The app of a bot lacks an API scope.',
    description(minute):: 'The credential of banking lacks the API scope that ml_training needs, for 1 polled targets.',
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
    dashboard: 'koreai-exporter',
    labels: { budget: 'banking' },
    summary: 'The platform refuses requests because of its rate limit.',
    description(minute):: 'The platform refused 2 requests within 1 h because of its rate limit: of the bot banking.',
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
    dashboard: 'koreai-exporter',
    labels: { budget: 'main' },
    summary: 'The platform refuses requests because of its rate limit.',
    description(minute):: 'The platform refused 2 requests within 1 h because of its rate limit: of the credential main.',
  } + noBot),
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
    dashboard: 'koreai-exporter',
    labels: { budget: 'banking', window: 'minute' },
    summary: 'Polls use up the budget for requests.',
    description(minute):: 'For 30 min no more than 6 requests were left in the minute, of the bot banking.',
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
  // Its counter is not there before.
  test.alert({
    alert: 'UnknownStatus',
    severity: 'warning',
    fires: 71,
    lag: 39,
    series(ends):: [
      [
        'koreai_unrecognized_values_total{%s,collector="ml_training",field="trainingStatus"}' % test.exporter,
        [[0, null], [70, 1], [82, null]],
      ],
    ],
    dashboard: 'koreai-exporter',
    labels: { collector: 'ml_training', field: 'trainingStatus' },
    summary: 'The platform gave a status that the exporter does not know.',
    description(minute):: 'Replies to ml_training polls had a status that is not known, 1 times of late. '
                          + 'The log names it and the bot.',
  } + noBot),
  test.alert({
    alert: 'UnknownStatus',
    severity: 'info',
    fires: 71,
    lag: 39,
    series(ends):: [
      [
        'koreai_unrecognized_values_total{%s,collector="ml_export",field="lMod"}' % test.exporter,
        [[0, null], [70, 1], [82, null]],
      ],
    ],
    dashboard: 'koreai-exporter',
    labels: { collector: 'ml_export', field: 'lMod' },
    summary: 'The platform gave a value that the exporter does not understand.',
    description(minute):: 'Replies to ml_export polls had a lMod that could not be understood, 1 times of late. '
                          + 'The log names it and the bot.',
  } + noBot),
])
