local test = import 'lib.libsonnet';

local own(name, more='') = '%s{%s%s}' % [name, test.exporter, more];
local base = {
  base: { job: 'koreai', instance: 'exporter:10573' },
  background: [],
};

test.file([
  test.alert({
    alert: 'ReloadFailed',
    severity: 'warning',
    fires: 11,
    series(ends):: [
      [own('koreai_exporter_config_last_reload_successful'), [[0, 1], [10, 0], [ends, 1]]],
      [own('koreai_exporter_config_last_reload_success_timestamp_seconds'), [[0, 10], [ends, 1800]]],
    ],
    summary: 'The exporter could not use its configuration file on a reload.',
    description(minute, seen):: 'The exporter exporter:10573 still runs with the configuration that it read at %s.'
                                % test.time(10),
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
    description(minute, seen):: 'The exporter exporter:10573 failed %d times within 5 min to write its store. '
                          % { '12': 12, '17': 20, '22': 20, '23': 14, '24': 12, '31': 20, '34': 8 }['%d' % minute]
                          + 'New results are not shown until they are stored.',
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
    case: 'nothing is known of it',
    fires: 13,
    gaps: [],
    series(ends):: [[own('up'), [[0, 1], [2, 0], [4, 1], [10, 0], [ends, 1]]]],
    summary: 'Prometheus cannot scrape the exporter.',
    description(minute, seen):: 'Scrapes of the exporter exporter:10573 have failed for more than 3 min. No bot is watched.',
  } + base),
  test.alert({
    alert: 'ExporterDown',
    severity: 'critical',
    fires: 13,
    gaps: [],
    // Another exporter watches one of the bots.
    series(ends):: [
      [own('up'), [[0, 1], [10, 0], [ends, 1]]],
      [own('koreai_exporter_targets', ',collector="ml_export"'), [[0, 3], [10, null], [ends, 3]]],
      [own('koreai_polls_delayed_total', ',bot="banking"'), [[0, 3], [10, null], [ends, 0]]],
      [own('koreai_polls_delayed_total', ',bot="cards"'), [[0, 0], [10, null], [ends, 0]]],
      [own('koreai_polls_delayed_total', ',bot="hr"'), [[0, 0], [10, null], [ends, 0]]],
      ['koreai_polls_delayed_total{job="koreai",instance="b:10573",bot="hr"}', [[0, 0]]],
      ['koreai_exporter_config_last_reload_successful{job="koreai",instance="b:10573"}', [[0, 1]]],
      ['up{job="koreai",instance="b:10573"}', [[0, 1]]],
    ],
    summary: 'Prometheus cannot scrape the exporter.',
    description(minute, seen):: 'Scrapes of the exporter exporter:10573 have failed since %s. Nobody watches banking, cards.'
                                % test.time(600),
  } + base),
  test.alert({
    alert: 'ExporterDown',
    severity: 'warning',
    fires: 13,
    gaps: [],
    series(ends):: [
      [own('up'), [[0, 1], [10, 0], [ends, 1]]],
      [own('koreai_exporter_targets', ',collector="ml_export"'), [[0, 3], [10, null], [ends, 3]]],
      [own('koreai_polls_delayed_total', ',bot="hr"'), [[0, 0], [10, null], [ends, 0]]],
      ['koreai_polls_delayed_total{job="koreai",instance="b:10573",bot="hr"}', [[0, 0]]],
      ['koreai_exporter_config_last_reload_successful{job="koreai",instance="b:10573"}', [[0, 1]]],
      ['up{job="koreai",instance="b:10573"}', [[0, 1]]],
    ],
    summary: 'Prometheus cannot scrape one of several exporters.',
    description(minute, seen):: 'Scrapes of the exporter exporter:10573 have failed since %s. Other exporters continue: no bot is known '
                                % test.time(600) + 'to be unwatched.',
  } + base),
  test.alert({
    alert: 'BotUnwatched',
    severity: 'info',
    fires: 13,
    gaps: [],
    series(ends):: [
      [own('up'), [[0, 1], [10, 0], [ends, 1]]],
      [own('koreai_polls_delayed_total', ',bot="banking"'), [[0, 3], [10, null], [ends, 0]]],
    ],
    labels: { bot: 'banking' },
    summary: 'Nobody watches a bot, because its exporter cannot be scraped.',
    description(minute, seen):: 'Nobody has watched banking since %s: the exporter exporter:10573 cannot be scraped.' % test.time(600),
  } + base),
  test.story({
    alert: 'BotUnwatched',
    severity: 'info',
    case: 'it is down for hours, until another exporter takes the bot over',
    end: 200,
    fires: [[13, 149]],
    series: [
      [own('up'), [[0, 1], [10, 0]]],
      [own('koreai_polls_delayed_total', ',bot="banking"'), [[0, 3], [10, null]]],
      ['koreai_polls_delayed_total{job="koreai",instance="b:10573",bot="banking"}', [[0, null], [150, 0]]],
      ['up{job="koreai",instance="b:10573"}', [[0, 1]]],
    ],
    base: { job: 'koreai', instance: 'exporter:10573' },
    labels: { bot: 'banking' },
    summary: 'Nobody watches a bot, because its exporter cannot be scraped.',
    description: 'Nobody has watched banking since %s: the exporter exporter:10573 cannot be scraped.' % test.time(600),
  }),
] + [
  test.silent({
    alert: alert,
    case: 'other things are scraped by the same job, and one of them is down',
    end: 40,
    series: [
      [own('up'), [[0, 1]]],
      [own('koreai_exporter_targets', ',collector="ml_export"'), [[0, 7]]],
      [own('koreai_exporter_config_last_reload_successful'), [[0, 1]]],
      ['up{job="koreai",instance="web:80"}', [[0, 1]]],
      ['up{job="koreai",instance="db:80"}', [[0, 1], [5, 0]]],
    ],
  })
  for alert in ['ExporterDown', 'NoTargets']
] + [
  test.silent({
    alert: 'ExporterDown',
    case: 'its pod moved',
    end: 40,
    series: [
      [own('up'), [[0, 1], [10, 0], [12, null]]],
      [own('koreai_polls_delayed_total', ',bot="banking"'), [[0, 3], [10, null]]],
      ['up{job="koreai",instance="b:10573"}', [[0, null], [13, 1]]],
      ['koreai_polls_delayed_total{job="koreai",instance="b:10573",bot="banking"}', [[0, null], [13, 0]]],
    ],
  }),
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
    description(minute, seen):: 'The job koreai has no target to scrape: no bot is watched.',
    base: { job: 'koreai' },
    // Without a target, there is none of its labels.
    sites: ['plain'],
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
    description(minute, seen):: 'The target exporter:10573 polls nothing.',
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
    description(minute, seen):: 'The target exporter:10573 is not an exporter.',
  } + base),
])
