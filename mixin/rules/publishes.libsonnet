local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),
  local completed = 'koreai_publish_last_completion_timestamp_seconds',

  prometheusRules+:: {
    groups+: [
      {
        name: 'koreai-publishes',
        interval: '1m',
        rules: [
          {
            // When the latest publish failed, by the platform's clock; 0 where that tells no time. No series otherwise.
            record: 'bot:koreai_publish_failed:since',
            expr: lib.block(|||
              %(newest)s
              or
              0 * (%(failed)s == 1 unless %(completion)s)
            ||| % {
              newest: lib.strip(
                q.newest(completed, ['ignoring (status) %s == 1' % q.last('koreai_publish_status', 'status="failed"')])
              ),
              failed: q.publish('="failed"'),
              completion: q.platformTime(completed),
            }),
          },
          {
            // When the latest publish succeeded of which a part failed.
            record: 'bot:koreai_publish_part_failed:since',
            expr: lib.block(q.newest(completed, [
              'ignoring (status) %s == 1' % q.last('koreai_publish_status', 'status="success"'),
              'ignoring (part) (%s == 1)' % q.last('koreai_publish_part_failed'),
            ])),
          },
          {
            // When a model in development was trained that has waited long for a publish. The training that was the last
            // good one so long ago, where Prometheus knows it: later ones do not make the wait shorter.
            local trained = 'engine="ml",state="configured"',
            record: 'target:koreai_trained_not_published:since',
            expr: lib.block(|||
              (
                (
                  %(before)s
                  or
                  %(trained)s
                )
                > ignoring (engine, language, state) group_left ()
                %(published)s
              )
              < time() - %(seconds)d
            ||| % {
              before: q.seen('koreai_training_last_success_timestamp_seconds', trained, ago=config.trainedNotPublished),
              trained: q.seen('koreai_training_last_success_timestamp_seconds', trained),
              published: q.seen('koreai_publish_last_success_timestamp_seconds'),
              seconds: config.trainedNotPublished,
            }),
          },
        ],
      },
    ],
  },
}
