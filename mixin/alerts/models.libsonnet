local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),
  local outOfSync(matchers) = q.series('target:koreai_ml_out_of_sync_seconds:max', matchers),

  prometheusAlerts+:: {
    groups+: [{
      name: 'koreai-model-alerts',
      rules: [
        $.alert('PublishedModelOutOfSync', 'critical') {
          expr: lib.block('%s > %d' % [outOfSync('state="published"'), config.publishedOutOfSync]),
          summary:: 'A published model was not trained with what was published.',
          description:: lib.sentence(|||
            The published model of {{ $labels.bot }} ({{ $labels.language }}) has been out of sync with the
            published bot for {{ $value | humanizeDuration }}.
          |||),
        },
        $.alert('ModelOutOfSyncForLong', 'warning') {
          expr: lib.block('%s > %d' % [outOfSync('state!="published"'), config.outOfSyncForLong]),
          summary:: 'Changes in development have waited long for a training.',
          description:: lib.sentence(|||
            The model of {{ $labels.bot }} ({{ $labels.language }}, {{ $labels.state }}) has been out of sync
            with what was changed for {{ $value | humanizeDuration }}.
          |||),
        },
        $.alert('PublishedNeverTrained', 'critical') {
          expr: lib.block(|||
            %s > %d
            unless on (job, instance, bot, language, state)
            (
              count by (job, instance, bot, language, state) (%s)
              > %s
            )
            unless on (job, instance, bot, language, state)
            %s
            unless on (job, instance, bot, language, state)
            %s > 0
          ||| % [
            outOfSync('state="published"'),
            config.neverTrained,
            // Every component that is known, also those that the last reply left out.
            q.last('koreai_ml_drifts_total', 'state="published"'),
            q.series('target:koreai_ml_out_of_sync:count', 'state="published"'),
            q.last('koreai_training_last_success_timestamp_seconds', 'engine="ml",state="published"'),
            q.last('koreai_ml_train_version', 'state="published"'),
          ]),
          summary:: 'A bot was changed and published, and its model was never trained.',
          description:: lib.sentence(|||
            Nothing of the published bot {{ $labels.bot }} ({{ $labels.language }}) is in its model, and no
            training of it is known; so for {{ $value | humanizeDuration }}.
          |||),
        },
      ],
    }],
  },
}
