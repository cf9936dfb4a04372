// The row of the exporter's dashboard that says whether it is well.
local colors = import 'lib/colors.libsonnet';
local shell = import 'lib/dashboard.libsonnet';
local panels = import 'lib/panels.libsonnet';

function(config, selectors)
  local stat(title, description, unit, expr, thresholds, alert) =
    panels.stat(title, description, unit, [panels.instant(expr % selectors)], thresholds)
    + panels.linked(shell.runbooks(config, [alert]));
  {
    title: 'Is it well?',
    panels: [
      stat(
        'Exporters up',
        'Share of the chosen exporters that Prometheus could scrape.',
        'percentunit',
        'avg(up{%(exporter)s})',
        panels.thresholds([[1, colors.good]], base=colors.bad),
        'ExporterDown'
      ),
      stat(
        'Targets',
        'Targets that are configured to be polled: a training collector has one for each language and version of a bot.',
        'short',
        'sum(koreai_exporter_targets{%(exporter)s})',
        panels.thresholds([[1, colors.good]], base=colors.bad),
        'NoTargets'
      ),
      stat(
        'Targets without an answer',
        'Targets whose last poll gave no usable reply.',
        'short',
        'count(koreai_poll_up{%(exporter)s} == 0) or vector(0)',
        panels.thresholds([[1, colors.warning]]),
        'PollStale'
      ),
      stat(
        'Configuration',
        'Whether the configuration could be used when it was last read. Where it could not, the one before is in force.',
        'none',
        'min(koreai_exporter_config_last_reload_successful{%(exporter)s})',
        panels.thresholds([]),
        'ReloadFailed'
      ) + panels.mapped([{
        type: 'value',
        options: {
          '0': { text: 'Not usable', color: colors.bad, index: 0 },
          '1': { text: 'In force', color: colors.good, index: 1 },
        },
      }]),
      stat(
        'Failed commits',
        'Commits to the store that failed in the last %d minutes. Red: the alert fires.' % (config.storeFailing.window / 60),
        'short',
        'max(increase(koreai_exporter_store_write_failures_total{%(exporter)s}[' + '%dm' % (config.storeFailing.window / 60) + ']))',
        panels.thresholds([[1, colors.warning], [config.storeFailing.failures, colors.bad]]),
        'StoreFailing'
      ),
      stat(
        'Running for',
        'Time since the exporter started, of the one that started last.',
        's',
        'time() - max(process_start_time_seconds{%(exporter)s})',
        panels.thresholds([], base=colors.neutral),
        'ExporterDown'
      ),
      panels.properties(
        'Build',
        'What each exporter was built from.',
        [panels.rows('koreai_exporter_build_info{%(exporter)s}' % selectors)],
        ['__name__', 'Time', 'Value', 'job'],
        width=24,
        height=4
      ),
    ],
  }
