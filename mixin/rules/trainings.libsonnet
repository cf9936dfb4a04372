local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),
  local own = ['engine', 'language', 'state'],

  prometheusRules+:: {
    groups+: [
      {
        name: 'koreai-trainings',
        interval: '1m',
        rules: [
          {
            // When the last run that ended failed; also while the next one is under way, so that a retry is no recovery.
            // 0 where a published model's failed before it was watched, so that nobody knows when. No series otherwise.
            record: 'target:koreai_training_failed:since',
            expr: lib.block(|||
              (
                %(completion)s
                unless
                %(success)s
                >=
                %(completion)s
              )
              or
              0 * (%(failed)s == 1 unless %(completion)s)
            ||| % {
              completion: q.seen('koreai_training_last_completion_timestamp_seconds'),
              success: q.seen('koreai_training_last_success_timestamp_seconds'),
              failed: q.training('="failed"', 'engine="ml",state="published"'),
            }),
          },
        ]
        // The run that is under way.
        + q.began(
          'target:koreai_training_running',
          'min without (%s) (%s and ignoring (status) %s == 1)' % [
            q.away(),
            q.last('koreai_training_last_start_timestamp_seconds'),
            q.last('koreai_training_status', 'status="in_progress"'),
          ],
          q.seen('koreai_training_last_completion_timestamp_seconds'),
          q.training('="in_progress"'),
          own
        )
        + [
          {
            // How long the run that is under way had taken when it was last seen running: while polls fail nobody
            // knows whether it still does. No series where none is.
            record: 'target:koreai_training_running_seconds:current',
            expr: lib.block(|||
              label_replace(
                %s > time() - %d,
                "engine", "$1", "collector", "(.+)_training"
              )
              - ignoring (collector)
              %s
            ||| % [
              q.seen('koreai_poll_last_success_timestamp_seconds', 'collector=~".+_training"'),
              config.unknown,
              q.series('target:koreai_training_running:since'),
            ]),
          },
          $.usualDuration(
            'target:koreai_training_duration_seconds:usual',
            'koreai_training_duration_seconds',
            'koreai_training_last_duration_seconds',
            own
          ),
        ],
      },
      {
        name: 'koreai-models',
        interval: '1m',
        rules:
          // The longest drift of a model's components. A flag that replies leave out is still drifting until one says
          // that it is in sync.
          q.began(
            'target:koreai_ml_out_of_sync',
            'min without (%s) (%s unless %s == 1)' % [
              q.away(['component']),
              q.last('koreai_ml_out_of_sync_since_timestamp_seconds'),
              q.last('koreai_ml_in_sync'),
            ],
            q.seen('koreai_training_last_success_timestamp_seconds', 'engine="ml"', ['engine']),
            q.seen('koreai_training_status', 'engine="ml",status="in_progress"', ['engine', 'status']),
            ['language', 'state']
          )
          + [
            {
              // How many components of a model are out of sync. No series where all are in sync.
              record: 'target:koreai_ml_out_of_sync:count',
              expr: lib.block(|||
                count without (component) (
                  max without (%s) (
                    %s
                    unless
                    %s == 1
                  )
                )
              ||| % [q.away(), q.last('koreai_ml_out_of_sync_since_timestamp_seconds'), q.last('koreai_ml_in_sync')]),
            },
          ],
      },
    ],
  },

  // The mean of the runs of the last days, or of all where nothing is as old as that. Sums and counts are compared at
  // two instants, which costs the same for a day and for a month. The latest run is left out, so that it can be compared
  // with the others. After a lost store it is as it was until there are enough runs again.
  // own: the labels of the histogram beside `bot`
  usualDuration(name, histogram, last, own):: {
    local values = {
      sum: q.seen(histogram + '_sum'),
      count: q.seen(histogram + '_count'),
      sumBefore: q.seen(histogram + '_sum', ago=config.usual.window),
      countBefore: q.seen(histogram + '_count', ago=config.usual.window),
      latest: q.seen(last),
      runs: config.usual.runs,
      itself: q.series(name),
      ignoring: q.ignoring(own),
      bots: q.bots,
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
      or
      (
        %(itself)s
        and%(ignoring)s %(bots)s
      )
    ||| % values),
  },
}
