local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),
  local updated = 'koreai_export_last_update_timestamp_seconds',
  local update = q.platformTime(updated),

  prometheusRules+:: {
    groups+: [
      {
        name: 'koreai-exports',
        interval: '1m',
        rules: [
          {
            // When the latest export failed, by the platform's clock; 0 where that tells no time. No series otherwise.
            record: 'bot:koreai_export_failed:since',
            expr: lib.block(|||
              %(newest)s
              or
              0 * (%(failed)s == 1 unless %(update)s)
            ||| % {
              newest: lib.strip(
                q.newest(updated, ['ignoring (status) %s == 1' % q.last('koreai_export_status', 'status="failed"')])
              ),
              failed: q.export('="failed"'),
              update: update,
            }),
          },
          {
            // When the latest export succeeded that has no file.
            record: 'bot:koreai_export_without_file:since',
            expr: lib.block(q.newest(updated, [
              '%s == 0' % q.last('koreai_export_download_available'),
              'ignoring (status) %s == 1' % q.last('koreai_export_status', 'status="success"'),
            ])),
          },
          {
            // Since when an export that is under way has given no sign of life, by the platform's clock; 0 where that
            // tells no time. Each `unless` is a sign of life: the job only just began or went on, by what was seen or by
            // its own times. While polls fail nobody knows.
            local quiet = lib.duration(config.exportStuck),
            local status = 'status=~"pending|in_progress"',
            local overTime(metric, matchers='') =
              'changes((max without (%s) (%s))[%s:1m]) > 0' % [q.away(), q.series(metric, matchers), quiet],
            local stuck = |||
              (
                max without (status) (
                  %(now)s == 1
                  unless
                  %(statusChanged)s
                )
                unless
                %(progressChanged)s
                unless
                %(start)s >= ignoring (collector, export) group_left () (%(polled)s - %(seconds)d)
                unless
                %(update)s >= ignoring (collector, export) group_left () (%(polled)s - %(seconds)d)
                and ignoring (collector, export)
                %(polled)s >= time() - %(seen)d
              )
            ||| % {
              now: q.seen('koreai_export_status', status),
              statusChanged: overTime('koreai_export_status', status),
              progressChanged: overTime('koreai_export_progress_ratio'),
              polled: q.seen('koreai_poll_last_success_timestamp_seconds', 'collector="ml_export"'),
              start: q.seen('koreai_export_start_timestamp_seconds'),
              update: q.seen('koreai_export_last_update_timestamp_seconds'),
              seconds: config.exportStuck,
              seen: config.exportStuck / 2,
            },

            record: 'bot:koreai_export_stuck:since',
            expr: lib.block(|||
              %(stuck)s
              * 0
              + (
                %(update)s
                or
                0 * %(progress)s
              )
            ||| % { stuck: lib.strip(stuck), update: update, progress: q.export('="in_progress"') }),
          },
          $.usualDuration(
            'bot:koreai_export_duration_seconds:usual',
            'koreai_export_duration_seconds',
            'koreai_export_last_duration_seconds',
            ['export']
          ),
        ],
      },
    ],
  },
}
