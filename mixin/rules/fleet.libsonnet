// Sums over all bots, so that a dashboard of 10,000 of them asks for a few series. A bot that two exporters watch counts
// once.
local lib = import '../lib.libsonnet';

{
  local q = lib.queries($._config),
  local rates(metric) = 'max without (%s) (rate(%s[10m]))' % [q.away(), q.series(metric)],

  prometheusRules+:: {
    groups+: [
      {
        name: 'koreai-fleet',
        interval: '1m',
        rules: [
          {
            record: 'engine_state_status:koreai_training_status:sum',
            expr: lib.block('sum without (bot, language) (%s)' % q.seen('koreai_training_status')),
          },
          {
            record: 'status:koreai_export_status:sum',
            expr: lib.block('sum without (bot) (%s)' % q.seen('koreai_export_status')),
          },
          {
            record: 'state_component:koreai_ml_out_of_sync:count',
            expr: lib.block(
              'count without (bot, language) (max without (%s) (%s unless %s == 1))'
              % [q.away(), q.last('koreai_ml_out_of_sync_since_timestamp_seconds'), q.last('koreai_ml_in_sync')]
            ),
          },
          {
            record: 'collector:koreai_poll_up:avg',
            expr: lib.block('avg without (bot, language, state) (%s)' % q.seen('koreai_poll_up')),
          },
          {
            record: 'engine_state_le:koreai_training_duration_seconds_bucket:rate10m',
            expr: lib.block('sum without (bot, language) (%s)' % rates('koreai_training_duration_seconds_bucket')),
          },
          {
            record: 'le:koreai_export_duration_seconds_bucket:rate10m',
            expr: lib.block('sum without (bot) (%s)' % rates('koreai_export_duration_seconds_bucket')),
          },
        ],
      },
    ],
  },
}
