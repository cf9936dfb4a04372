local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),

  prometheusAlerts+:: {
    groups+: [{
      name: 'koreai-export-alerts',
      rules: [
        $.alert('ExportFailed', 'warning') {
          expr: lib.block(|||
            %s
            and ignoring (status)
            %s == 1
          ||| % [q.last('koreai_export_failures_total'), q.last('koreai_export_status', 'status="failed"')]),
          summary:: 'The latest export failed.',
          description:: lib.sentence(|||
            The latest {{ $labels.export }} export of {{ $labels.bot }} failed. Failed exports that the exporter
            counted so far: {{ $value }}.
          |||),
        },
        $.alert('ExportStuck', 'warning') {
          local quiet = lib.duration(config.exportStuck),
          local status = 'status=~"pending|in_progress"',
          // Each `unless` is a sign of life: the job only just began or went on, by what was seen or by its own times.
          expr: lib.block(|||
            max without (status) (
              %(now)s == 1
              unless
              changes(%(status)s[%(quiet)s]) > 0
            )
            unless
            changes(%(progress)s[%(quiet)s]) > 0
            unless
            %(polled)s - on (job, instance, bot) group_right () %(start)s <= %(seconds)d
            unless
            %(polled)s - on (job, instance, bot) group_right () %(update)s <= %(seconds)d
            and on (job, instance, bot)
            time() - %(polled)s <= %(seen)d
          ||| % {
            now: q.last('koreai_export_status', status),
            status: q.series('koreai_export_status', status),
            progress: q.series('koreai_export_progress_ratio'),
            polled: q.last('koreai_poll_last_success_timestamp_seconds', 'collector="ml_export"'),
            start: q.last('koreai_export_start_timestamp_seconds'),
            update: q.last('koreai_export_last_update_timestamp_seconds'),
            quiet: quiet,
            seconds: config.exportStuck,
            // While polls fail nobody knows whether it goes on.
            seen: config.exportStuck / 2,
          }),
          summary:: 'An export makes no progress.',
          description:: lib.sentence(|||
            The {{ $labels.export }} export of {{ $labels.bot }} is under way (active jobs: {{ $value }}) and
            has made no progress for more than %s.
          ||| % lib.words(config.exportStuck)),
        },
        $.alert('ExportSlow', 'info') {
          expr: $.slow(
            'koreai_export_last_duration_seconds',
            'bot:koreai_export_duration_seconds:usual',
            'koreai_export_last_update_timestamp_seconds',
            config.exportSlow
          ),
          summary:: 'An export took much longer than usual.',
          description:: lib.sentence(|||
            The last {{ $labels.export }} export of {{ $labels.bot }} took {{ $value | humanizeDuration }}, more
            than %d times as long as usual.
          ||| % config.exportSlow.factor),
        },
        $.alert('ExportWithoutFile', 'warning', config.exportWithoutFile) {
          expr: lib.block(|||
            %s == 0
            and ignoring (status)
            %s == 1
          ||| % [q.last('koreai_export_download_available'), q.last('koreai_export_status', 'status="success"')]),
          summary:: 'An export succeeded and has no file.',
          description:: lib.sentence(|||
            The latest {{ $labels.export }} export of {{ $labels.bot }} succeeded, and the platform gives no
            link to its file (links: {{ $value }}).
          |||),
        },
      ],
    }],
  },
}
