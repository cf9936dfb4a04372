local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),

  prometheusRules+:: {
    groups+: [
      {
        name: 'koreai-trainings',
        interval: '1m',
        rules: [
          {
            // 1 where the last run that ended failed; also while the next one is under way, so that a retry is no
            // recovery. No series otherwise.
            record: 'target:koreai_training_failed:last',
            expr: lib.block(|||
              max without (status) (%(failed)s) == 1
              or
              (
                max without (status) (%(open)s) == 1
                and
                (
                  %(completion)s
                  unless
                  %(success)s
                  >=
                  %(completion)s
                )
              )
            ||| % {
              failed: q.last('koreai_training_status', 'status="failed"'),
              open: q.last('koreai_training_status', 'status=~"queued|in_progress|unknown"'),
              completion: q.last('koreai_training_last_completion_timestamp_seconds'),
              success: q.last('koreai_training_last_success_timestamp_seconds'),
            }),
          },
          {
            // How long the run that is under way had taken when it was last seen running: while polls fail nobody
            // knows whether it still does. No series where none is.
            record: 'target:koreai_training_running_seconds:current',
            expr: lib.block(|||
              label_replace(
                %s,
                "engine", "$1", "collector", "(.+)_training"
              )
              - on (job, instance, bot, engine, language, state)
              (
                %s
                and
                max without (status) (%s) == 1
              )
            ||| % [
              q.last('koreai_poll_last_success_timestamp_seconds', 'collector=~".+_training"'),
              q.last('koreai_training_last_start_timestamp_seconds'),
              q.last('koreai_training_status', 'status="in_progress"'),
            ]),
          },
          $.usualDuration(
            'target:koreai_training_duration_seconds:usual',
            'koreai_training_duration_seconds',
            'koreai_training_last_duration_seconds'
          ),
        ],
      },
      {
        name: 'koreai-models',
        interval: '1m',
        rules: [
          {
            // For how long the longest drifting component of a model has been out of sync. No series where all are in
            // sync. A flag that replies leave out is still drifting until one says that it is in sync.
            record: 'target:koreai_ml_out_of_sync_seconds:max',
            expr: lib.block(|||
              max by (job, instance, bot, language, state) (
                time() - (
                  %s
                  unless
                  %s == 1
                )
              )
            ||| % [q.last('koreai_ml_out_of_sync_since_timestamp_seconds'), q.last('koreai_ml_in_sync')]),
          },
          {
            // How many components of a model are out of sync.
            record: 'target:koreai_ml_out_of_sync:count',
            expr: lib.block(|||
              count by (job, instance, bot, language, state) (
                %s
                unless
                %s == 1
              )
            ||| % [q.last('koreai_ml_out_of_sync_since_timestamp_seconds'), q.last('koreai_ml_in_sync')]),
          },
        ],
      },
    ],
  },

  // The mean of the runs of the last days, or of all where nothing is as old as that. Sums and counts are compared at
  // two instants, which costs the same for a day and for a month. The latest run is left out, so that it can be compared
  // with the others.
  usualDuration(name, histogram, last):: {
    local values = {
      sum: q.last(histogram + '_sum'),
      count: q.last(histogram + '_count'),
      sumBefore: q.last(histogram + '_sum', ago=config.usual.window),
      countBefore: q.last(histogram + '_count', ago=config.usual.window),
      latest: q.last(last),
      runs: config.usual.runs,
    },
    record: name,
    expr: lib.block(|||
      (
        (
          %(sum)s
          - %(sumBefore)s
          - %(latest)s
        ) / (
          %(count)s
          - %(countBefore)s
          - 1 >= %(runs)d
        )
      ) > 0
      or
      (
        (
          %(sum)s
          - %(latest)s
        ) / (
          %(count)s
          - 1 >= %(runs)d
        )
      ) > 0
    ||| % values),
  },
}
