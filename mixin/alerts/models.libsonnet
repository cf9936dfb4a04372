local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),
  local target = { variables:: ['job', 'bot', 'language', 'state'] },
  local since(matchers) = q.series('target:koreai_ml_out_of_sync:since', matchers),
  local matching = lib.matching(config.botLabels),
  local components = lib.told('target:koreai_ml_out_of_sync:count', ', in ', 'printf "%.0f components"'),

  prometheusAlerts+:: {
    groups+: [{
      name: 'koreai-model-alerts',
      rules: [
        alert.rule
        for alert in [
          $.alert('PublishedModelOutOfSync', 'critical') + target {
            // Where it does not fire yet it is quiet while what mends it runs, for a while: the training of the published
            // version, or a publish, which trains it.
            expr:: lib.block(|||
              %(since)s < time() - %(publishedOutOfSync)d
              unless
              (
                (
                  %(since)s
                  and ignoring (engine)
                  (
                    %(running)s > time() - %(mending)d
                    or
                    (%(queued)s == 1 unless %(queuedBefore)s == 1)
                  )
                  or
                  %(since)s
                  and ignoring (language, state)
                  (%(publishStart)s > time() - %(mending)d and %(publishing)s == 1)
                )
                unless ignoring (%(alertLabels)s)
                ALERTS{%(selector)s,alertname="%(prefix)sPublishedModelOutOfSync",alertstate="firing"}
              )
            ||| % (config {
              local published = 'engine="ml",state="published"',
              since: since('state="published"'),
              running: q.series('target:koreai_training_running:since', published),
              queued: q.training('="queued"', published),
              queuedBefore: q.seen(
                'koreai_training_status', published + ',status="queued"', ['status'], ago=config.mending
              ),
              publishStart: q.seen('koreai_publish_start_timestamp_seconds'),
              publishing: q.publish('=~"pending|in_progress"'),
              alertLabels: std.join(', ', ['alertname', 'alertstate', 'severity'] + config.botLabels),
              prefix: config.alertPrefix,
            })),
            summary:: 'A published model was not trained with what was published.',
            description:: lib.sentence(|||
              %sThe published model of {{ $labels.bot }} ({{ $labels.language }}) has been out of sync with the published bot
              since {{ $value | humanizeTimestamp }}%s.
            ||| % [matching, components]),
          },
          $.alert('ModelOutOfSyncForLong', 'warning') + target {
            expr:: lib.block('%s < time() - %d' % [since('state!="published"'), config.outOfSyncForLong]),
            summary:: 'Changes in development have waited long for a training.',
            description:: lib.sentence(|||
              %sThe model of {{ $labels.bot }} ({{ $labels.language }}, {{ $labels.state }}) has been out of sync with what was
              changed since {{ $value | humanizeTimestamp }}%s.
            ||| % [matching, components]),
          },
          $.alert('OtherNLPVersion', 'info') + target {
            local nlp = q.seen('koreai_ml_nlp_version'),
            expr:: lib.block(|||
              %s
              !=
              %s
            ||| % [q.seen('koreai_ml_train_version'), nlp]),
            summary:: 'A model was trained with another NLP version than its language is set to.',
            description:: lib.sentence(|||
              %sThe model of {{ $labels.bot }} ({{ $labels.language }}, {{ $labels.state }}) was trained with NLP version
              {{ $value }}, and the language is set to %s: train it again.
            ||| % [matching, lib.told('koreai_ml_nlp_version', 'version ', 'printf "%.0f"', otherwise='another one')]),
          },
        ]
      ],
    }],
  },
}
