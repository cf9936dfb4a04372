local test = import 'lib.libsonnet';

local own(name, more='') = '%s{%s%s}' % [name, test.exporter, more];
local base = {
  base: { job: 'koreai', instance: 'exporter:10573' },
  dashboard: 'koreai-exporter',
};

test.file([
  test.alert({
    alert: 'ReloadFailed',
    severity: 'warning',
    fires: 11,
    series(ends):: [
      [own('koreai_exporter_config_last_reload_successful'), [[0, 1], [10, 0], [ends, 1]]],
      [own('koreai_exporter_config_last_reload_success_timestamp_seconds'), [[0, 0], [ends, 1800]]],
    ],
    summary: 'The exporter could not use its configuration file when it was told to read it again.',
    description(minute):: 'The exporter exporter:10573 still runs with the configuration that it read %s ago.'
                          % test.human(minute * 60),
  } + base),
  // Four failures a minute. The exporter that restarts counts anew.
  test.alert({
    alert: 'StoreFailing',
    severity: 'critical',
    fires: 12,
    lag: 3,
    series(ends):: [
      [own('koreai_exporter_store_write_failures_total'), [[0, 0], [10, '-36+4'], [23, '-92+4'], [ends, 32]]],
    ],
    summary: 'The exporter cannot write its store, and shows nothing new.',
    description(minute):: 'The exporter exporter:10573 failed %d times within 5 min to write its store. '
                          % { '12': 12, '17': 20, '22': 20, '23': 14, '24': 12, '31': 20, '34': 8 }['%d' % minute]
                          + 'What is new waits and is not shown until it is stored.',
  } + base),
  test.silent({
    alert: 'StoreFailing',
    case: 'five failures',
    end: 20,
    series: [[own('koreai_exporter_store_write_failures_total'), [[0, 0], [10, 5]]]],
  }),
  test.alert({
    alert: 'ExporterDown',
    severity: 'critical',
    fires: 13,
    gaps: [],
    series(ends):: [[own('up'), [[0, 1], [2, 0], [4, 1], [10, 0], [ends, 1]]]],
    summary: 'Prometheus cannot scrape the exporter.',
    description(minute):: 'Scrapes of the exporter exporter:10573 have failed for more than 3 min (up: 0). '
                          + 'No bot is watched.',
  } + base),
  test.alert({
    alert: 'NoTargets',
    severity: 'critical',
    case: 'Prometheus has no target',
    fires: 15,
    gaps: [],
    series(ends):: [
      [own('up'), [[0, 1], [10, null], [ends, 1]]],
      [own('koreai_exporter_targets', ',collector="ml_export"'), [[0, 7], [10, null], [ends, 7]]],
    ],
    summary: 'Nothing is watched: there is no exporter to scrape, or it has nothing to poll.',
    description(minute):: 'The job koreai has no target to scrape. No bot is watched.',
    base: { job: 'koreai' },
    dashboard: 'koreai-exporter',
  }),
  test.alert({
    alert: 'NoTargets',
    severity: 'critical',
    case: 'the exporter polls nothing',
    fires: 15,
    series(ends):: [
      [own('up'), [[0, 1]]],
      [own('koreai_exporter_targets', ',collector="ml_export"'), [[0, 7], [10, 0], [ends, 7]]],
    ],
    summary: 'Nothing is watched: there is no exporter to scrape, or it has nothing to poll.',
    description(minute):: 'What Prometheus scrapes at exporter:10573 polls nothing (value: 0). No bot is watched.',
  } + base),
  test.alert({
    alert: 'NoTargets',
    severity: 'critical',
    case: 'what is scraped is no exporter',
    fires: 20,
    gaps: [],
    series(ends):: [
      [own('up'), [[0, 1]]],
      [own('koreai_exporter_targets', ',collector="ml_export"'), [[0, 7], [10, null], [ends, 7]]],
    ],
    summary: 'Nothing is watched: there is no exporter to scrape, or it has nothing to poll.',
    description(minute):: 'What Prometheus scrapes at exporter:10573 polls nothing (value: 1). No bot is watched.',
  } + base),
])
