// Sums over all bots, so that a dashboard of 10,000 of them asks for a few series.
local lib = import '../lib.libsonnet';

{
  local q = lib.queries($._config),

  prometheusRules+:: {
    groups+: [
      {
        name: 'koreai-fleet',
        interval: '1m',
        rules: [
          {
            record: 'engine_state_status:koreai_training_status:sum',
            expr: lib.block('sum by (job, instance, engine, state, status) (%s)' % q.last('koreai_training_status')),
          },
          {
            record: 'status:koreai_export_status:sum',
            expr: lib.block('sum by (job, instance, export, status) (%s)' % q.last('koreai_export_status')),
          },
          {
            record: 'state_component:koreai_ml_out_of_sync:count',
            expr: lib.block(
              'count by (job, instance, state, component) (%s unless %s == 1)'
              % [q.last('koreai_ml_out_of_sync_since_timestamp_seconds'), q.last('koreai_ml_in_sync')]
            ),
          },
          {
            record: 'collector:koreai_poll_up:avg',
            expr: lib.block('avg by (job, instance, collector) (%s)' % q.last('koreai_poll_up')),
          },
          {
            record: 'engine_state_le:koreai_training_duration_seconds_bucket:rate10m',
            expr: lib.block(
              'sum by (job, instance, engine, state, le) (rate(%s[10m]))' % q.series('koreai_training_duration_seconds_bucket')
            ),
          },
          {
            record: 'le:koreai_export_duration_seconds_bucket:rate10m',
            expr: lib.block(
              'sum by (job, instance, export, le) (rate(%s[10m]))' % q.series('koreai_export_duration_seconds_bucket')
            ),
          },
        ],
      },
    ],
  },
}
