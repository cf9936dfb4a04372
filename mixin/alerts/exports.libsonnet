local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),
  local own = ['export'],
  // Something is known: then the rule says whether it holds.
  local known = q.export('="failed"') + ' >= 0',
  local matching = lib.matching(config.botLabels),
  local usual = lib.usual('bot:koreai_export_duration_seconds:usual'),

  prometheusAlerts+:: {
    groups+: [{
      name: 'koreai-export-alerts',
      rules: [
        alert.rule
        for alert in [
          $.alert('ExportFailed', 'warning') {
            local record = q.series('bot:koreai_export_failed:since'),
            local failures = 'koreai_export_failures_total',
            // Where the platform tells no time, one that was counted of late.
            expr:: lib.block(|||
              (
                %(held)s
              ) != 0 > time() - %(shown)d
              or
              (
                %(record)s == 0
                and
                %(failures)s > %(before)s
              )
            ||| % {
              record: record,
              held: lib.indent(q.held(record, known, own), 2),
              shown: config.failureShown,
              failures: q.seen(failures),
              before: q.seen(failures, ago=config.failureShown),
            }),
            summary:: 'The latest export failed.',
            description:: lib.sentence(|||
              The latest {{ $labels.export }} export of {{ $labels.bot }} failed%s.
            ||| % lib.atTime),
          },
          $.alert('ExportStuck', 'warning') {
            expr:: q.held(
              q.series('bot:koreai_export_stuck:since'),
              'ignoring (collector, export) (%s >= time() - %d)' % [
                q.seen('koreai_poll_last_success_timestamp_seconds', 'collector="ml_export"'),
                config.exportStuck / 2,
              ],
              own
            ),
            summary:: 'An export makes no progress.',
            description:: lib.sentence(|||
              %sThe {{ $labels.export }} export of {{ $labels.bot }} is under way and has made no progress for more than %s
              {{- if $value }}, by the platform's clock since {{ $value | humanizeTimestamp }}{{ end }}.%s
            ||| % [matching, lib.words(config.exportStuck), usual]),
          },
          $.alert('ExportSlow', 'info') {
            expr:: $.slow(
              'koreai_export_last_duration_seconds',
              'bot:koreai_export_duration_seconds:usual',
              'koreai_export_last_update_timestamp_seconds',
              config.exportSlow
            ),
            summary:: 'An export took much longer than usual.',
            description:: lib.sentence(|||
              %sThe last {{ $labels.export }} export of {{ $labels.bot }} took {{ $value | humanizeDuration }}.%s
            ||| % [matching, usual]),
          },
          $.alert('ExportWithoutFile', 'warning', config.exportWithoutFile) {
            expr:: lib.block(|||
              (
                %s
              ) > time() - %d
            ||| % [
              lib.indent(q.held(
                q.series('bot:koreai_export_without_file:since'),
                known,
                own
              ), 2),
              config.failureShown,
            ]),
            summary:: 'An export succeeded and has no file.',
            description:: lib.sentence(|||
              The latest {{ $labels.export }} export of {{ $labels.bot }} succeeded%s, and the platform gives no link to its
              file.
            ||| % lib.atTime),
          },
        ]
      ],
    }],
  },
}
