// The row of the overview about exports.
local colors = import 'lib/colors.libsonnet';
local shell = import 'lib/dashboard.libsonnet';
local panels = import 'lib/panels.libsonnet';
local statuses = import 'lib/statuses.libsonnet';

local allBots = ' Of all bots: the variable Bot does not narrow it.';

function(config, selectors)
  local buckets = 'le:koreai_export_duration_seconds_bucket:rate10m{%(exporter)s}' % selectors;
  {
    title: 'Exports',
    panels: [
      panels.timeSeries(
        'Exports by status',
        'How many bots have their latest export job in each status.' + allBots,
        'short',
        [panels.range('sum by (status) (status:koreai_export_status:sum{%(exporter)s})' % selectors, '{{status}}')],
        width=8
      ) + panels.recorded + panels.stacked + panels.colored(statuses.colorOverrides(statuses.export)),
      panels.heatmap(
        'How long exports take',
        'Export jobs that ended, by how long they took.' + allBots,
        's',
        [panels.buckets('sum by (le) (%s)' % buckets)],
        width=8
      ) + panels.recorded,
      panels.timeSeries(
        'Durations of exports, percentiles',
        'Half, nine in ten and 99 in 100 of the export jobs took no longer.' + allBots,
        's',
        [
          panels.range('histogram_quantile(%s, sum by (le) (%s))' % [q, buckets], 'p%d' % (q * 100))
          for q in [0.5, 0.9, 0.99]
        ],
        width=8
      ) + panels.recorded + panels.points + panels.limits(panels.thresholds([[config.exportSlow.floor, colors.warning]]))
      + panels.linked(shell.runbooks(config, ['ExportSlow'])),
      panels.table(
        'Exports under way or failed',
        'Latest export jobs that are pending, in progress or failed, by the time since they last changed. At most 50.',
        's',
        [panels.rows(|||
          topk(50, (time() - max by (bot, export) (koreai_export_last_update_timestamp_seconds{%(bot)s}))
            * on (bot, export) group_right ()
            (max by (bot, export, status) (koreai_export_status{%(bot)s,status=~"pending|in_progress|failed"}) == 1))
        ||| % selectors)],
        [
          { name: 'bot', title: 'Bot', links: [shell.toBot] },
          { name: 'export', title: 'Export' },
          { name: 'status', title: 'Status', mappings: statuses.words(statuses.export), width: 120 },
          {
            name: 'Value',
            title: 'Unchanged for',
            width: 130,
            thresholds: panels.thresholds([[config.exportStuck, colors.warning]]),
          },
        ],
        ['-Unchanged for'],
        height=8
      ) + panels.linked(shell.runbooks(config, ['ExportStuck', 'ExportFailed'])),
      panels.table(
        'Longest exports',
        'The 25 bots whose last export job took longest.',
        's',
        [panels.rows('topk(25, max by (bot, export) (koreai_export_last_duration_seconds{%(bot)s}))' % selectors)],
        [
          { name: 'bot', title: 'Bot', links: [shell.toBot] },
          { name: 'export', title: 'Export' },
          {
            name: 'Value',
            title: 'Took',
            width: 120,
            thresholds: panels.thresholds([[config.exportSlow.floor, colors.warning]]),
          },
        ],
        ['-Took'],
        height=8
      ) + panels.linked(shell.runbooks(config, ['ExportSlow'])),
    ],
  }
