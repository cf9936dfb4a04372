local test = import 'lib.libsonnet';

local export(name, more='') = '%s{%s,export="ml_utterances"%s}' % [name, test.bot, more];
local status(word) = export('koreai_export_status', ',status="%s"' % word);
local polled = 'koreai_poll_last_success_timestamp_seconds{%s,collector="ml_export",language="",state=""}' % test.bot;
local labels = { export: 'ml_utterances' };

// A job that begins after 10 minutes, and of which nothing more is heard.
local hanging(ends) = [
  [polled, [[0, '0+60']]],
  [status('success'), [[0, 1], [10, 0], [ends, 1]]],
  [status('in_progress'), [[0, 0], [10, 1], [ends, 0]]],
  [status('pending'), [[0, 0]]],
  [export('koreai_export_progress_ratio'), [[0, 1], [10, 0.42], [ends, 1]]],
  [export('koreai_export_start_timestamp_seconds'), [[0, 0], [10, 590]]],
  [export('koreai_export_last_update_timestamp_seconds'), [[0, 0], [10, 590]]],
];

test.file([
  test.alert({
    alert: 'ExportFailed',
    severity: 'warning',
    fires: 11,
    series(ends):: [
      [status('failed'), [[0, 0], [10, 1], [ends, 0]]],
      [status('in_progress'), [[0, 1], [10, 0], [ends, 1]]],
      [export('koreai_export_last_update_timestamp_seconds'), [[0, 20], [10, 580]]],
    ],
    labels: labels,
    summary: 'The latest export failed.',
    description(minute, seen):: 'The latest ml_utterances export of banking failed at %s.' % test.time(580),
  }),
  test.alert({
    alert: 'ExportStuck',
    severity: 'warning',
    fires: 31,
    series: hanging,
    labels: labels,
    summary: 'An export makes no progress.',
    description(minute, seen):: 'The ml_utterances export of banking is under way and has made no progress for more than 20 min, '
                                + "by the platform's clock since %s. The usual duration is not known." % test.time(590),
  }),
  test.silent({
    alert: 'ExportStuck',
    case: 'it goes on, by its progress alone, and its times are those of the job before',
    end: 70,
    series: [
      [polled, [[0, '0+60']]],
      [status('in_progress'), [[0, 0], [10, 1]]],
      [export('koreai_export_progress_ratio'), [[0, 1], [10, 0], [25, 0.2], [42, 0.4], [60, 0.9]]],
      [export('koreai_export_start_timestamp_seconds'), [[0, -9000]]],
      [export('koreai_export_last_update_timestamp_seconds'), [[0, -9000]]],
    ],
  }),
  test.silent({
    alert: 'ExportStuck',
    case: 'it goes on, by the time of its last update alone',
    end: 70,
    series: [
      [polled, [[0, '0+60']]],
      [status('in_progress'), [[0, 0], [10, 1]]],
      [export('koreai_export_progress_ratio'), [[0, 0]]],
      [export('koreai_export_start_timestamp_seconds'), [[0, 0], [10, 590]]],
      [export('koreai_export_last_update_timestamp_seconds'), [[0, 0], [10, '0+60']]],
    ],
  }),
  test.silent({
    alert: 'ExportStuck',
    case: 'it only just began, when Prometheus saw it first',
    end: 20,
    series: [
      [polled, [[0, '0+60']]],
      [status('in_progress'), [[0, 1]]],
      [export('koreai_export_progress_ratio'), [[0, 0]]],
      [export('koreai_export_start_timestamp_seconds'), [[0, -60]]],
      [export('koreai_export_last_update_timestamp_seconds'), [[0, -60]]],
    ],
  }),
  test.silent({
    alert: 'ExportStuck',
    case: 'polls fail, and its series vanish after 15 minutes',
    end: 60,
    series: [
      [polled, [[0, '0+60'], [14, 840]]],
      [status('success'), [[0, 1], [10, 0], [29, null]]],
      [status('in_progress'), [[0, 0], [10, 1], [29, null]]],
      [export('koreai_export_progress_ratio'), [[0, 1], [10, 0.42], [29, null]]],
      [export('koreai_export_start_timestamp_seconds'), [[0, -9000], [29, null]]],
      [export('koreai_export_last_update_timestamp_seconds'), [[0, -9000], [29, null]]],
    ],
  }),
  // Four of 2 minutes, then one of 5 and a half.
  test.alert({
    alert: 'ExportSlow',
    severity: 'info',
    fires: 28,
    lag: 40,
    series(ends):: [
      [export('koreai_export_duration_seconds_sum'), [[0, 480], [27, 810]]],
      [export('koreai_export_duration_seconds_count'), [[0, 4], [27, 5]]],
      [export('koreai_export_last_duration_seconds'), [[0, 120], [27, 330]]],
      [export('koreai_export_last_update_timestamp_seconds'), [[0, 0], [27, 1680]]],
    ],
    labels: labels,
    summary: 'An export took much longer than usual.',
    description(minute, seen):: 'The last ml_utterances export of banking took 5m 30s. The usual duration is 2m 0s.',
  }),
  test.silent({
    alert: 'ExportSlow',
    case: 'long, but not twice as long as usual; and three times as long, but only 5 minutes',
    end: 40,
    series: [
      [export('koreai_export_duration_seconds_sum'), [[0, 2000], [27, 3000]]],
      [export('koreai_export_duration_seconds_count'), [[0, 4], [27, 5]]],
      [export('koreai_export_last_duration_seconds'), [[0, 500], [27, 1000]]],
      [export('koreai_export_last_update_timestamp_seconds'), [[0, 0], [27, 1680]]],
      ['koreai_export_duration_seconds_sum{bot="b",job="koreai"}', [[0, 400], [27, 700]]],
      ['koreai_export_duration_seconds_count{bot="b",job="koreai"}', [[0, 4], [27, 5]]],
      ['koreai_export_last_duration_seconds{bot="b",job="koreai"}', [[0, 100], [27, 300]]],
      ['koreai_export_last_update_timestamp_seconds{bot="b",job="koreai"}', [[0, 0], [27, 1680]]],
    ],
  }),
  test.alert({
    alert: 'ExportWithoutFile',
    severity: 'warning',
    fires: 15,
    series(ends):: [
      [status('success'), [[0, 0], [10, 1], [ends, 0]]],
      [status('failed'), [[0, 0]]],
      [export('koreai_export_download_available'), [[0, null], [10, 0], [ends, null]]],
      [export('koreai_export_last_update_timestamp_seconds'), [[0, 20], [10, 580], [ends, 1990]]],
    ],
    labels: labels,
    summary: 'An export succeeded and has no file.',
    description(minute, seen):: 'The latest ml_utterances export of banking succeeded at %s, and the platform gives no link '
                                % test.time(580) + 'to its file.',
  }),

  test.story({
    alert: 'ExportFailed',
    severity: 'warning',
    case: 'nobody exports again: it ends after a day',
    end: 1500,
    every: 120,
    fires: [[11, 1449]],
    series: [
      [status('failed'), [[0, 0], [10, 1]]],
      [export('koreai_export_last_update_timestamp_seconds'), [[0, 20], [10, 590]]],
    ] + test.background,
    labels: labels,
    summary: 'The latest export failed.',
    description: 'The latest ml_utterances export of banking failed at %s.' % test.time(590),
  }),
  test.silent({
    alert: 'ExportFailed',
    case: 'the first day of an old estate, whose exports failed at some time, or long ago',
    end: 30,
    series: [
      [status('failed'), [[0, 1]]],
      [export('koreai_export_last_update_timestamp_seconds'), [[0, -3 * 86400]]],
      ['koreai_export_status{job="koreai",instance="exporter:10573",bot="b",export="ml_utterances",status="failed"}', [[0, 1]]],
      ['koreai_export_failures_total{job="koreai",instance="exporter:10573",bot="b",export="ml_utterances"}', [[0, 4]]],
    ] + test.background,
  }),
  test.silent({
    alert: 'ExportWithoutFile',
    case: 'the first day of an old estate, the link of whose export has expired',
    end: 30,
    series: [
      [status('success'), [[0, 1]]],
      [export('koreai_export_download_available'), [[0, 0]]],
      [export('koreai_export_last_update_timestamp_seconds'), [[0, -3 * 86400]]],
    ] + test.background,
  }),
  test.story({
    alert: 'ExportStuck',
    severity: 'warning',
    case: 'polls fail while it is stuck: nobody says that it goes on',
    end: 130,
    fires: [[31, 110]],
    series: [
      [polled, [[0, '0+60'], [40, 2400]]],
      [status('success'), [[0, 1], [10, 0], [55, null]]],
      [status('in_progress'), [[0, 0], [10, 1], [55, null]]],
      [export('koreai_export_progress_ratio'), [[0, 1], [10, 0.42], [55, null]]],
      [export('koreai_export_start_timestamp_seconds'), [[0, 0], [10, 590], [55, null]]],
      [export('koreai_export_last_update_timestamp_seconds'), [[0, 0], [10, 590], [55, null]]],
    ] + test.background,
    labels: labels,
    summary: 'An export makes no progress.',
    description: 'The ml_utterances export of banking is under way and has made no progress for more than 20 min, '
                 + "by the platform's clock since %s. The usual duration is not known." % test.time(590),
  }),
])
