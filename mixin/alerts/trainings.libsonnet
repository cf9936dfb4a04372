local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),

  prometheusAlerts+:: {
    groups+: [{
      name: 'koreai-training-alerts',
      rules: [
        $.alert('TrainingFailed', 'critical') {
          expr: $.failed('engine="ml",state="published"'),
          summary:: 'The training of a published model failed.',
          description:: lib.sentence(|||
            The last ML training of {{ $labels.bot }} ({{ $labels.language }}, published) failed. Failed runs
            that the exporter counted so far: {{ $value }}.
          |||),
        },
        $.alert('TrainingFailed', 'warning') {
          expr: $.failed('engine="ml",state!="published"'),
          summary:: 'The training of a model in development failed.',
          description:: lib.sentence(|||
            The last ML training of {{ $labels.bot }} ({{ $labels.language }}, {{ $labels.state }}) failed.
            Failed runs that the exporter counted so far: {{ $value }}.
          |||),
        },
        $.alert('FAQTrainingFailed', 'warning') {
          expr: $.failed('engine="faq"'),
          summary:: 'The training of FAQs failed.',
          description:: lib.sentence(|||
            The last FAQ training of {{ $labels.bot }} ({{ $labels.language }}, {{ $labels.state }}) failed.
            Failed runs that the exporter counted so far: {{ $value }}.
          |||),
        },
        $.alert('TrainingStuck', 'warning') {
          local running = q.series('target:koreai_training_running_seconds:current'),
          local usual = q.series('target:koreai_training_duration_seconds:usual'),
          expr: lib.block(|||
            (
              %(running)s > %(factor)d * %(usual)s
              or
              (%(running)s unless %(usual)s) > %(withoutHistory)d
            ) > %(floor)d
          ||| % (config.trainingStuck { running: running, usual: usual })),
          summary:: 'A training runs far longer than usual.',
          description:: lib.sentence(|||
            The {{ $labels.engine }} training of {{ $labels.bot }} ({{ $labels.language }}, {{ $labels.state }})
            has been running for {{ $value | humanizeDuration }}.
          |||),
        },
        $.alert('TrainingQueued', 'warning') {
          local queued = 'status="queued"',
          // Nothing but queued for so long, and queued already before that.
          expr: lib.block(|||
            max without (status) (
              min_over_time(%s[%s]) == 1
              and
              %s == 1
            )
          ||| % [
            q.series('koreai_training_status', queued),
            lib.duration(config.trainingQueued),
            q.last('koreai_training_status', queued, ago=config.trainingQueued),
          ]),
          summary:: 'A training is queued and does not begin.',
          description:: lib.sentence(|||
            The {{ $labels.engine }} training of {{ $labels.bot }} ({{ $labels.language }}, {{ $labels.state }})
            has been queued for more than %s (queued: {{ $value }}).
          ||| % lib.words(config.trainingQueued)),
        },
        $.alert('TrainingSlow', 'info') {
          expr: $.slow(
            'koreai_training_last_duration_seconds',
            'target:koreai_training_duration_seconds:usual',
            'koreai_training_last_completion_timestamp_seconds',
            config.trainingSlow,
            // When a run began and ended is only known to within the polls around it.
            'ignoring (collector) label_replace(max_over_time(%s[%s]), "engine", "$1", "collector", "(.*)_training")' % [
              q.series('koreai_poll_interval_seconds', 'collector=~"ml_training|faq_training"'),
              lib.duration(config.trainingSlow.shown),
            ],
          ),
          summary:: 'A training took much longer than usual.',
          description:: lib.sentence(|||
            The last {{ $labels.engine }} training of {{ $labels.bot }} ({{ $labels.language }},
            {{ $labels.state }}) took {{ $value | humanizeDuration }}, more than %d times as long as usual.
          ||| % config.trainingSlow.factor),
        },
      ],
    }],
  },

  // Where the last run failed, the number of failed runs.
  failed(matchers):: lib.block(|||
    %s
    and
    %s == 1
  ||| % [
    q.last('koreai_training_failures_total', matchers),
    q.series('target:koreai_training_failed:last', matchers),
  ]),

  // The duration of the last run, where it was long and the run ended a short time ago. What is usual is raised by the
  // `tolerance`.
  slow(duration, usual, ended, thresholds, tolerance=null):: lib.block(|||
    %(duration)s > %(factor)d * %(usual)s%(more)s
    and
    %(duration)s > %(floor)d
    and
    time() - %(ended)s < %(shown)d
  ||| % (thresholds {
    duration: q.last(duration),
    usual: q.series(usual),
    ended: q.last(ended),
    more: if tolerance == null then '' else '\n  + ' + tolerance,
  })),
}
