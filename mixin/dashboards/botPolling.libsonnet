// The rows of a bot's dashboard about its exports and its polls.
local colors = import 'lib/colors.libsonnet';
local shell = import 'lib/dashboard.libsonnet';
local panels = import 'lib/panels.libsonnet';
local statuses = import 'lib/statuses.libsonnet';

local pollLegend = '{{collector}} {{language}} {{state}}';

function(config, selectors) [
  {
    title: 'Exports',
    panels: [
      panels.stateTimeline(
        'Status of the latest export',
        'The latest export job of the bot.',
        [panels.range(statuses.code(statuses.export, 'koreai_export_status', selectors.bot, 'export'), '{{export}}')],
        statuses.mappings(statuses.export),
        height=4
      ),
      panels.timeSeries(
        'Progress',
        'How much of the latest export job was done.',
        'percentunit',
        [panels.range('max by (export) (koreai_export_progress_ratio{%(bot)s})' % selectors, '{{export}}')],
        width=8
      ) + panels.most(1) + panels.linked(shell.runbooks(config, ['ExportStuck'])),
      panels.timeSeries(
        'Last export and usual export',
        "How long the last export job took by the platform's clock, and how long they usually take (dashed).",
        's',
        [
          panels.range('max by (export) (koreai_export_last_duration_seconds{%(bot)s})' % selectors, '{{export}}'),
          panels.range('max by (export) (bot:koreai_export_duration_seconds:usual{%(bot)s})' % selectors, '{{export}} usually'),
        ],
        width=8
      ) + panels.recorded + panels.dashed('.* usually')
      + panels.limits(panels.thresholds([[config.exportSlow.floor, colors.warning]]))
      + panels.linked(shell.runbooks(config, ['ExportSlow'])),
      panels.stateTimeline(
        'File of the latest export',
        'Whether the latest successful export job has a download link.',
        [panels.range('max by (export) (koreai_export_download_available{%(bot)s})' % selectors, '{{export}}')],
        statuses.file,
        width=8,
        height=8
      ) + panels.linked(shell.runbooks(config, ['ExportWithoutFile'])),
    ],
  },
  {
    title: 'Polls',
    panels: [
      panels.stateTimeline(
        'Answers',
        'Whether the last poll of each target gave a usable reply.',
        [panels.range('max by (collector, language, state) (koreai_poll_up{%(target)s})' % selectors, pollLegend)],
        statuses.answered,
        width=12,
        height=8
      ),
      panels.table(
        'Why polls fail',
        'Targets without a usable reply, by the time since the last good one.',
        's',
        [panels.rows(|||
          max by (collector, language, state, reason) (koreai_poll_failing{%(target)s})
            * on (collector, language, state) group_left ()
            (time() - max by (collector, language, state) (koreai_poll_last_success_timestamp_seconds{%(target)s}))
          or
          0 * max by (collector, language, state, reason) (koreai_poll_failing{%(target)s})
        ||| % selectors)],
        [
          { name: 'collector', title: 'Collector' },
          { name: 'language', title: 'Language', width: 100 },
          { name: 'state', title: 'State', width: 110 },
          { name: 'reason', title: 'Reason', width: 120 },
          {
            name: 'Value',
            title: 'For',
            width: 100,
            thresholds: panels.thresholds([[config.pollStale.floor, colors.bad]]),
          },
        ],
        ['-For'],
        height=8
      ) + panels.linked(shell.runbooks(config, ['PollStale', 'CredentialRefused', 'ScopeMissing'])),
      panels.timeSeries(
        'Age of the last good reply',
        'Time since each target last gave a usable reply. Line: from here on the alert for stale polls can fire.',
        's',
        [panels.range(
          'time() - max by (collector, language, state) (koreai_poll_last_success_timestamp_seconds{%(target)s})' % selectors,
          pollLegend
        )],
        width=8
      ) + panels.limits(panels.thresholds([[config.pollStale.floor, colors.bad]]))
      + panels.linked(shell.runbooks(config, ['PollStale'])),
      panels.timeSeries(
        'Interval between polls',
        'The interval in force: shorter while a training or export runs, longer while polls fail or the budget is tight.',
        's',
        [panels.range('max by (collector, language, state) (koreai_poll_interval_seconds{%(target)s})' % selectors, pollLegend)],
        width=8
      ),
      panels.timeSeries(
        'Polls put off',
        'Polls in each interval that came later than wanted because the budget for requests had no room.',
        'short',
        [panels.range('sum(increase(koreai_polls_delayed_total{%(bot)s}[$__rate_interval]))' % selectors, 'Put off')],
        width=8
      ) + panels.bars + panels.resolution(60)
      + panels.linked(shell.runbooks(config, ['BudgetExhausted'])),
    ],
  },
]
