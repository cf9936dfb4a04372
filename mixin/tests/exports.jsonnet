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
      [export('koreai_export_failures_total'), [[0, 4], [10, 5]]],
    ],
    labels: labels,
    summary: 'The latest export failed.',
    description(minute):: 'The latest ml_utterances export of banking failed. '
                          + 'Failed exports that the exporter counted so far: 5.',
  }),
  test.alert({
    alert: 'ExportStuck',
    severity: 'warning',
    fires: 31,
    series: hanging,
    labels: labels,
    summary: 'An export makes no progress.',
    description(minute):: 'The ml_utterances export of banking is under way (active jobs: 1) and has made no progress '
                          + 'for more than 20 min.',
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
    description(minute):: 'The last ml_utterances export of banking took 5m 30s, more than 2 times as long as usual.',
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
      [export('koreai_export_download_available'), [[0, null], [10, 0], [ends, null]]],
    ],
    labels: labels,
    summary: 'An export succeeded and has no file.',
    description(minute):: 'The latest ml_utterances export of banking succeeded, and the platform gives no link to its '
                          + 'file (links: 0).',
  }),
])
