local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),
  local own = ['engine', 'language', 'state'],
  local target = { variables:: ['job', 'bot', 'language', 'state'] },
  local matching = lib.matching(config.botLabels),
  local usual = lib.usual('target:koreai_training_duration_seconds:usual'),
  // When the last run failed, where it did.
  local failed(matchers) = q.held(
    q.series('target:koreai_training_failed:since', matchers),
    q.training('="finished"', matchers) + ' == 1',
    own
  ),
  // As `failed`, for a while; and also where an exporter that lost its store knows no more than that it failed.
  local failedOfLate(matchers) = lib.block(|||
    (
      %(failed)s
      or
      (
        last_over_time(%(record)s[%(memory)s])
        and
        %(status)s == 1
      )
    ) > time() - %(shown)d
  ||| % {
    failed: lib.indent(failed(matchers), 2),
    record: q.series('target:koreai_training_failed:since', matchers),
    memory: lib.duration(config.memory),
    status: q.training('="failed"', matchers),
    shown: config.failureShown,
  }),

  prometheusAlerts+:: {
    groups+: [{
      name: 'koreai-training-alerts',
      rules: [
        alert.rule
        for alert in [
          $.alert('TrainingFailed', 'critical') + target {
            expr:: failed('engine="ml",state="published"'),
            summary:: 'The training of a published model failed.',
            description:: lib.sentence(|||
              The last ML training of {{ $labels.bot }} ({{ $labels.language }}, published) failed%s. The published model is
              the one from before it.
            ||| % lib.atTime),
          },
          $.alert('TrainingFailed', 'warning') + target {
            expr:: failedOfLate('engine="ml",state!="published"'),
            summary:: 'The training of a model in development failed.',
            description:: lib.sentence(|||
              The last ML training of {{ $labels.bot }} ({{ $labels.language }}, {{ $labels.state }}) failed%s.
            ||| % lib.atTime),
          },
          $.alert('FAQTrainingFailed', 'warning') + target {
            expr:: failedOfLate('engine="faq"'),
            summary:: 'The training of FAQs failed.',
            description:: lib.sentence(|||
              The last FAQ training of {{ $labels.bot }} ({{ $labels.language }}, {{ $labels.state }}) failed%s.
            ||| % lib.atTime),
          },
          $.alert('TrainingStuck', 'warning') + target {
            local running = q.series('target:koreai_training_running_seconds:current'),
            local usualSeries = q.series('target:koreai_training_duration_seconds:usual'),
            expr:: lib.block(|||
              (
                %(running)s > %(factor)d * %(usual)s
                or
                (%(running)s unless %(usual)s) > %(withoutHistory)d
              ) > %(floor)d
            ||| % (config.trainingStuck { running: running, usual: usualSeries })),
            summary:: 'A training runs far longer than usual.',
            description:: lib.sentence(|||
              %sThe {{ $labels.engine }} training of {{ $labels.bot }} ({{ $labels.language }}, {{ $labels.state }})
              has been running for {{ $value | humanizeDuration }}.%s
            ||| % [matching, usual]),
          },
          $.alert('TrainingQueued', 'warning') + target {
            local queued = 'max without (%s) (%s)' % [
              q.away(['status']),
              q.series('koreai_training_status', 'status="queued"'),
            ],
            // Nothing but queued for so long, and queued already before that.
            expr:: lib.block(|||
              min_over_time((%s)[%s:1m]) == 1
              and
              %s == 1
            ||| % [
              queued,
              lib.duration(config.trainingQueued),
              q.seen('koreai_training_status', 'status="queued"', ['status'], ago=config.trainingQueued),
            ]),
            summary:: 'A training is queued and does not begin.',
            description:: lib.sentence(|||
              %sThe {{ $labels.engine }} training of {{ $labels.bot }} ({{ $labels.language }}, {{ $labels.state }})
              has been queued for more than %s.%s
            ||| % [matching, lib.words(config.trainingQueued), usual]),
          },
          $.alert('TrainingSlow', 'info') + target {
            expr:: $.slow(
              'koreai_training_last_duration_seconds',
              'target:koreai_training_duration_seconds:usual',
              'koreai_training_last_completion_timestamp_seconds',
              config.trainingSlow,
              // When a run began and ended is only known to within the polls around it.
              'ignoring (collector) label_replace(max without (%s) (max_over_time(%s[%s])), "engine", "$1", "collector", "(.*)_training")' % [
                q.away(),
                q.series('koreai_poll_interval_seconds', 'collector=~"ml_training|faq_training"'),
                lib.duration(config.trainingSlow.shown),
              ],
            ),
            summary:: 'A training took much longer than usual.',
            description:: lib.sentence(|||
              %sThe last {{ $labels.engine }} training of {{ $labels.bot }} ({{ $labels.language }},
              {{ $labels.state }}) took {{ $value | humanizeDuration }}.%s
            ||| % [matching, usual]),
          },
        ]
      ],
    }],
  },

  // The duration of the last run, where it was long and the run ended a short time ago. What is usual is raised by the
  // `tolerance`.
  slow(duration, usual, ended, thresholds, tolerance=null):: lib.block(|||
    %(duration)s > %(factor)d * %(usual)s%(more)s
    and
    %(duration)s > %(floor)d
    and
    time() - %(ended)s < %(shown)d
  ||| % (thresholds {
    duration: q.seen(duration),
    usual: q.series(usual),
    ended: q.seen(ended),
    more: if tolerance == null then '' else '\n  + ' + tolerance,
  })),
}
